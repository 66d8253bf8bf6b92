"""What the header of a VCF says: assembly, caller and columns, the layout of annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from onkos.errors import Unreadable
from onkos.sources.patient.callers import Called, who_called
from onkos.sources.patient.maf_words import POPULATION
from onkos.sources.patient.stated_assembly import UNSTATED
from onkos.sources.patient.tables import ABSENT, column_key
from onkos.sources.patient.vcf_columns import columns_of
from onkos.sources.patient.vcf_origin import Inherited, inherited_by

if TYPE_CHECKING:
    from pysam import VariantHeader

UNANNOTATED = (
    "no annotations (neither INFO/CSQ of Ensembl VEP nor INFO/ANN of snpEff): its changes are kept "
    "by their place"
)

# Chromosome 1 in base pairs; UCSC names aside, its length tells the assemblies apart.
_LENGTHS = {249_250_621: "GRCh37", 248_956_422: "GRCh38"}
_FIRST_CHROMOSOME = frozenset({"1", "chr1"})
_ASSEMBLIES = {
    "GRCh37": re.compile(r"grch37|hg19|b37|g1k_v37|hs37d5", re.IGNORECASE),
    "GRCh38": re.compile(r"grch38|hg38|hs38", re.IGNORECASE),
}
_VEP_ASSEMBLY = re.compile(r'\bassembly="?([^"\s]+)')

_FIELDS = {
    "allele": ("Allele",),
    "number": ("ALLELE_NUM",),
    "terms": ("Consequence", "Annotation"),
    "symbol": ("SYMBOL", "Gene_Name"),
    "gene_id": ("Gene", "Gene_ID"),
    "feature_type": ("Feature_type",),
    "transcript": ("Feature", "Feature_ID"),
    "exon": ("EXON", "Rank"),
    "coding": ("HGVSc",),
    "protein": ("HGVSp",),
    "residue": ("Protein_position",),
    "residues": ("Amino_acids",),
    "distance": ("DISTANCE",),
    "pick": ("PICK",),
    "canonical": ("CANONICAL",),
    "mane": ("MANE_SELECT", "MANE"),
    "strand": ("STRAND",),
    "biotype": ("BIOTYPE", "Transcript_BioType"),
}
_QUOTES = " '\"<>"

_NO_HGVS = (
    "annotations have no HGVS protein changes: only single substitutions are read, from the amino "
    "acids; run VEP with --hgvs for the others"
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Layout:
    """Where each field of an annotation stands.

    Attributes
    ----------
    key : str
        INFO key: ``"CSQ"`` or ``"ANN"``.
    vep : bool
        False for snpEff.
    population : tuple of int
        Columns of allele frequencies in populations.
    names : tuple of str
        All columns, in order.
    """

    key: str
    vep: bool
    columns: dict[str, int]
    population: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The text of a field; empty where there is none."""
        at = self.columns.get(name)
        if at is None or at >= len(cells):
            return ""
        text = cells[at]
        if not text:
            return text
        text = text.strip()
        return "" if text in ABSENT else text


class Facts(NamedTuple):
    """What the header of a file settles for all its records.

    Attributes
    ----------
    layout : Layout or None
        None where the file is not annotated.
    tumour, normal : str or None
        Their columns; None where the file has none.
    why : str
        How the tumour's column was told.
    assembly : str
        ``"GRCh37"``, ``"GRCh38"`` or empty.
    inherited : callable or None
        Tells whether a record is of an inherited change, where the caller says so.
    """

    source: str
    layout: Layout | None
    called: Called
    tumour: str | None
    normal: str | None
    why: str
    assembly: str
    inherited: Inherited | None


def read_header(
    source: str, header: VariantHeader, asked: str, germline: bool = False
) -> tuple[Facts, list[str]]:
    """What the header says, and what to tell the reader of it.

    Parameters
    ----------
    asked : str
        The tumour's column where the user names it; else empty.
    germline : bool
        Whether the file is given for its inherited changes.

    Raises
    ------
    Unreadable
        With every problem: no gene symbols, two assemblies, the tumour's column not told.
    """
    try:
        layout, problems = annotation_layout(header)
        called = who_called(header)
        columns = columns_of(header, called, asked, germline)
        named = assemblies(header)
        inherited = inherited_by(header, called)
    except UnicodeDecodeError as error:
        raise Unreadable(source, ["the header is not UTF-8; save it in UTF-8"]) from error
    problems += [columns.problem] if columns.problem else []
    if len(named) > 1:
        told = " and ".join(f"{name} ({place})" for name, place in named.items())
        problems.append(
            f"two reference assemblies: {told}; annotate the file again in the assembly of its "
            "positions, or correct the header"
        )
    if problems:
        raise Unreadable(source, problems)
    facts = Facts(
        source,
        layout,
        called,
        columns.tumour,
        columns.normal,
        columns.why,
        next(iter(named), ""),
        inherited,
    )
    return facts, _notices(facts)


def _notices(facts: Facts) -> list[str]:
    found = []
    if facts.layout is None:
        found.append(f"{facts.source}: {UNANNOTATED}")
    if not facts.assembly:
        found.append(f"{facts.source}: {UNSTATED}")
    if facts.layout and "protein" not in facts.layout.columns:
        found.append(f"{facts.source}: {_NO_HGVS}")
    only = facts.called.only
    if only and only.inherited:
        decides = (
            f"the reads of the normal {facts.normal} decide" if facts.normal else "is not told"
        )
        found.append(
            f"{facts.source}: {only.name} calls what all cells of a person share; which changes "
            f"are the tumour's own {decides}"
        )
    return found


def annotation_layout(header: VariantHeader) -> tuple[Layout | None, list[str]]:
    """The layout of the annotations that the file carries, if any, and what is wrong with it."""
    for key in ("CSQ", "ANN", "vep"):
        if key not in header.info:
            continue
        description = str(header.info[key].description or "")
        names = _names(description)
        columns = _columns(names)
        if "terms" not in columns or "allele" not in columns:
            continue
        if "symbol" not in columns:
            return None, [f"INFO/{key} has no gene symbols; run VEP with --symbol"]
        vep = "consequence" in {column_key(name) for name in names}
        population = tuple(at for at, name in enumerate(names) if POPULATION.match(name))
        layout = Layout(
            key=key, vep=vep, columns=columns, population=population, names=tuple(names)
        )
        return layout, []
    return None, []


def _names(description: str) -> list[str]:
    """Names of the columns in ``...Format: Allele|Consequence|...`` or ``'Allele | ...'``."""
    text = description.rpartition("Format:")[2] if "Format:" in description else description
    if "Format:" not in description and ":" in text:
        text = text.partition(":")[2]
    return [name.strip(_QUOTES) for name in text.split("|")]


def _columns(names: Sequence[str]) -> dict[str, int]:
    places = {column_key(name): at for at, name in reversed(list(enumerate(names)))}
    found = {
        field: next((places[column_key(s)] for s in spellings if column_key(s) in places), None)
        for field, spellings in _FIELDS.items()
    }
    return {field: at for field, at in found.items() if at is not None}


def assemblies(header: VariantHeader) -> dict[str, str]:
    """Reference assemblies that the header names, each with where it does."""
    found: dict[str, str] = {}
    for name, place in _assembly_clues(header):
        found.setdefault(name, place)
    return found


def _assembly_clues(header: VariantHeader) -> Iterator[tuple[str, str]]:
    for name in _FIRST_CHROMOSOME & set(header.contigs):
        known = _LENGTHS.get(header.contigs[name].length or 0)
        if known:
            yield known, "the length of chromosome 1"
    for record in header.records:
        key, value = record.key or "", record.value or ""
        if key == "reference":
            told = _named(value.rpartition("/")[2]) or _named(value)
            yield from ((name, "##reference") for name in told)
        elif key == "contig":
            attributes = {k.casefold(): v for k, v in record.items()}
            stated = str(attributes.get("assembly", ""))
            yield from ((name, "##contig") for name in _named(stated))
        elif key == "VEP":
            found = _VEP_ASSEMBLY.search(value)
            yield from ((name, "##VEP") for name in _named(found.group(1) if found else ""))
        elif key == "SnpEffCmd":
            yield from ((name, "##SnpEffCmd") for name in _named(value.partition(".vcf")[0]))


def _named(text: str) -> list[str]:
    """The assembly that a text names; none where it names both."""
    named = [name for name, pattern in _ASSEMBLIES.items() if pattern.search(text)]
    return named if len(named) == 1 else []
