"""Which columns of a VCF are the tumour's and the normal's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onkos.sources.patient.callers import Called, header_lines

if TYPE_CHECKING:
    from pysam import VariantHeader

_TUMOUR_WORDS = frozenset({"tumor", "tumour", "somatic", "primary", "metastasis"})
_NORMAL_WORDS = frozenset({"normal", "germline", "control"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

# Options by which callers are told the samples, as they stand in the command lines that they
# write into the header: MuTect, Mutect2, Sentieon, DRAGEN, Octopus.
_TUMOUR_OPTION = re.compile(
    r"(?:tumor_sample_name|--tumor[-_]sample(?:[-_]name)?|--RGSM-tumor|(?<!\S)-tumor)"
    r"[ =]+[\"']?([^\s\"',>]+)"
)
_NORMAL_OPTION = re.compile(
    r"(?:normal_sample_name|--normal[-_]samples?(?:[-_]name)?|--RGSM(?!-)|(?<!\S)-normal)"
    r"[ =]+[\"']?([^\s\"',>]+)"
)
_OCTOPUS_NORMAL = re.compile(r"(?<!\S)(?:-N|--normal-samples?)[ =]+[\"']?([^\s\"',>]+)")
# TCGA barcodes: sample types 01 to 09 are tumours, 10 to 14 normals.
# https://gdc.cancer.gov/resources-tcga-users/tcga-code-tables/sample-type-codes
_BARCODE = re.compile(r"^TCGA-\w{2}-\w{4}-(\d\d)[A-Z]?(?:-|$)")
_LAST_LETTER = re.compile(r"^(.*?[^A-Za-z]?)([TNR])$")


class Columns(NamedTuple):
    """The columns of a file.

    Attributes
    ----------
    tumour : str or None
        None where the file has no samples.
    normal : str or None
        None where there is none, or more than one.
    why : str
        How the tumour's was told, for the reader.
    problem : str
        Empty where it was told.
    """

    tumour: str | None
    normal: str | None
    why: str
    problem: str


class _Stated(NamedTuple):
    """Samples that the header tells of, each with where."""

    tumours: dict[str, str]
    normals: dict[str, str]


def columns_of(
    header: VariantHeader, called: Called, asked: str, inherited: bool = False
) -> Columns:
    """The tumour's column and the normal's.

    Parameters
    ----------
    asked : str
        Name of the tumour's that the user gave; empty where not.
    inherited : bool
        The file is given for its inherited changes: its only sample may be the normal.
    """
    samples = list(header.samples)
    names = ", ".join(samples)
    stated = _stated(header, samples)
    if asked:
        if asked in samples:
            return Columns(asked, _normal(samples, asked, stated), "as asked", "")
        problem = f"no sample {asked!r}; the file has: {names or 'none'}"
        return Columns(None, None, "", problem)
    if not samples:
        return Columns(None, None, "no samples", "")
    told = _told(samples, stated, called)
    if told and not inherited and (why := _is_normal(told[0], stated)):
        problem = (
            f"the only sample, {told[0]}, is the normal by {why}: give the tumour's VCF (origin = "
            f"'germline' where inherited changes are meant); if it is the tumour, give "
            f"tumour_sample = {told[0]!r}"
        )
        return Columns(None, None, "", problem)
    if told:
        return Columns(told[0], _normal(samples, told[0], stated), told[1], "")
    problem = f"which sample is the tumour? name one of: {names} (tumour_sample)"
    if len(stated.tumours) > 1:
        several = ", ".join(stated.tumours)
        problem = f"the header names {len(stated.tumours)} tumours: {several}; " + (
            "name the one that is meant (tumour_sample)"
        )
    return Columns(None, None, "", problem)


def _told(samples: list[str], stated: _Stated, called: Called) -> tuple[str, str] | None:
    if len(stated.tumours) == 1:
        return next(iter(stated.tumours.items()))
    if len(samples) == 1:
        return samples[0], "the only sample"
    if not stated.tumours:
        named = [name for name in samples if _says(name, _TUMOUR_WORDS, _NORMAL_WORDS)]
        if len(named) == 1:
            return named[0], "its name"
    normals = {name for name in samples if _words(name) & _NORMAL_WORDS} | set(stated.normals)
    others = [name for name in samples if name not in normals]
    if len(samples) == 2 and len(others) == 1:
        return others[0], "the sample that is not the normal"
    return _by_name(samples) or _by_order(samples, called) if len(samples) == 2 else None


def _is_normal(name: str, stated: _Stated) -> str:
    """What calls a sample the normal; empty where nothing does."""
    if name in stated.normals:
        return stated.normals[name]
    code = _BARCODE.match(name)
    if code and 10 <= int(code[1]) < 15:
        return "its TCGA barcode"
    words = _words(name)
    return "its name" if words & _NORMAL_WORDS and not words & _TUMOUR_WORDS else ""


def _by_name(samples: list[str]) -> tuple[str, str] | None:
    """Of two samples the one whose name differs as a tumour's from its normal's."""
    codes = [_BARCODE.match(name) for name in samples]
    tumours = [n for n, c in zip(samples, codes, strict=True) if c and int(c[1]) < 10]
    if all(codes) and len(tumours) == 1:
        return tumours[0], "its TCGA barcode"
    one, other = (_LAST_LETTER.match(name) for name in samples)
    if one and other and one[1] == other[1] and {one[2], other[2]} in ({"T", "N"}, {"T", "R"}):
        return samples[0] if one[2] == "T" else samples[1], "the last letter of its name"
    return None


def _by_order(samples: list[str], called: Called) -> tuple[str, str] | None:
    first, second = samples
    if second == f"{first}-match":
        return first, f"the other is its {second!r}"
    if called.only and called.only.tumour_first:
        return first, f"{called.only.name} writes the tumour first"
    return None


def _normal(samples: list[str], tumour: str, stated: _Stated) -> str | None:
    others = [name for name in samples if name != tumour]
    if len(others) == 1:
        return others[0] if others[0] not in stated.tumours else None
    normals = [n for n in others if n in stated.normals or _words(n) & _NORMAL_WORDS]
    return normals[0] if len(normals) == 1 else None


def _says(name: str, wanted: frozenset[str], unwanted: frozenset[str]) -> bool:
    words = _words(name)
    return bool(words & wanted) and not words & unwanted


def _words(name: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(name)}


def _stated(header: VariantHeader, samples: list[str]) -> _Stated:
    """What the header says of the file's own samples, in the order in which it is trusted."""
    tumours: dict[str, dict[str, str]] = {"line": {}, "sample": {}, "command": {}}
    normals: dict[str, str] = {}
    for record in header.records:
        key, value = record.key or "", (record.value or "").strip()
        if key in {"tumor_sample", "tumour_sample"} and value in samples:
            tumours["line"][value] = f"##{key}"
        elif key == "normal_sample" and value in samples:
            normals[value] = f"##{key}"
        elif key in {"SAMPLE", "PEDIGREE"}:
            _described(key, {k: str(v).strip('"') for k, v in record.items()}, samples,
                       tumours["sample"], normals)  # fmt: skip
    for line in header_lines(header):
        key = line.partition("=")[0]
        for name in _TUMOUR_OPTION.findall(line):
            if name in samples:
                tumours["command"][name] = f"##{key}"
        wanted = _OCTOPUS_NORMAL if key == "octopus" else _NORMAL_OPTION
        for name in wanted.findall(line):
            if name in samples:
                normals.setdefault(name, f"##{key}")
    found = next((one for one in tumours.values() if one), {})
    return _Stated({n: why for n, why in found.items() if n not in normals}, normals)


def _described(
    key: str,
    values: dict[str, str],
    samples: list[str],
    tumours: dict[str, str],
    normals: dict[str, str],
) -> None:
    if key == "PEDIGREE":
        if values.get("Derived") in samples and values.get("Original") in samples:
            tumours[values["Derived"]] = normals[values["Original"]] = "##PEDIGREE"
        return
    names = [n for n in (values.get("ID"), values.get("SampleName")) if n in samples and n]
    # Its own name before what is told of it: a normal is described as that of its tumour.
    told = set().union(*(_words(text) for text in values.values()))
    for words in (_words(values.get("ID", "")), told):
        if words & _TUMOUR_WORDS and words & _NORMAL_WORDS:
            return
        if words & _TUMOUR_WORDS:
            tumours.update(dict.fromkeys(names, "##SAMPLE"))
            return
        if words & _NORMAL_WORDS:
            normals.update(dict.fromkeys(names, "##SAMPLE"))
            return
