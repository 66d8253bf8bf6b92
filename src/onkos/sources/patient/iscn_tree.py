"""The grammar of ISCN, and what its trees become: abnormalities and rough clones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError
from msgspec.structs import replace

from onkos.model.karyotype import NUMERICAL, Abnormality

CELLS = re.compile(r"(cp)?\[(?:cp)?(\d*)", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_MOST_COPIES = 9
_SAME = {"iso": "i", "dm": "dmin", "psuidic": "idic", "psudic": "dic"}


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("iscn.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start=["karyotype", "clone", "item"])


def parsed(start: str, text: str) -> Any:
    """What the grammar makes of a text; None where it does not fit."""
    parser = _parser()
    try:
        return _Reading().transform(parser.parse(text.casefold(), start=start))
    except LarkError:
        return None


class _Reading(Transformer[Token, Any]):
    """From lark's tree to abnormalities and rough clones (dicts, before descent is resolved)."""

    def karyotype(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return items

    def clone(self, items: list[Any]) -> dict[str, Any]:
        low, high = _span(items[0])
        ploidy = next((int(n) for i in _tokens(items, "PLOIDY") for n in _NUMBERS.findall(i)), 0)
        cells = [CELLS.match(i) for i in _tokens(items, "CELLS")]
        own = [a for group in items if isinstance(group, list) for a in group]
        count = sum(int(c.group(2) or 0) for c in cells if c)
        own, last = _last_cells(own)
        count = count or last
        return {
            "low": low, "high": high, "ploidy": ploidy, "cells": count or None, "items": own,
            "composite": any("cp" in i for i in _tokens(items, "CELLS")), **_origin(items),
        }  # fmt: skip

    def sex(self, items: list[Token]) -> dict[str, Any]:
        return {"sex": str(items[0]).upper().replace("C", "")}

    def descends(self, items: list[Token]) -> dict[str, Any]:
        times = int(_NUMBERS.findall(items[1])[0]) if len(items) > 1 else 1
        return {"sex": "", "from": str(items[0]), "times": times}

    def also_descends(self, items: list[Token]) -> dict[str, Any]:
        return self.descends([i for i in items if i.type != "CELLS"])

    def item(self, items: list[Any]) -> list[Abnormality]:
        """Alternatives (``or``) count once, as the first, uncertain."""
        cells = [CELLS.match(i) for i in _tokens(items, "CELLS")]
        choices = [i for i in items if isinstance(i, Abnormality)]
        number = next((int(c.group(2)) for c in cells if c and c.group(2)), None)
        one = choices[0]
        return [replace(one, cells=number, uncertain=one.uncertain or len(choices) > 1)]

    def alternative(self, items: list[Any]) -> Abnormality:
        body = next(i for i in items if isinstance(i, Abnormality))
        sign = next((str(i) for i in _tokens(items, "SIGN")), "")
        many = [*_tokens(items, "MULT"), *_tokens(items, "TIMES")]
        times = next((_span(i) for i in many), body.copies)
        mark = "c" if any(_tokens(items, "CONSTITUTIONAL")) else ""
        uncertain = body.uncertain or any(_tokens(items, "QUERY"))
        if body.numerical and not sign:
            raise ValueError("a chromosome without its sign")
        if body.numerical and times[0] > _MOST_COPIES:
            raise ValueError("more copies of a chromosome than a cell holds")
        return replace(
            body, sign=sign or body.sign, copies=times, uncertain=uncertain,
            constitutional=bool(mark) or body.constitutional,
            text=f"{sign}{body.text}{mark}",
        )  # fmt: skip

    def chromosome(self, items: list[Token]) -> Abnormality:
        name = str(items[0]).upper()
        return Abnormality(text=name, kind=NUMERICAL, chromosomes=(name,))

    def marker(self, items: list[Token]) -> Abnormality:
        word = str(items[0])
        kind = next(k for k in ("mar", "dmin", "dm", "ace", "min", "hsr", "r") if k in word)
        before = word.partition(kind)[0]
        copies = _span(before) if before[:1].isdigit() else (1, 1)
        return Abnormality(text=word, kind=_SAME.get(kind, kind), copies=copies)

    def old_style(self, items: list[Token]) -> Abnormality:
        word = str(items[0])
        chromosome, arm, sign = word[:-2].upper(), word[-2], word[-1]
        kind = "del" if sign == "-" else "add"
        text = f"{kind}({chromosome})({arm})"
        return Abnormality(text=text, kind=kind, chromosomes=(chromosome,), bands=(arm,))

    def variant(self, items: list[Token]) -> Abnormality:
        return Abnormality(text=str(items[0]), kind="variant", constitutional=True)

    def nothing(self, items: list[Token]) -> Abnormality:
        return Abnormality(text=str(items[0]), kind="inc", uncertain=True)

    def rearranged(self, items: list[Abnormality]) -> Abnormality:
        first, *rest = (i for i in items if isinstance(i, Abnormality))
        text = "".join(one.text for one in (first, *rest))
        return replace(first, text=text, parts=tuple(rest)) if rest else first

    def rearrangement(self, items: list[Any]) -> Abnormality:
        word = str(_tokens(items, "KIND")[0])
        kind = _SAME.get(word, word)
        named = next(i for i in items if isinstance(i, _Chromosomes))
        given = next((i for i in items if isinstance(i, _Bands)), None)
        detail = next((str(i) for i in items if isinstance(i, Token) and i.type == "DETAIL"), "")
        texts = given.texts if given else ()
        if len(named.names) == 1 and len(texts) > 1:  # inv(3)(q21;q26) is inv(3)(q21q26)
            texts = ("".join(texts),)
        bands = texts if given else named.bands
        inside = f"({';'.join(texts)})" if given else f"({detail})" if detail else ""
        return Abnormality(
            text=f"{kind}({';'.join(named.names)}){inside}", kind=kind,
            chromosomes=named.names, bands=bands, uncertain=named.doubtful,
        )  # fmt: skip

    def chromosomes(self, items: list[tuple[str, str]]) -> _Chromosomes:
        return _Chromosomes(items)

    def which(self, items: list[Token]) -> tuple[str, str]:
        name = next((str(i).upper() for i in items if i.type == "CHROMOSOME"), "?")
        bands = "".join(str(i) for i in items if i.type == "BAND")
        return (name if len(items) == 1 or bands else f"{name}"), bands

    def bands(self, items: list[str]) -> _Bands:
        return _Bands(items)

    def side(self, items: list[Token]) -> str:
        return "".join(str(i) for i in items)


class _Chromosomes:
    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        self.names = tuple(name for name, _ in found)
        short = tuple(bands for _, bands in found)
        self.bands = short if any(short) else ()
        self.doubtful = "?" in self.names


class _Bands:
    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)


def _last_cells(own: list[Abnormality]) -> tuple[list[Abnormality], int]:
    """The count behind the last abnormality is the clone's, unless others have their own."""
    if not own or not own[-1].cells or any(a.cells for a in own[:-1]):
        return own, 0
    return [*own[:-1], replace(own[-1], cells=None)], own[-1].cells


def _origin(items: Iterable[Any]) -> dict[str, Any]:
    """Sex and descent, wherever in the clone they stand."""
    found: dict[str, Any] = {"sex": ""}
    for one in (i for i in items if isinstance(i, dict)):
        found |= {k: v for k, v in one.items() if v}
    return found


def _tokens(items: Iterable[Any], kind: str) -> list[Token]:
    return [i for i in items if isinstance(i, Token) and i.type == kind]


def _span(text: str) -> tuple[int, int]:
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    return numbers[0], max(numbers)
