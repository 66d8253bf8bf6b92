"""Whether what a sample's files do not show of small variants may be called absent.

A file settles an absence where a caller went through the sample and its calls are before us. A
header alone, a list of drivers, segments or expression do not; a row that was not understood
leaves its gene open. The rule and its reasons: ``docs/decisions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onkos.model import Doubt, Sample, SmallVariant, Vocabulary
from onkos.sources.patient.observed import Observed

NO_CALLS = "no calls of small variants were read from this sample"
NO_ROWS = "the list of small variants has no rows, and may not be what was called"
NO_SMALL = "the file holds no call of a small variant that passed, and may not be what was called"
DRIVERS = "drivers alone were reported, not every small variant that was looked for"


def doubts_of(
    sample: Sample, files: Iterable[Observed | None], stated: Iterable[object] = ()
) -> tuple[Doubt, ...]:
    """What keeps the negatives of a sample's small variants from counting.

    Parameters
    ----------
    sample : Sample
        With its quality. Where its coverage is told, a caller's file without a call counts.
    files : iterable of Observed or None
        What each of its files told.
    stated : iterable of object
        Alterations in words, of the sample or the whole case: a report of small variants.
    """
    read = [one for one in files if one is not None]
    found = list(dict.fromkeys(doubt for one in read for doubt in one.doubts))
    if not read or any(one.has_calls or _run_through(sample, one) for one in read):
        return tuple(found)
    thin = next((one.thin for one in read if one.thin), "")
    if not thin and any(isinstance(a, SmallVariant) for a in stated):
        return tuple(found)
    return (*found, Doubt(reason=thin or NO_CALLS))


def _run_through(sample: Sample, one: Observed) -> bool:
    """A caller's own file without a call, of a sample that is known to have been sequenced."""
    return bool(one.caller) and sample.assay is not None and sample.coverage is not None


def unread_doubts(
    source: str, genes: Sequence[str], vocabulary: Vocabulary, germline: bool
) -> list[Doubt]:
    """Doubts that a row leaves which was not understood: in its genes where it names known ones.

    Examples
    --------
    >>> unread_doubts("a.maf", ["?"], Vocabulary(), False)[0].gene
    ''
    """
    names = vocabulary.symbol_by_name
    known = {names[gene.strip().upper()] for gene in genes if gene.strip().upper() in names}
    reason = f"a call in {source} was not understood, and it may be this one"
    if not known or len(known) < len(set(genes)):
        known = {""}
    return [Doubt(reason=reason, gene=gene, germline=germline) for gene in sorted(known)]
