"""``onkos report --like``: a report made again with the knowledge that an old one names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from onkos import __version__
from onkos.errors import InputError, KnowledgeError, UsageError
from onkos.model import Knowledge


class Pin(msgspec.Struct, frozen=True):
    """What an old report says of one source that it read."""

    source: str
    version: str
    sha256: str

    @property
    def name(self) -> str:
        """How a reader finds it."""
        return f"{self.source} {self.version} (sha256 {self.sha256[:12]})"


class OldReport(msgspec.Struct, frozen=True):
    """What of an old report tells how it was made."""

    version: str
    pins: tuple[Pin, ...]
    regulators: tuple[str, ...]


def old_report(path: Path) -> OldReport:
    """Read a report that was written as JSON.

    Raises
    ------
    InputError
        Where it is no such report.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=OldReport)
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {path}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path.name} is no report of onkos in JSON: {error}; "
            "--like reads what onkos report --format json wrote"
        ) from error
    if not found.pins:
        raise InputError(f"{path.name} names no knowledge that it was made with")
    return found


def snapshots_like(old: OldReport, knowledge: Knowledge) -> tuple[str, ...]:
    """The snapshots that an old report was made with, by the names of the store.

    Raises
    ------
    KnowledgeError
        With all that differs: the version of onkos, the built-in knowledge, a snapshot that is
        not kept or is another.
    """
    from onkos.sources.knowledge import NONE

    problems: list[str] = []
    if old.version != __version__:
        problems.append(f"it was made by onkos {old.version}, and this is onkos {__version__}")
    names = [
        name
        for number, pin in enumerate(old.pins)
        if (name := _kept(pin, knowledge, problems, first=number == 0))
    ]
    if problems:
        raise KnowledgeError("the report cannot be made again:\n  " + "\n  ".join(problems))
    return tuple(names) or (NONE,)


def _kept(pin: Pin, knowledge: Knowledge, problems: list[str], *, first: bool) -> str:
    """The name of what a pin names; empty for the present built-in knowledge and for files."""
    from onkos.sources.knowledge.editions import edition_with
    from onkos.sources.knowledge.store import snapshots

    if first:
        if pin.sha256 == knowledge.pins[0].sha256:
            return ""
        page = edition_with(pin.sha256)
        if page is None:
            problems.append(
                f"the built-in knowledge was {pin.sha256[:12]}, and is "
                f"{knowledge.pins[0].sha256[:12]} here; no kept edition has that hash (onkos "
                "knowledge freeze keeps one)"
            )
        return page.name if page else ""
    source = next((s.id for s in knowledge.sources if s.name == pin.source), "")
    if not source:
        return ""  # a file of the user's, to be named again: `refuse_other_pins` asks for it
    kept = {page.name: page for page in snapshots()}.get(f"{source}@{pin.version}")
    if kept is None:
        problems.append(f"{pin.name} is not kept; onkos knowledge add {source} ... --date "
                        f"{pin.version}")  # fmt: skip
    elif kept.sha256 != pin.sha256:
        problems.append(f"{kept.name} has sha256 {kept.sha256[:12]} here, and had "
                        f"{pin.sha256[:12]}")  # fmt: skip
    return kept.name if kept else ""


def like_options(old: OldReport, said: dict[str, Any], regulators: str | None) -> str:
    """The regulators of the old report.

    Raises
    ------
    UsageError
        Where the command line says otherwise than the old report.
    """
    if said["snapshots"]:
        raise UsageError("--like names the snapshots already; leave --knowledge out")
    told = ",".join(old.regulators)
    if regulators is not None and regulators.replace(" ", "") != told:
        raise UsageError(f"the old report counts approvals by {told}; leave --regulators out")
    return told


def refuse_other_pins(old: OldReport, knowledge: Knowledge) -> None:
    """Make sure that the same knowledge is in hand.

    Raises
    ------
    KnowledgeError
        With what is missing, too many or another.
    """
    now = [Pin(p.source, p.version, p.sha256) for p in knowledge.pins]
    missing, more = _less(old.pins, now), _less(now, old.pins)
    if missing or more:
        told = [f"it read {pin.name}, which is not given; name the file again" for pin in missing]
        told += [f"it did not read {pin.name}" for pin in more]
        raise KnowledgeError("the report cannot be made again:\n  " + "\n  ".join(told))


def _less(some: Iterable[Pin], others: Iterable[Pin]) -> list[Pin]:
    left_out = set(others)
    return [pin for pin in some if pin not in left_out]
