"""Purity and ploidy of a sample from the file that a caller of copies writes beside its segments.

PURPLE (``purple.purity.tsv``), Sequenza (``confints_CP.txt``, ``alternative_solutions.txt``),
ASCAT (``purityploidy.txt``, ``samplestatistics.txt``), and plain tables.
"""

from __future__ import annotations

from pathlib import Path

from onkos.errors import Unreadable
from onkos.sources.patient.first_lines import first_lines
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_fit import read_fit
from onkos.sources.patient.segment_rows import check_quality
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "purity": ("purity", "cellularity", "AberrantCellFraction", "rho"),
    "ploidy": ("ploidy", "ploidy.estimate", "psi"),
    "mean": ("ploidy.mean.cn",),
    "purple": ("tmbPerMb",),
}
STATISTICS = "NormalContamination"
_KEYS = {"rho": "purity", "Ploidy": "ploidy"}


def read_purity(path: Path) -> dict[str, Observed]:
    """Read the purity and ploidy of one sample.

    Returns
    -------
    dict of str to Observed
        With `quality`; one key, ``""``.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    if any(line.startswith(STATISTICS) for line in first_lines(path)):
        return {"": _statistics(path)}
    with open_table(path, COLUMNS, (("purity", "ploidy"),), separators="\t, ") as table:
        rows = list(table.rows)
        observed = Observed()
        if not rows:
            raise Unreadable(path.name, ["no row under the column names; give the whole file"])
        if "purple" in table.columns:
            read_fit(dict(zip(table.header, rows[0][1], strict=False)), path.name, observed)
            return {"": _accounted(observed)}
        line, cells = _chosen(table, rows, observed)
        _take(table, line, cells, observed)
        return {"": _accounted(observed)}


def _accounted(observed: Observed) -> Observed:
    """Rows other than the one that is the sample's quality, each accounted for."""
    told = len(observed.measurements) + len(observed.unread)
    observed.rows = told + sum(observed.filtered.values())
    return observed


def _chosen(
    table: Table, rows: list[tuple[int, list[str]]], observed: Observed
) -> tuple[int, list[str]]:
    """The row of the best solution.

    Sequenza's intervals have three rows, the estimate between its limits; its list of
    solutions has the best one first.
    """
    chosen = 1 if "mean" in table.columns and len(rows) == 3 else 0
    if len(rows) > 1:
        observed.filtered["other solution of purity and ploidy"] = len(rows) - 1
        if not chosen:
            observed.notices.append(f"{table.source}: {len(rows)} solutions, the first is taken")
    return rows[chosen]


def _take(table: Table, line: int, cells: list[str], observed: Observed) -> None:
    if len(cells) != len(table.header):
        problem = f"line {line}: {len(cells)} cells, the header has {len(table.header)}"
        raise Unreadable(table.source, [problem])
    for name in ("purity", "ploidy"):
        try:
            value = table.number(cells, name)
            if value is not None:
                check_quality(name, value)
                observed.quality[name] = value
        except Rejected as problem:
            observed.unread.append(table.unread(line, problem))


def _statistics(path: Path) -> Observed:
    """``samplestatistics.txt`` of ascatNgs: a word and a number on each line."""
    observed = Observed()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        word, _, text = line.partition(" ")
        name = _KEYS.get(word)
        if name is None:
            continue
        try:
            value = float(text)
            check_quality(name, value)
        except ValueError as error:
            raise Unreadable(path.name, [f"{word}: {error}; run ASCAT again"]) from error
        observed.quality[name] = value
    return observed
