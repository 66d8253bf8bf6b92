"""Reading one text that must be understood whole, and what it is compared with."""

from __future__ import annotations

from onkos.model import (
    Alteration,
    Consequence,
    SmallVariant,
    Stated,
    StatedClass,
    Vocabulary,
)
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.text import observe

MUTATION, FUSION = StatedClass.MUTATION, StatedClass.FUSION


def read(text: str, vocabulary: Vocabulary) -> Observed:
    """All of one text, which must be understood whole."""
    observed = observe([text], vocabulary)
    assert not observed.unread, observed.unread
    assert observed.rows == 1
    return observed


def one(text: str, vocabulary: Vocabulary) -> Alteration:
    [alteration] = read(text, vocabulary).alterations
    return alteration


def substitution(gene: str, protein: str, **more: object) -> SmallVariant:
    at = int(protein[1:-1])
    return SmallVariant(
        gene=gene,
        protein=protein,
        consequence=Consequence.MISSENSE,
        first=at,
        last=at,
        **more,  # type: ignore[arg-type]
    )


def absent(gene: str, region: str = "", finding: StatedClass = MUTATION) -> Stated:
    return Stated(gene=gene, finding=finding, present=False, region=region)
