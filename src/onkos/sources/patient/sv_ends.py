"""The two places that a structural variant of a VCF joins, from its allele and INFO.

Breakends follow the VCF specification 4.3, section 5.4; symbolic alleles section 5.3. DELLY tells
the sides of an adjacency in INFO/CT, LUMPY in INFO/STRANDS, Manta of older versions by the flags
INV3 and INV5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.tables import Rejected

if TYPE_CHECKING:
    from pysam import VariantRecord

COPY_NUMBER = "copy number, not read from a VCF: give it as segments"

_PAIRED = re.compile(
    r"^(?P<before>[A-Za-z.]*)(?P<bracket>[\[\]])<?(?P<chromosome>[^\[\]<>]+?)>?:(?P<position>\d+)"
    r"(?P=bracket)(?P<after>[A-Za-z.]*)$"
)
_SINGLE = re.compile(r"^(?:\.(?P<after>[A-Za-z]+)|(?P<before>[A-Za-z]+)\.)$")
_SYMBOL = re.compile(r"^<([A-Za-z]+)(?::[^<>]*)?>$")
_END = re.compile(r"(?:^|;)END=(\d+)(?:;|$)")
_COPIES = re.compile(r"^<(?:CN\d+|CNV[^>]*)>$")
# DELLY: which ends of the two pieces touch; a piece that ends with its 3' end lies before it.
_CT = {"3to5": "+-", "5to3": "-+", "3to3": "++", "5to5": "--"}
_KINDS = frozenset({"DEL", "DUP", "INV", "INS", "BND", "TRA"})
_REMEDY = "call the structural variants again, or remove the row"


class End(NamedTuple):
    """One end of a junction: the last base kept, and on which side of the break it lies."""

    chromosome: str
    position: int
    side: str


class Ends(NamedTuple):
    """A junction as one record tells it; `mate` is None where it is not placed."""

    kind: str
    own: End
    mate: End | None
    inserted: str = ""


def ends_of(record: VariantRecord, alternate: str) -> list[Ends] | str:
    """The junctions of one allele (an inversion may have two), or why it is left out.

    Raises
    ------
    Rejected
        For an allele that is none of the specification, or a variant without an end.
    """
    paired = _PAIRED.match(alternate)
    if paired:
        return [_breakend(record, paired)]
    single = _SINGLE.match(alternate)
    if single:
        side = "-" if single["after"] else "+"
        inserted = (single["after"] or "")[:-1] or (single["before"] or "")[1:]
        own = End(chromosome_name(record.contig), record.pos, side)
        return [Ends("SGL", own, None, inserted)]
    symbol = _SYMBOL.match(alternate)
    kind = symbol[1].upper() if symbol else ""
    if _COPIES.match(alternate) or info(record, "SVTYPE") == "CNV":
        return COPY_NUMBER
    if kind not in _KINDS:
        raise Rejected("ALT", "not an allele that is known", text=alternate, remedy=_REMEDY)
    return _symbolic(record, kind)


def info(record: VariantRecord, key: str) -> str:
    """The first value of an INFO field as text; empty where there is none."""
    try:
        value: Any = record.info.get(key)
    except (KeyError, ValueError, UnicodeDecodeError):
        return ""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    return "" if value is None else str(value)


def _breakend(record: VariantRecord, paired: re.Match[str]) -> Ends:
    before, after = paired["before"], paired["after"]
    if bool(before) == bool(after):
        text = (record.alts or ("",))[0]
        raise Rejected("ALT", "not a breakend", text=text, remedy=_REMEDY)
    mate_side = "-" if paired["bracket"] == "[" else "+"
    mate = End(chromosome_name(paired["chromosome"]), int(paired["position"]), mate_side)
    own = End(chromosome_name(record.contig), record.pos, "+" if before else "-")
    kind = info(record, "SVTYPE") or "BND"
    return Ends(kind, own, mate, before[1:] if before else after[:-1])


def _symbolic(record: VariantRecord, kind: str) -> list[Ends]:
    here = chromosome_name(record.contig)
    if kind == "INS":
        return [Ends(kind, End(here, record.pos, "+"), None, info(record, "SVINSSEQ"))]
    there = chromosome_name(info(record, "CHR2") or record.contig)
    start, end = record.pos, _end(record)
    if end is None or (there == here and end <= start):
        remedy = "give INFO/END after the position"
        raise Rejected("END", "no end of the structural variant", remedy=remedy)
    found = []
    for sides in _sides(record, kind):
        own, mate = sides[0], sides[1]
        first = start if own == "+" else start + 1
        last = end if mate == "+" else end + 1
        found.append(Ends(kind, End(here, first, own), End(there, last, mate)))
    return found


def _sides(record: VariantRecord, kind: str) -> list[str]:
    """Sides of each junction of a symbolic allele, the record's own first."""
    stated = _CT.get(info(record, "CT"))
    if stated:
        return [stated]
    if kind in {"DEL", "DUP"}:
        return ["+-" if kind == "DEL" else "-+"]
    strands = [text.partition(":")[0] for text in info_list(record, "STRANDS")]
    strands = [text for text in strands if text in _CT.values()]
    if strands:
        return strands
    if kind == "INV":
        flags = [s for flag, s in (("INV3", "++"), ("INV5", "--")) if flag in record.info]
        return flags or ["++", "--"]
    remedy = "write it as breakends (A[chr2:5[), or give INFO/CT"
    raise Rejected("ALT", "the sides of the junction are not told", remedy=remedy)


def info_list(record: VariantRecord, key: str) -> list[str]:
    """All values of an INFO field as text."""
    try:
        value: Any = record.info.get(key)
    except (KeyError, ValueError, UnicodeDecodeError):
        return []
    if value is None:
        return []
    values = value if isinstance(value, tuple) else str(value).split(",")
    return [str(one) for one in values]


def _end(record: VariantRecord) -> int | None:
    """POS2 of DELLY, else END, else the position and SVLEN."""
    second = info(record, "POS2")
    if second.isdecimal():
        return int(second)
    # htslib takes END for the record's own length, which a partner elsewhere does not have.
    try:
        cells = str(record).split("\t", 8)
    except UnicodeDecodeError:
        raise Rejected("INFO", "not UTF-8", remedy="save the file in UTF-8") from None
    stated = _END.search(cells[7].strip()) if len(cells) > 7 else None
    if stated:
        return int(stated[1])
    length = info(record, "SVLEN").lstrip("-")
    return record.pos + int(length) if length.isdecimal() else None
