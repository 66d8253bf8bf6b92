"""One small variant of a VCF, from its record and the annotation that speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onkos.model import Consequence, SmallVariant, Vocabulary
from onkos.model.protein import ProteinChange
from onkos.sources.patient.consequence import Effects
from onkos.sources.patient.hotspots import Hotspot
from onkos.sources.patient.maf_reads import larger
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.oncotator import read_change
from onkos.sources.patient.predictions import Predictions
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_annotation import Annotation, Annotations
from onkos.sources.patient.vcf_header import Layout

if TYPE_CHECKING:
    from pysam import VariantRecord

_NUMBERS = re.compile(r"\d+")
_NO_PROTEIN = frozenset({Consequence.PROMOTER, Consequence.INTRONIC})


class Annotated:
    """Makes of an annotation what a variant does, or says why the variant is left out."""

    def __init__(
        self, layout: Layout, vocabulary: Vocabulary, observed: Observed, hotspot: Hotspot
    ) -> None:
        self.layout = layout
        self._observed = observed
        self._effects = Effects(vocabulary)
        self._symbols = Symbols(vocabulary)
        self._hotspot = hotspot
        self._names = vocabulary.symbol_by_name
        self._predictions = Predictions(layout.names, vocabulary.oncogenicity.predictors)
        self._annotations = Annotations(layout, vocabulary, self._effects, self._symbols)

    def texts(self, record: VariantRecord) -> Sequence[str]:
        """The annotations of a record, as written."""
        value = record.info.get(self.layout.key)
        if value is None:
            return ()
        return value.split(",") if isinstance(value, str) else [v or "" for v in value]

    def by_allele(
        self, texts: Sequence[str], reference: str, alternates: Sequence[str]
    ) -> list[list[list[str]]]:
        """Cells of the annotations of each alternate allele."""
        return self._annotations.by_allele(texts, reference, alternates)

    def choose(self, rows: Sequence[list[str]], chromosome: str) -> Annotation | None:
        """The annotation that speaks for an allele."""
        return self._annotations.choose(rows, chromosome)

    def in_known_gene(self, rows: Sequence[list[str]]) -> bool:
        """Whether any annotation is of a gene of the vocabulary, so that it may be a hotspot."""
        at, names = self.layout.columns["symbol"], self._names
        return any(at < len(row) and row[at].strip().upper() in names for row in rows)

    def genes(self, rows: Sequence[list[str]]) -> list[str]:
        """Genes of the annotations of an allele, as written."""
        at = self.layout.columns["symbol"]
        return sorted({row[at] for row in rows if at < len(row) and row[at].strip()})

    def judged(
        self, annotation: Annotation, failed: str
    ) -> tuple[Consequence, ProteinChange | None] | str:
        """What the variant does, or why it is left out.

        Parameters
        ----------
        failed : str
            That the caller's filter did not pass; only a hotspot is kept despite it.

        Raises
        ------
        Rejected
            For terms that are not known, or contradict the protein change.
        """
        effect, gene = annotation.effect, annotation.gene
        if effect is None:
            text = self.layout.cell(annotation.cells, "terms")
            remedy = "annotate with VEP or snpEff in their own terms"
            raise Rejected("terms", "no known consequence", text=text, remedy=remedy)
        # A silent term with a protein change beside it is looked at like any other.
        looked_at = bool(gene and self.layout.cell(annotation.cells, "protein"))
        if self._effects.silent(gene, effect, annotation.distance) and not looked_at:
            return failed or effect.reason
        if failed and not self._is_hotspot(annotation):
            return failed
        change = self._change(annotation)
        kind, left_out = self._effects.kind(gene, effect, change, annotation.distance)
        return left_out or (kind, change)

    def told(
        self,
        call: SmallVariant,
        annotation: Annotation,
        kind: Consequence,
        change: ProteinChange | None,
    ) -> dict[str, object]:
        """Fields of the variant that its annotation tells."""
        cell, cells = self.layout.cell, annotation.cells
        change = None if kind in _NO_PROTEIN else change
        first, last = (change.first, change.last) if change else (0, 0)
        if not first and kind not in _NO_PROTEIN:
            first, last = _residues(cell(cells, "residue"))
        return {
            "gene": self._gene(annotation, call.chromosome),
            "protein": change.text if change else "",
            "coding": _coding(cell(cells, "coding")),
            "consequence": kind,
            "first": first,
            "last": last,
            "transcript": cell(cells, "transcript"),
            "exon": cell(cells, "exon").partition("/")[0],
            "population_af": self._population(cells),
            "predictions": self._predictions(cells),
        }

    def _is_hotspot(self, annotation: Annotation) -> bool:
        try:
            change = self._change(annotation)
        except Rejected:
            return False
        return change is not None and self._hotspot(annotation.gene, change)

    def _change(self, annotation: Annotation) -> ProteinChange | None:
        """The protein change: HGVS, else the amino acids of a single substitution."""
        cell = self.layout.cell
        text = cell(annotation.cells, "protein").rpartition(":")[2]
        if not text and "protein" not in self.layout.columns:
            text = _substitution(
                cell(annotation.cells, "residue"), cell(annotation.cells, "residues")
            )
        if not text:
            return None
        try:
            return read_change(text)
        except ValueError as error:
            remedy = "annotate the file again"
            raise Rejected(
                "protein", "not understood as a protein change", text=text, remedy=remedy
            ) from error

    def _gene(self, annotation: Annotation, chromosome: str) -> str:
        cell = self.layout.cell
        written = cell(annotation.cells, "symbol") or cell(annotation.cells, "gene_id")
        return self._symbols.approved(written, self._observed, "symbol", chromosome)

    def _population(self, cells: Sequence[str]) -> float | None:
        """The highest frequency; 0 where the annotator looked and its tables lack the change.

        A MAF may be joined from files with and without annotation: there a blank stays unknown.
        """
        highest = 0.0 if self.layout.population else None
        for at in self.layout.population:
            for part in cells[at].split("&") if at < len(cells) and cells[at] else ():
                highest = larger(highest, part, "gnomAD", part, "annotate the file again")
        return highest


def _substitution(residue: str, residues: str) -> str:
    """A protein change from VEP's position and amino acids; empty for all but one for one."""
    residue = residue.partition("/")[0]
    left, slash, right = residues.partition("/")
    if not (slash and residue.isdigit() and len(left) == len(right) == 1):
        return ""
    return f"{left}{residue}{right}"


def _residues(text: str) -> tuple[int, int]:
    numbers = [int(number) for number in _NUMBERS.findall(text.partition("/")[0])]
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def _coding(text: str) -> str:
    change = text.rpartition(":")[2].replace("%3D", "=")
    return change if change.startswith(("c.", "n.")) else ""
