"""What a row of another source states, whichever the source, and the claims that it makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from onkos.criteria import parse
from onkos.model import Claim, Criterion, Effect, Study, Vocabulary
from onkos.model.criterion import And
from onkos.sources.knowledge.maps import DiseaseTerm, DrugMap, Medicine, class_name
from onkos.sources.patient.tables import Rejected

PLACED = {
    "exact": "the same here",
    "narrower": "fewer diseases here",
    "broader": "no node of its own here",
    "syndrome": "a syndrome",
    "not a tumour": "not a tumour",
}


class Regimen(NamedTuple):
    """Drugs given together, what belongs to their names, and the end of the claim's id."""

    drugs: tuple[str, ...] = ()
    setting: Criterion | None = None
    suffix: str = ""


class Statement(NamedTuple):
    """One marker, in these diseases, and what it means for these regimens.

    Attributes
    ----------
    id : str
        Of the source: ``"moa:12"``.
    words : str
        The source's own words of the marker, which the note keeps.
    when : Criterion
        No broader than the words.
    """

    id: str
    source: str
    words: str
    when: Criterion
    effect: Effect
    terms: tuple[DiseaseTerm, ...]
    regimens: tuple[Regimen, ...]
    studies: tuple[Study, ...]
    setting: Criterion | None = None
    note: str = ""


def claims_of(stated: Statement, vocabulary: Vocabulary) -> Iterator[Claim]:
    """One claim for each regimen and each group of diseases that asks for the same."""
    groups = _grouped(stated.terms)
    for regimen in stated.regimens:
        for number, group in enumerate(groups):
            place = f"/{'+'.join(group[0].oncotree)}" if number else ""
            asked = group[0].criterion(vocabulary)
            yield Claim(
                id=f"{stated.id}{regimen.suffix}{place}",
                when=both(stated.when, asked) or stated.when,
                disease=tuple(dict.fromkeys(code for term in group for code in term.oncotree)),
                disease_except=group[0].excepted,
                setting=both(regimen.setting, stated.setting),
                therapy=regimen.drugs,
                effect=stated.effect,
                condition=group[0].name if stated.effect in _CONDITIONS else "",
                note=_note(stated, group),
                studies=stated.studies,
                source=stated.source,
            )


_CONDITIONS = frozenset({Effect.DIAGNOSIS, Effect.PREDISPOSITION})


def _grouped(terms: Iterable[DiseaseTerm]) -> list[list[DiseaseTerm]]:
    """Terms that share one claim: no exception of one may shut out the codes of another."""
    groups: list[list[DiseaseTerm]] = []
    for term in terms:
        plain = not (term.when or term.excepted)
        own = next((g for g in groups if plain and not (g[0].when or g[0].excepted)), None)
        if own is None:
            groups.append([term])
        else:
            own.append(term)
    return groups


def _note(stated: Statement, group: Sequence[DiseaseTerm]) -> str:
    places = ", ".join(f"{term.name} ({PLACED[term.relation]})" for term in group)
    parts = (f"profile: {stated.words}", f"disease: {places}", stated.note)
    return "; ".join(filter(None, parts))


def both(first: Criterion | None, second: Criterion | None) -> Criterion | None:
    """Two criteria at once, each part once; None where neither is asked for."""
    if first is None or second is None:
        return first or second
    own = first.of if isinstance(first, And) else (first,)
    more = tuple(
        part for part in (second.of if isinstance(second, And) else (second,)) if part not in own
    )
    return And(of=(*own, *more)) if more else first


def safe_term(term: DiseaseTerm | None, written: str) -> DiseaseTerm:
    """The term, where a claim about it may be made about its codes.

    Raises
    ------
    Rejected
        With why not.
    """
    if term is None:
        remedy = "add the term to knowledge/maps/diseases.toml"
        raise Rejected("disease", f"{written} is not in the map of diseases", remedy=remedy)
    if term.relation == "broader":
        raise Rejected("disease", f"{term.name} has no node of its own on the tree")
    if not term.safe:
        raise Rejected("disease", f"{term.name} is no tumour of the tree ({term.relation})")
    return term


def regimen_of(names: Iterable[str], drugs: DrugMap, vocabulary: Vocabulary) -> Regimen:
    """Names that are given together.

    Raises
    ------
    Rejected
        Where one of them is no drug and no class that is known.
    """
    found: list[str] = []
    settings: list[str] = []
    for name in names:
        if not name.strip():
            raise Rejected("therapies", "names no therapy")
        medicine = drugs.read(name)
        if medicine.refused:
            raise Rejected("therapies", medicine.refused)
        found += medicine.drugs
        settings += [medicine.setting] if medicine.setting else []
    if not found:
        raise Rejected("therapies", "names no therapy")
    rule = parse(" and ".join(settings), vocabulary) if settings else None
    return Regimen(tuple(dict.fromkeys(found)), rule)


def family(name: str, drugs: DrugMap) -> str:
    """A class of drugs that the source itself calls one, in our words where the map has them."""
    known: Medicine = drugs.read(name)
    if len(known.drugs) == 1 and known.drugs[0].startswith("class "):
        return known.drugs[0]
    return class_name(name)


@contextmanager
def as_the_format_says() -> Iterator[None]:
    """Read one row; what no claim can be made of is a row that is not understood.

    Raises
    ------
    Rejected
        Where a value is of another type than the format has there, or a noun refuses it.
    """
    try:
        yield
    except Rejected:
        raise
    except ValueError as error:
        raise Rejected("", str(error)) from None
    except (AttributeError, TypeError):
        raise Rejected("", "a value is of another type than the format has there") from None


def content_id(*parts: str) -> str:
    """A short name of a row that has no number, the same as long as it says the same.

    >>> content_id("ABL1:T315I", "Resistant")
    'fc8442ca95'
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
