"""What the groups of a run borrow from one another, and from the line that opens their list."""

from __future__ import annotations

from onkos.sources.knowledge.trials.freetext.context import told_bare
from onkos.sources.knowledge.trials.freetext.islands import Group, Island
from onkos.sources.knowledge.trials.freetext.meaning import split
from onkos.sources.knowledge.trials.freetext.qualified import qualified
from onkos.sources.knowledge.trials.freetext.words import Word, Words

_NO_CLASS = frozenset({"positive", "negative", "low", "expression"})


def groups_of(told: list[Word], island: Island, words: Words) -> list[Group]:
    """Groups of an island, genes without a class given that of the list they stand in."""
    whole = _named_within(told, island.groups, words)
    parts = [_of_heading(told, part) for one in whole for part in split(one)]
    found: list[Group] = []
    last: tuple[Word, ...] = ()
    parts = _all_denied(told, parts)
    for part in reversed(parts):
        part = _exons_of_list(part, found[-1]) if found else part
        general = [k for k in part.kinds if k.value in {"mutation", "alteration"}]
        bare = not part.kinds and not part.target and all(n.kind == "GENE" for n in part.names)
        if bare and last:
            part = part._replace(kinds=last, leading=False, borrowed=True)
        elif bare and told_bare(told, island.first, island.last):
            name = part.names[0]
            what = "alteration" if _any_driver(told[: island.first]) else "positive"
            part = part._replace(kinds=(Word("CLASS", what, name.start, name.end),))
        last = tuple(general[-1:]) or last
        found.append(part)
    return qualified(told, island, found[::-1])


def with_lead(told: list[Word], island: Island, lead: list[Word]) -> Island:
    """Genes at the head of an item with the class that opens their list: "mutation in one of:"."""
    classes = [w for w in lead if w.kind == "CLASS" and w.value not in _NO_CLASS]
    named = {"GENE", "PROTEIN", "PHRASE", "TARGET", "CUE_therapy"} & {word.kind for word in lead}
    if not classes or named or any(w.kind == "OTHER" for w in told[: island.first]):
        return island
    return island._replace(groups=tuple(
        group if group.kinds or group.target or any(n.kind != "GENE" for n in group.names)
        else group._replace(kinds=(classes[-1],), leading=False, borrowed=True)
        for group in island.groups
    ))  # fmt: skip


def _any_driver(left: list[Word]) -> bool:
    """Whether "negative for" is said of drivers or markers: "negative for drivers (RET)"."""
    said = [word.value.casefold() for word in left[-5:]]
    return any(word.startswith(("driver", "marker", "biomarker")) for word in said)


def _all_denied(told: list[Word], parts: list[Group]) -> list[Group]:
    """A list with the "negative" that ends it, where it is said of all: "A and B are negative"."""
    ends = parts[-1].kinds[-1:] if parts else ()
    if len(parts) < 2 or not ends or ends[0].value != "negative" or ends[0] not in told:
        return parts
    at = told.index(ends[0])
    said = [word.value.casefold() for word in told[max(0, at - 4) : at] if word.kind == "FILL"]
    if not {"are", "were", "all", "both"} & set(said):
        return parts
    denied = [
        part._replace(kinds=(*part.kinds, ends[0]), borrowed=True, leading=False)
        if part.kinds and not part.target and part.kinds[-1].value != "negative"
        else part
        for part in parts[:-1]
    ]
    return [*denied, parts[-1]]


def _exons_of_list(part: Group, after: Group) -> Group:
    """Bare exons with the "wild-type" of their list: "KRAS exon 2, NRAS exon 2 wild-type"."""
    bare = bool(part.kinds) and all(k.kind == "EXON" and k.value.isdigit() for k in part.kinds)
    ends = [k for k in after.kinds if k.kind == "CLASS"]
    if not bare or [k.value for k in ends] != ["wild-type"]:
        return part
    return part._replace(kinds=(*part.kinds, *ends), leading=False, borrowed=True)


def _named_within(told: list[Word], groups: tuple[Group, ...], words: Words) -> list[Group]:
    """Groups without those whose genes are named in brackets: "RAS mutation (KRAS or NRAS)"."""
    found: list[Group] = []
    for group in groups:
        wide = found[-1] if found else group
        members = {g for n in wide.names for g in words.genes_of(n.value)}
        inside = {n.value for n in group.names} < members | {""} and not group.kinds
        start = min(told.index(word) for word in (*group.names, *group.kinds) if word in told)
        opened = found and told[start - 1].value in {"(", "["}
        exons = bool(group.kinds) and all(kind.kind == "EXON" for kind in group.kinds)
        if opened and exons and [k.value for k in wide.kinds] == ["wild-type"]:
            continue  # where it was looked for
        if opened and inside and len(wide.names) == 1:
            group = group._replace(kinds=wide.kinds, leading=False, borrowed=True)
            found.pop()
        found.append(group)
    return found


def _of_heading(told: list[Word], group: Group) -> Group:
    """Genes of a list after a colon or "e.g." with the classes named before it."""
    if group.kinds or group.target or not any(name.kind == "GENE" for name in group.names):
        return group
    first = told.index(group.names[0])
    before = told[max(0, first - 3) : first + 1]
    opens = any(w.value in {":", "(", "["} or w.kind == "CUE_example" for w in before)
    classes = [w for w in told[:first] if w.kind == "CLASS"]
    if not opens or not classes:
        return group
    return group._replace(kinds=(classes[-1],), leading=False)
