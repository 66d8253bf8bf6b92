"""Roles of genes from IntOGen, CancerMine, or a table of the user's own."""

from __future__ import annotations

from pathlib import Path

from onkos.model import Unread, Vocabulary
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "gene": ("SYMBOL", "gene_normalized", "gene", "Hugo_Symbol"),
    "role": ("ROLE",),
    "citations": ("citation_count",),
}
REQUIRED = (("gene",), ("role",))

_SUPPRESSOR, _ONCOGENE = "tumour suppressor", "oncogene"
_ROLES = {
    "lof": _SUPPRESSOR, "tumor_suppressor": _SUPPRESSOR, "tumour suppressor": _SUPPRESSOR,
    "tumor suppressor": _SUPPRESSOR, "tsg": _SUPPRESSOR,
    "act": _ONCOGENE, "oncogene": _ONCOGENE, "both": "both",
}  # fmt: skip
_NO_ROLE = frozenset({"", "ambiguous", "driver", "other"})


def read_roles(path: Path, vocabulary: Vocabulary) -> tuple[dict[str, str], list[Unread]]:
    """Roles by approved symbol, and the rows that were not understood.

    Where a file counts citations, a role counts from the cut-off ``role_citations`` on, and
    alone where it has ``role_share`` of them. A gene that is called both is ``"both"``; one
    called neither, or ambiguous alone, is left out.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    cited: dict[tuple[str, str], int] = {}
    unread: list[Unread] = []
    with open_table(path, COLUMNS, REQUIRED) as table:
        for row in understood(table, lambda cells: _row(table, cells)):
            if isinstance(row, Unread):
                unread.append(row)
            elif row is not None:
                gene, role, citations = row
                key = (vocabulary.symbol_by_name.get(gene.upper(), gene), role)
                cited[key] = cited.get(key, 0) + citations
        counted = "citations" in table.columns
    cutoffs = vocabulary.oncogenicity.cutoffs if counted else {}
    return _roles(cited, cutoffs.get("role_citations", 1), cutoffs.get("role_share", 1)), unread


def _roles(cited: dict[tuple[str, str], int], least: float, share: float) -> dict[str, str]:
    """The role of each gene; the minor one of two does not count below its share."""
    by_gene: dict[str, dict[str, int]] = {}
    for (gene, role), number in cited.items():
        by_gene.setdefault(gene, {})[role] = number
    roles: dict[str, str] = {}
    for gene, counts in by_gene.items():
        total = sum(counts.values())
        main = [role for role, number in counts.items() if number >= max(least, share * total)]
        enough = main or [role for role, number in counts.items() if number >= least]
        if enough:
            roles[gene] = enough[0] if len(enough) == 1 else "both"
    return roles


def _row(table: Table, cells: list[str]) -> tuple[str, str, int] | None:
    """Gene, role and citations; None for a row that gives no role."""
    gene, written = table.cell(cells, "gene"), table.cell(cells, "role").casefold()
    if not gene:
        raise Rejected("gene", "names no gene", remedy="fill in the gene")
    if written in _NO_ROLE:
        return None
    if written not in _ROLES:
        remedy = "write oncogene, tumour suppressor or both"
        raise Rejected("role", "not a known role", text=written, remedy=remedy)
    return gene, _ROLES[written], table.whole(cells, "citations") or 1
