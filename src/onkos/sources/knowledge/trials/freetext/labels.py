"""Lines that name for whom alone the lines below them hold: a cohort, a panel, a tumour."""

from __future__ import annotations

import re

from onkos.sources.knowledge.trials.freetext.tumours import kinds_of

_LONGEST = 90  # letters of a label; what is longer is a sentence
_DIVISION = re.compile(
    r"\b(?:sub-?study|sub-?protocol|panel|cohort|arm|part|group|stratum|module)s?"
    r"(?:\s+(?-i:[A-Z\d])|\s*:?\s*$|\s+only\b)"
    r"|^\W*dose[ -](?:expansion|escalation)\b",
    re.IGNORECASE,
)
_ADDITIONAL = re.compile(
    r"\b(?:additional|specific|further|supplementary|extra)\b[^.:;]{0,40}"
    r"\bcriteria\s+(?:specific\s+)?(?:for|to|of|in)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:must|should|have|has|is|are|will|may|can|who|following|with|or|no|not|age|aged)\b", re.I
)


def label(said: str) -> str:
    """The cohort, panel or group of patients that a line names and nothing more; else empty.

    Examples
    --------
    >>> label("3-3. Part 2, TNBC Cohort:")
    '3-3. Part 2, TNBC Cohort'
    >>> label("Patients in Cohort A must be well")
    ''
    """
    plain = said.strip("*_ :-\t")
    if not plain or len(plain) > _LONGEST:
        return ""
    if _ADDITIONAL.search(plain):
        return plain
    if _SAYS.search(plain):
        return ""
    tumour = said.rstrip("*_ \t").endswith(":") and bool(kinds_of(plain))
    return plain if tumour or _DIVISION.search(plain) else ""
