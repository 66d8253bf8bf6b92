"""Scores of microsatellite instability: MSIsensor and its kin, and MANTIS.

The number with its tool; what it amounts to depends on tool and panel and is not said here.
"""

from __future__ import annotations

from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import Measurement
from onkos.sources.patient.accounting import account
from onkos.sources.patient.first_lines import first_lines
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import Rejected, Table, open_table
from onkos.stats.purity import exact_interval

SENSOR = {
    "sites": ("Total_Number_of_Sites",),
    "somatic": ("Number_of_Somatic_Sites",),
    "unstable": ("Number_of_Unstable_Sites",),
}
MANTIS = {
    "metric": ("Average Metric Value (Abbr)", "Average Metric Value"),
    "value": ("Value",),
    "threshold": ("Threshold",),
    "status": ("Status",),
}
_STEPWISE = "(DIF)"
_OTHER_METRIC = "metric of MANTIS that its authors do not call by"
_NAMES = (("pro", "MSIsensor-pro"), ("sensor2", "MSIsensor2"))
_MOST_APART = 0.01  # the percentage is printed with two places
_LONGEST_STEP = 2.0


def read_msi(path: Path) -> dict[str, Observed]:
    """Read the score of a sample.

    Parameters
    ----------
    path : Path
        The summary of MSIsensor, MSIsensor2 or MSIsensor-pro, or ``.status`` of MANTIS.

    Returns
    -------
    dict of str to Observed
        With the score of its tool: ``"MSIsensor score"`` (per cent of sites), ``"MANTIS score"``.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    if any("(Abbr)" in line or "Metric" in line for line in first_lines(path)):
        return _mantis(path)
    with open_table(path, SENSOR, (("sites",), ("somatic", "unstable"))) as table:
        tool = _tool(path, table)
        return account(table, lambda _, __, cells: _score(table, tool, cells))


def _tool(path: Path, table: Table) -> str:
    """The tool, by its columns or its name in that of the file."""
    if "unstable" in table.columns:
        return "MSIsensor-pro"
    name = path.name.casefold()
    return next((tool for word, tool in _NAMES if word in name), "MSIsensor")


def _score(table: Table, tool: str, cells: list[str]) -> Measurement:
    sites = table.whole(cells, "sites")
    name = "unstable" if "unstable" in table.columns else "somatic"
    unstable = table.whole(cells, name)
    if not sites:
        remedy = "see why the tool found no site with enough reads"
        raise Rejected("sites", "no site was looked at", remedy=remedy)
    if unstable is None or unstable > sites:
        raise Rejected(name, "more sites are unstable than were looked at", remedy="run it again")
    percent = 100 * unstable / sites
    _check_percent(cells, percent)
    method = f"{tool}, {unstable} of {sites} sites"
    low, high = exact_interval(unstable, sites)
    return Measurement(
        name=f"{tool} score",
        value=round(percent, 2),
        unit="%",
        method=method,
        interval=(100 * low, 100 * high),
        counted=(unstable, sites),
    )


def _check_percent(cells: list[str], percent: float) -> None:
    """The tool's own percentage, in the last cell, must be that of its counts."""
    try:
        told = float(cells[2])
    except (IndexError, ValueError):
        told = float("nan")
    if not abs(told - percent) <= _MOST_APART:
        problem = f"the percentage is not that of the sites ({percent:.2f})"
        raise Rejected("", problem, text=cells[2] if len(cells) > 2 else "", remedy="run it again")


def _mantis(path: Path) -> dict[str, Observed]:
    required = tuple((name,) for name in MANTIS)
    with open_table(path, MANTIS, required) as table:
        table.rows = (row for row in table.rows if "\t" in "\t".join(row[1]) and len(row[1]) > 1)
        by_sample = account(table, lambda _, __, cells: _step(table, cells))
    found = [one for observed in by_sample.values() for one in observed.measurements]
    if not found and not any(observed.unread for observed in by_sample.values()):
        raise Unreadable(path.name, ["no row of the step-wise difference (DIF); give the status"])
    return by_sample


def _step(table: Table, cells: list[str]) -> Measurement | str:
    if _STEPWISE not in table.cell(cells, "metric"):
        return _OTHER_METRIC
    value, threshold = table.number(cells, "value"), table.number(cells, "threshold")
    if value is None or not 0 <= value <= _LONGEST_STEP:
        text = table.cell(cells, "value")
        raise Rejected("value", "not a step-wise difference", text=text, remedy="run it again")
    called = table.cell(cells, "status").casefold()
    said = f", {called} at its threshold {threshold:g}" if called and threshold else ""
    return Measurement(name="MANTIS score", value=value, method=f"MANTIS (DIF){said}")
