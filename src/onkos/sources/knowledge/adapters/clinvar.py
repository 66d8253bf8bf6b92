"""ClinVar's VCF: classified alleles, line by line; what it says of one is read when it is asked.

Three classifications stand in one row and are kept apart: of the inherited change (CLNSIG), of
oncogenicity (ONC) and of clinical impact in tumours (SCI). What is classified is the allele;
a row that was classified only as a part of a haplotype says so, and is not read as its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from onkos.errors import Unreadable
from onkos.model import Aspect, Classification, Record, Says
from onkos.model.placed import least, turned
from onkos.sources.knowledge.archive_rows import Filed, Head, Refused
from onkos.sources.knowledge.text_lines import lines_of

MAP = Path(__file__).resolve().parents[3] / "knowledge" / "maps" / "clinvar.toml"
_COLUMNS = b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
_REFERENCE, _DAY = b"##reference=", b"##fileDate="
_ASSEMBLY = re.compile(r"(?:GRCh|hg)(37|38|19)(?!\d)", re.IGNORECASE)
_NAMES = {"37": "GRCh37", "19": "GRCh37", "38": "GRCh38"}
_CHROMOSOMES = frozenset([*map(str, range(1, 23)), "X", "Y", "MT"])
_MOVED = re.compile(r":g\.(\d+)(?:_(\d+))?(del|dup|ins)([ACGT]*)$")
_FARTHEST = 1000  # bases that a change in a repeat is followed
_NOT_BASES = re.compile(r"[^ACGT]")

# Fields of a row that say something, and the one with the names of diseases.
_SAYING = (
    "CLNSIG=", "CLNREVSTAT=", "CLNSIGCONF=", "CLNSIGINCL=",
    "ONC=", "ONCREVSTAT=", "ONCCONF=", "ONCINCL=", "ONCDN=",
    "SCI=", "SCIREVSTAT=", "SCIINCL=", "SCIDN=",
)  # fmt: skip
_CLASSIFYING = ("CLNSIG=", "CLNSIGINCL=", "ONC=", "ONCINCL=", "SCI=", "SCIINCL=")
_CONDITIONS = "CLNDN="
_MOST_CONDITIONS = 40  # kept of one row


def read(path: Path) -> Iterator[Head | Filed | Refused]:
    """The head of a file, then a line for each of its rows.

    Raises
    ------
    Unreadable
        Where it is no VCF of ClinVar, is damaged, or does not name its assembly.
    """
    lines = lines_of(path)
    yield _head(path, lines)
    for number, line in lines:
        if line and not line.startswith(b"#"):
            yield _row(number, line)


def _head(path: Path, lines: Iterator[tuple[int, bytes]]) -> Head:
    assembly, day = "", ""
    for number, line in lines:
        if number == 1 and not line.startswith(b"##fileformat=VCF"):
            raise Unreadable(path.name, ["no VCF: its first line is not ##fileformat=VCF..."])
        if line.startswith(_REFERENCE):
            found = _ASSEMBLY.search(line[len(_REFERENCE) :].decode("utf-8", "replace"))
            assembly = _NAMES[found[1]] if found else ""
        elif line.startswith(_DAY):
            day = line[len(_DAY) :].decode("ascii", "replace").strip()
        elif line.startswith(b"#CHROM"):
            if not line.startswith(_COLUMNS):
                raise Unreadable(path.name, [f"line {number}: its columns are not those of a VCF"])
            break
        elif not line.startswith(b"#"):
            raise Unreadable(path.name, [f"line {number}: a row before the names of the columns"])
    else:
        raise Unreadable(path.name, ["no line #CHROM: the file is not whole"])
    if not assembly:
        way = "##reference=GRCh38 or ##reference=GRCh37 has to stand in its head, as ClinVar says"
        raise Unreadable(path.name, [f"it does not name its assembly; {way}"])
    return Head(assembly, day)


def _row(number: int, line: bytes) -> Filed | Refused:
    cells = line.decode("utf-8", "replace").split("\t")
    if len(cells) < 8:
        return Refused(number, "", f"{len(cells)} columns, not 8")
    chromosome, position, id_, reference, alternate = cells[:5]
    said = f"{chromosome}:{position} {reference[:20]}>{alternate[:20]} ({id_})"
    why = _why_not(chromosome, position, id_, reference, alternate)
    if why:
        return Refused(number, said, why)
    fields = cells[7].split(";")
    told = [field for field in fields if field.startswith(_SAYING)]
    if not any(field.startswith(_CLASSIFYING) for field in told):
        return Refused(number, said, "no classification")
    start, moves, names = int(position), 0, ""
    if len(reference) != 1 or len(alternate) != 1:
        start, reference, alternate = least(start, reference, alternate)
        if not (reference and alternate):
            moves = _moves(fields, start, reference, alternate)
    for field in fields:
        if field.startswith(_CONDITIONS):
            names = field[len(_CONDITIONS) :]
    conditions = tuple(names.split("|")[:_MOST_CONDITIONS]) if names else ()
    return Filed(
        chromosome, start, reference, alternate, moves, int(id_), ";".join(told), conditions
    )


def _why_not(chromosome: str, position: str, id_: str, reference: str, alternate: str) -> str:
    """Why a row is no allele that can be looked up; empty where it is one."""
    if chromosome not in _CHROMOSOMES:
        return "not placed on a chromosome"
    if not (position.isascii() and position.isdecimal() and 0 < int(position) < 2**31):
        return "no position"
    if not (id_.isascii() and id_.isdecimal() and int(id_) < 2**62):
        return "no number of a variation"
    if alternate in {".", reference} or reference == ".":
        return "no other allele than the reference's"
    if "," in alternate:
        return "several alleles in one row"
    if _NOT_BASES.search(reference) or _NOT_BASES.search(alternate):
        return "an allele that is not spelled in A, C, G and T"
    return ""


def _moves(fields: Iterable[str], start: int, removed: str, bases: str) -> int:
    """How much further right the same change can stand, by the HGVS name, which is rightmost.

    0 where the name is of another form, or does not agree with the bases.
    """
    name = next((field for field in fields if field.startswith("CLNHGVS=")), "")
    found = _MOVED.search(name)
    if not found:
        return 0
    first, last = int(found[1]), int(found[2] or found[1])
    size = last - first + 1
    if found[3] == "del" and not bases and size == len(removed):
        by = first - start
    elif found[3] == "dup" and not removed and size == len(bases):
        by = last + 1 - start
    elif found[3] == "ins" and not removed and size == 2:
        by = last - start
        if found[4] != turned(bases, by):
            return 0
    else:
        return 0
    return by if 0 <= by <= _FARTHEST else 0


class _Words(msgspec.Struct, frozen=True):
    """A list of words."""

    words: tuple[str, ...]


class _Links(msgspec.Struct, frozen=True):
    """Where a variation can be read."""

    variation: str


class Map(msgspec.Struct, frozen=True):
    """What the words mean; see ``knowledge/maps/clinvar.toml``."""

    stars: dict[str, int]
    silent: _Words
    no_condition: _Words
    germline: dict[str, Says]
    oncogenicity: dict[str, Says]
    impact: dict[str, Says]
    links: _Links


@lru_cache(maxsize=1)
def words() -> Map:
    """The words of the file."""
    return msgspec.convert(tomllib.loads(MAP.read_text("utf-8"))["clinvar"], Map)


def record(source: str, version: str, id_: int, said: str, conditions: tuple[str, ...]) -> Record:
    """What a row says, in words.

    Parameters
    ----------
    said : str
        Fields of the row as `read` gave them.
    conditions : tuple of str
        Of the germline classification.
    """
    known = words()
    fields = dict(field.partition("=")[::2] for field in said.split(";"))
    names = {Aspect.GERMLINE: conditions}
    for aspect, of in ((Aspect.ONCOGENICITY, "ONCDN"), (Aspect.IMPACT, "SCIDN")):
        names[aspect] = tuple(filter(None, fields.get(of, "").split("|")))
    found = (
        one
        for aspect, key, meanings in (
            (Aspect.ONCOGENICITY, "ONC", known.oncogenicity),
            (Aspect.IMPACT, "SCI", known.impact),
            (Aspect.GERMLINE, "CLNSIG", known.germline),
        )
        for one in _classified(aspect, key, fields, meanings, names[aspect])
    )
    return Record(
        source=source,
        version=version,
        id=str(id_),
        address=known.links.variation.format(id_),
        classifications=tuple(found),
    )


_REVIEWS = {"CLNSIG": "CLNREVSTAT", "ONC": "ONCREVSTAT", "SCI": "SCIREVSTAT"}


def _classified(
    aspect: Aspect,
    key: str,
    fields: Mapping[str, str],
    meanings: Mapping[str, Says],
    conditions: tuple[str, ...],
) -> Iterator[Classification]:
    """Of the allele itself, then of what holds it."""
    known = words()
    values = tuple(filter(None, fields.get(key, "").split("|")))
    if values and not set(values) <= {*known.silent.words, "."}:
        review = fields.get(_REVIEWS[key], "")
        none = {*known.no_condition.words, "."}
        yield Classification(
            aspect=aspect,
            values=tuple(map(_plain, values)),
            says=_says(values, meanings),
            review=_spaced(review),
            stars=known.stars.get(review),
            conflict=tuple(_plain(v) for v in _conflict(key, fields)),
            conditions=tuple(dict.fromkeys(_spaced(c) for c in conditions if c not in none)),
        )
    within: dict[str, list[str]] = {}
    for pair in filter(None, fields.get(f"{key}INCL", "").split("|")):
        id_, _, value = pair.partition(":")
        if value and value not in known.silent.words:
            within.setdefault(value, []).append(id_)
    for value, ids in within.items():
        yield Classification(aspect=aspect, values=(_plain(value),), within=tuple(ids))


def _conflict(key: str, fields: Mapping[str, str]) -> Iterator[str]:
    name = "CLNSIGCONF" if key == "CLNSIG" else f"{key}CONF"
    yield from filter(None, fields.get(name, "").split("|"))


def _says(values: Iterable[str], meanings: Mapping[str, Says]) -> Says | None:
    """The one way that all of it points; words that point nowhere are passed over."""
    found = {meanings[word] for value in values for word in value.split("/") if word in meanings}
    return found.pop() if len(found) == 1 else None


def _plain(word: str) -> str:
    """``"Likely_pathogenic(2)"`` as ``"likely pathogenic (2)"``; a tier keeps its letters."""
    text = re.sub(r"(?<=\S)\((\d+)\)", r" (\1)", _spaced(word))
    return text if text.startswith(("Tier", "VUS")) else text[:1].lower() + text[1:]


def _spaced(word: str) -> str:
    return word.replace("_", " ").strip()
