"""Small variants from a MAF in any of its dialects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from onkos.model import Consequence, Fusion, SmallVariant, Vocabulary
from onkos.model.alteration import Origin
from onkos.model.protein import ProteinChange
from onkos.sources.patient.accounting import account
from onkos.sources.patient.doubts import NO_ROWS, NO_SMALL, unread_doubts
from onkos.sources.patient.fusion_words import inside, told
from onkos.sources.patient.hotspots import Hotspot, hotspots
from onkos.sources.patient.kept_rows import Disagreements, failed_filters
from onkos.sources.patient.maf_effect import Effects
from onkos.sources.patient.maf_reads import (
    add_population_columns,
    population_frequency,
    reads_of,
)
from onkos.sources.patient.maf_words import (
    AMPLIFIED_DNA,
    COLUMNS,
    FUSION_CLASSES,
    NO_MUTATION,
    ORIGINS,
    PASSING,
    assembly,
)
from onkos.sources.patient.normal_reads import (
    NOTHING,
    Normal,
    holds,
    normal_reads_of,
    normal_says,
    whose,
)
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.predictions import Predictions
from onkos.sources.patient.symbols import Symbols, chromosome_name
from onkos.sources.patient.tables import Rejected, Table, column_key, open_table

FAILED = "caller filter"
REQUIRED = (("gene",), ("class", "terms", "protein", "hgvsp"))
# Base pairs of chromosome 1 in GRCh37, the longest of either assembly.
LONGEST_CHROMOSOME = 249_250_621

_NO_FILTERS = frozenset({*PASSING, *AMPLIFIED_DNA})
_ALLELE = re.compile(r"^(?:[ACGTN]+|-)$", re.IGNORECASE)
_BASES = frozenset("ACGT-")
_INHERITED = frozenset({"germline"})
_NO_ALLELE = frozenset({"", ".", "NA"})
_NO_RESIDUES = "no column of protein changes: changes of single residues cannot be matched in it"
# Kinds for which a protein column holds a placeholder.
_NO_PROTEIN = frozenset({Consequence.PROMOTER, Consequence.INTRONIC})


def read_maf(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    hotspot: Hotspot | None = None,
    columns: Mapping[str, Sequence[str]] = COLUMNS,
) -> dict[str, Observed]:
    """Read small variants from a MAF (GDC, MC3, Firehose, cBioPortal, GENIE, Oncotator).

    Parameters
    ----------
    path : Path
        Tab-separated, plain or gzip.
    vocabulary : Vocabulary
        Gene symbols; genes that it lacks are kept as the file names them.
    origin : Origin
        For rows whose ``Mutation_Status`` does not say.
    hotspot : callable, optional
        Takes a gene and a protein change; where it is true the row is kept, and flagged,
        whatever the caller's filter. From the vocabulary where not given.
    columns : mapping of str to sequence of str
        Fields, and the names of their columns.

    Returns
    -------
    dict of str to Observed
        By sample barcode; one key, ``""``, where the file has no column of samples.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole, two reference assemblies among them.
    """
    with open_table(path, columns, REQUIRED) as table:
        rows = _Rows(table, vocabulary, origin, hotspot or hotspots(vocabulary))
        by_sample = account(table, rows, rows.inherited, partial(_settle, path.name))
        for observed in by_sample.values():
            observed.called[""] = observed.rows
            if observed.beside.rows:
                called = {"": observed.beside.rows}
                observed.beside = msgspec.structs.replace(observed.beside, called=called)
        _tell(by_sample, rows.disagreements.told(path.name))
        if not {"protein", "hgvsp"} & table.columns.keys():
            for observed in by_sample.values():
                observed.notices.append(f"{path.name}: {_NO_RESIDUES}")
        table.problems += rows.mixed_assemblies()
        return by_sample


class _Rows:
    """Reads one row of a MAF."""

    def __init__(
        self, table: Table, vocabulary: Vocabulary, origin: Origin, hotspot: Hotspot
    ) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self.disagreements = Disagreements(vocabulary.limits)
        self._effects = Effects(table, vocabulary)
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._limits = vocabulary.limits
        self._origin = origin
        self._hotspot = hotspot
        self._population = add_population_columns(table)
        self._predictions = Predictions(table.header, vocabulary.oncogenicity.predictors)
        self._builds: dict[str, str | None] = {"": ""}
        self._assemblies: dict[str, int] = {}
        self._seen: set[tuple[object, ...]] = set()

    def __call__(
        self, observed: Observed, line: int, cells: list[str]
    ) -> SmallVariant | Fusion | str:
        """The alteration of a row, or why it is left out."""
        try:
            return self._read(observed, line, cells)
        except ValueError:
            inherited = self.inherited(cells)
            genes = [cells[self._table.columns["gene"]]]
            observed.doubts += unread_doubts(self._table.source, genes, self._vocabulary, inherited)
            raise

    def _read(self, observed: Observed, line: int, cells: list[str]) -> SmallVariant | Fusion | str:
        build = self._assembly(line, cells)
        failed, flagged = _filters(self._table.cell(cells, "filter"))
        left_out = NO_MUTATION.get(self._table.cell(cells, "status").casefold(), "")
        word = self._effects.word(cells)
        if not left_out and self._effects.plainly_silent(cells, word):
            left_out = failed or (word[1] if word else "")
        if left_out:
            return left_out
        written = cells[self._table.columns["gene"]]
        chromosome = self._table.cell(cells, "chromosome")
        gene = self._symbols.approved(written, observed, chromosome=chromosome)
        if word is None and column_key(self._table.cell(cells, "class")) in FUSION_CLASSES:
            return failed or self._fusion(observed, cells, gene)
        if failed and not self._is_hotspot(gene, cells):
            return failed
        change = self._effects.change(cells)
        kind, left_out = self._effects.kind(gene, cells, word, change)
        if left_out:
            if kind is Consequence.SYNONYMOUS and not failed:
                self._keep_silent(observed, cells, gene, build)
            return left_out
        return self._once(observed, self._variant(line, cells, gene, kind, change, build, flagged))

    def _keep_silent(self, observed: Observed, cells: list[str], gene: str, build: str) -> None:
        """Keep a synonymous change for a burden; its row is counted as left out all the same."""
        try:
            variant = self._variant(0, cells, gene, Consequence.SYNONYMOUS, None, build, ())
        except Rejected:
            return
        if (
            variant.position
            and variant.reference
            and isinstance(self._once(observed, variant), SmallVariant)
        ):
            observed.silent.append(variant)

    def inherited(self, cells: list[str]) -> bool:
        """Whether a row calls itself inherited, or the normal sample carries its change."""
        table = self._table
        if len(cells) != len(table.header):
            return any(cell.strip().casefold() in _INHERITED for cell in cells)
        if self._origin_of(cells) is Origin.GERMLINE:
            return True
        if "germline" in table.cell(cells, "filter").casefold():
            return True
        says = self._normal_says(cells)
        return says is Normal.CARRIES or (says is Normal.UNSURE and self._inheritable(cells))

    def _normal_says(self, cells: list[str]) -> Normal:
        """What the normal sample says of a row; a stated origin stands where that is unsure."""
        table = self._table
        stated = table.cell(cells, "status").casefold() in ORIGINS
        normal = normal_reads_of(table, cells)
        genotype = None if normal.depth else self._genotype(cells)
        if not (normal.depth or genotype):
            return Normal.SILENT
        try:
            tumour = reads_of(table, cells)
        except Rejected:
            tumour = NOTHING
        says = normal_says(normal, tumour, self._limits, genotype, stated)
        return Normal.SILENT if says is Normal.UNSURE and stated and normal.depth else says

    def _genotype(self, cells: list[str]) -> bool | None:
        """Whether the alleles of the normal are told and hold the tumour's."""
        try:
            held = {self._allele(cells, name) for name in ("normal_allele1", "normal_allele2")}
            return holds(held, *self._alleles(cells)) if held != {""} else None
        except Rejected:
            return None

    def _inheritable(self, cells: list[str]) -> bool:
        """Whether an inherited change of the row's gene is acted on, or the gene is not known."""
        names, written = self._vocabulary.symbol_by_name, cells[self._table.columns["gene"]]
        gene = self._known.get(names.get(written.strip().upper(), ""))
        return gene is None or gene.actionable_germline

    def mixed_assemblies(self) -> list[str]:
        """The problem of two reference assemblies in one file, where there is one."""
        if len(self._assemblies) < 2:
            return []
        found = " and ".join(f"{name} (from line {at})" for name, at in self._assemblies.items())
        return [f"{found} in one file; split it, or lift over one part"]

    def _assembly(self, line: int, cells: list[str]) -> str:
        text = self._table.cell(cells, "build")
        if text not in self._builds:
            self._builds[text] = assembly(text)
        found = self._builds[text]
        if found is None:
            remedy = "use GRCh37 or GRCh38"
            raise Rejected("build", "not a known human assembly", text=text, remedy=remedy)
        if found and self._origin_of(cells) is not Origin.GERMLINE:
            self._assemblies.setdefault(found, line)
        return found

    def _is_hotspot(self, gene: str, cells: list[str]) -> bool:
        try:
            change = self._effects.change(cells)
        except Rejected:
            return False
        return change is not None and self._hotspot(gene, change)

    def _fusion(self, observed: Observed, cells: list[str], gene: str) -> Fusion | str:
        """A rearrangement that a MAF carries in words, one row per partner."""
        text = self._table.cell(cells, "fusion") or self._table.cell(cells, "protein")
        found = told(text, gene, self._symbols.same)
        five, three = (
            self._symbols.approved(one, observed) if one else ""
            for one in (found.five, found.three)
        )
        if five == three:
            return inside(gene, gene in self._known)
        fusion = Fusion(
            five=five, three=three, ordered=found.ordered, origin=self._origin_of(cells)
        )
        return self._new(observed, frozenset(fusion.genes)) or fusion

    def _variant(
        self,
        line: int,
        cells: list[str],
        gene: str,
        kind: Consequence,
        change: ProteinChange | None,
        build: str,
        flagged: tuple[str, ...],
    ) -> SmallVariant:
        table = self._table
        reads, normal = reads_of(table, cells), normal_reads_of(table, cells)
        says, apart = self._normal_says(cells), self.inherited(cells)
        if not apart:
            self.disagreements.look(line, reads)
        reference, alternate = self._alleles(cells)
        change = None if kind in _NO_PROTEIN else change
        return SmallVariant(
            gene=gene,
            protein=change.text if change else "",
            coding=_coding(table.cell(cells, "coding")),
            consequence=kind,
            first=change.first if change else 0,
            last=change.last if change else 0,
            transcript=table.cell(cells, "transcript"),
            exon=table.cell(cells, "exon").partition("/")[0],
            assembly=build,
            chromosome=chromosome_name(table.cell(cells, "chromosome")),
            position=self._position(cells),
            reference=reference,
            alternate=alternate,
            alt_reads=reads.alternate,
            depth=reads.depth,
            vaf=reads.fraction,
            normal_alt_reads=normal.alternate,
            normal_depth=normal.depth,
            population_af=population_frequency(table, cells, self._population),
            predictions=self._predictions(cells),
            filters=flagged,
            origin=whose(says, self._origin_of(cells)),
            unsure=says is Normal.UNSURE,
            apart=says is Normal.UNSURE and apart,
        )

    def _origin_of(self, cells: list[str]) -> Origin:
        return ORIGINS.get(self._table.cell(cells, "status").casefold(), self._origin)

    def _position(self, cells: list[str]) -> int:
        try:
            position = self._table.whole(cells, "position")
        except Rejected as problem:
            problem.reason = "position is not a number"
            raise
        if position is None:
            return 0
        if not 1 <= position <= LONGEST_CHROMOSOME:
            text = self._table.cell(cells, "position")
            remedy = "give the position counted from 1, or leave empty"
            raise Rejected("position", "no such position", text=text, remedy=remedy)
        return position

    def _alleles(self, cells: list[str]) -> tuple[str, str]:
        """Reference and alternate; the alternate stands first or second, by dialect."""
        reference, *tumour = (
            self._allele(cells, name) for name in ("reference", "allele2", "allele1")
        )
        given = [allele for allele in tumour if allele]
        other = next((allele for allele in given if allele != reference), "")
        if reference and given and not other:
            remedy = "give the tumour's allele"
            raise Rejected("allele2", "no allele differs from the reference", remedy=remedy)
        return reference, other

    def _allele(self, cells: list[str], name: str) -> str:
        at = self._table.columns.get(name)
        text = cells[at].strip() if at is not None else ""
        if text in _BASES:
            return text
        if text in _NO_ALLELE:
            return ""
        if not _ALLELE.match(text):
            remedy = "use A, C, G, T, N or -"
            raise Rejected(name, "not an allele", text=text, remedy=remedy)
        return text.upper()

    def _once(self, observed: Observed, variant: SmallVariant) -> SmallVariant | str:
        """The variant, unless the sample has the same change already."""
        what: tuple[object, ...] = (variant.protein or variant.coding,)
        if variant.position:
            alleles = (variant.reference, variant.alternate)
            what = (variant.chromosome, variant.position, *alleles, variant.protein)
        elif not what[0]:
            return variant
        return self._new(observed, variant.gene, variant.origin, *what) or variant

    def _new(self, observed: Observed, *what: object) -> str:
        """Empty where the sample has not had it yet, else why it is left out."""
        key = (id(observed), *what)
        if key in self._seen:
            return "duplicate row"
        self._seen.add(key)
        return ""


def _tell(by_sample: dict[str, Observed], notices: list[str]) -> None:
    for observed in by_sample.values() if notices else ():
        observed.notices += notices


def _settle(source: str, observed: Observed) -> None:
    """Whether what the sample's rows do not show is ruled out by them."""
    if len(observed.unread) > len(observed.doubts):  # rows without their cells
        observed.doubts += unread_doubts(source, [], Vocabulary(), germline=False)
    small = any(isinstance(one, SmallVariant) for one in observed.alterations)
    dropped = (FAILED, *NO_MUTATION.values())
    observed.has_calls = small or any(not why.startswith(dropped) for why in observed.filtered)
    observed.thin = "" if observed.has_calls else NO_SMALL if observed.rows else NO_ROWS
    observed.notices += failed_filters(observed.alterations, _NO_FILTERS, source)


def _filters(text: str) -> tuple[str, tuple[str, ...]]:
    """Why a caller's filter leaves a row out, and the filters to flag it with if kept."""
    if text in PASSING:
        return "", ()
    words = [word.strip() for word in text.replace(";", ",").split(",")]
    flagged = tuple(word for word in words if word not in PASSING)
    failed = sorted({word for word in flagged if word not in AMPLIFIED_DNA})
    return (f"{FAILED}: {', '.join(failed)}" if failed else ""), flagged


def _coding(text: str) -> str:
    change = text.rpartition(":")[2]
    return change if change.startswith(("c.", "n.")) else ""
