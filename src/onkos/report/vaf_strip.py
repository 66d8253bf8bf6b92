"""All allele fractions of a sample on one strip, those that the plan rests on labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import Alteration, Dossier
from onkos.report.flags import LEFT, Flag, axis_end, draw_flags, height_of, levels
from onkos.report.phrases import counted, percent
from onkos.report.svg import element, figure, words

MOST_FLAGS = 14
_SCALES = ((0.1, 5), (0.2, 4), (0.5, 5), (1.0, 4))  # where the axis ends, and its parts


def vaf_strips(dossier: Dossier, matched: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each sample with at least two allele fractions."""
    by_sample: dict[str, list[Alteration]] = {}
    for seen in dossier.case.alterations:
        if seen.vaf is not None:
            by_sample.setdefault(seen.sample, []).append(seen)
    materials = {sample.id: sample.material for sample in dossier.case.samples}
    found = []
    for number, (sample, mine) in enumerate(by_sample.items(), start=1):
        if len(mine) > 1:
            name = " ".join(filter(None, (sample, materials.get(sample, ""))))
            found.append((_draw(f"vaf-{number}", name, mine, matched), _caption(name, mine)))
    return tuple(found)


def _caption(name: str, seen: Sequence[Alteration]) -> str:
    whose = f" in {name}" if name else ""
    return f"Allele fractions of {counted(len(seen), 'change')}{whose}"


def _draw(key: str, name: str, seen: Sequence[Alteration], matched: frozenset[str]) -> str:
    most = max(_vaf(a) for a in seen)
    top_value = next(end for end, _ in _SCALES if most <= end)
    chosen = sorted((a for a in seen if a.label in matched), key=_vaf)[-MOST_FLAGS:]
    flags = [Flag(_vaf(a) / top_value, a.label, percent(a.vaf)) for a in chosen]
    end = axis_end(flags)
    heights = levels([LEFT + f.place * (end - LEFT) for f in flags], [f.width for f in flags])
    ground = height_of(heights) - 8
    base = ground + 22
    labelled = "; ".join(f"{a.label} {percent(a.vaf)}" for a in reversed(chosen))
    return figure(
        key,
        _caption(name, seen),
        f"From {percent(min(_vaf(a) for a in seen))} to {percent(most)}."
        + (f" Those that the plan rests on: {labelled}." if labelled else ""),
        base + 36,
        *_axis(base, end, top_value),
        *_rug(seen, base, end, top_value),
        *draw_flags(flags, end, ground),
    )


def _vaf(seen: Alteration) -> float:
    return seen.vaf if seen.vaf is not None else 0.0


def _rug(seen: Sequence[Alteration], base: float, end: float, top_value: float) -> Iterator[str]:
    for alteration in sorted(seen, key=_vaf):
        x = LEFT + _vaf(alteration) / top_value * (end - LEFT)
        yield element("line", x1=x, x2=x, y1=base, y2=base + 14, class_="tick")


def _axis(base: float, end: float, top_value: float) -> Iterator[str]:
    yield element("rect", x=LEFT, y=base, width=end - LEFT, height=14, class_="strip")
    parts = dict(_SCALES)[top_value]
    for part in range(parts + 1):
        x = LEFT + part / parts * (end - LEFT)
        anchor = {0: "start", parts: "end"}.get(part, "middle")
        yield element("line", x1=x, x2=x, y1=base + 14, y2=base + 18, class_="axis-tick")
        label = words(f"{100 * top_value * part / parts:g}%")
        yield element("text", label, x=x, y=base + 30, text_anchor=anchor, class_="axis")
