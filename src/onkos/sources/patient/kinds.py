"""What kind a patient's file is, from its name and its first lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from onkos.sources.patient import (
    copy_number,
    expression,
    fusions,
    maf_words,
    methylation,
    msi,
    purity,
    segment_columns,
)
from onkos.sources.patient.first_lines import first_lines
from onkos.sources.patient.orange import is_orange
from onkos.sources.patient.tables import column_key

KINDS = (
    "maf",
    "vcf",
    "copy-number",
    "segments",
    "fusions",
    "purity",
    "expression",
    "msi",
    "methylation",
    "protein",
    "spectrum",
    "purple-genes",
    "purple",
    "orange",
)

_BY_NAME = {
    ".vcf": "vcf",
    ".vcf.gz": "vcf",
    ".vcf.bgz": "vcf",
    ".bcf": "vcf",
    ".maf": "maf",
    ".maf.gz": "maf",
    ".maf.txt": "maf",
    ".seg": "segments",
    ".seg.gz": "segments",
}


def kind_of(path: Path) -> tuple[str, str]:
    """The kind of a file and what told it; empty where neither name nor content tells.

    The content decides, where it can be read; the name only where it cannot.
    """
    if path.is_dir():
        return "purple", "its files"
    start = first_lines(path)
    if is_orange("\n".join(start).encode(), path.name):
        return "orange", "its first lines"
    if start[:1] and (start[0].startswith("##fileformat=VCF") or start[0].startswith("BCF\x02")):
        return "vcf", "its first line"
    for line in start:
        kind = _by_columns(line)
        if kind:
            return kind, "its columns"
    if _is_spectrum(path):
        return "spectrum", "its columns"
    name = path.name.casefold()
    ending = next((end for end in _BY_NAME if name.endswith(end)), "")
    return _BY_NAME.get(ending, ""), "its name"


def _is_spectrum(path: Path) -> bool:
    # What reads channels stands on this package, and is loaded once the package is.
    from onkos.sources.channels import are_channels

    return are_channels(first_lines(path, more=1))


def _by_columns(line: str) -> str:
    text = line.lstrip("#")
    keys = max(
        ({column_key(word.strip('"')) for word in text.split(sep)} for sep in "\t,"), key=len
    )
    if _has(keys, maf_words.COLUMNS, "gene") and _has(
        keys, maf_words.COLUMNS, "class", "protein", "hgvsp"
    ):
        return "maf"
    pairs = (("name",), ("five", "three"), ("gene1", "gene2"), ("site1",), ("site2",))
    if "geneStart".casefold() in keys and "phased" not in keys:
        return ""  # structural variants of LINX, not their fusions
    if any(all(_has(keys, fusions.COLUMNS, name) for name in pair) for pair in pairs):
        return "fusions"
    columns = segment_columns.COLUMNS
    if all(_has(keys, columns, name) for name in ("chromosome", "start", "end")) and _has(
        keys, columns, *segment_columns.LEVELS, "call"
    ):
        return "segments"
    if {"gene", "mincopynumber", "maxcopynumber", "chromosome", "start", "end"} <= keys:
        return "purple-genes"
    columns = copy_number.COLUMNS
    if _has(keys, columns, "gene") and _has(keys, columns, "call", "copies"):
        return "copy-number"
    return _of_sample(keys, text)


def _of_sample(keys: set[str], text: str) -> str:
    """Files that tell of the sample as a whole."""
    if _has(keys, msi.SENSOR, "sites") or _has(keys, msi.MANTIS, "metric"):
        return "msi"
    if _has(keys, expression.COLUMNS, "gene") and _has(keys, expression.COLUMNS, "tpm"):
        return "expression"
    if _has(keys, methylation.COLUMNS, "gene") and (
        _has(keys, methylation.COLUMNS, "beta")
        or keys & {"methylation", "methylationcall", "methylationstatus"}
    ):
        return "methylation"
    if {"geneid", "chr", "start", "end", "strand", "length"} <= keys:
        return "expression"
    words = {column_key(word) for word in text.split()}  # ASCAT writes blanks between them
    told = (keys, words)
    if text.startswith(purity.STATISTICS) or any(
        all(_has(one, purity.COLUMNS, name) for name in ("purity", "ploidy")) for one in told
    ):
        return "purity"
    return ""


def _has(keys: set[str], columns: Mapping[str, Sequence[str]], *names: str) -> bool:
    return any(column_key(spelling) in keys for name in names for spelling in columns[name])
