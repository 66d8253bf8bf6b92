"""Whether the words around an alteration require it, exclude it, or do neither."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from onkos.model.trial import Polarity
from onkos.sources.knowledge.trials.freetext.layout import Section
from onkos.sources.knowledge.trials.freetext.words import Word, said_words

_FAR = 9  # words that mean nothing here, between a "no" and what it denies
_NEAR = 4  # words between an alteration and what is said of its bearers
_BEARERS = frozenset({"patient", "patients", "participant", "participants", "subject", "subjects",
                      "individuals", "those", "who"})  # fmt: skip
_DENIED = frozenset({"negative", "absent", "present", "detected"})
EXCEPTED = "the text makes an exception"
_HAD = frozenset({"received", "treated", "progressed", "pretreated", "refractory", "resistant"})
_ENDS_TREATED = frozenset({"SEP", "BRACKET", "GENE", "CUE_exception", "CUE_condition_after"})
_LINK = frozenset({"FILL", "BRACKET", "MARK", "CUE_bearing", "ORIGIN", "NARROW", "DOMAIN"})
_CARRIES = frozenset({"with", "harboring", "harbouring", "harbor", "harbour", "carrying"})


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


def judged(words: list[Word], first: int, last: int, section: Section) -> Judged:
    """How the run of words from `first` to `last` stands in its clause."""
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
    if after == "admitted" or _listed_as_admitted(left):
        return Judged(Standing.NEITHER, "says who may take part, not who must")
    negated = _negated(left) or _denied_examples([*left, *example])
    if negated is None:
        return Judged(Standing.NEITHER, "how far a negation reaches is not told")
    if (
        _put_to_some(left)
        and section is not Section.EXCLUSION
        and not negated
        and words[last + 1 :]
    ):
        return Judged(Standing.NEITHER, "a condition for those who bear it, or a test of it")
    if after == "condition" and section is not Section.EXCLUSION and not negated:
        return Judged(Standing.NEITHER, "a condition for those who bear it, or a test of it")
    if section is Section.EXCLUSION and negated:
        return Judged(Standing.NEITHER, "a negation within an exclusion can be read in two ways")
    out = section is Section.EXCLUSION or negated or after == "refused"
    standing = Standing.EXCLUDED if out else Standing.REQUIRED
    limit = "holds for some tumours alone" if told else _limit(words, first, last, out)
    return Judged(standing, "", limit)


def _sorts(left: list[Word]) -> bool:
    """Whether a run is in a list of what trials sort patients by: "risk factors: TP53 mutation"."""
    at = next((n for n, word in enumerate(left) if word.kind == "SORTS"), len(left))
    return any(w.kind == "CUE_example" or w.value in {":", "defined", "by"} for w in left[at:])


def _not_asked(words: list[Word], first: int, last: int, section: Section) -> str:
    """Why a run is nothing that is asked of the tumour; empty where it may be."""
    left, right = words[:first], words[last + 1 :]
    if _left_open(left[_of_some(left) :][-12:]):
        return "asks for a test or leaves it open"
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
        if word.kind == "CUE_bearing" and word.value in _CARRIES:
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


def _negated(left: list[Word]) -> bool | None:
    """Whether a negation reaches the end of `left`; None where that is not plain."""
    between = 0
    for n in range(len(left) - 1, -1, -1):
        word = left[n]
        denies = word.kind == "CUE_refused" and word.value.split()[-1] in _DENIED
        if word.value == "presence of" and n and left[n - 1].kind == "SEP":
            return False
        if word.kind == "CUE_negation" or denies:
            return True if between <= _FAR else None
        if word.kind == "CUE_refused":
            return None
        if word.kind in {"CUE_therapy", "TARGET"} or word.value.casefold() in {"but", "."}:
            return False
        between += word.kind == "OTHER"
    return False


def _denied_examples(left: list[Word]) -> bool:
    """Whether examples end a clause that opens with a denial of alterations.

    "No mutation of any other driver for which there are approved therapies (e.g. BRAF, RET)".
    """
    said = next((w.kind for w in left if w.kind in {"CLASS", "CUE_therapy"}), "")
    told = said == "CLASS"
    opens = bool(left) and left[0].kind == "CUE_negation" and left[0].value == "no"
    near = [w for w in left[-3:] if w.kind == "CUE_example"]
    return opens and told and bool(near) and not any(w.value == "but" for w in left)


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


def _put_to_some(left: list[Word]) -> bool:
    """Whether a clause opens with "for patients with" or "in case of" the alteration."""
    opening = [word.value.casefold() for word in left if word.kind not in {"MARK", "BRACKET"}]
    if any(word.kind == "SEP" for word in left):
        return False
    if opening[:3] == ["in", "case", "of"]:
        return True
    return opening[:1] == ["for"] and bool(_BEARERS & set(opening))


def _after(told: bool, right: list[Word]) -> str:
    """What follows: refused, admitted, a condition, or nothing of the kind.

    After a result ("mutant status") a word of testing asks for no test.
    """
    strange = 0
    near = [word for word in right if word.kind not in {"MARK", "BRACKET"}]
    if near and near[0].kind == "CUE_tested_after" and not told:
        return "condition"
    for word in right[:12]:
        if word.kind.startswith("CUE_"):
            kind = word.kind.removeprefix("CUE_")
            if kind in {"refused", "admitted"}:
                return kind
            if kind == "condition_after":
                return "condition" if strange <= 1 else ""
            if kind == "negation" and word.value == "excluded":
                return "refused"
        if word.kind == "TARGET" or word.value.casefold() == "and":
            return ""
        strange += word.kind in {"OTHER", "NUMBER"}
        if strange > _NEAR:
            return ""
    return ""


def _limit(words: list[Word], first: int, last: int, excluded: bool) -> str:
    """Why the criterion may hold for fewer patients than it says; empty where it does not."""
    outside = [*words[:first], *words[last + 1 :]]
    if any(word.kind == "CUE_exception" for word in outside):
        return EXCEPTED
    if excluded and any(word.kind == "OTHER" for word in words[last + 1 :]):
        return "the text says more of whom it excludes"
    if not excluded and _among_others(words, first, last):
        return "the text names another way"
    return ""


def _among_others(words: list[Word], first: int, last: int) -> bool:
    """Whether an "or" stands right before or after, or the ways are counted (i), (ii)."""
    if any(w.value == "or other" for w in words[last + 1 : last + 3]):
        return True
    before = first - 1
    while before >= 0 and words[before].kind in _LINK | {"EXON", "CHANGE"}:
        before -= 1
    after = last + 1
    while after < len(words) and words[after].kind in {"BRACKET", "MARK"}:
        after += 1
    if before > 0 and words[before - 1].kind in _LINK:
        before = -1  # "deleterious or suspected": words of one thing
    beside = [words[n] for n in (before, after) if 0 <= n < len(words)]
    if any(w.kind == "SEP" and w.value.casefold() == "or" for w in beside):
        return True
    return any(w.value.casefold() in {"ii", "iii"} for w in words)
