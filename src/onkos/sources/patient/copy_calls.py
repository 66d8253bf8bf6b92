"""Copy-number calls in the words and numbers of the tools that make them."""

from __future__ import annotations

from onkos.model import CopyCall, CopyNumber
from onkos.sources.patient.tables import Rejected

NOT_CALLED = "not called"
NEUTRAL = "copy-neutral"
SHALLOW = "one-copy change in a gene without knowledge"
SEX_CHROMOSOMES = frozenset({"X", "Y"})

# The discrete levels of GISTIC, which cBioPortal took over.
DISCRETE = {
    "-2": CopyCall.DELETION,
    "-1": CopyCall.LOSS,
    "0": CopyCall.NEUTRAL,
    "1": CopyCall.GAIN,
    "2": CopyCall.AMPLIFICATION,
}
DISCRETE |= {f"{level}.0": call for level, call in DISCRETE.items()}

_WORDS = {
    CopyCall.AMPLIFICATION: (
        "amplification amp amplified high-level-amplification high-level-gain high-amplification"
    ),
    CopyCall.GAIN: "gain gained low-level-gain low-gain",
    CopyCall.NEUTRAL: "neutral copy-neutral diploid wild-type wildtype normal baseline no-change",
    CopyCall.LOSS: (
        "heterozygous-loss heterozygous-deletion hemizygous-deletion hemizygous-loss hetloss "
        "shallow-deletion single-copy-loss"
    ),
    CopyCall.DELETION: (
        "deletion del deleted homozygous-deletion homozygous-loss homdel deep-deletion"
    ),
}
_CALLS = {word: call for call, words in _WORDS.items() for word in words.split()} | DISCRETE


def call_of(text: str) -> CopyCall:
    """The call that a word or a discrete level means.

    Raises
    ------
    Rejected
        For all else; among it a bare "loss", which may be of one copy or of both.

    Examples
    --------
    >>> call_of("Homozygous deletion").value, call_of("2").value
    ('deletion', 'amplification')
    """
    word = "-".join(text.casefold().replace("_", " ").split())
    call = _CALLS.get(word)
    if call is not None:
        return call
    if word in {"loss", "lost"}:
        remedy = "write deletion (both copies) or heterozygous loss"
        raise Rejected("call", "loss of one copy or of both is not said", text=text, remedy=remedy)
    remedy = "use amplification, gain, neutral, heterozygous loss, deletion, or -2 to 2"
    raise Rejected("call", "not a copy-number call", text=text, remedy=remedy)


def call_from_copies(copies: float, sex: bool, amplified_from: float | None) -> CopyCall | None:
    """What a number of copies amounts to without a threshold of ours; None where it takes one.

    Parameters
    ----------
    copies : float
        At least 0.
    sex : bool
        On X or Y, of which a man has one.
    amplified_from : float or None
        The laboratory's threshold of amplification.

    Examples
    --------
    >>> call_from_copies(0.1, False, None).value, call_from_copies(7, False, None)
    ('deletion', None)
    """
    whole = round(copies)
    if whole == 0:
        return CopyCall.DELETION
    if whole <= 2:
        if sex:
            return None
        return CopyCall.LOSS if whole == 1 else CopyCall.NEUTRAL
    if amplified_from is None:
        return None
    return CopyCall.AMPLIFICATION if copies >= amplified_from else CopyCall.GAIN


def kept(change: CopyNumber, known: bool) -> CopyNumber | str:
    """The change, or why it is left out.

    Gains and losses of one copy span whole arms and thousands of genes; they are kept
    where the vocabulary has the gene (`known`).
    """
    if change.call is CopyCall.NEUTRAL:
        return NEUTRAL
    if not known and change.call in {CopyCall.GAIN, CopyCall.LOSS}:
        return SHALLOW
    return change
