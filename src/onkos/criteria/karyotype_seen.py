"""The clonal abnormalities of a karyotype, each once, and how many they are.

Clonal is what the number of cells shows to be so (ISCN): the least numbers stand in
``knowledge/limits.toml``. What is there in fewer cells is neither counted nor ruled out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass

from onkos.model.karyotype import MARKERS, Abnormality, Clone, Karyogram

_NUMBER = re.compile(r"\d+")
_CENTROMERE = 10  # p10 and q10
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """The clonal abnormalities of a karyotype, each once, and those of too few cells.

    Attributes
    ----------
    spellings : frozenset of str
        Every text by which a clonal abnormality stands in some clone.
    """

    clonal: tuple[Abnormality, ...]
    single: tuple[Abnormality, ...]
    clones: tuple[Clone, ...]
    partial: bool
    spellings: frozenset[str]

    @property
    def structural(self) -> tuple[Abnormality, ...]:
        """Clonal changes of structure, markers and rings among them."""
        return tuple(a for a in self.clonal if not a.numerical)

    @property
    def gained(self) -> frozenset[str]:
        """Chromosomes of which a whole one was gained."""
        return frozenset(a.chromosomes[0] for a in self.clonal if a.numerical and a.sign == "+")


def seen(karyogram: Karyogram, limits: Mapping[str, float]) -> Seen:
    """Abnormalities over all clones, clonal ones apart; constitutional ones are left out."""
    most: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    uncounted: set[str] = set()
    table: dict[str, Abnormality] = {}
    known_as: dict[str, str] = {}
    for clone in karyogram.clones:
        groups = _by_text(clone)
        for text, group in groups.items():
            key = known_as.setdefault(text, _known(group[0], table, groups))
            table.setdefault(key, group[0])
            most[key] = max(most[key], len(group))
            in_clone = group[0].cells or clone.cells
            cells[key] += in_clone or 0
            if in_clone is None or (clone.composite and group[0].cells is None):
                uncounted.add(key)
    clonal: list[Abnormality] = []
    single: list[Abnormality] = []
    for key, one in table.items():
        enough = key in uncounted or cells[key] >= least_cells(one, limits)
        (clonal if enough else single).extend([one] * most[key])
    kept = {one.text for one in clonal}
    spellings = frozenset(text for text, key in known_as.items() if key in kept)
    return Seen(tuple(clonal), tuple(single), karyogram.clones, karyogram.partial, spellings)


def _known(one: Abnormality, table: Mapping[str, Abnormality], beside: Container[str]) -> str:
    """The text by which a change already stands in an earlier clone; else its own."""
    alike = [k for k, known in table.items() if k not in beside and _same_change(known, one)]
    return alike[0] if len(alike) == 1 and one.text not in table else one.text


def _same_change(one: Abnormality, other: Abnormality) -> bool:
    """The same rearrangement, its bands left out or told more or less finely."""
    if one.numerical or not one.chromosomes or "?" in one.chromosomes:
        return False
    named = (one.kind, one.sign, one.chromosomes, len(one.parts))
    if named != (other.kind, other.sign, other.chromosomes, len(other.parts)):
        return False
    where = [[places(band) for band in change.bands] for change in (one, other)]
    bare = not any(one.bands) or not any(other.bands)
    pairs = zip(one.parts, other.parts, strict=True)
    return (bare or where[0] == where[1]) and all(_same_change(a, b) for a, b in pairs)


def least_cells(one: Abnormality, limits: Mapping[str, float]) -> float:
    """Cells in which a change must be seen to be clonal."""
    loss = one.numerical and one.sign == "-"
    return limits.get("clonal_loss_cells" if loss else "clonal_gain_cells", 0)


def _by_text(clone: Clone) -> dict[str, list[Abnormality]]:
    found: dict[str, list[Abnormality]] = {}
    for one in clone.abnormalities:
        if not one.constitutional:
            found.setdefault(one.text, []).extend([one] * _times(one))
    return found


def _times(one: Abnormality) -> int:
    """How often one entry counts; of markers, each extra one is a change of its own."""
    return 1 if one.kind in {"dmin", "ace", "min"} else max(1, one.copies[0])


def count(found: Seen) -> tuple[int, int]:
    """Least and most number of clonal abnormalities; a partial karyotype has no upper bound.

    Each numerical change and each rearrangement counts one, whatever the chromosomes in it;
    ``+1,der(1;7)(q10;p10)`` is one change, so written for its balance.
    """
    extra = sum(a.copies[1] - a.copies[0] for a in found.clonal if a.kind in MARKERS)
    least = len(found.clonal) - len(_balancing(found))
    return least, least + extra + (1000 if found.partial else 0)


def _balancing(found: Seen) -> set[str]:
    """Chromosomes gained only to stand beside a derivative of two whole arms."""
    arms = {c for a in found.clonal if whole_arms(a) and not a.sign for c in a.chromosomes}
    return arms & found.gained


def whole_arms(one: Abnormality) -> dict[str, str]:
    """Of a derivative of two whole arms, ``der(5;17)(p10;q10)``: the arm kept of each."""
    if one.kind not in {"der", "dic", "rob"} or len(one.chromosomes) != _PAIR:
        return {}
    kept = {c: band[:1] for c, band in one.own_breaks() if band_number(band) == _CENTROMERE}
    return kept if len(kept) == len(one.chromosomes) else {}


def places(text: str) -> list[tuple[str, int]]:
    """``"p13.1q22"`` to ``[("p", 13), ("q", 22)]``; a breakpoint without number is left out."""
    return [(m[0], int(m[1])) for m in re.findall(r"([pq])(\d+)", text)]


def band_number(band: str) -> int:
    digits = _NUMBER.search(band)
    return int(digits.group()) if digits else 0
