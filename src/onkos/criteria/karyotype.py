"""What a karyotype shows: which words of the vocabulary hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onkos.criteria.karyotype_seen import Seen, band_number, count, places, seen, whole_arms
from onkos.model import Answer
from onkos.model.karyotype import MARKERS, Abnormality, Clone, Karyogram
from onkos.model.vocabulary import Karyotype

YES, NO, MAYBE = Answer.MET, Answer.UNMET, Answer.UNKNOWN
_PATTERN = re.compile(r"([a-z]+)\(([^()]*)\)(?:\(([^()]*)\))?")
_WHOLE = re.compile(r"([+-])(\d{1,2}|[XY])")
_UNBALANCED = frozenset({"del", "add", "dup", "i", "idic", "trp", "hsr", "der"})
_ANYWHERE = frozenset({"der", "add", "dic", "r", "trc"})  # may break in any arm of theirs
_AUTOSOMES = frozenset(str(n) for n in range(1, 23))
_SETS = 2  # of chromosomes in a normal cell
_NEAR = 1  # bands apart that two laboratories may call one breakpoint


@dataclass(frozen=True, slots=True)
class Pattern:
    """One written form of a rearrangement: symbol, chromosomes, breakpoints."""

    kind: str
    chromosomes: tuple[str, ...]
    bands: tuple[str, ...]


@lru_cache(maxsize=2048)
def pattern(text: str) -> Pattern | None:
    """A rearrangement as written in the vocabulary, or None for other words.

    >>> pattern("t(8;21)(q22;q22.1)").bands
    ('q22', 'q22.1')
    """
    found = _PATTERN.fullmatch(text.replace(" ", ""))
    if not found:
        return None
    kind, chromosomes, bands = found.groups()
    names = tuple(chromosomes.upper().split(";"))
    if kind == "i" and names[0][-1:] in {"P", "Q"}:  # i(17q) is i(17)(q10)
        return Pattern("i", (names[0][:-1],), (f"{names[0][-1].lower()}10",))
    if names[0][:1] == "V" or not all(n in _AUTOSOMES | {"X", "Y"} for n in names):
        return None
    return Pattern(kind, names, tuple(bands.split(";")) if bands else ())


def shows(word: Karyotype, found: Seen, words: Mapping[str, Karyotype]) -> Answer:
    """Whether a karyotype shows what a word means; unknown where it may.

    Parameters
    ----------
    words : mapping of str to Karyotype
        By name, for words that exclude others.
    """
    answer = _shows(word, found, words)
    return MAYBE if answer is NO and found.partial and not word.normal else answer


def _shows(word: Karyotype, found: Seen, words: Mapping[str, Karyotype]) -> Answer:
    if not _recognisable(word):
        return MAYBE
    if word.normal:
        return NO if found.clonal else MAYBE if found.partial or _aneuploid(found) else YES
    if word.modal:
        return _modal(word.modal, found)
    if word.abnormalities:
        return _complex(word, found, words)
    if word.monosomies:
        return _monosomal(word, found, words)
    if any(_shows(words[n], found, words) is YES for n in word.without if n in words):
        return NO
    one = max((_one(word, a, found) for a in found.clonal), default=NO)
    hint = max((_one(word, a, found) for a in found.single), default=NO)
    return max(one, min(hint, MAYBE))


def _aneuploid(found: Seen) -> bool:
    """Whole sets of chromosomes too many or too few, which no single change tells."""
    return any(clone.ploidy != _SETS for clone in found.clones)


def _modal(bounds: tuple[int, int], found: Seen) -> Answer:
    """Whether a clone's number of chromosomes lies within bounds."""
    low, high = bounds
    inside = [low <= c.chromosomes[0] and c.chromosomes[1] <= high for c in found.clones]
    touching = [low <= c.chromosomes[1] and c.chromosomes[0] <= high for c in found.clones]
    return YES if any(inside) and found.clonal else MAYBE if any(touching) else NO


def _recognisable(word: Karyotype) -> bool:
    """Whether a karyotype can show a word at all: a class in words alone it cannot."""
    by_rule = word.normal or word.modal or word.abnormalities or word.monosomies
    by_place = word.broken or word.lost or word.gained
    names = (word.name, *word.aliases)
    by_form = any(pattern(name) or _WHOLE.fullmatch(name) for name in names)
    return bool(by_rule or by_place or by_form)


def _one(word: Karyotype, one: Abnormality, found: Seen | None = None) -> Answer:
    """Whether one abnormality is what a word means; a queried one only may be."""
    if one.numerical:
        return _whole(word, one, found)
    gained = found.gained if found else frozenset()
    answers = [_same(word, part) for part in one.whole]
    if word.broken:
        answers.append(_broken(word, one, gained))
    if word.lost:
        answers.append(_lost(word.lost, one, gained))
    if word.gained:
        answers.append(_gained(word.gained, one, gained))
    queried = one.uncertain and not any("?" in part.chromosomes for part in one.whole)
    return min(max(answers), MAYBE if queried else YES)


def _whole(word: Karyotype, one: Abnormality, found: Seen | None) -> Answer:
    name = f"{one.sign}{one.chromosomes[0]}"
    if any(name == alias for alias in word.aliases if _WHOLE.fullmatch(alias)):
        return MAYBE if one.uncertain else YES
    arm = word.lost if one.sign == "-" else word.gained
    if not arm or arm[:-1] != one.chromosomes[0]:
        return NO
    return YES if word.by_whole and not one.uncertain and not _hides(found) else MAYBE


def _hides(found: Seen | None) -> bool:
    """Whether material of a chromosome that is missing may lie in a marker or another change."""
    hiding = MARKERS | {"add", "der", "dic", "ins"}
    return found is None or found.partial or any(a.kind in hiding for a in found.structural)


def _arm_lost(arm: str, one: Abnormality, gained: Container[str]) -> bool | None:
    """Whether a derivative of two whole arms lost this arm; None where it does not speak of it."""
    kept = whole_arms(one).get(arm[:-1])
    if kept is None or one.sign:
        return None
    return kept != arm[-1] and arm[:-1] not in gained


def _same(word: Karyotype, one: Abnormality) -> Answer:
    """A rearrangement by its chromosomes and, where both sides give them, its breakpoints."""
    forms = [p for p in map(pattern, (word.name, *word.aliases)) if p]
    alike = [p for p in forms if _alike(p, one)]
    if not alike:
        return NO
    banded = [p for p in alike if p.bands]
    if not banded or not any(one.bands):
        return MAYBE if one.uncertain and "?" in one.chromosomes else YES
    placed = max(_bands(p, one) for p in banded)
    return placed


def _alike(form: Pattern, one: Abnormality) -> bool:
    """The same symbol on the same chromosomes; a three-way translocation includes the two."""
    if form.kind == "t" and one.kind == "t" and len(form.chromosomes) == 2:
        wanted = Counter(form.chromosomes)
        return not wanted - Counter(one.chromosomes)
    if form.kind == "idic" and one.kind in {"idic", "i"}:
        return form.chromosomes == one.chromosomes
    return form.kind == one.kind and form.chromosomes == one.chromosomes


def _bands(form: Pattern, one: Abnormality) -> Answer:
    """Every breakpoint within one band of the form's; farther off on the same arm may be it."""
    theirs = dict(zip(one.chromosomes, one.bands, strict=False))
    if len(set(form.chromosomes)) < len(form.chromosomes):
        pairs = list(zip(form.bands, one.bands, strict=False))
    else:
        pairs = [(b, theirs.get(c, "")) for c, b in zip(form.chromosomes, form.bands, strict=False)]
    return min((_near(mine, other) for mine, other in pairs), default=YES)


def _near(mine: str, other: str) -> Answer:
    ours, given = places(mine), places(other)
    if not given or len(ours) != len(given) or "?" in other:
        return MAYBE
    pairs = list(zip(ours, given, strict=True))
    if any(a[0] != b[0] for a, b in pairs):
        return NO
    return YES if all(abs(a[1] - b[1]) <= _NEAR for a, b in pairs) else MAYBE


def _broken(word: Karyotype, one: Abnormality, gained: Container[str]) -> Answer:
    chromosome, arm, band = _place_of(word.broken)
    if not band and _arm_lost(word.broken, one, gained):
        return YES
    for part in one.whole:
        if word.balanced and part.kind in _UNBALANCED:
            continue
        for on, text in part.own_breaks():
            if on == chromosome and text[:1] == arm and (not band or band_number(text) == band):
                return YES
    isochromosome = one.kind in {"i", "idic", "ider"} and one.chromosomes[:1] == (chromosome,)
    if isochromosome and not band:
        return YES
    return MAYBE if _unplaced(chromosome, one) and not band and one.kind in _ANYWHERE else NO


def _place_of(text: str) -> tuple[str, str, int]:
    """``"11q23"`` to ``("11", "q", 23)``."""
    at = max(text.find("p"), text.find("q"))
    return text[:at], text[at], int(text[at + 1 :] or 0)


def _lost(arm: str, one: Abnormality, gained: Container[str]) -> Answer:
    """Loss of an arm's material: a deletion or an isochromosome of the other arm shows it.

    So does a derivative of whole arms that kept the other one. A derivative, an addition, a ring
    or a dicentric that breaks in the arm, or of which no break is told, may have lost it.
    """
    chromosome, side = arm[:-1], arm[-1]
    lost = _arm_lost(arm, one, gained)
    if lost is not None:
        return YES if lost else NO
    for part in one.whole:
        if chromosome not in part.chromosomes:
            continue
        sides = {band[:1] for on, band in part.breaks() if on == chromosome}
        if part.kind == "del" and side in sides:
            return MAYBE if part.uncertain and not sides else YES
        if part.kind in {"i", "idic", "ider"} and sides and part.chromosomes == (chromosome,):
            centric = all(band_number(b) <= 11 for _, b in part.breaks())
            return YES if sides != {side} and centric else MAYBE
    broken = any(on == chromosome and band[:1] == side for on, band in one.breaks())
    return MAYBE if (broken or _unplaced(chromosome, one)) and one.kind in _ANYWHERE else NO


def _unplaced(chromosome: str, one: Abnormality) -> bool:
    """Whether a chromosome takes part and no break in it is told."""
    named = any(chromosome in part.chromosomes for part in one.whole)
    return named and all(on != chromosome for on, _ in one.breaks())


def _gained(arm: str, one: Abnormality, gained: Container[str]) -> Answer:
    chromosome, side = arm[:-1], arm[-1]
    if whole_arms(one).get(chromosome) == side and (chromosome in gained or one.sign == "+"):
        return YES
    sides = {band[:1] for on, band in one.breaks() if on == chromosome}
    if side not in sides:
        return NO
    if one.kind in {"dup", "trp"} or (one.kind in {"i", "idic"} and sides == {side}):
        return YES
    return MAYBE if one.kind == "der" or one.sign == "+" else NO


def _complex(word: Karyotype, found: Seen, words: Mapping[str, Karyotype]) -> Answer:
    """Enough abnormalities, none of the words that define another class beside them."""
    if _hyperdiploid(word, found):
        return NO
    least, most = count(found)
    enough = YES if least >= word.abnormalities else MAYBE if most >= word.abnormalities else NO
    return min(enough, _none_of(word.without, found, words))


def _none_of(names: tuple[str, ...], found: Seen, words: Mapping[str, Karyotype]) -> Answer:
    """Whether none of these words holds."""
    shown = max((_shows(words[n], found, words) for n in names if n in words), default=NO)
    return Answer(Answer.MET - shown)


def _hyperdiploid(word: Karyotype, found: Seen) -> bool:
    """More chromosomes than normal by gains alone, of enough different ones."""
    gained = [a.chromosomes[0] for a in found.clonal if a.numerical and a.sign == "+"]
    lost = sum(a.numerical and a.sign == "-" for a in found.clonal)
    exempt = word.trisomies_exempt and len(set(gained)) >= word.trisomies_exempt
    return bool(exempt) and len(gained) > lost and not found.structural and not found.partial


def _monosomal(word: Karyotype, found: Seen, words: Mapping[str, Karyotype]) -> Answer:
    """Two autosomal monosomies in a clone, or one with a structural change."""
    held = max((_monosomal_clone(word, clone, found) for clone in found.clones), default=NO)
    return min(held, _none_of(word.without, found, words))


def _monosomal_clone(word: Karyotype, clone: Clone, found: Seen) -> Answer:
    held = [a for a in clone.abnormalities if not a.constitutional and a.text in found.spellings]
    lost = {a.chromosomes[0] for a in held if a.numerical and a.sign == "-"} & _AUTOSOMES
    structural = any(not a.numerical for a in held)
    if clone.ploidy != 2:  # against three sets or more, one missing chromosome leaves two
        return NO
    enough = len(lost) >= word.monosomies
    with_structure = len(lost) >= word.monosomies_with_structure and structural
    return YES if enough or with_structure else NO


def words_shown(
    karyogram: Karyogram, words: tuple[Karyotype, ...], limits: Mapping[str, float]
) -> dict[str, Answer]:
    """The answer for every word of the vocabulary."""
    found = seen(karyogram, limits)
    by_name = {word.name: word for word in words}
    return {word.name: shows(word, found, by_name) for word in words}


def words_of(one: Abnormality, words: tuple[Karyotype, ...]) -> Iterator[Karyotype]:
    """Words that a single abnormality is, the most telling first."""
    found = [word for word in words if _one(word, one) is YES]
    yield from sorted(found, key=_vagueness)


def _vagueness(word: Karyotype) -> tuple[bool, int]:
    """A rearrangement by name first, then a band, then an arm."""
    place = word.broken or word.lost or word.gained
    return bool(place), -len(place)
