"""Trials and cohorts as the command line names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onkos.cli.intake import MOST_WARNINGS, case_files, problem_of
from onkos.errors import InputError, KnowledgeError, OnkosError, UsageError
from onkos.model import Case, Knowledge, Unread, Vocabulary
from onkos.model.criterion import And, Criterion
from onkos.model.trial import AllOf, Part, Trial, TrialCriterion, TrialStatus

if TYPE_CHECKING:
    from onkos.cli.lines import Line

Place = tuple[float, float]
OPEN = "open"


def trials_in(paths: Iterable[Path], vocabulary: Vocabulary) -> tuple[list[Trial], list[Unread]]:
    """Trials of files, folders and kept snapshots, and what of them was no trial.

    Raises
    ------
    UsageError, InputError
        Where a path does not exist, or none of them holds a trial.
    """
    from onkos.sources.knowledge.trials import read_trials
    from onkos.sources.knowledge.trials.freetext import extract

    with ExitStack() as stack:
        wanted = [one for path in paths for one in _of_path(path, stack)]
        found = list(read_trials(wanted, vocabulary, extract))
    trials = [one for one in found if isinstance(one, Trial)]
    unread = [one for one in found if isinstance(one, Unread)]
    if not trials:
        why = "; ".join(f"{one.source}: {one.reason}" for one in unread[:3])
        raise InputError(f"no trial was read{f': {why}' if why else ''}")
    return trials, unread


def _of_path(path: Path, stack: ExitStack) -> tuple[Path, ...]:
    """The path itself, or the files of the snapshot of that name."""
    from onkos.sources.knowledge.store import kept_files, snapshot

    if path.exists():
        return (path,)
    try:
        page = snapshot(str(path))
    except KnowledgeError:
        raise UsageError(f"there is no file {path}, and no snapshot of that name") from None
    return stack.enter_context(kept_files(page))


def warn_of_trials(found: list[Trial], unread: list[Unread]) -> None:
    """Say on standard error what of the trials was not understood."""
    criteria = sum(len(trial.unread) for trial in found)
    if unread:
        click.echo(f"onkos: warning: {len(unread)} files or entries hold no trial", err=True)
        for one in unread[:MOST_WARNINGS]:
            click.echo(f"  {one.source}: {one.reason}", err=True)
    if criteria:
        text = f"onkos: {criteria} criteria were not understood and stay unknown; see trials check"
        click.echo(text, err=True)


def trial_of_words(text: str, vocabulary: Vocabulary) -> Trial:
    """A criterion written on the command line as a trial; what *and* joins counts singly."""
    from onkos.criteria import parse

    rule = parse(text, vocabulary)
    parts: tuple[Criterion, ...] = rule.of if isinstance(rule, And) else (rule,)
    told = tuple(
        TrialCriterion(text=str(part), part=Part.CLINICAL, criterion=part) for part in parts
    )
    return Trial(id="criterion", title=str(rule), rule=AllOf(of=told))


def place_of(text: str | None) -> Place | None:
    """Latitude and longitude of ``"48.9,2.4"``.

    Raises
    ------
    UsageError
        Where it is no place on the globe.
    """
    if text is None:
        return None
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--near {text}: give LAT,LON in degrees, such as 48.9,2.4") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UsageError(f"--near {text}: latitude is -90 to 90, longitude -180 to 180")
    return latitude, longitude


def statuses_of(words: tuple[str, ...], doubtful: bool = False) -> frozenset[TrialStatus] | None:
    """Statuses by the registry's words, or ``open``; None where none are named.

    Parameters
    ----------
    doubtful : bool
        Whether ``open`` also means those of which it is not known that they are closed.

    Raises
    ------
    UsageError
        For a word that is no status.
    """
    known = {str(status): status for status in TrialStatus}
    found: set[TrialStatus] = set()
    for word in words:
        plain = word.strip().casefold().replace("_", " ")
        if plain == OPEN:
            found |= {
                status for status in TrialStatus if status.open or (doubtful and not status.known)
            }
        elif plain in known:
            found.add(known[plain])
        else:
            raise UsageError(f"unknown status {word!r}; there are {OPEN}, {', '.join(known)}")
    return frozenset(found) or None


class Cohort:
    """Cases of files and folders, one after the other; what is no case is counted.

    Attributes
    ----------
    problems : list of str
        Where, and why, for each case that could not be read.
    """

    def __init__(self, paths: Iterable[Path], knowledge: Knowledge, disease: str | None) -> None:
        self._paths, self._knowledge, self._disease = list(paths), knowledge, disease
        self.problems: list[str] = []
        for path in self._paths:
            if not path.exists():
                raise UsageError(f"there is no file {path}")

    def __iter__(self) -> Iterator[Case]:
        for path in self._paths:
            yield from self._cases(path)

    def _cases(self, path: Path) -> Iterator[Case]:
        if pages := case_files(path):
            for page in pages:
                yield from self._page(page)
        elif path.is_dir():
            yield from self._study(path)
        else:
            yield from self._records(path)

    def _page(self, path: Path) -> Iterator[Case]:
        from onkos.sources.patient.casefile import read_case

        try:
            yield read_case(path, self._knowledge)
        except OnkosError as error:
            self.problems.append(f"{path.name}: {problem_of(path, error)}")

    def _study(self, path: Path) -> Iterator[Case]:
        from onkos.sources.patient.cbioportal import read_study

        for found in read_study(path, self._knowledge, self._disease):
            if isinstance(found, Unread):
                self.problems.append(f"{found.source}: {found.reason}")
            else:
                yield found

    def _records(self, path: Path) -> Iterator[Case]:
        from onkos.cli.lines import lines

        with path.open("rb") as stream:
            for line in lines(stream):
                try:
                    yield self._record(line)
                except OnkosError as error:
                    self.problems.append(f"{path.name}, {line.name}: {error}")

    def _record(self, line: Line) -> Case:
        import msgspec

        from onkos.sources.patient.record import case_of_record

        if line.problem:
            raise InputError(line.problem)
        try:
            record = msgspec.json.decode(line.data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InputError("not JSON") from error
        return case_of_record(record, self._knowledge)
