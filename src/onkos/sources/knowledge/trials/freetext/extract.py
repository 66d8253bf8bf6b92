"""Eligibility text to criteria: what was understood with its span, what was not with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from onkos.model import Criterion, Vocabulary
from onkos.model.criterion import atoms
from onkos.model.trial import Eligibility, Part, Polarity, Recovery, TrialCriterion
from onkos.sources.knowledge.trials.freetext.alternatives import (
    ANOTHER,
    LISTED,
    another_way,
    arranged,
    beside_unread,
    counted,
    exception_follows,
    narrows,
    of_an_arm,
    one_of_these,
    one_rule,
    states,
    together,
)
from onkos.sources.knowledge.trials.freetext.anew import retold
from onkos.sources.knowledge.trials.freetext.bound import Found, bound
from onkos.sources.knowledge.trials.freetext.context import (
    EXCEPTED,
    MORE,
    WAY_LEFT,
    Judged,
    Standing,
    another_way_follows,
    judged,
    with_way_left,
)
from onkos.sources.knowledge.trials.freetext.covering import covers, sides
from onkos.sources.knowledge.trials.freetext.grouped import groups_of, with_lead
from onkos.sources.knowledge.trials.freetext.islands import Group, Island, islands
from onkos.sources.knowledge.trials.freetext.jointly import taken
from onkos.sources.knowledge.trials.freetext.layout import Clause, Section, clauses
from onkos.sources.knowledge.trials.freetext.meaning import NotRead, Said
from onkos.sources.knowledge.trials.freetext.measured import measured
from onkos.sources.knowledge.trials.freetext.parted import (
    joined_both_ways,
    of_last_alone,
    parted,
    said_of,
)
from onkos.sources.knowledge.trials.freetext.tumours import among_tumours
from onkos.sources.knowledge.trials.freetext.words import Word, Words, said_words, words_of

_LONGEST = 2000  # words and marks of one clause; reading takes the square of them
READ = "read from free text"
_NOTHING = "no word of the language means this"
_CONTRADICTED = "the text requires elsewhere what it excludes here: for whom is not told"
_EITHER = "the text names those with it and those without it"
_ALL = "whether all of these are asked for is not told"
_EXAMPLES = "these are examples: another may count too"


def extract(text: str, vocabulary: Vocabulary) -> tuple[Eligibility, ...]:
    """Criteria of an eligibility text, in the order in which they stand.

    Every stretch of words belongs to the span of one criterion, read or not. What is read from a
    cohort is one way into the trial among others; what has an exception is one way beside a
    sentence that was not read: neither shuts anybody out alone.
    """
    words = words_of(vocabulary)
    found: list[Found] = []
    told = list(clauses(text))
    for clause in told:
        found += _of_clause(text, clause, words)
    found = _without_contradictions(_without_either_way(text, found))
    return tuple(bound(_covering(text, found), told))


def _of_clause(text: str, clause: Clause, words: Words) -> Iterator[Found]:
    told = words.of(text, clause.start, clause.end)
    if not told:
        return
    if len(told) > _LONGEST:
        yield _unread(text, clause, clause.start, clause.end, f"more than {_LONGEST} words long")
        return
    told = retold(told, words.said["phrases"])
    read: list[tuple[int, int, Found]] = []
    reasons: list[str] = []
    said = text[clause.start : clause.end].lstrip(" (")
    scoped = bool(clause.scope) and said.startswith(clause.scope)
    runs = list(islands(told))
    lead = words.of(text, *clause.lead) if runs else []
    for island in (with_lead(told, run, lead) for run in runs):
        stands = judged(told, island.first, island.last, clause.section, scoped)
        read += _of_island(text, clause, told, island, stands, words, reasons)
    read += ((start, end, _found(text, clause, start, end, rule, stands, note))
             for start, end, rule, stands, note in measured(told, clause.section, scoped, words)
             if all(end <= a or start >= b for a, b, _ in read))  # fmt: skip
    here = text[clause.start : clause.end]
    of_several = among_tumours(here, [start - clause.start for start, _, _ in read])
    if (of_several or another_way_follows(text, clause.end)) and not clause.any_of:
        read = [(start, end, _one_of_ways(one)) for start, end, one in read]
    read.sort(key=lambda one: one[0])
    outside = [
        w for w in told if w.kind == "NARROW" or all(not a <= w.start < b for a, b, _ in read)
    ]
    read = [
        (start, end, _softened(one, text, clause, told, runs, outside, words))
        for start, end, one in read
    ]
    yield from _filled(text, clause, told, read, reasons)


def _one_of_ways(one: Found) -> Found:
    """What is required as one way beside the others of its sentence."""
    required = one.criterion.polarity is Polarity.REQUIRED
    return one._replace(limit=one.limit or WAY_LEFT) if required else one


def _softened(
    one: Found,
    text: str,
    clause: Clause,
    told: list[Word],
    runs: list[Island],
    outside: list[Word],
    words: Words,
) -> Found:
    """A criterion with what its clause says of others: another way in, an arm, a narrower word."""
    start, _ = one.criterion.span or (0, 0)
    said = text[clause.start : clause.end]
    out = one.criterion.polarity is Polarity.EXCLUDED
    if clause.tumour:
        one = one._replace(narrower=one.narrower or f"asked of {clause.tumour} alone")
    again = one.limit == ANOTHER and not counted(told)  # judged here by the whole clause
    limit = ("" if again else one.limit) or of_an_arm(said)
    if not limit and clause.section is not Section.EXCLUSION:
        edges = bool(clause.any_of and clause.sure)
        limit = ANOTHER if another_way(told, runs, start, out, edges) else ""
        limit = limit or one_of_these(said, told, runs, clause.start)
    if not limit and out and exception_follows(text, clause, told, words):
        limit = EXCEPTED
    if not limit and out:
        limit = narrows(outside, clause.start, clause.end)
    return one._replace(limit=limit)


def _of_island(
    text: str,
    clause: Clause,
    told: list[Word],
    island: Island,
    stands: Judged,
    words: Words,
    reasons: list[str],
) -> Iterator[tuple[int, int, Found]]:
    groups = parted(told, groups_of(told, island, words))
    groups, stands, every = taken(text, told, island, groups, stands, clause.section)
    ways, stands = _meant(told, island, groups, stands, words, reasons)
    required = stands.standing is Standing.REQUIRED
    shown = [(group, one) for group, one in ways if required and group.example]
    if shown:
        ways = [(group, one) for group, one in ways if not group.example]
        groups = [group for group in groups if not group.example]
        if ways or any(one.negated for _, one in shown):
            reasons.append("examples of what is asked for, or of what is to be absent")
        else:
            each = [[n] for n in range(len(shown))]
            stands = stands._replace(limit=_EXAMPLES)
            yield _joined(text, clause, told, shown, stands, each)
    if required and ways:
        order, doubt = arranged(told, groups, [group for group, _ in ways])
        listed = doubt if doubt == LISTED and len(order) > 1 else ""
        stands = stands._replace(limit=stands.limit or (doubt if not listed else ""))
        if len(order) > 1:
            start, end, found = _joined(text, clause, told, ways, stands, order)
            yield start, end, found._replace(narrower=found.narrower or listed)
            return
    if every and len(ways) < len(groups):
        stands, every = stands._replace(limit=stands.limit or MORE), False
    signs = clause.section is Section.EXCLUSION and together(told, [group for group, _ in ways])
    if every or signs:
        yield _joined(text, clause, told, ways, stands, [list(range(len(ways)))])
        return
    for group, one in ways:
        start, end = _span(group)
        here_stands = _flipped(stands) if one.negated else stands
        if one.negated and here_stands.standing is Standing.NEITHER:
            reasons.append(here_stands.reason)
            continue
        found = _found(text, clause, start, end, one.criterion, here_stands, one.note)
        yield start, end, _narrowed(found, told, [group])


def _meant(
    told: list[Word],
    island: Island,
    groups: list[Group],
    stands: Judged,
    words: Words,
    reasons: list[str],
) -> tuple[list[tuple[Group, Said]], Judged]:
    """Groups of a run with what they mean, and how they stand beside what was not read."""
    here = told[max(0, island.first - 4) : island.last + 1]
    said = [w.value.casefold() for w in here if w.kind in {"FILL", "CUE_bearing"}]
    ways: list[tuple[Group, Said]] = []
    for group in groups:
        if group.target:
            reasons.append("a medicine's target")
            continue
        if stands.standing is Standing.NEITHER:
            reasons.append(stands.reason)
            continue
        try:
            group = of_last_alone(group)
            ways.append((group, said_of(told, group, words, said)))
        except NotRead as error:
            reasons.append(str(error))
            stands = with_way_left(stands, told, island.first, island.last)
    return ways, stands


def _joined(
    text: str,
    clause: Clause,
    told: list[Word],
    ways: list[tuple[Group, Said]],
    stands: Judged,
    order: list[list[int]],
) -> tuple[int, int, Found]:
    """Alternatives of one list as one criterion; `order` has what each of them asks for."""
    spans = [_span(group) for group, _ in ways]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    rule = one_rule([(one.criterion, one.negated) for _, one in ways], order)
    notes = "; ".join(dict.fromkeys(one.note for _, one in ways if one.note))
    found = _found(text, clause, start, end, rule, stands, notes)
    return start, end, _narrowed(found, told, [group for group, _ in ways])


def _narrowed(found: Found, told: list[Word], groups: list[Group]) -> Found:
    """A criterion with what its own words leave open: a word that narrows, another's origin."""
    start, end = found.criterion.span or (0, 0)
    used = {mark for group in groups for mark in group.marks}
    here = [w for w in told if start <= w.start < end and w not in used]
    doubt = next((group.doubt for group in groups if group.doubt), "")
    missing = beside_unread(here)
    if missing:
        return found._replace(limit=found.limit or missing)
    doubt = doubt or narrows(here, start, end)
    if found.criterion.polarity is Polarity.EXCLUDED:
        return found._replace(limit=found.limit or doubt)
    several = any(joined_both_ways(told, group) for group in groups)
    if several or any(group.joined == "and" and not states(group) for group in groups):
        doubt = doubt or _ALL
    return found._replace(narrower=doubt)


def _span(group: Group) -> tuple[int, int]:
    first = group.names[0].start
    kinds = (k for k in group.kinds if group.leading or (first <= k.start and not group.borrowed))
    said = (*group.names, *kinds, *group.beside)
    start, end = zip(*((word.start, word.end) for word in said), strict=True)
    return min(start), max(end)


def _flipped(stands: Judged) -> Judged:
    """A denial within: required becomes excluded; of an exclusion nothing plain remains."""
    if stands.standing is Standing.REQUIRED:
        return stands._replace(standing=Standing.EXCLUDED)
    return (
        Judged(Standing.EXCLUDED, "", stands.limit)
        if stands.limit == "result"
        else Judged(Standing.NEITHER, "a negation within an exclusion can be read in two ways")
    )


def _found(
    text: str, clause: Clause, start: int, end: int, rule: object, stands: Judged, note: str
) -> Found:
    criterion = TrialCriterion(
        text=" ".join(text[start:end].split()),
        part=Part.TEXT,
        criterion=rule,  # type: ignore[arg-type]
        polarity=stands.polarity,
        note=f"{READ}; {note}" if note else READ,
        span=(start, end),
    )
    return Found(criterion, clause.scope, clause.any_of, clause.item, stands.limit)


def _filled(
    text: str,
    clause: Clause,
    told: list[Word],
    read: list[tuple[int, int, Found]],
    reasons: list[str],
) -> Iterator[Found]:
    """Criteria of a clause with the words between them, unread where they mean something."""
    at = clause.start
    kept: list[tuple[int, int, Found]] = []
    for start, end, one in read:
        if end > at:
            kept.append((max(start, at), end, one))
            at = end
    why = "; ".join(dict.fromkeys(reasons)) or _NOTHING
    at = clause.start
    for start, end, one in kept:
        if _means(told, at, start):
            yield _unread(text, clause, at, start, why)
        yield one
        at = end
    if _means(told, at, clause.end):
        yield _unread(text, clause, at, clause.end, why)


def _means(told: list[Word], start: int, end: int) -> bool:
    """Whether a stretch holds more than words that only lead to a criterion."""
    plain = {"FILL", "SEP", "BRACKET", "MARK", "CUE_bearing", "CUE_negation", "CUE_refused"}
    return any(w.kind not in plain for w in told if start <= w.start < end)


def _unread(text: str, clause: Clause, start: int, end: int, why: str) -> Found:
    said = " ".join(text[start:end].split())
    polarity = Polarity.EXCLUDED if clause.section == "exclusion" else Polarity.REQUIRED
    recovery = Recovery.WASHOUT if _washout(said, said_words()["washout"]) else Recovery.NONE
    return Found(TrialCriterion(text=said, part=Part.TEXT, unread=why, polarity=polarity,
                                span=(start, end), recovery=recovery))  # fmt: skip


def _washout(said: str, words: dict[str, list[str]]) -> bool:
    """Whether a treatment within some time is spoken of: waiting may end it."""
    text = f" {said.casefold()}"
    return all(any(word in text for word in alike) for alike in words.values())


def _covering(text: str, found: list[Found]) -> list[Found]:
    """Spans made to meet: headings, bullets and words that only lead on belong to what follows."""
    at, done = 0, []
    for n, one in enumerate(found):
        start, end = one.criterion.span or (at, at)
        start = at if text[at:start].strip() else start
        last = n == len(found) - 1
        end = len(text.rstrip()) if last and text[end:].strip() else end
        done.append(one._replace(criterion=replace(one.criterion, span=(start, end))))
        at = end
    if not done and text.strip():
        done.append(Found(TrialCriterion(text=" ".join(text.split())[:200], part=Part.TEXT,
                                         unread=_NOTHING, span=(0, len(text)))))  # fmt: skip
    return done


def _without_contradictions(found: list[Found]) -> list[Found]:
    """An exclusion of what is required elsewhere holds for fewer than its words say: unread."""
    required = {
        (leaf, one.scope)
        for one in found
        if one.criterion.criterion is not None and one.criterion.polarity is Polarity.REQUIRED
        for leaf in atoms(one.criterion.criterion)
    }
    return [_unless_required(one, required) for one in found]


def _unless_required(one: Found, required: set[tuple[Criterion, str]]) -> Found:
    rule = one.criterion.criterion
    if rule is None or one.criterion.polarity is Polarity.REQUIRED or one.limit == EXCEPTED:
        return one
    here = [(leaf, s) for leaf, s in required if not (one.limit and one.scope) or s == one.scope]
    if not any(covers(wide, leaf) for wide in atoms(rule) for leaf, _ in here):
        return one
    return _left_unread(one, _CONTRADICTED)


def _left_unread(one: Found, why: str) -> Found:
    return Found(replace(one.criterion, criterion=None, note="", unread=why))


def _without_either_way(text: str, found: list[Found]) -> list[Found]:
    """Criteria of a line without those whose opposite it names too: "EGFR-mutant; EGFR wt"."""
    ways: dict[tuple[int, str], set[bool]] = {}
    for one in found:
        for side, yes in sides(one.criterion):
            ways.setdefault((_line(text, one), side), set()).add(yes)
    return [
        _left_unread(one, _EITHER)
        if any(len(ways[_line(text, one), side]) > 1 for side, _ in sides(one.criterion))
        else one
        for one in found
    ]


def _line(text: str, one: Found) -> int:
    return text.rfind("\n", 0, (one.criterion.span or (0, 0))[0])
