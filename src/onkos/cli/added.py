"""The built-in knowledge with what the user's own files add to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from onkos.model import Knowledge
from onkos.sources.knowledge import builtin, with_snapshots

FILES = ("signatures", "hotspots", "roles", "studies")


def knowledge_of(said: dict[str, Any]) -> Knowledge:
    """The knowledge that the options ask for; they are taken out of `said`.

    Rows of a file that were not understood are counted on standard error.

    Raises
    ------
    OnkosError
        For a file that cannot be read or holds nothing of what it should.
    """
    given = {name: said.pop(name) for name in FILES}
    knowledge = with_snapshots(builtin(), said.pop("snapshots"))
    if not any(given.values()):
        return knowledge
    for add, path in _steps(given):
        before = len(knowledge.unread)
        knowledge = add(knowledge, path)
        _warn(knowledge, before, path)
    return knowledge


def _steps(
    given: Mapping[str, Any],
) -> list[tuple[Callable[[Knowledge, Path], Knowledge], Path]]:
    from onkos.sources.knowledge import added

    steps: list[tuple[Callable[[Knowledge, Path], Knowledge], Path]] = [
        (added.with_catalogue, path) for path in given["signatures"]
    ]
    for name, add in (
        ("hotspots", added.with_hotspots),
        ("roles", added.with_roles),
        ("studies", added.with_studies),
    ):
        if given[name] is not None:
            steps.append((add, given[name]))
    return steps


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
