"""Variants from a VCF or BCF of any caller, annotated (VEP's CSQ, snpEff's ANN) or raw."""

from __future__ import annotations

from pathlib import Path

from onkos.model import Origin, Vocabulary
from onkos.sources.patient.hotspots import Hotspot, hotspots
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.vcf_file import open_variants
from onkos.sources.patient.vcf_header import read_header
from onkos.sources.patient.vcf_records import Records


def read_vcf(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    hotspot: Hotspot | None = None,
    tumour_sample: str = "",
) -> dict[str, Observed]:
    """Read the variants of a VCF or BCF, gzipped or not.

    Changes that are annotated become alterations; those that are not are kept as calls, by
    their place.

    Parameters
    ----------
    path : Path
        Of any caller; annotated by VEP (``CSQ``) or snpEff (``ANN``), or not.
    vocabulary : Vocabulary
        Gene symbols and their transcripts; genes that it lacks are kept as the file names them.
    origin : Origin
        Whose changes the file tells of, where the caller does not say.
    hotspot : callable, optional
        Takes a gene of the vocabulary and a protein change; where it is true the record is kept,
        and flagged,
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
        With every problem of the file as a whole: two reference assemblies, the tumour's
        column not told or swapped with the normal's, a file that is damaged or no VCF.
    """
    with open_variants(path) as variants:
        germline = origin is Origin.GERMLINE
        file, notices = read_header(variants.source, variants.file.header, tumour_sample, germline)
        records = Records(file, vocabulary, origin, hotspot or hotspots(vocabulary))
        for line, record in variants.records():
            records.take(line, record)
        observed = records.closed()
        observed.notices += notices
        return {file.tumour or "": observed}
