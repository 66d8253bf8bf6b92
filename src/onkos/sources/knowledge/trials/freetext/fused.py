"""Words of a text, and two genes that touch as the one fusion that they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


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
