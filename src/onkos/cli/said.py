"""What earlier reports in JSON said, to be set beside what would be said now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from onkos.cli.like import OldReport, snapshots_like
from onkos.errors import InputError, KnowledgeError
from onkos.model import (
    Compared,
    Consensus,
    Dossier,
    Grade,
    Grades,
    Knowledge,
    NextTest,
    Option,
    Stance,
    Voice,
)
from onkos.pipeline import WITHHELD

_NO_GRADES = Grades(amp=Grade(), escat=Grade(), oncokb_style=Grade())


class SaidMatch(msgspec.Struct, frozen=True):
    """A claim that a report names."""

    claim: str


class SaidOption(msgspec.Struct, frozen=True):
    """A regimen as a report has it."""

    therapy: tuple[str, ...]
    rank: int | None
    approved_here: bool
    cautions: tuple[str, ...]
    matches: tuple[SaidMatch, ...]

    def option(self) -> Option:
        """The same as a noun, without what no comparison asks for."""
        return Option(
            therapy=self.therapy,
            rank=self.rank or 0,
            approved_here=self.approved_here,
            cautions=self.cautions,
            grades=_NO_GRADES,
        )


class SaidVoice(msgspec.Struct, frozen=True):
    """What a source said."""

    source: str
    stance: Stance
    level: str | None
    items: int
    elsewhere: int
    clinical: bool
    claims: tuple[str, ...]


class SaidCompared(msgspec.Struct, frozen=True):
    """What all sources said of a regimen."""

    therapy: tuple[str, ...]
    consensus: Consensus
    voices: tuple[SaidVoice, ...]

    def compared(self) -> Compared:
        """The same as a noun."""
        voices = tuple(
            Voice(source=v.source, stance=v.stance, level=v.level or "", items=v.items,
                  elsewhere=v.elsewhere, clinical=v.clinical, claims=v.claims)
            for v in self.voices
        )  # fmt: skip
        return Compared(therapy=self.therapy, consensus=self.consensus, voices=voices)


class SaidTest(msgspec.Struct, frozen=True):
    """A test that a report names."""

    test: str


class SaidReport(OldReport, frozen=True):
    """What of an earlier report is set beside the new plan."""

    id: str
    options: tuple[SaidOption, ...]
    avoid: tuple[SaidOption, ...]
    test_next: tuple[SaidTest, ...]
    compared: tuple[SaidCompared, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether it was made with inherited findings withheld."""
        return WITHHELD in self.statements

    @property
    def claims(self) -> frozenset[str]:
        """All claims behind what it offers and avoids."""
        return frozenset(m.claim for o in (*self.options, *self.avoid) for m in o.matches)

    def beside(self, now: Dossier) -> Dossier:
        """What it said, in the place of what is said now; statements are not compared."""
        plan = msgspec.structs.replace(
            now.plan,
            options=tuple(one.option() for one in self.options),
            avoid=tuple(one.option() for one in self.avoid),
            test_next=tuple(NextTest(test=one.test) for one in self.test_next),
        )
        told = tuple(one.compared() for one in self.compared)
        return msgspec.structs.replace(now, plan=plan, compared=told)


def said_reports(path: Path) -> dict[str, SaidReport]:
    """Earlier reports by the ids of their cases.

    Parameters
    ----------
    path : Path
        A report in JSON, the output of onkos batch, or a folder of such files.

    Raises
    ------
    InputError
        Where there is none, or two of one case.
    """
    found: dict[str, SaidReport] = {}
    for file in _files(path):
        for report in _read(file):
            if report.id in found:
                raise InputError(f"{file.name}: two earlier reports of one case; give the last")
            found[report.id] = report
    if not found:
        raise InputError(f"{path.name} holds no report of onkos in JSON")
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.iterdir() if one.suffix in {".json", ".jsonl"})


def _read(file: Path) -> Iterator[SaidReport]:
    """One report, or one a line; lines that tell an error of their case are passed over."""
    data = file.read_bytes()
    try:
        yield msgspec.json.decode(data, type=SaidReport)
        return
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip() or b'"error":' in line[:400]:
            continue
        try:
            yield msgspec.json.decode(line, type=SaidReport)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"{file.name}, line {number}: no report of onkos in JSON: {error}"
            ) from error


def snapshots_of(reports: Iterable[SaidReport], known: Knowledge) -> tuple[str, ...] | None:
    """The snapshots that the reports were made with; None where they differ or are not kept."""
    made_with = {(report.version, report.pins) for report in reports}
    if len(made_with) != 1:
        return None
    version, pins = made_with.pop()
    try:
        return snapshots_like(OldReport(version=version, pins=pins, regulators=()), known)
    except KnowledgeError:
        return None
