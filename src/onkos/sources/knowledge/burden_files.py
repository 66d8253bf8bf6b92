"""Tumour mutational burdens of a cohort, from a table of the user's own."""

from __future__ import annotations

import math
from pathlib import Path

from onkos.errors import VocabularyError
from onkos.model import BurdenCohort, Unread, Vocabulary
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "sample": ("sample", "sample_id", "Tumor_Sample_Barcode", "tumour", "patient"),
    "disease": ("disease", "oncotree", "oncotree_code", "cancer_type", "diagnosis"),
    "burden": ("TMB", "tmb_nonsynonymous", "TMB (nonsynonymous)", "burden", "mutations_per_mb"),
}
_FEWEST = 2  # quantiles have two ends


def read_burdens(
    path: Path, vocabulary: Vocabulary, convention: str
) -> tuple[tuple[BurdenCohort, ...], list[Unread]]:
    """One cohort for each disease, in mutations per megabase as an exome counts.

    Without a column of diseases it is one cohort for every diagnosis.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    values: dict[str, dict[str, float]] = {}
    unread: list[Unread] = []
    seen: set[str] = set()
    with open_table(path, COLUMNS, (("sample",), ("burden",)), separators="\t,") as table:
        for row in understood(table, lambda cells: _row(table, cells, vocabulary, seen)):
            if isinstance(row, Unread):
                unread.append(row)
            else:
                code, sample, value = row
                values.setdefault(code, {})[sample] = value
    name = path.name.removesuffix(".gz").rpartition(".")[0]
    return tuple(
        BurdenCohort(
            name=f"{name}, {code}" if code and len(values) > 1 else name,
            convention=convention,
            n=len(of_samples),
            quantiles=tuple(sorted(of_samples.values())),
            disease=(code,) if code else (),
            source=path.name,
        )
        for code, of_samples in sorted(values.items())
        if len(of_samples) >= _FEWEST
    ), unread


def _row(
    table: Table, cells: list[str], vocabulary: Vocabulary, seen: set[str]
) -> tuple[str, str, float]:
    """Disease, sample and burden."""
    sample, value = table.cell(cells, "sample"), table.number(cells, "burden")
    if not sample:
        raise Rejected("sample", "names no sample", remedy="fill in the sample")
    if sample in seen:
        raise Rejected("sample", "a sample that stands twice", remedy="keep one row of each")
    if value is None or not 0 <= value < math.inf:
        raise Rejected("burden", "no burden", remedy="give mutations per megabase, at least 0")
    seen.add(sample)
    written = table.cell(cells, "disease")
    return (_code(written, vocabulary) if "disease" in table.columns else ""), sample, value


def _code(written: str, vocabulary: Vocabulary) -> str:
    if not written:
        raise Rejected("disease", "no disease", remedy="give a code of OncoTree")
    try:
        return vocabulary.tree.resolve(written)
    except VocabularyError as error:
        raise Rejected("disease", str(error), remedy="give a code of OncoTree") from error
