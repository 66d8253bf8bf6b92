"""What a MAF row says its change does: its class and its protein change, put together."""

from __future__ import annotations

from onkos.model import Consequence, Vocabulary
from onkos.model.protein import ProteinChange
from onkos.sources.patient.consequence import SILENT, settled
from onkos.sources.patient.hotspots import promoter_genes, skipping_genes
from onkos.sources.patient.maf_words import CLASSES, UPSTREAM
from onkos.sources.patient.oncotator import read_change
from onkos.sources.patient.tables import Rejected, Table, column_key

# The protein column of these says nothing beyond the class: p.*31* of an untranslated region.
_NO_PROTEIN = SILENT - {Consequence.SYNONYMOUS}
_SPLICE_REGION_ELSEWHERE = "splice region in a gene without knowledge"

Word = tuple[Consequence, str]


class Effects:
    """Reads class and protein change of the rows of one file."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self._table = table
        self._known = vocabulary.gene_by_symbol
        self._promoters = promoter_genes(vocabulary)
        self._reach = vocabulary.limits.get("promoter_reach", 0)
        self._skipping = skipping_genes(vocabulary)
        self._approved = vocabulary.symbol_by_name
        self._words: dict[tuple[str, str], Word | None] = {}

    def word(self, cells: list[str]) -> Word | None:
        """What the row's class says, else its first known VEP term; None where neither does."""
        written = (self._table.cell(cells, "class"), self._table.cell(cells, "terms"))
        if written not in self._words:
            terms = [written[0], *written[1].replace(",", "&").split("&")]
            known = (CLASSES.get(column_key(term)) for term in terms)
            self._words[written] = next((word for word in known if word), None)
        return self._words[written]

    def plainly_silent(self, cells: list[str], word: Word | None) -> bool:
        """True where a row changes no protein and its gene gives no reason to look closer."""
        if word is None or word[0] not in _NO_PROTEIN or self._protein_text(cells):
            return False
        written = cells[self._table.columns["gene"]].strip()
        symbol = self._approved.get(written.upper(), written)
        return symbol not in self._promoters and symbol not in self._skipping

    def change(self, cells: list[str]) -> ProteinChange | None:
        """The protein change, or None where the row names no residue.

        Raises
        ------
        Rejected
            Where it names one and is not understood.
        """
        text = self._protein_text(cells)
        if not text:
            return None
        try:
            return read_change(text)
        except ValueError as error:
            stop = "written for a stop" in str(error)
            reason = "X written for a stop" if stop else "not understood as a protein change"
            remedy = "write * or Ter" if stop else "write it in HGVS, such as p.L858R"
            column = "protein" if self._table.cell(cells, "protein") else "hgvsp"
            raise Rejected(column, reason, text=text, remedy=remedy) from error

    def kind(
        self, gene: str, cells: list[str], word: Word | None, change: ProteinChange | None
    ) -> tuple[Consequence, str]:
        """What the change does, and why it is left out (empty where it is kept).

        Raises
        ------
        Rejected
            Where class and protein change contradict each other, or neither is known.
        """
        kind = self._settled(cells, word, change)
        if kind is Consequence.NONCODING and word is UPSTREAM and self._promoter(gene, cells):
            return Consequence.PROMOTER, ""
        if kind is Consequence.INTRONIC and gene in self._skipping:
            return kind, ""
        if kind is Consequence.SPLICE_REGION and gene not in self._known:
            return kind, _SPLICE_REGION_ELSEWHERE
        if kind in SILENT:
            return kind, (word[1] if word else "") or str(kind)
        return kind, ""

    def _settled(
        self, cells: list[str], word: Word | None, change: ProteinChange | None
    ) -> Consequence:
        if word is None and change is None:
            text = self._table.cell(cells, "class")
            remedy = "use the classes of the MAF format, or give the protein change"
            raise Rejected("class", "not a known class of variant", text=text, remedy=remedy)
        if word is None:
            return change.consequence if change else Consequence.UNKNOWN
        return settled(word[0], change)

    def _promoter(self, gene: str, cells: list[str]) -> bool:
        """Whether what lies upstream of a gene is a promoter whose changes matter."""
        distance = self._table.number(cells, "distance")
        return gene in self._promoters and (distance is None or distance <= self._reach)

    def _protein_text(self, cells: list[str]) -> str:
        return self._table.cell(cells, "protein") or self._table.cell(cells, "hgvsp")
