"""A fusion drawn: what is kept of both genes, what is lost, and whether the frame holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onkos.model import Dossier, Fusion, Gene
from onkos.report.flags import LEFT
from onkos.report.svg import WIDTH, element, figure, text_width, words

MOST_FUSIONS = 4
_GAP = 24.0
_HALF = (WIDTH - 2 * LEFT - _GAP) / 2
_TOP, _BAR, _LINE = 48.0, 18.0, 13.0
_LONGEST = 22
_FRAMES = {
    True: "in frame",
    False: "out of frame: the 3′ part is not read as its protein",
    None: "frame not told",
}


class _Side(NamedTuple):
    """One partner, at its place in the figure.

    Attributes
    ----------
    exon : int
        Last kept of the 5' partner, first kept of the 3' partner; 0 where not told.
    kept : pair of floats or None
        In [0, 1] along the protein; None where the break cannot be placed on it.
    """

    symbol: str
    gene: Gene | None
    exon: int
    five: bool
    kept: tuple[float, float] | None

    @property
    def left(self) -> float:
        return LEFT if self.five else LEFT + _HALF + _GAP

    @property
    def joint(self) -> float:
        """Where the kept part ends that the other gene is joined to."""
        first, last = self.kept or (0.0, 1.0)
        return self.left + _HALF * (last if self.five else first)

    @property
    def known(self) -> bool:
        return self.gene is not None and self.gene.length > 0

    @property
    def name(self) -> str:
        return self.symbol or "partner not told"


def fusion_views(
    dossier: Dossier, genes: Mapping[str, Gene], matched: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each fusion that the plan rests on.

    Parameters
    ----------
    genes : mapping of str to Gene
        By symbol; without lengths and exons a gene is drawn whole.
    matched : frozenset of str
        Labels of the changes that the plan rests on.
    """
    fusions = [a for a in dossier.case.alterations if isinstance(a, Fusion) and a.label in matched]
    found = []
    for number, fusion in enumerate([*dict.fromkeys(fusions)][:MOST_FUSIONS], start=1):
        sides = _sides(fusion, genes)
        found.append((_draw(f"fusion-{number}", fusion, sides), _caption(fusion, sides)))
    return tuple(found)


def _sides(fusion: Fusion, genes: Mapping[str, Gene]) -> tuple[_Side, _Side]:
    exons = fusion.exons or (0, 0)
    five, three = (
        _Side(
            symbol,
            genes.get(symbol),
            exon if fusion.ordered else 0,
            is_five,
            _kept(genes.get(symbol), exon, is_five) if fusion.ordered else None,
        )
        for symbol, exon, is_five in (
            (fusion.five, exons[0], True),
            (fusion.three, exons[1], False),
        )
    )
    return five, three


def _kept(gene: Gene | None, exon: int, five: bool) -> tuple[float, float] | None:
    """The kept part of a protein, where its exon is one of the transcript's."""
    codons = gene.exons.get(str(exon)) if gene and gene.length else None
    if gene is None or codons is None:
        return None
    first, last = codons
    return (0.0, last / gene.length) if five else ((first - 1) / gene.length, 1.0)


def _draw(key: str, fusion: Fusion, sides: tuple[_Side, _Side]) -> str:
    lowest = max(_levels(side) for side in sides)
    bottom = _TOP + _BAR + _LINE * lowest + 18
    middle = WIDTH / 2
    return figure(
        key,
        f"{fusion.label}, 5′ left and 3′ right" if fusion.ordered else fusion.label,
        _caption(fusion, sides),
        bottom + 6,
        *_joint(sides),
        *(line for side in sides for line in _partner(side, fusion.ordered)),
        element(
            "text", words(_frame(fusion)), x=middle, y=bottom, text_anchor="middle", class_="note"
        ),
    )


def _joint(sides: tuple[_Side, _Side]) -> Iterator[str]:
    """From the end of one kept part over what is lost to the start of the other."""
    first, last = (side.joint for side in sides)
    high = _TOP - 9
    path = f"M{first:.4g} {_TOP} V{high} H{last:.4g} V{_TOP}"
    yield element("path", d=path, class_="joint")


def _partner(side: _Side, ordered: bool) -> Iterator[str]:
    """Names, bar and domains of one gene."""
    end = "5′" if side.five else "3′"
    shown = side.name if len(side.name) <= _LONGEST else f"{side.name[: _LONGEST - 1]}…"
    title = shown if not ordered else f"{end} {shown}"
    yield element("text", words(title), x=side.left, y=13, class_="name")
    yield element("text", words(_break(side)), x=side.left, y=27, class_="axis")
    first, last = side.kept or (0.0, 1.0)
    for start, stop in ((0.0, first), (last, 1.0)):
        if stop > start:
            yield _box(side, start, stop, "lost")
    yield _box(side, first, last, "kept" if side.kept else "protein" if side.known else "unscaled")
    yield from _domains(side)


def _box(side: _Side, first: float, last: float, style: str) -> str:
    x, width = side.left + first * _HALF, (last - first) * _HALF
    return element("rect", x=x, y=_TOP, width=width, height=_BAR, class_=style)


def _domains(side: _Side) -> Iterator[str]:
    """Domains on the bar, pale where lost, and their names beneath it."""
    kept = side.kept or (0.0, 1.0)
    for number, (_, first, last) in enumerate(_placed(side)):
        style = f"domain d{number % 3 + 1}"
        if first < kept[0]:
            yield _box(side, first, min(last, kept[0]), f"{style} gone")
        if last > kept[1]:
            yield _box(side, max(first, kept[1]), last, f"{style} gone")
        if max(first, kept[0]) < min(last, kept[1]):
            yield _box(side, max(first, kept[0]), min(last, kept[1]), style)
    for name, x, level in _labels(side):
        y = _TOP + _BAR + _LINE * (level + 1)
        yield element("text", words(name), x=x, y=y, text_anchor="middle", class_="axis")


def _placed(side: _Side) -> list[tuple[str, float, float]]:
    """Domains with both ends in [0, 1] along the protein, in order."""
    gene = side.gene
    if gene is None or not gene.length:
        return []
    return [
        (name, (first - 1) / gene.length, min(last / gene.length, 1.0))
        for name, (first, last) in sorted(gene.domains.items(), key=lambda one: one[1])
    ]


def _labels(side: _Side) -> list[tuple[str, float, int]]:
    """Names of domains, their middles, and lines beneath the bar such that none touch."""
    ends: list[float] = []
    found = []
    for name, first, last in _placed(side):
        text = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        half = text_width(text) / 2
        middle = side.left + (first + last) / 2 * _HALF
        x = min(max(middle, side.left + half), side.left + _HALF - half)
        level = next((n for n, end in enumerate(ends) if end + 4 <= x - half), len(ends))
        ends[level : level + 1] = [x + half]
        found.append((text, x, level))
    return found


def _levels(side: _Side) -> int:
    return 1 + max((level for *_, level in _labels(side)), default=-1)


def _break(side: _Side) -> str:
    """Where this gene is broken, as far as it is told."""
    if not side.symbol:
        return ""
    end = "to" if side.five else "from"
    part = f"kept {end} exon {side.exon}" if side.exon else "exon of break not told"
    if not side.known:
        return f"{part}, not to scale"
    return f"{part}, not placed" if side.exon and not side.kept else part


def _frame(fusion: Fusion) -> str:
    frame = _FRAMES[fusion.in_frame]
    return frame if fusion.ordered else f"{frame}; which gene is 5′ is not told"


def _caption(fusion: Fusion, sides: tuple[_Side, _Side]) -> str:
    told = [f"{fusion.label}, {_frame(fusion)}", *filter(None, map(_told, sides))]
    if fusion.breakpoints and fusion.exons is None:
        told.append(f"breakpoints {fusion.breakpoints}")
    return "; ".join(told)


def _told(side: _Side) -> str:
    """One gene in words: its break, and what becomes of every domain."""
    if not side.symbol:
        return ""
    said = [_break(side)]
    gene = side.gene
    if gene is not None and gene.length:
        for name, (start, stop) in sorted(gene.domains.items(), key=lambda one: one[1]):
            said.append(f"{name} {start}–{stop}{_fate(side, gene.length, start, stop)}")
        if side.kept and gene.transcript:
            said.append(f"exons of {gene.transcript}")
    return f"{side.symbol}: {', '.join(said)}"


def _fate(side: _Side, length: int, start: int, stop: int) -> str:
    """What becomes of the residues of a domain; empty where the break is not placed."""
    if side.kept is None:
        return ""
    first, last = round(side.kept[0] * length) + 1, round(side.kept[1] * length)
    left = max(0, min(stop, last) - max(start, first) + 1)
    whole = stop - start + 1
    return " kept" if left == whole else f" keeps {left} of {whole} residues" if left else " lost"
