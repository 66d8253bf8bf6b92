"""The built-in knowledge with what the user's own files add to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from onkos.model import Knowledge
from onkos.sources.knowledge import builtin, with_snapshots

FILES = (
    "signatures",
    "hotspots",
    "roles",
    "studies",
    "changes",
    "burden_cohort",
    "expression_cohort",
)
CASE_FILE = ".toml"


def knowledge_of(said: dict[str, Any], words: tuple[str, ...] = ()) -> Knowledge:
    """The knowledge that the options ask for; they are taken out of `said`.

    A case file among `words` may name a table of known changes too.

    Rows of a file that were not understood are counted on standard error.

    Raises
    ------
    OnkosError
        For a file that cannot be read or holds nothing of what it should.
    """
    given = files_of(said, words)
    return with_files(with_snapshots(builtin(), said.pop("snapshots")), given)


def files_of(said: dict[str, Any], words: tuple[str, ...] = ()) -> dict[str, Any]:
    """The files of knowledge that the options name, taken out of `said`.

    A case file, where it stands alone among `words`, may name a table of known changes too.
    """
    given = {name: said.pop(name) for name in FILES}
    given["changes_assembly"] = said.pop("changes_assembly")
    if len(words) == 1 and words[0].casefold().endswith(CASE_FILE):
        _of_case_file(Path(words[0]), given)
    return given


def with_files(knowledge: Knowledge, given: Mapping[str, Any], *, quiet: bool = False) -> Knowledge:
    """The knowledge with the files that options name, as of ``files_of``.

    Rows that were not understood are counted on standard error, unless that is to be `quiet`.

    Raises
    ------
    OnkosError
        For a file that cannot be read or holds nothing of what it should.
    """
    if not any(given.values()):
        return knowledge
    for add, path in _steps(given):
        before = len(knowledge.unread)
        knowledge = add(knowledge, path)
        if not quiet:
            _warn(knowledge, before, path)
    return knowledge


def _steps(
    given: Mapping[str, Any],
) -> list[tuple[Callable[[Knowledge, Path], Knowledge], Path]]:
    from onkos.sources.knowledge import added

    steps: list[tuple[Callable[[Knowledge, Path], Knowledge], Path]] = [
        (added.with_catalogue, path) for path in given["signatures"]
    ]
    steps += [(added.with_burdens, path) for path in given["burden_cohort"]]
    steps += [(added.with_expression, path) for path in given["expression_cohort"]]
    for name, add in (
        ("hotspots", added.with_hotspots),
        ("roles", added.with_roles),
        ("studies", added.with_studies),
    ):
        if given[name] is not None:
            steps.append((add, given[name]))
    if given["changes"] is not None:
        of = given["changes_assembly"] or ""
        steps.append((lambda known, path: added.with_changes(known, path, of), given["changes"]))
    return steps


def _of_case_file(path: Path, given: dict[str, Any]) -> None:
    """Take over the table of known changes that a case file names; an option comes first."""
    from onkos.sources.patient.casefile import named_changes

    table, assembly = named_changes(path)
    if table is not None and given["changes"] is None:
        given.update(changes=table, changes_assembly=given["changes_assembly"] or assembly)


def _warn(knowledge: Knowledge, before: int, path: Path) -> None:
    left = knowledge.unread[before:]
    if not left:
        return
    first = left[0]
    way = f"; {first.remedy}" if first.remedy else ""
    click.secho(
        f"onkos: warning: {path.name}: {len(left)} row{'s' * (len(left) > 1)} not understood and "
        f"left out, the first in line {first.line}: {first.reason}{way}",
        err=True,
        fg="yellow",
    )
