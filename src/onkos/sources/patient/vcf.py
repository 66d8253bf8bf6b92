"""Small variants from a VCF or BCF annotated by Ensembl VEP (CSQ) or snpEff (ANN)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onkos.errors import Unreadable
from onkos.model import Consequence, Origin, SmallVariant, Unread, Vocabulary
from onkos.model.protein import ProteinChange
from onkos.sources.patient.consequence import Effects
from onkos.sources.patient.hotspots import Hotspot, hotspots
from onkos.sources.patient.maf_reads import Reads, larger
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.oncotator import read_change
from onkos.sources.patient.predictions import Predictions
from onkos.sources.patient.symbols import Symbols, chromosome_name
from onkos.sources.patient.tables import LONGEST_TEXT_SHOWN, Rejected
from onkos.sources.patient.vcf_annotation import Annotation, Annotations
from onkos.sources.patient.vcf_file import BadRow, open_variants
from onkos.sources.patient.vcf_header import Facts, read_header
from onkos.sources.patient.vcf_reads import carries, sample_reads

if TYPE_CHECKING:
    from pysam import VariantRecord, VariantRecordSample

NOT_ANNOTATED = "no annotation on the record"
NOT_HERE = "genotype of the tumour is without the allele"
STRUCTURAL = "structural variant"

_ALLELE = re.compile(r"^[ACGTN]+$", re.IGNORECASE)
_UNDECODED = "?"
_NUMBERS = re.compile(r"\d+")
_NO_PROTEIN = frozenset({Consequence.PROMOTER, Consequence.INTRONIC})


def read_vcf(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    hotspot: Hotspot | None = None,
    tumour_sample: str = "",
) -> dict[str, Observed]:
    """Read small variants from an annotated VCF or BCF, gzipped or not.

    Parameters
    ----------
    path : Path
        Annotated by VEP (``CSQ``) or snpEff (``ANN``).
    vocabulary : Vocabulary
        Gene symbols and their transcripts; genes that it lacks are kept as the file names them.
    origin : Origin
        Whose changes the file tells of.
    hotspot : callable, optional
        Takes a gene and a protein change; where it is true the record is kept, and flagged,
        whatever the caller's filter. From the vocabulary where not given.
    tumour_sample : str
        The tumour's column, where the header and the names do not tell.

    Returns
    -------
    dict of str to Observed
        One entry, by the tumour's column; under ``""`` where the file has no samples. Each
        alternate allele counts as a row.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole: no annotations, two reference assemblies,
        the tumour's column not told, a file that is damaged or no VCF.
    """
    with open_variants(path) as variants:
        file, notices = read_header(variants.source, variants.file.header, tumour_sample)
        records = _Records(file, vocabulary, origin, hotspot or hotspots(vocabulary))
        observed = records.observed
        observed.notices += notices
        for line, record in variants.records():
            records.take(line, record)
        records.remark()
        return {file.tumour or "": observed}


class _Records:
    """Reads the records of one file; every alternate allele is accounted for."""

    def __init__(
        self, file: Facts, vocabulary: Vocabulary, origin: Origin, hotspot: Hotspot
    ) -> None:
        self.observed = Observed()
        self._file = file
        self._layout = file.layout
        self._effects = Effects(vocabulary)
        self._symbols = Symbols(vocabulary)
        self._annotations = Annotations(file.layout, vocabulary, self._effects, self._symbols)
        self._known = vocabulary.gene_by_symbol
        self._predictions = Predictions(file.layout.names, vocabulary.oncogenicity.predictors)
        self._origin = origin
        self._hotspot = hotspot
        self._seen: set[tuple[object, ...]] = set()
        self._chosen: Counter[str] = Counter()

    def take(self, line: int, record: VariantRecord | BadRow) -> None:
        """Account for each alternate allele of a record."""
        if isinstance(record, BadRow):
            self.observed.rows += 1
            self._unread(line, Rejected("", record.reason, remedy=record.remedy))
            return
        try:
            alternates = record.alts or ()
        except UnicodeDecodeError:
            alternates = (_UNDECODED,)
        self.observed.rows += max(1, len(alternates))
        if not alternates:
            self.observed.filtered["no alternate allele"] += 1
            return
        try:
            filters = [str(name) for name in record.filter if name != "PASS"]
            texts = self._texts(record)
            rows = self._annotations.by_allele(texts, record.ref or "", alternates)
        except UnicodeDecodeError:
            for _ in alternates:
                self._unread(line, Rejected("INFO", "not UTF-8", remedy="save the file in UTF-8"))
            return
        for at, own in enumerate(rows):
            self._account(line, record, at, own, filters)

    def remark(self) -> None:
        """Say by what the transcripts were chosen, and what a VCF leaves out."""
        source, observed = self._file.source, self.observed
        if observed.rows and observed.filtered[NOT_ANNOTATED] == observed.rows:
            key = self._layout.key
            raise Unreadable(source, [f"no record carries INFO/{key}; annotate the file again"])
        if self._chosen:
            told = ", ".join(f"{name} {count}" for name, count in self._chosen.most_common())
            observed.notices.append(f"{source}: transcripts chosen: {told}")
        if observed.filtered[STRUCTURAL]:
            count = observed.filtered[STRUCTURAL]
            observed.notices.append(
                f"{source}: {count} structural variants are not read from a VCF; give fusions as "
                "a table"
            )

    def _texts(self, record: VariantRecord) -> tuple[str, ...]:
        value: Any = record.info.get(self._layout.key)
        if value is None:
            return ()
        return tuple(value.split(",")) if isinstance(value, str) else tuple(v or "" for v in value)

    def _account(
        self,
        line: int,
        record: VariantRecord,
        at: int,
        rows: list[list[str]],
        filters: list[str],
    ) -> None:
        try:
            outcome = self._understand(record, at, rows, filters)
        except ValueError as error:
            problem = error if isinstance(error, Rejected) else Rejected("", str(error))
            self._unread(line, problem)
            return
        if isinstance(outcome, str):
            self.observed.filtered[outcome] += 1
        else:
            self.observed.alterations.append(outcome)

    def _understand(
        self, record: VariantRecord, at: int, rows: list[list[str]], filters: list[str]
    ) -> SmallVariant | str:
        """The variant of one allele, or why it is left out."""
        alternate = (record.alts or ())[at]
        if not _ALLELE.match(alternate):
            return _no_sequence(alternate)
        sample = self._sample(record)
        if sample is not None and not carries(sample, at + 1):
            return NOT_HERE
        failed = f"caller filter: {', '.join(sorted(filters))}" if filters else ""
        if not rows and len(record.alts or ()) > 1 and self._texts(record):
            remedy = "split records of several alleles (bcftools norm -m-), then annotate"
            key = f"INFO/{self._layout.key}"
            raise Rejected(key, "no annotation of this allele", text=alternate, remedy=remedy)
        annotation = self._annotations.choose(rows, record.contig)
        if annotation is None:
            return failed or NOT_ANNOTATED
        return self._judged(record, at, annotation, failed, tuple(filters))

    def _judged(
        self,
        record: VariantRecord,
        at: int,
        annotation: Annotation,
        failed: str,
        filters: tuple[str, ...],
    ) -> SmallVariant | str:
        effect, gene = annotation.effect, annotation.gene
        if effect is None:
            text = self._layout.cell(annotation.cells, "terms")
            remedy = "annotate with VEP or snpEff in their own terms"
            raise Rejected("terms", "no known consequence", text=text, remedy=remedy)
        # A silent term with a protein change beside it is looked at like any other.
        looked_at = bool(gene and self._layout.cell(annotation.cells, "protein"))
        if self._effects.silent(gene, effect, annotation.distance) and not looked_at:
            return failed or effect.reason
        if failed and not self._is_hotspot(annotation):
            return failed
        change = self._change(annotation)
        kind, left_out = self._effects.kind(gene, effect, change, annotation.distance)
        if left_out:
            return left_out
        key = (record.contig, record.pos, record.ref, (record.alts or ())[at])
        if key in self._seen:
            return "duplicate row"
        self._seen.add(key)
        variant = self._variant(record, at, annotation, kind, change, filters)
        self._chosen[annotation.chosen] += 1
        return variant

    def _is_hotspot(self, annotation: Annotation) -> bool:
        try:
            change = self._change(annotation)
        except Rejected:
            return False
        return change is not None and self._hotspot(annotation.gene, change)

    def _change(self, annotation: Annotation) -> ProteinChange | None:
        """The protein change: HGVS, else the amino acids of a single substitution."""
        cell = self._layout.cell
        text = cell(annotation.cells, "protein").rpartition(":")[2]
        if not text and "protein" not in self._layout.columns:
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

    def _variant(
        self,
        record: VariantRecord,
        at: int,
        annotation: Annotation,
        kind: Consequence,
        change: ProteinChange | None,
        filters: tuple[str, ...],
    ) -> SmallVariant:
        cell, cells = self._layout.cell, annotation.cells
        reads = self._reads(record, at)
        change = None if kind in _NO_PROTEIN else change
        first, last = (change.first, change.last) if change else (0, 0)
        if not first and kind not in _NO_PROTEIN:
            first, last = _residues(cell(cells, "residue"))
        return SmallVariant(
            gene=self._gene(annotation, record.contig),
            protein=change.text if change else "",
            coding=_coding(cell(cells, "coding")),
            consequence=kind,
            first=first,
            last=last,
            transcript=cell(cells, "transcript"),
            exon=cell(cells, "exon").partition("/")[0],
            assembly=self._file.assembly,
            chromosome=chromosome_name(record.contig),
            position=record.pos,
            reference=(record.ref or "").upper(),
            alternate=(record.alts or ())[at].upper(),
            alt_reads=reads.alternate,
            depth=reads.depth,
            vaf=reads.fraction,
            population_af=self._population(cells),
            predictions=self._predictions(cells),
            filters=filters,
            origin=self._origin_of(record),
        )

    def _gene(self, annotation: Annotation, chromosome: str) -> str:
        cell = self._layout.cell
        written = cell(annotation.cells, "symbol") or cell(annotation.cells, "gene_id")
        return self._symbols.approved(written, self.observed, "symbol", chromosome)

    def _sample(self, record: VariantRecord) -> VariantRecordSample | None:
        if self._file.tumour is None:
            return None
        try:
            return record.samples[self._file.tumour]
        except IndexError as error:
            remedy = "fill in the columns of the samples"
            raise Rejected("", "the row has no samples", remedy=remedy) from error

    def _reads(self, record: VariantRecord, at: int) -> Reads:
        sample = self._sample(record)
        if sample is None:
            return Reads(None, None, None)
        return sample_reads(sample, at + 1, len(record.alts or ()))

    def _origin_of(self, record: VariantRecord) -> Origin:
        if self._file.germline_status and str(record.info.get("SS")) == "1":
            return Origin.GERMLINE
        return self._origin

    def _population(self, cells: Any) -> float | None:
        """The highest frequency; 0 where the annotator looked and its tables lack the change.

        A MAF may be joined from files with and without annotation: there a blank stays unknown.
        """
        highest = 0.0 if self._layout.population else None
        for at in self._layout.population:
            for part in cells[at].split("&") if at < len(cells) and cells[at] else ():
                highest = larger(highest, part, "gnomAD", part, "annotate the file again")
        return highest

    def _unread(self, line: int, problem: Rejected) -> None:
        annotated = problem.column in {"terms", "protein", "symbol", "gnomAD"}
        column = f"INFO/{self._layout.key}" if annotated else problem.column
        self.observed.unread.append(
            Unread(
                source=self._file.source,
                line=line,
                column=column,
                text=problem.text[:LONGEST_TEXT_SHOWN],
                reason=problem.reason,
                remedy=problem.remedy,
            )
        )


def _no_sequence(alternate: str) -> str:
    if alternate == "*":
        return "allele deleted by another record (*)"
    if alternate == "<NON_REF>" or alternate == "<*>":
        return "no alternate allele"
    return STRUCTURAL


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
