"""Words of a text, and two genes that touch as the one fusion that they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_LINKS = frozenset({"FILL", "CUE_bearing", "MARK"})


class Word(NamedTuple):
    """A word or phrase that means something here, with its place in the text."""

    kind: str
    value: str
    start: int
    end: int
    trait: bool = False  # a class told of its bearer: "mutant", not "mutation"


def fused(told: list[Word]) -> Iterator[Word]:
    """Words with ``A::B`` and "A-B fusion" as the one fusion that they name."""
    at = 0
    while at < len(told):
        end = _partners(told, at)
        if end:
            value = f"{told[at].value}::{told[end].value} fusion"
            yield Word("PHRASE", value, told[at].start, told[end].end)
            at = end + 1
            continue
        yield told[at]
        at += 1


def changed(told: list[Word], phrases: dict[str, str]) -> list[Word]:
    """Words with a change that is told of a fusion as one, without the fusion: "BCR-ABL T315I"."""
    said: list[Word] = []
    for word in told:
        links = [n for n, w in enumerate(said) if w.kind not in _LINKS and w.value != "mutation"]
        before = said[links[-1]] if links else word
        one, other = _told_change(before, phrases), _told_change(word, phrases)
        if other and _partner(before, other):
            said[links[-1] :] = [Word("PHRASE", other, before.start, word.end)]
        elif one and _partner(word, one):
            said[links[-1] :] = [Word("PHRASE", one, before.start, word.end)]
        else:
            said.append(word)
    return said


def _told_change(word: Word, phrases: dict[str, str]) -> str:
    if word.kind == "CHANGE":
        return phrases.get(word.value, "")
    return word.value if word.kind == "PHRASE" and "::" not in word.value else ""


def _partner(fusion: Word, change: str) -> bool:
    """Whether a change is one of the genes of a fusion."""
    plain = fusion.kind == "PHRASE" and fusion.value.endswith(" fusion")
    genes = fusion.value.removesuffix(" fusion").split("::")
    return plain and len(genes) == 2 and change.split()[0] in genes


def _partners(told: list[Word], at: int) -> int:
    """The second of two genes that touch by "::", or by a hyphen before "fusion"; 0 for none."""
    end = at + 1
    while end < len(told) and told[end].value in {":", "-"} and _touch(told[end - 1], told[end]):
        end += 1
    marks = "".join(word.value for word in told[at + 1 : end])
    if marks not in {"::", "-"} or end >= len(told) or not _touch(told[end - 1], told[end]):
        return 0
    if told[at].kind != "GENE" or told[end].kind != "GENE" or told[at].value == told[end].value:
        return 0
    after = [word.value for word in told[end + 1 : end + 4] if word.kind not in {"FILL", "MARK"}]
    return end if marks == "::" or after[:1] == ["rearrangement"] else 0


def _touch(one: Word, after: Word) -> bool:
    return one.end == after.start
