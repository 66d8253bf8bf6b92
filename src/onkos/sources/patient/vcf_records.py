"""The records of one VCF: every alternate allele is accounted for."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from onkos.errors import Unreadable
from onkos.model import Consequence, Fusion, Origin, SmallVariant, Unread, Vocabulary
from onkos.sources.patient.doubts import SMALL, STRUCTURES
from onkos.sources.patient.hotspots import Hotspot
from onkos.sources.patient.kept_rows import Disagreements, failed_filters
from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.maf_words import SYNONYMOUS
from onkos.sources.patient.normal_reads import Normal, whose
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.structural import NO_READS, Structural
from onkos.sources.patient.sv_ends import COPY_NUMBER
from onkos.sources.patient.sv_open import OpenEnds
from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.tables import LONGEST_TEXT_SHOWN, Rejected
from onkos.sources.patient.vcf_allele import trimmed
from onkos.sources.patient.vcf_annotation import Annotation
from onkos.sources.patient.vcf_file import BadRow
from onkos.sources.patient.vcf_header import Facts
from onkos.sources.patient.vcf_notices import NO_GENE, Tally, notices_of
from onkos.sources.patient.vcf_origin import Sides, origin_of
from onkos.sources.patient.vcf_phase import Phases, haplotype_of
from onkos.sources.patient.vcf_reads import carries, info_reads, sample_reads
from onkos.sources.patient.vcf_settles import Settles
from onkos.sources.patient.vcf_swapped import Balance
from onkos.sources.patient.vcf_variant import Annotated

if TYPE_CHECKING:
    from pysam import VariantRecord, VariantRecordSample

NOT_ANNOTATED = "no annotation on the record"
NOT_HERE = "genotype of the tumour is without the allele"
_UNSEEN = frozenset({NOT_HERE, NO_READS})
# A tumour's own changes are some ten thousands; a person's inherited ones are five millions.
MOST_CALLS = 1_000_000

_ALLELE = re.compile(r"^[ACGTN]+$", re.IGNORECASE)
_NO_ALLELE = {
    "*": "allele deleted by another record (*)",
    "<NON_REF>": "no alternate allele",
    "<*>": "no alternate allele",
}
_NO_STRUCTURE = frozenset({*_UNSEEN, COPY_NUMBER, *_NO_ALLELE.values()})


class Records:
    """Reads the records of one file; every alternate allele is accounted for."""

    def __init__(
        self,
        file: Facts,
        vocabulary: Vocabulary,
        origin: Origin,
        hotspot: Hotspot,
    ) -> None:
        self.observed = Observed()
        self._file = file
        self._vocabulary, self._limits = vocabulary, vocabulary.limits
        self._ends: OpenEnds | None = None
        self._annotated = (
            Annotated(file.layout, vocabulary, self.observed, hotspot) if file.layout else None
        )
        self._alone = file.called.names == "LoFreq"
        self._joint = bool(file.called.only and file.called.only.inherited)
        unsaid = self._joint and origin is Origin.SOMATIC
        self._origin = Origin.UNKNOWN if unsaid else origin
        self._phases = Phases()
        self._structural = Structural(file.layout, vocabulary, self.observed, file.assembly)
        self._balance = None
        if file.tumour and file.normal:
            self._balance = Balance(file.tumour, file.normal, vocabulary.limits)
        self._settles = Settles(file, vocabulary, self.observed)
        self._seen: set[tuple[object, ...]] = set()
        self._line = 0
        self._disagreements = Disagreements(vocabulary.limits)
        self._tally = Tally()
        columns = (file.tumour, file.normal)
        self._sides = Sides(file.inherited, columns, vocabulary, file.assembly, file.called)
        self._says = Normal.SILENT
        self._new = partial(Records, file, vocabulary, origin, hotspot)
        self._inherited: Records | None = None
        self._is_apart = False

    def take(self, line: int, record: VariantRecord | BadRow) -> None:
        """Account for each alternate allele of a record."""
        self._line = line
        if isinstance(record, BadRow):
            self.observed.rows += 1
            self._unread(line, Rejected("", record.reason, remedy=record.remedy))
            self._settles.unread([], germline=False)
            return
        alternates = record.alts or ()
        if not alternates:
            self.observed.rows += 1
            self.observed.filtered["no alternate allele"] += 1
            return
        try:
            stated = [str(name) for name in record.filter]
            texts = self._annotated.texts(record) if self._annotated else ()
            rows: list[list[list[str]]] = [[]] * len(alternates)
            if self._annotated and texts:
                rows = self._annotated.by_allele(texts, record.ref or "", alternates)
        except UnicodeDecodeError:
            for _ in alternates:
                self.observed.rows += 1
                self._unread(line, Rejected("INFO", "not UTF-8", remedy="save the file in UTF-8"))
            self._settles.unread([], germline=False)
            return
        filters = tuple(name for name in stated if name != "PASS")
        whole = self._sides.of_record(record, filters)
        for at, own in enumerate(rows):
            says = self._sides.of_allele(record, at + 1)
            genes = self._genes(own) if says else []
            apart = whole or self._sides.apart(says, record, at, genes)
            side = self._apart() if apart else self
            side._says = says
            side._tally.filled = side._tally.filled or bool(stated)
            side.observed.rows += 1
            side._line = line
            side._account(line, record, at, own, bool(texts), filters)

    def _apart(self) -> Records:
        """The reader of the inherited changes of the file."""
        if self._inherited is None:
            self._inherited = self._new()
            self._inherited._is_apart = True
            self._inherited._seen, self._inherited._balance = self._seen, None
            self.observed.inherited = self._inherited.observed
        return self._inherited

    def closed(self) -> Observed:
        """What was read, with what the reader of the report has to know of it."""
        source, observed = self._file.source, self.observed
        if self._balance and not self._balance.swapped:
            self._settles.weighed(self._balance)
        self._settles.close()
        if self._inherited is not None:
            self._inherited.settle()
        self.settle()
        if self._balance and self._balance.swapped:
            raise Unreadable(source, [self._balance.problem])
        observed.notices += failed_filters(observed.alterations, frozenset(), source)
        observed.notices += self._disagreements.told(source)
        own = tuple(notices_of(self._file, self._tally))
        if self._inherited is None:
            observed.notices += own
            return observed
        both = self._tally.with_other(self._inherited._tally)
        told = tuple(notices_of(self._file, both))
        observed.notices += [notice for notice in told if notice in own]
        self._inherited.observed.notices += [notice for notice in told if notice not in own]
        return observed.folded(*(notice for notice in own if notice not in told))

    def settle(self) -> None:
        """Take in what had to wait for the end of the file."""
        observed, tally = self.observed, self._tally
        for line, outcome in self._structural.outcomes():
            self._settle(line, outcome)
        observed.phases += self._phases.found()
        observed.called[""] = observed.rows
        tally.rows = observed.rows - len(observed.unread)
        tally.kept = bool(observed.alterations or observed.calls)
        tally.nameless = observed.filtered[NO_GENE]

    def _account(
        self,
        line: int,
        record: VariantRecord,
        at: int,
        rows: list[list[str]],
        annotated: bool,
        filters: tuple[str, ...],
    ) -> None:
        failed = f"caller filter: {', '.join(sorted(filters))}" if filters else ""
        outcome: SmallVariant | str | Rejected
        try:
            if _ALLELE.match((record.alts or ())[at]):
                outcome = self._understand(record, at, rows, annotated, failed, filters)
                if not failed and outcome not in _UNSEEN:
                    self._settles.called(record.contig)
            else:
                outcome = self._without_sequence(line, record, at, rows, failed)
                self._settles.joined += not failed and outcome not in _NO_STRUCTURE
        except ValueError as error:
            outcome = error if isinstance(error, Rejected) else Rejected("", str(error))
            if not failed:
                whose = origin_of(record, self._file.inherited, self._origin)
                germline = self._is_apart or whose is Origin.GERMLINE
                small = bool(_ALLELE.match((record.alts or ())[at]))
                genes = self._genes(rows) if small else sorted(self._open(record, at, rows))
                self._settles.unread(genes, germline, (SMALL,) if small else STRUCTURES)
        self._settle(line, outcome)

    def _settle(self, line: int, outcome: SmallVariant | Fusion | str | Rejected) -> None:
        """Keep, count or show one allele; an empty reason waits for the end of the file."""
        match outcome:
            case Rejected():
                self._unread(line, outcome)
            case "":
                return
            case str():
                self.observed.filtered[outcome] += 1
            case SmallVariant(gene=""):
                self._keep_call(outcome)
            case _:
                self.observed.alterations.append(outcome)

    def _without_sequence(
        self, line: int, record: VariantRecord, at: int, rows: list[list[str]], failed: str
    ) -> str:
        """Why an allele without a sequence is left out; empty for a structural variant."""
        alternate = (record.alts or ())[at]
        if alternate in _NO_ALLELE:
            return _NO_ALLELE[alternate]
        sample = self._sample(record)
        if sample is not None and not carries(sample, at + 1):
            return failed or NOT_HERE
        if failed:
            if not self._is_apart:
                self._settles.filtered(self._open(record, at, rows))
            return failed
        origin = self._whose(record)
        if origin is Origin.SOMATIC and self._structural.unmarked(record):
            origin = Origin.UNKNOWN
        return self._structural.take(line, record, at, rows, sample, origin)

    def _genes(self, rows: list[list[str]]) -> list[str]:
        """Genes that the annotation of an allele names."""
        return self._annotated.genes(rows) if self._annotated else []

    def _open(self, record: VariantRecord, at: int, rows: list[list[str]]) -> set[str]:
        """Known genes at the ends of a structural variant that is not read."""
        if self._ends is None:
            self._ends = OpenEnds(self._vocabulary, self._file.assembly)
        return self._ends.genes(record, at, self._genes(rows))

    def _keep_call(self, call: SmallVariant) -> None:
        self.observed.calls.append(call)
        if len(self.observed.calls) > MOST_CALLS:
            problem = (
                f"more than {MOST_CALLS:,} changes without annotation: calls of everything that "
                "differs from the reference; keep those of the tumour, or of the genes tested"
            )
            raise Unreadable(self._file.source, [problem])

    def _understand(
        self,
        record: VariantRecord,
        at: int,
        rows: list[list[str]],
        annotated: bool,
        failed: str,
        filters: tuple[str, ...],
    ) -> SmallVariant | str:
        """The variant of one allele, or why it is left out; without a gene where it is a call."""
        alternates = record.alts or ()
        self._settles.inside(record.contig, record.pos)
        if not _ALLELE.match(record.ref or ""):
            remedy = "give the bases of the reference"
            raise Rejected("REF", "not a sequence of bases", text=record.ref or "", remedy=remedy)
        if self._balance and not failed and self._balance.weigh(record, at + 1):
            self._settles.in_normal_alone(self._genes(rows))
        sample = self._sample(record)
        if sample is not None and not carries(sample, at + 1):
            return failed or NOT_HERE
        if not rows and annotated and len(alternates) > 1:
            remedy = "split records of several alleles (bcftools norm -m-), then annotate"
            key = self._key
            raise Rejected(key, "no annotation of this allele", text=alternates[at], remedy=remedy)
        if not rows or self._annotated is None:
            return failed or self._once(record, at, sample, filters)
        if failed and not self._annotated.in_known_gene(rows):
            return failed
        annotation = self._annotated.choose(rows, record.contig)
        if annotation is None:
            return failed or NOT_ANNOTATED
        judged = self._annotated.judged(annotation, failed)
        if isinstance(judged, str):
            if judged == SYNONYMOUS[1]:
                self._keep_silent(record, at, sample, annotation)
            return judged
        call = self._once(record, at, sample, filters)
        if isinstance(call, str):
            return call
        variant = msgspec.structs.replace(call, **self._annotated.told(call, annotation, *judged))
        self._tally.chosen[annotation.chosen] += 1
        self._phases.add(variant)
        return variant

    def _keep_silent(
        self,
        record: VariantRecord,
        at: int,
        sample: VariantRecordSample | None,
        annotation: Annotation,
    ) -> None:
        """Keep a synonymous change for a burden; it is counted as left out all the same."""
        if self._annotated is None:
            return
        try:
            call = self._once(record, at, sample, ())
            if isinstance(call, SmallVariant):
                told = self._annotated.told(call, annotation, Consequence.SYNONYMOUS, None)
                self.observed.silent.append(msgspec.structs.replace(call, **told))
        except Rejected:
            return

    def _once(
        self,
        record: VariantRecord,
        at: int,
        sample: VariantRecordSample | None,
        filters: tuple[str, ...],
    ) -> SmallVariant | str:
        """What the record alone tells of an allele: its place and its reads."""
        reference, alternate = (record.ref or "").upper(), (record.alts or ())[at].upper()
        position, reference, alternate = trimmed(record.pos, reference, alternate)
        key = (record.contig, position, reference, alternate)
        if key in self._seen:
            return "duplicate row"
        reads = self._reads(record, at, sample)
        if reads.alternate == 0 or (reads.alternate is None and reads.fraction == 0):
            return NO_READS
        self._seen.add(key)
        normal = self._sides.normal_reads(record, at + 1)
        origin = self._whose(record)
        if not self._is_apart and origin is not Origin.GERMLINE:
            self._disagreements.look(self._line, reads)
        phase_set, haplotype = haplotype_of(sample, at + 1)
        return SmallVariant(
            gene="",
            assembly=self._file.assembly,
            chromosome=chromosome_name(record.contig),
            position=position,
            reference=reference,
            alternate=alternate,
            alt_reads=reads.alternate,
            depth=reads.depth,
            vaf=reads.fraction,
            filters=tuple(sorted(filters)),
            normal_alt_reads=normal.alternate,
            normal_depth=normal.depth,
            phase_set=phase_set,
            haplotype=haplotype,
            origin=origin,
            joint=self._joint,
            unsure=self._says is Normal.UNSURE,
            apart=self._says is Normal.UNSURE and self._is_apart,
        )

    def _whose(self, record: VariantRecord) -> Origin:
        return whose(self._says, origin_of(record, self._file.inherited, self._origin))

    def _sample(self, record: VariantRecord) -> VariantRecordSample | None:
        if self._file.tumour is None:
            return None
        try:
            return record.samples[self._file.tumour]
        except IndexError as error:
            remedy = "fill in the columns of the samples"
            raise Rejected("", "the row has no samples", remedy=remedy) from error

    def _reads(self, record: VariantRecord, at: int, sample: VariantRecordSample | None) -> Reads:
        if sample is None:
            reads, told = info_reads(record, at + 1, self._alone)
        else:
            reads, told = sample_reads(sample, record, at + 1)
        if told:
            self._tally.reads[told] += 1
        return reads

    @property
    def _key(self) -> str:
        return f"INFO/{self._annotated.layout.key}" if self._annotated else "INFO"

    def _unread(self, line: int, problem: Rejected) -> None:
        annotated = problem.column in {"terms", "protein", "symbol", "gnomAD"}
        self.observed.unread.append(
            Unread(
                source=self._file.source,
                line=line,
                column=self._key if annotated else problem.column,
                text=problem.text[:LONGEST_TEXT_SHOWN],
                reason=problem.reason,
                remedy=problem.remedy,
            )
        )
