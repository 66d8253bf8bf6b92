"""The spectrum of substitutions: 96 small bars in six colours."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Dossier, Spectrum
from onkos.model.signature import SBS96
from onkos.report.svg import WIDTH, element, figure, words

LEFT, RIGHT = 28.0, 4.0
_STEP = (WIDTH - LEFT - RIGHT) / len(SBS96)
_CHANGES = tuple(dict.fromkeys(channel[2:5] for channel in SBS96))
_BLOCK = len(SBS96) // len(_CHANGES) * _STEP
_TOP, _HIGH = 24.0, 90.0
_NAMED = 3  # channels named in the description


def spectra(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each spectrum of substitutions that counts anything."""
    found: list[tuple[str, str]] = []
    for spectrum in dossier.case.spectra:
        if spectrum.kind == "SBS96" and any(map(spectrum.counts.get, SBS96)):
            found.append((_draw(f"spectrum-{len(found) + 1}", spectrum), _caption(spectrum)))
    return tuple(found)


def _caption(spectrum: Spectrum) -> str:
    whose = f" in {spectrum.sample}" if spectrum.sample else ""
    where = f" of the {spectrum.territory}" if spectrum.territory else ""
    return (
        f"{spectrum.total:g} substitutions{where}{whose}; each change ordered by the base before "
        "it, then by the base after"
    )


def _draw(key: str, spectrum: Spectrum) -> str:
    most = max(spectrum.counts.get(channel, 0.0) for channel in SBS96)
    base = _TOP + _HIGH
    return figure(
        key,
        "Spectrum of substitutions in 96 channels",
        _told(spectrum),
        base + 8,
        *_heads(),
        *_grid(most),
        *_bars(spectrum, most),
        element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=base, y2=base, class_="axis-tick"),
    )


def _heads() -> Iterator[str]:
    """The six changes, each over its own channels."""
    for number, change in enumerate(_CHANGES):
        x = LEFT + number * _BLOCK
        style = f"s{number + 1}"
        middle = x + _BLOCK / 2
        yield element("text", words(change), x=middle, y=11, text_anchor="middle", class_="name")
        yield element("rect", x=x + 1, y=15, width=_BLOCK - 2, height=4, class_=style)


def _grid(most: float) -> Iterator[str]:
    for level in (0.0, most / 2, most):
        y = _TOP + _HIGH * (1 - level / most)
        if level:
            yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid")
        label = words(f"{level:.3g}")
        yield element("text", label, x=LEFT - 3, y=y + 3, text_anchor="end", class_="axis")


def _bars(spectrum: Spectrum, most: float) -> Iterator[str]:
    for number, channel in enumerate(SBS96):
        high = spectrum.counts.get(channel, 0.0) / most * _HIGH
        if high:
            style = f"s{_CHANGES.index(channel[2:5]) + 1}"
            x, y = LEFT + number * _STEP + 0.5, _TOP + _HIGH - high
            yield element("rect", x=x, y=y, width=_STEP - 1, height=high, class_=style)


def _told(spectrum: Spectrum) -> str:
    counts = {channel: spectrum.counts.get(channel, 0.0) for channel in SBS96}
    total = sum(counts.values())
    by_change = (
        f"{change} {sum(n for c, n in counts.items() if c[2:5] == change) / total:.0%}"
        for change in _CHANGES
    )
    first = sorted((c for c in SBS96 if counts[c]), key=lambda c: -counts[c])[:_NAMED]
    return f"{', '.join(by_change)}. Most often {', '.join(f'{c} {counts[c]:g}' for c in first)}."
