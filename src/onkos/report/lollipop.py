"""A protein with its domains and exons, and where this tumour changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onkos.model import Consequence, Dossier, Gene, SmallVariant
from onkos.report.flags import LEFT, Flag, axis_end, draw_flags, head, height_of, levels
from onkos.report.phrases import counted, percent
from onkos.report.svg import element, figure, text_width, words

MOST_GENES = 8
MOST_FLAGS = 12
_SHAPES = {
    Consequence.NONSENSE: "square",
    Consequence.FRAMESHIFT: "square",
    Consequence.SPLICE: "square",
    Consequence.START_LOST: "square",
    Consequence.INFRAME_DELETION: "diamond",
    Consequence.INFRAME_INSERTION: "diamond",
    Consequence.DELINS: "diamond",
}
_BAR = 18.0


def lollipops(
    dossier: Dossier, genes: Mapping[str, Gene], matched: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each gene whose small variants the plan rests on.

    Parameters
    ----------
    genes : mapping of str to Gene
        By symbol; a gene without a length has no figure.
    matched : frozenset of str
        Labels of the changes that the plan rests on.
    """
    variants: dict[str, list[SmallVariant]] = {}
    for seen in dossier.case.alterations:
        if isinstance(seen, SmallVariant):
            variants.setdefault(seen.gene, []).append(seen)
    found: list[tuple[str, str]] = []
    for symbol, mine in variants.items():
        gene = genes.get(symbol)
        placed = [v for v in mine if gene and 0 < _place(v) <= gene.length]
        if gene and any(v.label in matched for v in placed) and len(found) < MOST_GENES:
            picture = _draw(f"protein-{len(found) + 1}", gene, placed, matched)
            found.append((picture, _caption(gene)))
    return tuple(found)


def _place(variant: SmallVariant) -> float:
    return (variant.first + (variant.last or variant.first)) / 2


def _shape(variant: SmallVariant) -> str:
    return _SHAPES.get(variant.consequence, "circle")


def _draw(key: str, gene: Gene, variants: Sequence[SmallVariant], matched: frozenset[str]) -> str:
    shown = sorted((v for v in variants if v.label in matched), key=_place)[:MOST_FLAGS]
    others = [v for v in variants if v not in shown]
    flags = [
        Flag(_place(v) / gene.length, v.protein or v.coding, percent(v.vaf), _shape(v))
        for v in shown
    ]
    end = axis_end(flags)
    scale = (end - LEFT) / gene.length
    heights = levels([LEFT + f.place * (end - LEFT) for f in flags], [f.width for f in flags])
    ground = height_of(heights) - 8
    top = ground + 22
    return figure(
        key,
        f"{gene.symbol} protein, {gene.length} residues",
        _description(gene, shown, others),
        top + _BAR + 34,
        *_protein(gene, top, scale),
        *_exons(gene, top + _BAR + 5, scale, [_place(v) for v in shown]),
        *_others(others, top, scale),
        *draw_flags(flags, end, ground),
    )


def _protein(gene: Gene, top: float, scale: float) -> Iterator[str]:
    whole = gene.length * scale
    yield element("rect", x=LEFT, y=top + 4, width=whole, height=_BAR - 8, rx=3, class_="protein")
    for number, (name, (first, last)) in enumerate(gene.domains.items()):
        x, width = LEFT + (first - 1) * scale, (last - first + 1) * scale
        style = f"domain d{number % 3 + 1}"
        yield element("rect", x=x, y=top, width=width, height=_BAR, rx=3, class_=style)
        if text_width(name) + 4 <= width:
            middle = x + width / 2
            yield element(
                "text",
                words(name),
                x=middle,
                y=top + 13,
                text_anchor="middle",
                class_="domain-name",
            )
    y = top + _BAR + 29
    yield element("text", "1", x=LEFT, y=y, class_="axis")
    end = str(gene.length)
    yield element("text", end, x=LEFT + whole, y=y, text_anchor="end", class_="axis")


def _exons(gene: Gene, top: float, scale: float, hit: Sequence[float]) -> Iterator[str]:
    """A strip of exons; those that carry a labelled change are named."""
    struck: list[tuple[str, float]] = []
    for number, (name, (first, last)) in enumerate(gene.exons.items()):
        x, width = LEFT + (first - 1) * scale, (last - first + 1) * scale
        style = f"exon e{number % 2 + 1}"
        if any(first <= place <= last for place in hit):
            struck.append((name, x + width / 2))
            style = "exon hit"
        yield element("rect", x=x, y=top, width=max(width - 0.4, 0.4), height=5, class_=style)
    for names, x in _neighbours(struck):
        label = f"exon{'s' if len(names) > 1 else ''} {', '.join(names)}"
        yield element("text", words(label), x=x, y=top + 15, text_anchor="middle", class_="axis")


def _neighbours(struck: Sequence[tuple[str, float]]) -> Iterator[tuple[list[str], float]]:
    """Exons whose names would touch, named together in their middle."""
    groups: list[list[tuple[str, float]]] = []
    for name, x in struck:
        if groups and x - groups[-1][-1][1] < 75:
            groups[-1].append((name, x))
        else:
            groups.append([(name, x)])
    for group in groups:
        yield [name for name, _ in group], max(sum(x for _, x in group) / len(group), LEFT + 24)


def _others(variants: Sequence[SmallVariant], top: float, scale: float) -> Iterator[str]:
    for variant in variants:
        x = LEFT + _place(variant) * scale
        yield element("line", x1=x, x2=x, y1=top - 7, y2=top, class_="pole")
        yield head(_shape(variant), x, top - 8, 3, "other")


def _description(gene: Gene, shown: Sequence[SmallVariant], others: Sequence[SmallVariant]) -> str:
    places = []
    for variant in shown:
        where = [f"exon {n}" for n, (a, b) in gene.exons.items() if a <= _place(variant) <= b][:1]
        where += [f"{n} domain" for n, (a, b) in gene.domains.items() if a <= _place(variant) <= b]
        vaf = f"allele fraction {percent(variant.vaf)}" if variant.vaf is not None else ""
        told = ", ".join(filter(None, (*where, vaf)))
        places.append(f"{variant.protein or variant.coding}{f' ({told})' if told else ''}")
    rest = f" {counted(len(others), 'other small variant')} of this gene." if others else ""
    return f"Changes that the plan rests on: {'; '.join(places)}.{rest}"


def _caption(gene: Gene) -> str:
    domains = ", ".join(f"{name} {first}–{last}" for name, (first, last) in gene.domains.items())
    return f"{gene.symbol}, {gene.length} residues{f': {domains}' if domains else ''}"
