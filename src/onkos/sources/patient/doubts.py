"""Whether what a sample's files do not show may be called absent.

A file settles absences of the class of alterations that it lists, where a caller went through
the sample and its calls are before us. A header alone, a list of drivers, segments or expression
settle no small variant, and small variants no fusion; a row that was not understood leaves its
gene open. The rule and its reasons: ``docs/decisions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onkos.model import (
    Alteration,
    CopyNumber,
    Cytogenetic,
    Doubt,
    Expression,
    Fusion,
    GeneEvent,
    Sample,
    SmallVariant,
    Stated,
    StatedClass,
    Vocabulary,
)
from onkos.sources.patient.observed import Observed

NO_CALLS = "no calls of small variants were read from this sample"
NO_ROWS = "the list of small variants has no rows, and may not be what was called"
NO_SMALL = "the file holds no call of a small variant that passed, and may not be what was called"
DRIVERS = "drivers alone were reported, not every small variant that was looked for"
NO_ROWS_AT_ALL = "the file of {what} has no rows, and may not be what was called"
SMALL, COPIES, FUSIONS, EVENTS = "small_variants", "copy_number", "fusions", "events"
PROTEINS, CYTOGENETICS = "proteins", "cytogenetics"
STRUCTURES = (FUSIONS, EVENTS)
WORDS = {
    COPIES: "copies",
    FUSIONS: "fusions",
    EVENTS: "structural changes within genes",
    PROTEINS: "proteins",
    CYTOGENETICS: "a karyotype",
}
# Classes of alterations that a kind of file lists.
OF_KIND = {
    "fusions": STRUCTURES,
    "copy-number": (COPIES,),
    "purple-genes": (COPIES,),
    "segments": (COPIES,),
    "protein": (PROTEINS,),
}
_OF_NOUN: tuple[tuple[type[Alteration], str], ...] = (
    (CopyNumber, COPIES),
    (Fusion, FUSIONS),
    (GeneEvent, EVENTS),
    (Cytogenetic, CYTOGENETICS),
)
_OF_STATED = {
    StatedClass.AMPLIFICATION: COPIES,
    StatedClass.DELETION: COPIES,
    StatedClass.FUSION: FUSIONS,
    StatedClass.EVENT: EVENTS,
    StatedClass.PROTEIN_LOSS: PROTEINS,
}


def doubts_of(
    sample: Sample,
    files: Iterable[Observed | None],
    stated: Sequence[Alteration] = (),
    whole: bool = False,
) -> tuple[Doubt, ...]:
    """What keeps the negatives of a sample from counting.

    Parameters
    ----------
    sample : Sample
        With its quality. Where its coverage is told, a caller's file without a call counts.
    files : iterable of Observed or None
        What each of its files told.
    stated : sequence of Alteration
        Alterations in words, of the sample or the whole case: a report of their classes, and
        beside files that list no alterations of all that the assay tests for.
    whole : bool
        All that the laboratory reports of the assay is before us.
    """
    read = [one for one in files if one is not None]
    found = list(dict.fromkeys(doubt for one in read for doubt in one.doubts))
    if not read or whole:
        return tuple(found)
    words = bool(stated) and not any(map(_lists_alterations, read))
    absent = () if words else _classes_not_told(sample, read, stated)
    return (*found, *_small_not_told(sample, read, stated), *absent)


def _small_not_told(
    sample: Sample, read: Sequence[Observed], stated: Sequence[Alteration]
) -> Iterator[Doubt]:
    if any(one.has_calls or _run_through(sample, one.caller) for one in read):
        return
    thin = next((one.thin for one in read if one.thin), "")
    if thin or not any(isinstance(a, SmallVariant) for a in stated):
        yield Doubt(reason=thin or NO_CALLS)


def _classes_not_told(
    sample: Sample, read: Sequence[Observed], stated: Sequence[Alteration]
) -> Iterator[Doubt]:
    """The classes beside small variants that neither a file nor words are a list of."""
    in_words = set(map(class_of, stated))
    for name, what in WORDS.items():
        thin = [one.told[name] for one in read if name in one.told]
        ran = name in STRUCTURES and any(_run_through(sample, one.structures_by) for one in read)
        if name in in_words or ran or not all(thin or ["none"]):
            continue
        reason = next(iter(thin), f"no file of {what} was read from this sample")
        yield Doubt(reason=reason, about=name)


def class_of(seen: Alteration) -> str:
    """The class of an alteration, as a field of `Assay`.

    >>> class_of(Fusion(five="EML4", three="ALK"))
    'fusions'
    """
    if isinstance(seen, Stated):
        return _OF_STATED.get(seen.finding, SMALL)
    if isinstance(seen, Expression):
        return PROTEINS if seen.analyte == "protein" else ""
    return next((name for noun, name in _OF_NOUN if isinstance(seen, noun)), SMALL)


def _lists_alterations(one: Observed) -> bool:
    """Whether a file is a list of alterations of any class, were it empty."""
    return bool(one.has_calls or one.thin or one.caller or one.told or one.structures_by)


def _run_through(sample: Sample, caller: str) -> bool:
    """A caller's own file without a call, of a sample that is known to have been sequenced."""
    return bool(caller) and sample.assay is not None and sample.coverage is not None


def lists(observed: Observed, kind: str, complete: bool = False) -> None:
    """Note which classes a file of a kind lists; one without rows rules out nothing by itself."""
    for name in OF_KIND.get(kind, ()):
        empty = not (observed.rows or complete)
        observed.told[name] = NO_ROWS_AT_ALL.format(what=WORDS[name]) if empty else ""


def unread_doubts(
    source: str,
    genes: Sequence[str],
    vocabulary: Vocabulary,
    germline: bool,
    about: Sequence[str] = (SMALL,),
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
    return [
        Doubt(reason=reason, about=name, gene=gene, germline=germline)
        for gene in sorted(known)
        for name in about
    ]
