"""Where a denial ends because a clause goes on with what is asked for: "no A, positive for B"."""

from __future__ import annotations

from onkos.sources.knowledge.trials.freetext.fused import changed
from onkos.sources.knowledge.trials.freetext.words import Word, said_words

_NAMED = frozenset({"GENE", "PROTEIN", "PHRASE"})
_ALTERED = _NAMED | {"CHANGE", "EXON"}
_DENIES = frozenset({"CUE_negation", "CUE_refused"})
_BESIDE = frozenset({"FILL", "MARK", "BRACKET", "CLASS"})


def opens(words: list[Word], n: int) -> bool:
    """Whether what is asked for opens at a word: "positive for", "to carry", "must have"."""
    said = said_words()["anew"]
    while n < len(words) and words[n].value.casefold() in said["leads"]:
        n += 1
    return n < len(words) and words[n].value.casefold() in said["words"]


def parted(words: list[Word], n: int) -> bool:
    """Whether a comma or an "and" stands before a word."""
    return n > 0 and words[n - 1].kind == "SEP" and words[n - 1].value.casefold() in {",", "and"}


def ends_denial(words: list[Word], at: int, n: int) -> bool:
    """Whether a run that began at `at` ends at a word, as what was denied does.

    "EGFR and ALK, positive for ..." ends so; a second gene with a trait or a result of its own,
    "RAS mutation, HER2 amplified", is a run of its own, whatever it is.
    """
    if n <= at or not parted(words, n):
        return False
    found = n > 1 and words[n - 2].value.casefold() in said_words()["anew"]["found"]
    if found and any(w.kind == "CUE_refused" for w in words[n:]):
        return True
    if not _denied(words[:n]):
        return False
    if opens(words, n):
        return True
    return bool(told_alone(words, n)) and any(w.kind in _ALTERED for w in words[at:n])


def retold(told: list[Word], phrases: dict[str, str]) -> list[Word]:
    """Words of a clause with what is a refusal, and what is none.

    "Mutation-free" is one; "ineligible for chemotherapy" is none of the trial. A change of a
    fusion is one word with it.
    """
    said: list[Word] = []
    told = changed(told, phrases)
    for n, word in enumerate(told):
        if _of_treatment(told, n):
            word = word._replace(kind="OTHER")
        elif n > 1 and word.value.casefold() == "free" and told[n - 1].value == "-":
            denied = told[n - 2].kind in {*_ALTERED, "CLASS"}
            word = word._replace(kind="CUE_refused", value="free") if denied else word
        said.append(word)
    return said


def _of_treatment(told: list[Word], n: int) -> bool:
    said = said_words()["refusals"]
    word, after = told[n], told[n + 1 : n + 2]
    if word.kind != "CUE_refused" or word.value.split()[-1] not in said["may"]:
        return False
    if not after or after[0].value.casefold() not in said["open"]:
        return False
    rest = (w.value.casefold() for w in told[n + 2 :])
    return next((w for w in rest if w not in said["between"]), "study") not in said["trial"]


def told_alone(words: list[Word], n: int) -> str:
    """A trait or a result that is told of the genes at a word alone: "trait", "result" or ""."""
    rest = words[n:]
    if any(w.value.casefold() in {"or", "nor", "and or", "/"} for w in rest):
        return ""
    ends = next((m for m, w in enumerate(rest) if w.value in {",", "and", ";"}), len(rest))
    piece = rest[:ends]
    if not any(w.kind in _NAMED for w in piece):
        return ""
    said = said_words()
    if any(w.value.casefold() in said["anew"]["found"] for w in piece):
        return "result"
    results = said["results"]["words"]
    told = any(w.kind == "CLASS" and (w.trait or w.value in results) for w in piece)
    return "trait" if told else ""


def _denied(before: list[Word]) -> bool:
    results = said_words()["anew"]["denies"]
    return any(w.kind in _DENIES or (w.kind == "CLASS" and w.value in results) for w in before)


def ended(left: list[Word], run: list[Word], right: list[Word]) -> bool | None:
    """Whether a denial reaches a run with a trait of its own after a comma; None: not plain.

    True where nothing speaks against it.
    """
    words = [*left, *run, *right]
    n = len(left)
    while n and words[n - 1].kind in {"FILL", "MARK"}:
        n -= 1
    alone = told_alone(words, n) if parted(words, n) else ""
    denials = [m for m, w in enumerate(words[:n]) if w.kind in _DENIES]
    if not denials:
        return True
    after = denied_before(words, denials[-1])
    if after and parted(words, n):
        return False if alone == "result" else None
    between = words[denials[-1] + 1 : n]
    return None if alone and any(w.kind in _ALTERED for w in between) else True


def denied_before(words: list[Word], n: int) -> bool:
    """Whether a denial is of what stands before it: "EGFR mutation not detected"."""
    if words[n].kind != "CUE_refused":
        return False
    for word in reversed(words[:n]):
        if word.kind in _ALTERED:
            return True
        if word.kind not in _BESIDE:
            return False
    return False


def told_found(right: list[Word]) -> bool:
    """Whether a run is told to be found, and a comma ends that: "KRAS G12C detected, ..."."""
    near = [w for w in right[:6] if w.kind not in {"MARK", "BRACKET"}]
    found = said_words()["anew"]["found"]
    at = next((m for m, w in enumerate(near) if w.value.casefold() in found), -1)
    plain = at >= 0 and all(w.kind == "FILL" for w in near[:at])
    return plain and parted(near, at + 2) if at + 1 < len(near) else False
