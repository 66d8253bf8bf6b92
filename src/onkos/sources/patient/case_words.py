"""Words that belong to other fields of a case, or need what free text does not carry."""

from __future__ import annotations

import re
from functools import lru_cache

from onkos.model import Vocabulary
from onkos.model.names import disease_key, name_key
from onkos.sources.patient.statement import NotUnderstood

_FIELDS = (
    (
        re.compile(
            r"^(?:aged?[\s:=]*\d|\d{1,3}[\s-]?(?:years?|yrs?|y/?o|yo)\b|\d{1,3}\s?(?:m|f)$)", re.I
        ),
        "age",
    ),
    (re.compile(r"^(?:sex\b.*|gender\b.*|female|male|woman|man|f|m)$", re.I), "sex"),
    (
        re.compile(r"^(?:stage\b.*|(?:c|p|yp)?T[0-4][a-d]?\s?N[0-3x].*)$", re.IGNORECASE),
        "stage",
    ),
    (
        re.compile(
            r"^(?:line\s?\d.*|\d\s?L|(?:\d(?:st|nd|rd|th)|first|second|third|fourth)[\s-]line.*)$",
            re.IGNORECASE,
        ),
        "line",
    ),
)
_CHANGE = re.compile(r"^(?:[cp]\.\S+|[A-Z][a-z]{0,2}\d+\S*[A-Za-z*]|[A-Z]\d+_[A-Z]\d+\w+)$")
_PLACES = (
    (
        re.compile(
            r"\bchr(?:\d{1,2}|[XYM])[:\s]|\bNC_\d+|\bg\.\d|^(?:\d{1,2}|[XY])[-:]\d{4,}", re.I
        ),
        "coordinates need their reference genome",
        "give the protein change ('EGFR L858R'), or the variant in a VCF or MAF file",
    ),
    (
        re.compile(r"\brs\d{3,}\b", re.IGNORECASE),
        "a dbSNP number names a position, not a change of a protein",
        "give the protein change ('EGFR L858R')",
    ),
    (
        re.compile(r"\b(?:NM|NP|NR|XM|XP|LRG)_?\d+|\bENS[TGP]\d+", re.IGNORECASE),
        "a transcript whose gene is not known here",
        "give the gene: 'EGFR c.2573T>G'",
    ),
)


def refuse_other_field(text: str) -> None:
    """Refuse age, sex, stage and line, which have their own fields.

    Raises
    ------
    NotUnderstood
    """
    for pattern, field in _FIELDS:
        if pattern.match(text):
            raise NotUnderstood(
                "belongs to the patient, not to the tumour's findings",
                f"give it in the field '{field}' of the case (--{field})",
            )


def why_no_gene(text: str, vocabulary: Vocabulary) -> NotUnderstood:
    """What a text without a known gene most likely is, and where it belongs."""
    for pattern, reason, remedy in _PLACES:
        if pattern.search(text):
            return NotUnderstood(reason, remedy)
    if _CHANGE.match(text):
        return NotUnderstood("a change without its gene", "put the gene before it: 'EGFR L858R'")
    key = name_key(text)
    if key in vocabulary.setting_by_name:
        return NotUnderstood("a setting of treatment", "give it in the field 'setting' of the case")
    if key in vocabulary.drug_by_name or key in vocabulary.regimen_by_name:
        return NotUnderstood("a treatment", "give it under prior therapies or comedication")
    if disease_key(text) in _diseases(vocabulary):
        return NotUnderstood("a diagnosis", "give it in the field 'disease' of the case")
    if not text:
        reason = "denies or affirms, and names no gene"
        return NotUnderstood(reason, "name each gene: 'no X mutation'")
    return NotUnderstood(
        "no gene, measurement or karyotype was recognised",
        "write it as in 'EGFR L858R', 'ERBB2 amplification', 'ALK fusion', 'TMB 12', 'MSI-H'",
    )


def _diseases(vocabulary: Vocabulary) -> frozenset[str]:
    return _disease_keys(
        tuple(name for d in vocabulary.diseases for name in (d.code, d.name, *d.synonyms))
    )


@lru_cache(maxsize=2)
def _disease_keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(disease_key(name) for name in names)
