"""Groups that say several things of their genes, as the several things that they say."""

from __future__ import annotations

from itertools import pairwise

from onkos.model.criterion import Or
from onkos.sources.knowledge.trials.freetext.islands import Group
from onkos.sources.knowledge.trials.freetext.meaning import NotRead, Said, meaning
from onkos.sources.knowledge.trials.freetext.words import Word, Words

_DRIVER_NOTE = "a driver read as an oncogenic mutation, or a rearrangement where that is usual"
_DENIALS = frozenset({"negative", "wild-type"})


def parted(told: list[Word], groups: list[Group]) -> list[Group]:
    """Groups of a run apart where a comma stands between a trait and what else is told.

    "EGFR mutated, T790M negative" asks for one and denies the other. "Mutation ... or fusion
    FGFR3-TACC3" gives the fusion its class.
    """
    found: list[Group] = []
    for n, group in enumerate(groups):
        after = groups[n + 1] if n + 1 < len(groups) else None
        found += _own_denial(told, _without_class_of(told, group, after))
    return found


def _own_denial(told: list[Word], group: Group) -> tuple[Group, ...]:
    """A gene with a trait apart from its change that is denied after a comma."""
    kinds = group.kinds
    if len(kinds) < 3 or kinds[-1].value not in _DENIALS or not kinds[0].trait or group.target:
        return (group,)
    if any(kind not in told for kind in kinds):
        return (group,)
    between = told[told.index(kinds[0]) + 1 : told.index(kinds[1])]
    if kinds[1].kind not in {"CHANGE", "EXON"} or not any(w.value == "," for w in between):
        return (group,)
    return (group._replace(kinds=kinds[:1]), group._replace(kinds=kinds[1:], leading=False))


def _without_class_of(told: list[Word], group: Group, after: Group | None) -> Group:
    """A group without the class that stands right before a fusion: "S249C or fusion A-B"."""
    if after is None or len(group.kinds) < 2 or after.names[0].kind != "PHRASE":
        return group
    last, name = group.kinds[-1], after.names[0]
    if last not in told or name not in told or last.value != "rearrangement":
        return group
    touches = told.index(name) == told.index(last) + 1 and name.value.endswith(" fusion")
    return group._replace(kinds=group.kinds[:-1]) if touches else group


def of_last_alone(group: Group) -> Group:
    """A bare list with the exon of its last gene, as that gene alone: "RET, MET exon 14"."""
    genes = [name for name in group.names if name.kind == "GENE"]
    bare = bool(group.kinds) and all(k.kind == "EXON" and k.value.isdigit() for k in group.kinds)
    own = bare and len({name.value for name in genes}) > 1 and not group.borrowed
    after = own and group.kinds[0].start > genes[-1].start
    return group._replace(names=(genes[-1],), leading=False) if after else group


def joined_both_ways(told: list[Word], group: Group) -> bool:
    """Whether "and" and "or" both join names, or classes, of a group: "A and B or C"."""
    words = (*group.names, *(k for k in group.kinds if not group.borrowed))
    first, last = min(w.start for w in words), max(w.start for w in words)
    marks = [w.value.casefold() for w in told if w.kind == "SEP" and first < w.start < last]
    said = "\0".join(marks).replace("and\0/\0or", "or").split("\0")
    joins = set(said)
    exons = [k for k in group.kinds if k.kind == "EXON"]
    listed = any(one.end == after.start for one, after in pairwise(exons))
    return {"and", "or"} <= joins or ("and" in joins and listed)


def said_of(told: list[Word], group: Group, words: Words, here: list[str]) -> Said:
    """What a group means, with both of two classes that a stroke joins and with usual drivers.

    Parameters
    ----------
    here : list of str
        Words around it that say no alteration, in small letters.

    Raises
    ------
    NotRead
        Where it says nothing that the language has a word for.
    """
    if {k.value for k in group.kinds} == _DENIALS:
        raise NotRead("what is said to be negative is not plain")
    qualifiers = words.said["qualifiers"]
    oncogenic = any(word in qualifiers["oncogenic"] for word in here)
    both = _either_class(told, group, words)
    if both:
        parts = [meaning(one, words, oncogenic) for one in both]
        if any(one.negated for one in parts):
            raise NotRead("what is said to be negative is not plain")
        note = "; ".join(dict.fromkeys(one.note for one in parts if one.note))
        return Said(Or(of=tuple(one.criterion for one in parts)), False, note)
    said = meaning(group, words, oncogenic)
    usual = _usually_fused(group, words)
    if not usual or said.negated or not any(word in qualifiers["drivers"] for word in here):
        return said
    kinds = tuple(k._replace(value="rearrangement") for k in group.kinds)
    fused = meaning(group._replace(names=usual, kinds=kinds, marks=()), words, False)
    return Said(Or(of=(said.criterion, fused.criterion)), False, _DRIVER_NOTE)


def _usually_fused(group: Group, words: Words) -> tuple[Word, ...]:
    """Genes of a list of drivers whose alteration is a rearrangement by usage."""
    plain = [k.value for k in group.kinds] == ["mutation"] and not group.marks
    if not plain or len({name.value for name in group.names}) < 2:
        return ()
    usage = words.said["positive"]
    return tuple(name for name in group.names if usage.get(name.value) == "rearrangement")


def _either_class(told: list[Word], group: Group, words: Words) -> tuple[Group, ...]:
    """A group twice where "positive" and another class are told of it: "positive/amplified"."""
    values = [k.value for k in group.kinds]
    if len(values) != 2 or "positive" not in values or _DENIALS & set(values):
        return ()
    one, other = group.kinds
    if one not in told or other not in told or {one.kind, other.kind} != {"CLASS"}:
        return ()
    known = {**words.said["positive"], **words.said["proteins_of_genes"]}
    joins = {w.value.casefold() for w in told[told.index(one) : told.index(other)]}
    if not joins & {"/", "or", "and or"} or any(n.value not in known for n in group.names):
        return ()
    return (group._replace(kinds=(one,)), group._replace(kinds=(other,)))
