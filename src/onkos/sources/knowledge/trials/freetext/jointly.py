"""Whether what is excluded is excluded only together: "both A and B", "A with concurrent B"."""

from __future__ import annotations

from itertools import pairwise

from onkos.sources.knowledge.trials.freetext.context import MORE, Judged, Standing
from onkos.sources.knowledge.trials.freetext.islands import Group, Island
from onkos.sources.knowledge.trials.freetext.layout import Section
from onkos.sources.knowledge.trials.freetext.qualified import place
from onkos.sources.knowledge.trials.freetext.words import CARRIES, Word, said_words

_BEFORE = 4  # words before a run that may say how it is joined
_ENDS = frozenset({"SEP", "GENE", "PROTEIN", "PHRASE", "CUE_negation"})
_ALTERED = frozenset({"GENE", "PROTEIN", "PHRASE", "CHANGE", "EXON"})


def taken(
    text: str, told: list[Word], island: Island, groups: list[Group], stands: Judged, part: Section
) -> tuple[list[Group], Judged, bool]:
    """Groups of a run, how they stand, and whether only those who have all are excluded.

    Where that is not plain each is left as what excludes some alone.
    """
    if stands.standing is not Standing.EXCLUDED:
        return groups, stands, False
    how = _how(text, told, island, groups)
    if how and part is not Section.EXCLUSION:
        how = "" if how == "all" and not _strictly(told[: island.first]) else "doubt"
    if how == "doubt":
        stands = stands._replace(limit=stands.limit or MORE)
    return (_apart(groups), stands, True) if how == "all" else (groups, stands, False)


def _strictly(left: list[Word]) -> bool:
    """Whether "not" or "no" denies: "must not have both"; "negative for both" denies each."""
    said = [w.value.casefold() for w in left if w.kind == "CUE_negation"]
    return said[-1:] in (["not"], ["no"])


def _how(text: str, told: list[Word], island: Island, groups: list[Group]) -> str:
    """The groups of a run are taken "all" together, or there is "doubt"; empty for each."""
    at = island.first
    while at > max(0, island.first - _BEFORE) and told[at - 1].kind not in _ENDS:
        at -= 1
    inside = told[island.first : island.last + 1]
    said = said_words()["jointly"]
    before = _text(text, told[at : island.first])
    within = _text(text, inside)
    weak_before = _says(before, said["perhaps"])
    joins = {w.value.casefold() for w in inside if w.kind == "SEP"}
    if "or" in joins or any(w.value.casefold().startswith("or ") for w in inside):
        return ""
    if weak_before and _after_another(told, at):
        return "doubt"
    names = {name.value for group in groups for name in group.names if not group.target}
    if len(names) < 2:
        return ""
    carried = _carried(told, groups)
    if _says(before, said["surely"]) or _says(within, said["surely"]):
        return "all" if "and" in joins or carried else "doubt"
    if carried or _says(within, said["perhaps"]):
        return "all" if len(groups) == 2 == len(names) else "doubt"
    return "doubt" if weak_before else ""


def _after_another(told: list[Word], at: int) -> bool:
    """Whether "and" or "with" joins what begins at a word to an alteration before it."""
    joined = at > 0 and told[at - 1].kind == "SEP" and told[at - 1].value.casefold() == "and"
    joined = joined or any(w.value in CARRIES for w in told[at : at + 2])
    return joined and any(w.kind in _ALTERED for w in told[:at])


def _carried(told: list[Word], groups: list[Group]) -> bool:
    """Whether "with" alone stands between two groups: "EGFR mutation with MET amplification"."""
    for one, after in pairwise([place(told, group) for group in groups]):
        between = told[one[1] + 1 : after[0]]
        if any(w.value in CARRIES for w in between) and all(w.kind != "SEP" for w in between):
            return True
    return False


def _apart(groups: list[Group]) -> list[Group]:
    """Groups of several names as one group for each."""
    found: list[Group] = []
    for group in groups:
        names = {name.value: name for name in group.names}
        if len(names) < 2 or group.target:
            found.append(group)
            continue
        found += [
            group._replace(names=(name,), joined="", leading=group.leading and n == 0)
            for n, name in enumerate(names.values())
        ]
    return found


def _text(text: str, words: list[Word]) -> str:
    said = text[words[0].start : words[-1].end] if words else ""
    return f" {' '.join(said.casefold().replace('-', ' ').split())} "


def _says(said: str, words: list[str]) -> bool:
    return any(f" {word} " in said for word in words)
