"""Karyotypes as read: clones, clonal abnormalities, and the words that they show."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.criteria.karyotype import words_shown
from onkos.criteria.karyotype_seen import count, seen
from onkos.model import Answer, Case, Karyogram, KaryotypeReading, Vocabulary
from onkos.model.karyotype import Clone

_UNBOUNDED = 500


def karyotypes(
    case: Case, vocabulary: Vocabulary, asked: frozenset[str]
) -> tuple[KaryotypeReading, ...]:
    """A reading of every karyotype of the case.

    Parameters
    ----------
    asked : frozenset of str
        Words that matter in this disease; only of these it is said that the karyotype leaves
        them open.
    """
    found = (a for a in case.alterations if isinstance(a, Karyogram))
    return tuple(_reading(karyogram, vocabulary, asked) for karyogram in found)


def _reading(
    karyogram: Karyogram, vocabulary: Vocabulary, asked: frozenset[str]
) -> KaryotypeReading:
    found = seen(karyogram, vocabulary.limits)
    least, most = count(found)
    words = words_shown(karyogram, vocabulary.karyotypes, vocabulary.limits)
    return KaryotypeReading(
        text=karyogram.text,
        abnormalities=(least, most if most < _UNBOUNDED else -1),
        clonal=tuple(a.text for a in found.clonal),
        single=tuple(dict.fromkeys(a.text for a in found.single)),
        shows=tuple(name for name, answer in words.items() if answer is Answer.MET),
        may_show=()
        if karyogram.partial
        else tuple(n for n, answer in words.items() if answer is Answer.UNKNOWN and n in asked),
        clones=tuple(_clone(clone) for clone in karyogram.clones),
        metaphases=karyogram.metaphases,
        remarks=tuple(_remarks(karyogram, vocabulary)),
        unread=karyogram.unread,
        sample=karyogram.sample,
    )


def _clone(clone: Clone) -> str:
    """``45 chromosomes, XY: inv(3)(q21q26), -7 (15 cells)``."""
    low, high = clone.chromosomes
    number = str(low) if low == high else f"{low} to {high}"
    changes = ", ".join(
        f"{a.text} (constitutional)" if a.constitutional and not a.text.endswith("c") else a.text
        for a in clone.abnormalities
    )
    cells = f" ({clone.cells} {'cell' if clone.cells == 1 else 'cells'})" if clone.cells else ""
    sex = f", {clone.sex}" if clone.sex else ""
    return f"{number} chromosomes{sex}: {changes or 'normal'}{cells}"


def _remarks(karyogram: Karyogram, vocabulary: Vocabulary) -> Iterator[str]:
    least = vocabulary.limits.get("normal_metaphases", 0)
    cells = karyogram.metaphases
    normal = not any(a for clone in karyogram.clones for a in clone.abnormalities)
    if normal and cells is not None and cells < least:
        yield f"normal in {cells} metaphases only; a normal karyotype asks for {least:g}"
    if karyogram.partial:
        yield "read in part: what it does not show may still be there"
    if any(clone.composite for clone in karyogram.clones):
        yield "composite: no single cell need hold all of it"
