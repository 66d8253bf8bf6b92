"""Abundance of proteins by gene, kept as a profile: no rule reads it yet."""

from __future__ import annotations

from pathlib import Path

from onkos.model import Profile, Vocabulary
from onkos.sources.patient.accounting import fits, misfit
from onkos.sources.patient.expression import UNKNOWN_GENE
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected, open_table

COLUMNS = {
    "gene": ("gene", "Hugo_Symbol", "gene_symbol", "symbol", "gene_name"),
    "site": ("site", "phosphosite", "residue", "modification"),
    "value": ("abundance", "log2_ratio", "log2_abundance", "intensity", "z_score", "value"),
}
SITE = "site of phosphorylation: no rule reads it"
NO_VALUE = "protein not measured"


def read_proteome(path: Path, vocabulary: Vocabulary) -> dict[str, Observed]:
    """Read abundances; the column's name is the unit, as laboratories scale them each its way.

    Returns
    -------
    dict of str to Observed
        With one `Profile`; one key, ``""``.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, (("gene",), ("value",)), separators="\t,") as table:
        symbols, observed, values = Symbols(vocabulary), Observed(), dict[str, float]()
        known = vocabulary.gene_by_symbol
        for line, cells in table.rows:
            observed.rows += 1
            try:
                if not fits(cells, len(table.header)):
                    raise misfit(cells, len(table.header))
                gene = symbols.approved(cells[table.columns["gene"]], observed)
                value = table.number(cells, "value")
                if gene in values:
                    raise Rejected("gene", f"{gene} has two rows", remedy="keep one")
            except Rejected as problem:
                observed.unread.append(table.unread(line, problem))
                continue
            if table.cell(cells, "site"):
                observed.filtered[SITE] += 1
            elif gene not in known:
                observed.filtered[UNKNOWN_GENE] += 1
            elif value is None:
                observed.filtered[NO_VALUE] += 1
            else:
                values[gene] = value
        if values:
            unit = table.header[table.columns["value"]]
            observed.profiles.append(
                Profile(analyte="protein", unit=unit, values=values, genes=observed.rows)
            )
            observed.notices.append(
                f"{len(values)} proteins are kept; none is called high or low without a cohort"
            )
        return {"": observed}
