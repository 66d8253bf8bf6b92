"""In situ hybridisation in ISCN: ``nuc ish(TP53x1,D17Z1x2)[70/200]``, ``ish t(15;17)(PML+)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onkos.model import Vocabulary
from onkos.sources.patient.iscn_text import pieces

_BEGINS = re.compile(r"^[\s.]*(?:nuc\s*)?ish\b", re.IGNORECASE)
_SECTION = re.compile(r"[\s.]*\b(nuc\s*)?ish\b\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)\s*(?:x\s*(\d+))?")
_JOINED = re.compile(
    r"^(?:[53]'\s*)?(\w+)\s+(con|sep)\s+(?:[53]'\s*)?(\w+?)\s*(?:x\s*(\d+))?$", re.IGNORECASE
)
_SIGNALS = re.compile(r"^(?:[53]'\s*)?([A-Za-z][\w-]*?)\s*(?:x\s*(\d+)(?:\s*[~-]\s*(\d+))?)?$")
_METAPHASE = re.compile(r"^((?:t|del|inv|ins|dup|der|i|idic|add)\([^()]*\)(?:\([pq][^()]*\))?)")
_BETWEEN = re.compile(r"[\s,;.]+|\[[\d/]*\]|(?:\d{1,2}|[XY])[pq][\d.]*|[+-]|cen")
_PRIMES = str.maketrans({"’": "'", "′": "'", "‘": "'", "–": "-", "—": "-", "×": "x"})


@dataclass(slots=True)
class InSitu:
    """What hybridisation told.

    Attributes
    ----------
    said : dict of str to bool
        Statements in words, such as ``del(17p)`` or ``BCR::ABL1 fusion``, and whether found.
    unread : list of str
        Parts that were not understood.
    """

    vocabulary: Vocabulary
    said: dict[str, bool] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def say(self, words: str, present: bool) -> None:
        """Take in one statement; found in one clone is found, and absent only what has a name."""
        key = words.casefold().replace(" ", "")
        if present or key in self.vocabulary.karyotype_by_name:
            self.said[words] = self.said.get(words, False) or present

    def say_fused(self, one: str, other: str, present: bool) -> None:
        """Two genes joined, by the word for their translocation or in the order of their name."""
        pair = {one, other}
        known = (w.name for w in self.vocabulary.karyotypes if {w.five, w.three} == pair)
        first, second = sorted((one, other), key="IGH".__ne__) if "IGH" in pair else (one, other)
        self.say(next(known, f"{first}::{second} fusion"), present)


def is_in_situ(text: str) -> bool:
    """Whether a text is a result of in situ hybridisation as ISCN writes it.

    >>> is_in_situ("nuc ish(CEP8x3)[20/200]"), is_in_situ("ISH positive for EBV")
    (True, False)
    """
    return bool(_BEGINS.match(text)) and ("nuc" in text.casefold() or "(" in text)


def in_situ(text: str, vocabulary: Vocabulary) -> InSitu:
    """Copies, fusions and rearrangements by their probes.

    The number of signals speaks of a chromosome for the vocabulary's ``probes``: one of an arm is
    its deletion, one of the centromere too its monosomy; three of a centromere are a trisomy.
    ``con`` joins a fusion, ``sep`` parts a rearranged gene. Two signals exclude a loss and no more.

    Examples
    --------
    >>> words = Vocabulary(facts={"probes": ("TP53 17p", "D17Z1 17cen")})
    >>> in_situ("nuc ish(TP53x1,D17Z1x2)[70/200]", words).said
    {'del(17p)': True}
    """
    found = InSitu(vocabulary)
    probes = dict(entry.split(" ") for entry in vocabulary.facts.get("probes", ()))
    whole = text.translate(_PRIMES)
    marks = list(_SECTION.finditer(whole))
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(whole)], strict=True):
        body = whole[mark.end() : end]
        for clone in pieces(body, "/"):
            _nuclei(clone, probes, found) if mark.group(1) else _metaphases(clone, found)
    return found


def _metaphases(text: str, found: InSitu) -> None:
    """``t(15;17)(PML+;RARA+)``: the abnormality counts, signals beside it show how it was seen."""
    named = _METAPHASE.match(text.strip())
    if named:
        found.say(named.group(1), True)
    elif text.strip(" .,;"):
        found.unread.append(f"ish {text.strip()}")


def _nuclei(text: str, probes: dict[str, str], found: InSitu) -> None:
    """One clone: its probes with their signals, and what joins or parts them."""
    signals: dict[str, int] = {}
    joined: set[str] = set()
    for bracket in _BRACKETS.finditer(text):
        for part in re.split(r"[,;]", bracket.group(1)):
            _part(part.strip(), bracket.group(2), signals, joined, found)
    rest = _BETWEEN.sub("", _BRACKETS.sub("", text))
    if rest or not (signals or joined):
        found.unread.append(f"nuc ish {text.strip()}")
    _copies({p: n for p, n in signals.items() if p not in joined}, probes, found)


def _part(
    part: str, each: str | None, signals: dict[str, int], joined: set[str], found: InSitu
) -> None:
    relation, counted = _JOINED.match(part), _SIGNALS.match(part)
    if relation:
        one, how, other, number = relation.groups()
        joined |= {one, other}
        if how.casefold() == "con" and one != other:
            found.say_fused(one, other, number != "0")
        elif how.casefold() == "sep" and one == other:
            found.say(f"{one} rearrangement", number != "0")
    elif counted and (counted.group(2) or each):
        signals[counted.group(1)] = int(counted.group(3) or counted.group(2) or each or 0)
    else:
        found.unread.append(f"nuc ish {part}")


def _copies(signals: dict[str, int], probes: dict[str, str], found: InSitu) -> None:
    """Losses and gains by chromosome."""
    places: dict[str, dict[str, list[int]]] = {}
    for probe, number in signals.items():
        place = probes.get(probe, "")
        where = re.match(r"(\d+|[XY])(cen|[pq]\d*)$", place)
        if where:
            arms = places.setdefault(where.group(1), {})
            arms.setdefault(where.group(2), []).append(number)
        elif place:
            found.say(f"{place} fusion", number < 2)
        elif number != 2:
            found.unread.append(f"nuc ish {probe}x{number}")
    for chromosome, numbers in places.items():
        for words, present in _of_chromosome(chromosome, numbers):
            found.say(words, present)


def _of_chromosome(chromosome: str, numbers: dict[str, list[int]]) -> Iterator[tuple[str, bool]]:
    """Words for one chromosome; both of its arms, or its centromere, tell of the whole."""
    every = [number for several in numbers.values() for number in several]
    whole = "cen" in numbers or len({arm[0] for arm in numbers}) > 1
    lost, gained = whole and max(every) < 2, whole and min(every) > 2
    for arm, several in numbers.items():
        if arm == "cen":
            continue
        yield f"del({chromosome}{arm})", min(several) < 2 and not lost
        if max(several) > 2 and not gained:
            more = "gain" if max(several) == 3 else "amp"
            yield f"{more}({chromosome}{arm})", True
    if whole:
        yield f"monosomy {chromosome}", lost
        yield f"trisomy {chromosome}", gained
