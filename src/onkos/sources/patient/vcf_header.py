"""What the header of a VCF says: assembly, the tumour's column, the layout of annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from onkos.errors import Unreadable
from onkos.sources.patient.maf_words import POPULATION
from onkos.sources.patient.tables import ABSENT, column_key

if TYPE_CHECKING:
    from pysam import VariantHeader

UNANNOTATED = (
    "no annotations: neither INFO/CSQ (Ensembl VEP) nor INFO/ANN (snpEff); annotate the file with "
    "VEP (--symbol --hgvs --mane) or snpEff first"
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
}
_QUOTES = " '\"<>"

_TUMOUR_WORDS = frozenset({"tumor", "tumour", "somatic", "primary", "metastasis"})
_NORMAL_WORDS = frozenset({"normal", "germline", "control"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
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
        text = cells[at].strip()
        return "" if text in ABSENT else text


class Facts(NamedTuple):
    """What the header of a file settles for all its records.

    Attributes
    ----------
    tumour : str or None
        The tumour's column; None where the file has no samples.
    assembly : str
        ``"GRCh37"``, ``"GRCh38"`` or empty.
    germline_status : bool
        Whether INFO/SS is VarScan's somatic status, in which 1 is germline.
    """

    source: str
    layout: Layout
    tumour: str | None
    assembly: str
    germline_status: bool


def read_header(source: str, header: VariantHeader, asked: str) -> tuple[Facts, list[str]]:
    """What the header says, and what to tell the reader of it.

    Parameters
    ----------
    asked : str
        The tumour's column where the user names it; else empty.

    Raises
    ------
    Unreadable
        With every problem: no annotations, two assemblies, the tumour's column not told.
    """
    try:
        layout, problems = annotation_layout(header)
        tumour, why, unclear = tumour_column(header, asked)
        named = assemblies(header)
        status = _has_status(header)
    except UnicodeDecodeError as error:
        raise Unreadable(source, ["the header is not UTF-8; save it in UTF-8"]) from error
    problems += [unclear] if unclear else []
    if len(named) > 1:
        told = " and ".join(f"{name} ({place})" for name, place in named.items())
        problems.append(
            f"two reference assemblies: {told}; annotate the file again in the assembly of its "
            "positions, or correct the header"
        )
    if problems or layout is None:
        raise Unreadable(source, problems)
    facts = Facts(source, layout, tumour, next(iter(named), ""), status)
    return facts, _notices(facts, why)


def _notices(facts: Facts, why: str) -> list[str]:
    found = [f"{facts.source}: the tumour is sample {facts.tumour} ({why})"]
    if facts.tumour is None:
        found = [f"{facts.source}: no sample columns, so allele fractions are not known"]
    if not facts.assembly:
        found.append(f"{facts.source}: the reference assembly is not stated")
    if "protein" not in facts.layout.columns:
        found.append(f"{facts.source}: {_NO_HGVS}")
    return found


def _has_status(header: VariantHeader) -> bool:
    if "SS" not in header.info:
        return False
    description = str(header.info["SS"].description or "")
    return "1=germline" in description.casefold().replace(" ", "")


def annotation_layout(header: VariantHeader) -> tuple[Layout | None, list[str]]:
    """The layout of the annotations that the file carries, and what is wrong with it."""
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
    return None, [UNANNOTATED]


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


def tumour_column(header: VariantHeader, asked: str) -> tuple[str | None, str, str]:
    """Which column is the tumour's.

    Parameters
    ----------
    asked : str
        Name that the user gave; empty where not.

    Returns
    -------
    column : str or None
        None where the file has no samples.
    why : str
        How it was told, for the reader.
    problem : str
        Empty where it was told.
    """
    samples = list(header.samples)
    names = ", ".join(samples)
    if asked:
        if asked in samples:
            return asked, "as asked", ""
        return None, "", f"no sample {asked!r}; the file has: {names or 'none'}"
    if not samples:
        return None, "no samples", ""
    told = _told(header, samples)
    if told:
        return told[0], told[1], ""
    return None, "", f"which sample is the tumour? name one of: {names} (tumour_sample)"


def _told(header: VariantHeader, samples: list[str]) -> tuple[str, str] | None:
    stated = _stated(header)
    for word in ("tumor", "tumour"):
        known = [name for name in stated.get(f"{word}_sample", ()) if name in samples]
        if len(set(known)) == 1:
            return known[0], f"##{word}_sample"
    described = [name for name in stated.get("SAMPLE", ()) if name in samples]
    if len(set(described)) == 1:
        return described[0], "##SAMPLE"
    tumours = [
        name
        for name in samples
        if _words(name) & _TUMOUR_WORDS and not _words(name) & _NORMAL_WORDS
    ]
    if len(tumours) == 1:
        return tumours[0], "its name"
    if len(samples) == 1:
        return samples[0], "the only sample"
    normals = {name for name in samples if _words(name) & _NORMAL_WORDS}
    normals |= set(stated.get("normal_sample", ())) & set(samples)
    others = [name for name in samples if name not in normals]
    if len(samples) == 2 and len(others) == 1:
        return others[0], "the sample that is not the normal"
    return None


def _words(name: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(name)}


def _stated(header: VariantHeader) -> dict[str, list[str]]:
    """Samples that the header tells of; under SAMPLE those described as a tumour."""
    found: dict[str, list[str]] = {}
    for record in header.records:
        key = record.key or ""
        if key in {"tumor_sample", "tumour_sample", "normal_sample"}:
            found.setdefault(key, []).append((record.value or "").strip())
        elif key == "SAMPLE":
            values = {k: str(v).strip('"') for k, v in record.items()}
            if any(_words(text) & _TUMOUR_WORDS for text in values.values()):
                names = [values.get("ID", ""), values.get("SampleName", "")]
                found.setdefault(key, []).extend(name for name in names if name)
    return found
