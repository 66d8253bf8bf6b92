"""What a number of copies amounts to, where that needs no laboratory's own threshold."""

from __future__ import annotations

from onkos.model import Gene
from onkos.sources.patient.copy_calls import SEX_CHROMOSOMES
from onkos.sources.patient.gene_words import Kind
from onkos.sources.patient.spellings import spellings
from onkos.sources.patient.statement import NotUnderstood

_LOSSES = {Kind.DELETION, Kind.HOMOZYGOUS_DELETION, Kind.HETEROZYGOUS_LOSS, Kind.LOSS}
_GAINS = {Kind.AMPLIFICATION, Kind.GAIN}


def call_of_copies(symbol: str, gene: Gene | None, kind: Kind, copies: float) -> Kind:
    """The kind of finding, sharpened or checked by the number of copies.

    Raises
    ------
    NotUnderstood
        Where word and number contradict each other, or where laboratories differ on what
        the number amounts to.
    """
    whole = round(copies)
    if kind in _GAINS and whole > 2:
        return kind
    if kind in _LOSSES and whole < 2:
        return Kind.HETEROZYGOUS_LOSS if whole else Kind.HOMOZYGOUS_DELETION
    if kind is not Kind.BARE:
        raise NotUnderstood(f"{kind} with {copies:g} copies", "correct the word or the number")
    if whole == 0:
        return Kind.HOMOZYGOUS_DELETION
    if gene and gene.chromosome in SEX_CHROMOSOMES and whole <= 2:
        raise NotUnderstood("normal copies depend on the patient's sex", "add the call")
    if whole <= 2:
        return Kind.HETEROZYGOUS_LOSS if whole == 1 else Kind.NEUTRAL
    limits = spellings().copies
    if copies >= limits["amplified_from"]:
        return Kind.AMPLIFICATION
    if copies < limits["not_amplified_below"]:
        return Kind.GAIN
    raise NotUnderstood(
        f"whether {copies:g} copies are an amplification depends on the laboratory's threshold",
        f"write '{symbol} amplification ({copies:g} copies)' or '{symbol} gain'",
    )
