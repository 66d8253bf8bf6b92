"""One case, laid out so that criteria can be asked of it quickly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from onkos.criteria.karyotype import words_shown
from onkos.criteria.karyotype_seen import count, seen
from onkos.model import (
    Alteration,
    Answer,
    Assay,
    Case,
    Criterion,
    Cytogenetic,
    Fusion,
    Karyogram,
    Measure,
    Measurement,
    Origin,
    Sample,
    Stated,
    StatedClass,
    Verdict,
    Vocabulary,
    genes_of,
)

ABNORMALITIES = "karyotype abnormalities"  # the measure that a karyotype itself fills


class CaseView:
    """Indexes over a case; made once, asked by every criterion.

    Parameters
    ----------
    case : Case
        With its alterations described (oncogenicity set).
    vocabulary : Vocabulary
    """

    def __init__(self, case: Case, vocabulary: Vocabulary) -> None:
        self.case, self.vocabulary = case, vocabulary
        self.verdicts: dict[Criterion, Verdict] = {}
        self.by_gene: dict[str, list[Alteration]] = {}
        self.karyotype: dict[str, bool] = {}
        self.banded: dict[str, Answer] = {}
        for alteration in (*case.alterations, *case.copied):
            self._place(alteration)
        self.measured: dict[str, list[Measurement]] = {}
        for measurement in (*case.measurements, *self._counted_abnormalities()):
            self.measured.setdefault(measurement.name, []).append(measurement)
            self._amplification_by_measure(measurement)

    def _place(self, alteration: Alteration) -> None:
        for gene in genes_of(alteration):
            self.by_gene.setdefault(gene, []).append(alteration)
        if isinstance(alteration, Cytogenetic):
            self.karyotype[alteration.name] = alteration.present
            if alteration.present:
                self._place_fusion(alteration.name, alteration.by_diagnosis)
        if isinstance(alteration, Karyogram):
            self._place_karyogram(alteration)

    def _place_fusion(self, name: str, by_diagnosis: bool = False) -> None:
        """The fusion that a cytogenetic word makes."""
        word = self.vocabulary.karyotype_by_name.get(name.casefold().replace(" ", ""))
        if word and word.five:
            fusion = Fusion(
                five=word.five,
                three=word.three,
                origin=Origin.SOMATIC,
                by_diagnosis=by_diagnosis,
            )
            for gene in fusion.genes:
                self.by_gene.setdefault(gene, []).append(fusion)

    def _place_karyogram(self, karyogram: Karyogram) -> None:
        """What banding shows; of two karyotypes the one that shows more is believed."""
        words, limits = self.vocabulary.karyotypes, self.vocabulary.limits
        for name, answer in words_shown(karyogram, words, limits).items():
            self.banded[name] = max(answer, self.banded.get(name, answer))
            if answer is Answer.MET and name not in self.karyotype:
                self.karyotype[name] = True
                self._place_fusion(name)

    def _counted_abnormalities(self) -> Iterator[Measurement]:
        """Least and most number of abnormalities of each karyotype given."""
        for karyogram in (a for a in self.case.alterations if isinstance(a, Karyogram)):
            found = count(seen(karyogram, self.vocabulary.limits))
            for number in dict.fromkeys(found):
                yield Measurement(name=ABNORMALITIES, value=float(number), sample=karyogram.sample)

    def _amplification_by_measure(self, measurement: Measurement) -> None:
        measure = self.measure(measurement.name)
        if not measure or not measure.amplification_of:
            return
        if measurement.status in {"positive", "negative"}:
            gene = measure.amplification_of
            stated = Stated(
                gene=gene,
                finding=StatedClass.AMPLIFICATION,
                present=measurement.status == "positive",
                sample=measurement.sample,
            )
            self.by_gene.setdefault(gene, []).append(stated)

    def karyotype_label(self, name: str) -> str:
        """A karyotype word, with where it comes from if that is the diagnosis."""
        given = (a for a in self.case.alterations if isinstance(a, Cytogenetic) and a.name == name)
        return next((a.label for a in given if a.present), name)

    def measure(self, name: str) -> Measure | None:
        """The vocabulary's entry for a measure's canonical name, or None."""
        return self._measures.get(name)

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.name: measure for measure in self.vocabulary.measures}

    @cached_property
    def assays(self) -> tuple[tuple[Sample, Assay], ...]:
        """Samples with a known assay."""
        return tuple((s, s.assay) for s in self.case.samples if s.assay is not None)

    @cached_property
    def samples(self) -> dict[str, Sample]:
        """Samples by id; a single one also answers to the empty id."""
        table = {sample.id: sample for sample in self.case.samples}
        if len(self.case.samples) == 1:
            table[""] = self.case.samples[0]
        return table

    @cached_property
    def alleles(self) -> tuple[str, ...]:
        """HLA alleles typed."""
        found = (m.status for m in self.measured.get("HLA", ()))
        return tuple(allele for text in found for allele in text.replace(",", " ").split())

    @cached_property
    def settings(self) -> frozenset[str] | None:
        """Settings that hold, with those that they imply; None where nothing is known."""
        case = self.case
        if case.settings is None and case.stage is None:
            return None
        held = set(case.settings or ())
        if case.stage:
            base = stage_base(case.stage)
            held |= {s.name for s in self.vocabulary.settings if base in s.stages}
        words = {setting.name: setting for setting in self.vocabulary.settings}
        todo = list(held)
        while todo:
            setting = words.get(todo.pop())
            new = set(setting.implies) - held if setting else set()
            held |= new
            todo += new
        return frozenset(held)

    @cached_property
    def excluded_settings(self) -> frozenset[str]:
        """Settings that those held rule out."""
        held = self.settings or frozenset()
        return frozenset(
            word for s in self.vocabulary.settings if s.name in held for word in s.excludes
        )


def stage_base(stage: str) -> str:
    """``"IIIA"`` to ``"III"``.

    >>> stage_base("IVB")
    'IV'
    """
    return stage.upper().rstrip("ABC123")
