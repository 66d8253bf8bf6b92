"""What an "or", an arm in brackets or a word that narrows makes of the criteria of a clause."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from onkos.model import Criterion
from onkos.model.criterion import And, Not, Or
from onkos.sources.knowledge.trials.freetext.islands import Group, Island
from onkos.sources.knowledge.trials.freetext.layout import Clause
from onkos.sources.knowledge.trials.freetext.qualified import place
from onkos.sources.knowledge.trials.freetext.words import Word, Words, said_words

ANOTHER = "the text names another way"
LISTED = "whether all of these are asked for, or one, is not told"
_ARM = re.compile(
    r"[(\[][^()\[\]]{0,40}?\b(?:cohort|arm|part|group|module|sub-?study|phase)s?\b[^()\[\]]*[)\]]"
    r"|\b(?:for|in|of|to)\s+(?:the\s+)?(?:[\w-]+\s)?(?:cohort|arm|part|group|module)s?"
    r"\s+(?-i:[A-Z\d])[\w.]{0,3}\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:(?:at least )?one (?:or more )?of|any (?:one )?of|either)\b[^:]{0,60}:", re.IGNORECASE
)
_AND_MORE = re.compile(
    r"\b(?:and|or|plus)\s+(?:the\s+)?\d+\s+(?:other|more|additional|further)\b|,\s*etc\b", re.I
)
_EXCEPTION = re.compile(
    r"[\W_]*(?:(?:exceptions?|except|exempt|unless|however|but)\b"
    r"|notes?\b[^.\n]{0,160}\b(?:may|can|are|is|will)\s+(?:be\s+)?"
    r"(?:eligible|enrol\w*|allowed|permitted|included|acceptable))[^.\n]*",
    re.IGNORECASE,
)
_OF_AN_ARM = "holds for an arm or cohort alone"
_NARROWER = "a word beside it says of which alone"
_MISSING = "another way beside it was not read"
_NOT_PLAIN = "how what is listed is joined is not plain"
_NARROW = frozenset({"NARROW", "ORIGIN", "DOMAIN"})
_STATES = frozenset({"positive", "negative", "low", "wild-type"})
_SKIPPED = frozenset({"MARK", "BRACKET"})
_MARKED = frozenset({",", "/", "and"})


def of_an_arm(said: str) -> str:
    """Why a criterion may hold for an arm alone: "KRAS G12C (Arm A)", "in Cohort 2"."""
    return _OF_AN_ARM if _ARM.search(said) else ""


def exception_follows(text: str, clause: Clause, told: list[Word], words: Words) -> bool:
    """Whether the next sentence or line takes some out of what is excluded: "Exception: ...".

    An exception of other genes alone takes nothing out.
    """
    found = _EXCEPTION.match(text, clause.end)
    if not found:
        return False
    excepted = _genes_in(words.of(text, found.start(), found.end()), words)
    return not excepted or bool(excepted & _genes_in(told, words))


def _genes_in(told: list[Word], words: Words) -> set[str]:
    return {gene for w in told if w.kind == "GENE" for gene in words.genes_of(w.value)}


def narrows(told: list[Word], start: int, end: int) -> str:
    """Why a stretch says less than it seems to: a word in it narrows what stands beside it."""
    narrow = any(w.kind in _NARROW for w in told if start <= w.start < end)
    return _NARROWER if narrow else ""


def beside_unread(here: list[Word]) -> str:
    """Why a criterion has another way within: "or" beside a word not read, "ITD or TKD"."""
    for n, word in enumerate(here):
        if _is_or(word):
            near = (*here[:n][-3:], *here[n + 1 :][:3])
            if any(w.kind in _NARROW - {"ORIGIN"} for w in near):
                return _MISSING
    return ""


def another_way(told: list[Word], runs: list[Island], start: int, out: bool, listed: bool) -> bool:
    """Whether an "or" outside all runs may make a criterion one way among others.

    Of what is denied ("no A or B") an "or" after the denial is part of it, unless a comma or a
    word that names no alteration follows. At the edges of an item of a list it joins the items.
    """
    inside = {n for run in runs for n in range(run.first, run.last + 1)}
    inside |= _edges(told) if listed else set()
    for n, word in enumerate(told):
        if n in inside or not _is_or(word) or _harmless(told, n):
            continue
        if not out or _leaves_denial(told, n, start):
            return True
    return False


def _edges(told: list[Word]) -> set[int]:
    """Numbers of the first and the last word that is no mark."""
    plain = [
        n for n, w in enumerate(told) if w.kind not in _SKIPPED and w.value not in {",", "and"}
    ]
    return {plain[0], plain[-1]} if plain else set()


def counted(told: list[Word]) -> bool:
    """Whether the ways are counted: (i), (ii)."""
    return any(
        word.value.casefold() in {"ii", "iii"} and after.value == ")"
        for word, after in pairwise(told)
    )


def one_of_these(said: str, told: list[Word], runs: list[Island], at: int) -> str:
    """Why a criterion is one of a list of which not all was read: "one of these: A, B, ..."."""
    opens = _ONE_OF.search(said)
    if _AND_MORE.search(said):
        return ANOTHER
    if not opens:
        return ""
    inside = {n for run in runs for n in range(run.first, run.last + 1)}
    after = (w for n, w in enumerate(told) if n not in inside and w.start >= at + opens.end())
    return ANOTHER if any(w.kind == "OTHER" for w in after) else ""


def _is_or(word: Word) -> bool:
    value = word.value.casefold()
    if word.kind not in {"SEP", "FILL", "NARROW"}:
        return False
    return value in {"or", "and or"} or value.startswith("or ")


def _harmless(told: list[Word], n: int) -> bool:
    """Whether "or" joins two words that name no other way: "locally advanced or metastatic"."""
    earlier = told[max(0, n - 6) : n - 1]
    if n and told[n - 1].value == "," and all(word.value != "," for word in earlier):
        return False  # "..., or metastatic ..." opens another way
    before = [w for w in told[:n] if w.kind not in _SKIPPED and w.value not in _MARKED][-1:]
    after = [w for w in told[n + 1 :] if w.kind not in _SKIPPED][:1]
    if not after:
        return False
    sides = [{*_word(w), w.kind} for w in (*before, *after)]
    return any(all(side & kind for side in sides) for kind in _coordinated())


def _word(word: Word) -> set[str]:
    return {word.value.casefold(), *word.value.casefold().split()}


@lru_cache(maxsize=1)
def _coordinated() -> tuple[frozenset[str], ...]:
    kinds = said_words()["coordinated"].items()
    found = {kind: {word.casefold() for word in words} for kind, words in kinds}
    found["people"].add("NUMBER")  # "18 or older", "0 or 1"
    return tuple(map(frozenset, found.values()))


def _leaves_denial(told: list[Word], n: int, start: int) -> bool:
    """Whether an "or" stands before the denial of a criterion, or leads away from it."""
    if told[n].start < start:
        denials = [m for m, w in enumerate(told) if w.kind == "CUE_negation" and w.start < start]
        return not denials or n < denials[-1]
    if n and told[n - 1].value == ",":
        return True
    after = [w for w in told[n + 1 :] if w.kind not in {*_SKIPPED, "FILL"}][:1]
    return not after or after[0].kind not in {"GENE", "CLASS", "PHRASE", "PROTEIN"}


def arranged(
    told: list[Word], groups: list[Group], read: list[Group]
) -> tuple[list[list[int]], str]:
    """Which of the groups of a run are asked for together, and why that is not plain.

    Returns
    -------
    order : list of list of int
        Numbers of the groups of each alternative; one alternative where all are asked for.
    doubt : str
        Why none of them may be asked for alone; empty where it is plain.
    """
    gaps = _gaps(told, groups)
    either = any("or" in gap for gap in gaps)
    if either and len(read) < len(groups):
        return [list(range(len(read)))], _MISSING
    if len(read) < 2:
        return [list(range(len(read)))], ""
    if not either:
        marks = set().union(*_gaps(told, read))
        listing = not _mixed(read) and ("/" in marks or marks == {","})
        if not listing:
            return [list(range(len(read)))], ""
        return [[n] for n in range(len(read))], "" if "/" in marks else LISTED
    return _split_by_or(read, gaps)


def together(told: list[Word], groups: list[Group]) -> bool:
    """Whether an exclusion is of those who have all: "HR-positive and HER2-negative disease"."""
    said = [{kind.value for kind in group.kinds} for group in groups]
    plain = all(one & _STATES for one in said) and len(said) > 1
    signs = {"positive"} <= set().union(*said) and {"negative", "low"} & set().union(*said)
    return bool(plain and signs) and all("or" not in gap for gap in _gaps(told, groups))


def _split_by_or(read: list[Group], gaps: list[set[str]]) -> tuple[list[list[int]], str]:
    """Alternatives between "or", where commas and strokes within them are plain."""
    plain = [gap & {",", "/", "or"} for gap in gaps]
    together = any(not gap or ("and" in gap and "or" not in gap) for gap in gaps)
    order: list[list[int]] = [[0]]
    for n, gap in enumerate(gaps, 1):
        if "or" in gap:
            order.append([n])
        elif "and" in gap or not plain[n - 1]:
            order[-1].append(n)
        elif _mixed(read):
            if "/" not in gap:
                return [list(range(len(read)))], _NOT_PLAIN
            order[-1].append(n)
        elif together:
            return [list(range(len(read)))], _NOT_PLAIN
        else:
            order.append([n])
    return order, ""


def _gaps(told: list[Word], groups: list[Group]) -> list[set[str]]:
    """Marks and joining words between each group and the next."""
    places = [place(told, group) for group in groups]
    found: list[set[str]] = []
    for (_, last), (first, _) in pairwise(places):
        between = told[last + 1 : first]
        between = _outside_brackets(between)
        marks = {w.value.casefold() for w in between if w.kind == "SEP"}
        marks |= {"or"} if any(_is_or(w) for w in between) else set()
        found.append(marks - {"&"} | ({"and"} if "&" in marks else set()))
    return found


def _outside_brackets(between: list[Word]) -> list[Word]:
    """Words without those in brackets that open and close among them."""
    opens = [n for n, word in enumerate(between) if word.value in {"(", "["}]
    closes = [n for n, word in enumerate(between) if word.value in {")", "]"}]
    if not opens or not closes or closes[-1] < opens[0]:
        return between
    return [*between[: opens[0]], *between[closes[-1] + 1 :]]


def states(group: Group) -> bool:
    """Whether the result of a test is told of a group."""
    return bool(_STATES & {kind.value for kind in group.kinds})


def _mixed(groups: list[Group]) -> bool:
    """Whether results of tests are told: "HR+/HER2-" asks for both."""
    told = {kind.value for group in groups for kind in group.kinds}
    return bool((_STATES | {"no amplification"}) & told)


def one_rule(ways: list[tuple[Criterion, bool]], order: list[list[int]]) -> Criterion:
    """Alternatives as one criterion; the second of each pair says whether it is denied."""
    said = [Not(of=rule) if denied else rule for rule, denied in ways]
    parts = [_all([said[n] for n in numbers]) for numbers in order]
    parts = list(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else Or(of=tuple(parts))


def _all(parts: list[Criterion]) -> Criterion:
    return parts[0] if len(parts) == 1 else And(of=tuple(parts))
