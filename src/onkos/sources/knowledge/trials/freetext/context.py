"""Whether the words around an alteration require it, exclude it, or do neither."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from onkos.model.trial import Polarity
from onkos.sources.knowledge.trials.freetext.anew import ended, told_found
from onkos.sources.knowledge.trials.freetext.layout import Section
from onkos.sources.knowledge.trials.freetext.reach import (
    SHUT_OUT,
    denied_examples,
    left_open,
    narrowed,
    negated,
    of_some,
    softened,
)
from onkos.sources.knowledge.trials.freetext.words import CARRIES, Word, said_words

_NEAR = 4  # words between an alteration and what is said of its bearers
_BEARERS = frozenset({"patient", "patients", "participant", "participants", "subject", "subjects",
                      "individuals", "those", "who"})  # fmt: skip
MORE = "the text says more of whom it excludes"
EXCEPTED = "the text makes an exception"
OTHER_WAY = "the text names another way"
WAY_LEFT = "another way was not read"
_SOME = "holds for some alone"
_HAD = frozenset({"received", "treated", "progressed", "pretreated", "refractory", "resistant"})
_ENDS_TREATED = frozenset({"SEP", "BRACKET", "GENE", "CUE_exception", "CUE_condition_after"})
_LINK = frozenset({"FILL", "BRACKET", "MARK", "CUE_bearing", "ORIGIN", "NARROW", "DOMAIN"})


_MUST = frozenset({"must", "should", "need", "needs", "require", "requires", "have", "has"})
_UNCLEAR = "unclear"
_RESULTS = frozenset({"negative", "absent", "detected", "found", "identified", "observed", "seen",
                      "demonstrated", "detectable", "undetectable", "free", "present"})  # fmt: skip


class Standing(StrEnum):
    """What the words around an alteration make of it."""

    REQUIRED = "required"
    EXCLUDED = "excluded"
    NEITHER = "neither"


class Judged(NamedTuple):
    """How an alteration stands, why it is not a criterion, and what limits it."""

    standing: Standing
    reason: str = ""
    limit: str = ""

    @property
    def polarity(self) -> Polarity:
        """As a criterion has it."""
        return Polarity.EXCLUDED if self.standing is Standing.EXCLUDED else Polarity.REQUIRED


def judged(
    words: list[Word], first: int, last: int, section: Section, scoped: bool = False
) -> Judged:
    """How the run of words from `first` to `last` stands in its clause, `scoped` by its head."""
    left, right = words[:first], words[last + 1 :]
    told = _of_some(left)
    example = words[first : first + 1] if words[first].kind == "CUE_example" else []
    why = _not_asked(words, first, last, section)
    if why:
        return Judged(Standing.NEITHER, why)
    result = said_words()["results"]["words"]
    told_by = any(w.trait or w.value in result for w in words[max(first, last - 1) : last + 1])
    after = _after(told_by, right)
    if after == "condition" and (not _of_bearers(left, right) or _heads_cohort(left, right)):
        after = ""
    only = any(word.value.casefold() == "only" for word in left)
    if (after == "admitted" and not only) or _listed_as_admitted(left) or _may(left):
        return Judged(Standing.NEITHER, "says who may take part, not who must")
    denied = denied_examples([*left, *example]) or negated(left)
    denied = ended(left, words[first : last + 1], right) if denied else denied
    if denied is None or (after == _UNCLEAR and section is not Section.EXCLUSION):
        return Judged(Standing.NEITHER, "how far a negation reaches is not told")
    out = section is Section.EXCLUSION
    if out and (denied or (after == "refused" and _absent(right))):
        return Judged(Standing.NEITHER, "a negation within an exclusion can be read in two ways")
    if out and ((after == "condition" and _must(right)) or _must(left)):
        return Judged(Standing.NEITHER, "asked for among what is excluded")
    if not out and not denied and (after == "condition" or (right and _put_to_some(left, right))):
        return Judged(Standing.NEITHER, "a condition for those who bear it, or a test of it")
    out = out or denied or after == "refused"
    standing = Standing.EXCLUDED if out else Standing.REQUIRED
    limit = _SOME if told else limited(words, first, last, out, scoped)
    if section is Section.EXCLUSION and any(w.kind == "CUE_negation" for w in left):
        limit = limit or MORE
    return Judged(standing, "", limit)


def _may(left: list[Word]) -> bool:
    """Whether what follows may be, and need not: "the tumour may have"."""
    for word in reversed(left):
        if word.kind == "CUE_condition_after":
            return word.value.split()[0] in {"may", "can"}
        if word.kind not in _LINK:
            return False
    return False


def _must(words: list[Word]) -> bool:
    """Whether something must be: within an exclusion, that is asked for."""
    return any(
        w.value.casefold() == "must"
        or (w.kind == "CUE_condition_after" and w.value.split()[0] in _MUST)
        for w in words
    )


def _bearers_must(left: list[Word], right: list[Word]) -> bool:
    """Whether something is put to bearers after other words: "patients with X and Y must have"."""
    told = [n for n, word in enumerate(left[:-1]) if word.value.casefold() in _BEARERS]
    bear = any(left[n + 1].kind == "CUE_bearing" or left[n + 1].value == "who" for n in told)
    return bear and _must(right) and not _must(left)


def _sorts(left: list[Word]) -> bool:
    """Whether a run is in a list of what trials sort patients by: "risk factors: TP53 mutation"."""
    at = next((n for n, word in enumerate(left) if word.kind == "SORTS"), len(left))
    return any(w.kind == "CUE_example" or w.value in {":", "defined", "by"} for w in left[at:])


def _not_asked(words: list[Word], first: int, last: int, section: Section) -> str:
    """Why a run is nothing that is asked of the tumour; empty where it may be."""
    left, right = words[:first], words[last + 1 :]
    if _left_open(left[_of_some(left) :][-12:]) or left_open(words, first, last) == "all":
        return "asks for a test or leaves it open"
    if narrowed(words, first, last, section is Section.EXCLUSION):
        return "some of what is named are taken out"
    if _sorts(left):
        return "sorts patients"
    example = words[first : first + 1] if words[first].kind == "CUE_example" else []
    if _of_treatment([*left, *example]):
        return "speaks of a treatment"
    if section is Section.EXCLUSION and _treated(right):
        return "excludes bearers by their treatment"
    if _excepted(words, first):
        return "belongs to an exception"
    return "says how a status is found" if _definition(words, first, last) else ""


def _heads_cohort(left: list[Word], right: list[Word]) -> bool:
    """Whether a run is what a cohort is of: "Cohort A: KRAS mutation, patients must have ..."."""
    return bool(left) and left[-1].value == ":" and bool(right) and right[0].value == ","


def _of_some(left: list[Word]) -> int:
    """How many words open a clause for one kind of tumour: "if non-squamous, no EGFR mutation"."""
    if not left or left[0].value.casefold() != "if":
        return 0
    ends = [n for n, word in enumerate(left) if word.value == ","]
    opens = left[: ends[0] + 1] if ends else []
    plain = all(word.kind in {"OTHER", "FILL", "MARK", "SEP", "CUE_optional"} for word in opens)
    return len(opens) if plain else 0


def _left_open(left: list[Word]) -> bool:
    """Whether "regardless of", a test or the like is nearer than "harbouring"."""
    for word in reversed(left):
        if word.kind == "CUE_optional":
            return True
        if word.kind == "CUE_bearing" and word.value in CARRIES:
            return False
    return False


def _of_treatment(left: list[Word]) -> bool:
    """Whether a treatment is named nearer than whoever bears the alteration."""
    for word in reversed(left):
        if word.kind in {"CUE_bearing", "CUE_negation"}:
            return False
        if (word.kind == "CUE_example" or word.value == ":") and any(
            w.kind == "CLASS" for w in left
        ):
            return False  # examples of a class of alterations, whatever is said of it
        if word.kind in {"CUE_therapy", "TARGET"} and not word.value.startswith("pathway"):
            return True
    return False


def _listed_as_admitted(left: list[Word]) -> bool:
    """Whether a list of who may take part is open: "subtypes may be included: ALK+ ALCL, ..."."""
    colons = [n for n, word in enumerate(left) if word.value == ":"]
    return bool(colons) and any(w.kind == "CUE_admitted" for w in left[: colons[-1]])


def _treated(right: list[Word]) -> bool:
    """Whether bearers are told by the treatment that they had: "BRAF-mutant, received ..."."""
    joined = [w.value.casefold() for w in right[:2]] in (["and", "have"], ["and", "has"])
    for word in right[1 if joined else 0 : 6]:
        if word.kind == "CUE_therapy":
            return word.value in _HAD
        if word.kind in _ENDS_TREATED or word.value in {";", ".", ":", "be"}:
            return False
    return False


def _definition(words: list[Word], first: int, last: int) -> bool:
    """Whether a run stands in brackets after a status of its own gene or protein.

    "HER2 positive (IHC 3+, or IHC 2+ with HER2 amplification)" asks for no amplification.
    """
    opened = _opening(words, first)
    if opened < 0:
        return False
    names = {_name(w) for w in words[first : last + 1] if w.kind in {"GENE", "PROTEIN"}}
    before = words[max(0, opened - 4) : opened]
    results = said_words()["results"]["words"]
    told = any(w.kind == "CLASS" and w.value in results for w in before)
    if told and all(w.kind != "CLASS" for w in words[first : last + 1]):
        return any(w.value == "wild-type" for w in before) and any(
            w.kind == "EXON" for w in words[first : last + 1]
        )
    between = {w.value for w in words[opened + 1 : first]}
    stain = bool(between & {"IHC", "immunohistochemistry"})
    return told and stain and bool(names & {_name(w) for w in before})


def _excepted(words: list[Word], first: int) -> bool:
    """Whether "except" or the like reaches a run: to the end of its brackets."""
    depth = 0
    for word in reversed(words[:first]):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(word.value, 0)
        if word.kind == "CUE_exception" and depth <= 0:
            return True
    return False


def _opening(words: list[Word], first: int) -> int:
    """The bracket that is open where a run begins; -1 for none."""
    depth = 0
    for n in range(first - 1, -1, -1):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(words[n].value, 0)
        if depth < 0:
            return n
    return -1


def _name(word: Word) -> str:
    return str(said_words()["proteins_of_genes"].get(word.value, word.value))


def told_bare(words: list[Word], first: int, last: int) -> bool:
    """Whether "positive for" or "negative" stands beside genes of which nothing else is said."""
    for word in reversed(words[:first]):
        if word.value == "positive for":
            return True
        if word.kind == "CUE_negation":
            return "negative" in word.value
        if word.kind not in _LINK:
            break
    after = [word for word in words[last + 1 :] if word.kind not in _LINK]
    return bool(after) and after[0].kind == "CUE_refused" and "negative" in after[0].value


def _of_bearers(left: list[Word], right: list[Word]) -> bool:
    """Whether a condition is put to patients with the alteration, and not to itself.

    "Patients with EGFR mutations must have ..." asks for no mutation; "an EGFR mutation must be
    documented" does.
    """
    if any(word.kind == "CUE_tested_after" for word in right[:2]):
        return True
    told = next((word.value for word in right if word.kind == "CUE_condition_after"), "")
    if not told.endswith(" be"):
        return True
    asked = next(n for n, w in enumerate(right) if w.kind == "CUE_condition_after")
    return any(word.value.casefold() in _BEARERS for word in [*left, *right[:asked]])


def _put_to_some(left: list[Word], right: list[Word]) -> bool:
    """Whether a clause opens with "for patients with" or "in case of" the alteration."""
    opening = [word.value.casefold() for word in left if word.kind not in {"MARK", "BRACKET"}]
    if any(word.kind == "SEP" for word in left):
        return False
    if opening[:1] in (["in"], ["among"]) and all(word.kind in _LINK for word in left[1:]):
        return any(word.value == "," for word in right)
    if opening[:3] == ["in", "case", "of"]:
        return True
    return opening[:1] == ["for"] and bool(_BEARERS & set(opening))


def _after(told: bool, right: list[Word]) -> str:
    """What follows: refused, admitted, a condition, a refusal of what is not told, or nothing.

    After a result ("mutant status") a word of testing asks for no test.
    """
    strange, parted = 0, False
    if told_found(right):
        return ""
    near = [word for word in right if word.kind not in {"MARK", "BRACKET"}]
    if near and near[0].kind == "CUE_tested_after" and not told:
        return "condition"
    for n, word in enumerate(right[:12]):
        if word.kind.startswith("CUE_"):
            kind = word.kind.removeprefix("CUE_")
            if kind == "condition_after" and n and right[n - 1].value.casefold() == "who":
                continue  # "who have received ..." tells more of those who take part
            if kind in {"refused", "admitted"}:
                return _UNCLEAR if parted and strange and kind == "refused" else kind
            if kind == "condition_after":
                return "condition" if strange <= 1 else ""
            if kind == "negation" and word.value in SHUT_OUT:
                return _UNCLEAR if parted and strange else "refused"
        parted = parted or word.value.casefold() in {",", "and"}
        strange += word.kind in {"OTHER", "NUMBER"}
        if word.kind == "TARGET" or word.value.casefold() == "and" or strange > _NEAR:
            break
    return _UNCLEAR if any(_refuses(word) for word in right) else ""


def _absent(right: list[Word]) -> bool:
    """Whether the refusal that follows is a result: "not detected", "absent"."""
    said = next((w for w in right if w.kind == "CUE_refused"), None)
    return said is not None and not _refuses(said)


def _refuses(word: Word) -> bool:
    """Whether a word shuts out, and is no result of a test."""
    if word.kind == "CUE_negation":
        return word.value == "excluded"
    return word.kind == "CUE_refused" and word.value.split()[-1] not in _RESULTS


def limited(words: list[Word], first: int, last: int, excluded: bool, scoped: bool = False) -> str:
    """Why the criterion may hold for fewer patients than it says; empty where it does not."""
    outside = [*words[:first], *words[last + 1 :]]
    if any(word.kind == "CUE_exception" for word in outside):
        return EXCEPTED
    if of_some(words, first, last, scoped):
        return _SOME
    if not excluded and _bearers_must(words[:first], words[last + 1 :]):
        return "a condition for those who bear it"
    if excluded and softened(words, first, last):
        return MORE
    if left_open(words, first, last):
        return "something is left open beside it"
    if not excluded and _among_others(words, first, last):
        return OTHER_WAY
    return ""


def with_way_left(stands: Judged, words: list[Word], first: int, last: int) -> Judged:
    """What is required as one way where another way of its list was not read: "TNBC or HR-low"."""
    marks = {w.value.casefold() for w in words[first : last + 1] if w.kind == "SEP"}
    required = stands.standing is Standing.REQUIRED and not stands.limit
    return stands._replace(limit=WAY_LEFT) if required and marks & {"or", "/"} else stands


def another_way_follows(text: str, end: int) -> bool:
    """Whether a sentence that ends here goes on with "or" in its line: "exon 19 deletion; or"."""
    rest = text[end:].split("\n", 1)[0].strip()
    before = text[:end].rstrip(" ;,").rsplit(None, 1)[-1:]
    return rest[:3].casefold() in {"or ", "or"} or before == ["or"]


def _after_brackets(words: list[Word], at: int) -> int:
    """The first word after brackets that stand or open here."""
    depth = 0
    while at < len(words):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(words[at].value, 0)
        if depth <= 0 and words[at].kind not in {"BRACKET", "MARK"}:
            break
        at += 1
    return at


def _among_others(words: list[Word], first: int, last: int) -> bool:
    """Whether an "or" stands right before or after, or the ways are counted (i), (ii)."""
    if any(w.value == "or other" for w in words[last + 1 : last + 3]):
        return True
    before = first - 1
    while before >= 0 and words[before].kind in _LINK | {"EXON", "CHANGE"}:
        before -= 1
    after = _after_brackets(words, last + 1)
    if before > 0 and words[before - 1].kind in _LINK:
        before = -1  # "deleterious or suspected": words of one thing
    beside = [words[n] for n in (before, after) if 0 <= n < len(words)]
    if any(w.kind == "SEP" and w.value.casefold() == "or" for w in beside):
        return True
    return any(w.value.casefold() in {"ii", "iii"} for w in words)
