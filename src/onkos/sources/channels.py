"""Tables of mutation channels: spectra by sample, or signatures by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onkos.errors import Unreadable
from onkos.sources.patient.tables import Rejected, Table, column_key, open_table

COLUMNS = {
    "channel": (
        "Type", "MutationType", "Mutation Types", "Mutation type", "Somatic Mutation Type",
        "channel",
    ),
    "context": ("Trinucleotide", "SubType"),
}  # fmt: skip
_FORMS = {
    "SBS96": re.compile(r"^[ACGT]\[(?:C>[AGT]|T>[ACG])\][ACGT]$"),
    "DBS78": re.compile(r"^[ACGT]{2}>[ACGT]{2}$"),
    "ID83": re.compile(r"^[1-5]:(?:Del|Ins):[CTRM]:[0-5]$"),
}
_SIZES = {"SBS96": 96, "DBS78": 78, "ID83": 83}
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """A table with one row per channel.

    Attributes
    ----------
    columns : dict of str to tuple of float
        Numbers by sample or signature, in the order of `channels`.
    """

    kind: str
    channels: tuple[str, ...]
    columns: dict[str, tuple[float, ...]]


def read_channels(path: Path) -> Channels:
    """Read a table of SBS96, DBS78 or ID83 channels, as SigProfiler and COSMIC write it.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip; the channel in the first column, or, for SBS96,
        in two (``C>A`` and ``ACA``).

    Raises
    ------
    Unreadable
        With every problem: channels that are unknown, missing or twice, cells that are no
        number of at least 0.
    """
    with open_table(path, COLUMNS, (("channel",),), separators="\t,") as table:
        keys = set(table.columns.values())
        names = [(at, name) for at, name in enumerate(table.header) if at not in keys]
        _check_names(table, names)
        rows = dict(_rows(table, names))
        kind = _kind(rows)
        table.problems += _missing(kind, rows)
    return Channels(
        kind=kind,
        channels=tuple(rows),
        columns={
            name: tuple(row[at] for row in rows.values()) for at, (_, name) in enumerate(names)
        },
    )


def are_channels(lines: Sequence[str]) -> bool:
    """Whether a file that begins with these lines is a table of channels: header and first row."""
    cells = [[cell.strip().strip('"') for cell in re.split("[\t,]", line)] for line in lines[-2:]]
    if len(cells) < 2 or len(cells[0]) < 2 or len(cells[0]) != len(cells[1]):
        return False
    keys = {column_key(name): at for at, name in enumerate(cells[0])}
    written, context = (
        next((cells[1][keys[key]] for key in map(column_key, COLUMNS[name]) if key in keys), "")
        for name in ("channel", "context")
    )
    return any(form.match(_whole(written, context)) for form in _FORMS.values())


def _check_names(table: Table, names: list[tuple[int, str]]) -> None:
    written = [name for _, name in names]
    if not written:
        table.problems.append("no column beside the channels; give one per sample or signature")
    table.problems += [
        f"the column {name!r} is there twice; keep one"
        for name in dict.fromkeys(written)
        if written.count(name) > 1
    ]


def _rows(table: Table, names: list[tuple[int, str]]) -> Iterator[tuple[str, list[float]]]:
    seen: set[str] = set()
    for line, cells in table.rows:
        if len(cells) != len(table.header):
            table.problems.append(
                f"line {line}: {len(cells)} cells under {len(table.header)} column names"
            )
            continue
        channel = _channel(table, cells)
        if channel in seen:
            table.problems.append(f"line {line}: the channel {channel} stands twice")
        seen.add(channel)
        try:
            yield channel, [_number(cells[at]) for at, _ in names]
        except Rejected as problem:
            table.problems.append(f"line {line}: {problem.reason}: {problem.text!r}")


def _channel(table: Table, cells: list[str]) -> str:
    return _whole(table.cell(cells, "channel"), table.cell(cells, "context"))


def _whole(written: str, context: str) -> str:
    """``A[C>A]A``, also from ``C>A`` and ``ACA``."""
    if len(context) == 3 and len(written) == 3:
        return f"{context[0]}[{written}]{context[2]}"
    return written


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise Rejected("", "not a number of at least 0", text=text[:40])
    return value


def _kind(rows: dict[str, list[float]]) -> str:
    """The kind that most channels have; nothing else is guessed."""
    counts = {kind: sum(bool(form.match(c)) for c in rows) for kind, form in _FORMS.items()}
    return max(counts, key=lambda kind: counts[kind])


def _missing(kind: str, rows: dict[str, list[float]]) -> Iterator[str]:
    strange = [channel for channel in rows if not _FORMS[kind].match(channel)]
    known = len(rows) - len(strange)
    if not known:
        yield (
            "no channel of SBS96, DBS78 or ID83; collapse other contexts (SBS288, SBS1536, SBS6) "
            "to one of these first"
        )
        return
    if strange:
        shown = ", ".join(strange[:_SHOWN])
        yield f"{len(strange)} rows are no channels of {kind}: {shown}"
    if known < _SIZES[kind]:
        yield f"{known} of the {_SIZES[kind]} channels of {kind}; give all of them, 0 where none"


def unreadable(path: Path, problem: str) -> Unreadable:
    """The error of one problem of a file."""
    return Unreadable(path.name, [problem])
