"""How far a denial reaches, and for whom alone a sentence holds."""

from __future__ import annotations

import re
from itertools import pairwise

from onkos.sources.knowledge.trials.freetext.anew import opens
from onkos.sources.knowledge.trials.freetext.words import CARRIES, Word, said_words

_FAR = 9  # words that mean nothing here, between a "no" and what it denies
_FEW = 6  # words between "for" and those for whom something holds
_DENIED = frozenset({"negative", "absent", "present", "detected", "free"})
_OPENS_ANEW = CARRIES | {"has", "whose"}
_ALTERED = frozenset({"GENE", "PROTEIN", "PHRASE", "CHANGE", "EXON"})
_NOUNS = frozenset({"OTHER", "CUE_therapy", "TARGET", "NUMBER", "MEASURE"})
_HEADS = frozenset({"OP", "OTHER", "MARK", "FILL", "SEP", "NUMBER"})
_LEADS = frozenset({"FILL", "MARK", "BRACKET", "CUE_bearing", "CUE_example", "CLASS"})
_ARM_NAME = re.compile(r"[A-Za-z]\d?|[IVX]+|\d+[a-z]?")  # "A", "B1", "III", "2"
_CHANGE = re.compile(r"[A-Z]\d+\w*")
_DEPTH = {")": 1, "]": 1, "(": -1, "[": -1}
SHUT_OUT = frozenset({"excluded", "ruled out", "none"})
_VERBS = ("whose", "who", "has", "have", "having")
_OPEN_AFTER = ("optional", "unknown", "permissible")
_EXCEPTS = frozenset({"not", "excluding", "excluded", "excludes"})


def _says(word: Word, *values: str) -> bool:
    return word.value.casefold() in values


def negated(left: list[Word]) -> bool | None:
    """Whether a negation reaches the end of `left`; None where that is not plain.

    It does not leave its brackets, and ends where a comma or an "and" opens anew: ", with a RET
    fusion".
    """
    depth = 0
    for n in range(len(left) - 1, -1, -1):
        word = left[n]
        depth = max(0, depth + _DEPTH.get(word.value, 0))
        if depth:
            continue
        if word.value == "presence of" and n and left[n - 1].kind == "SEP":
            return False
        denies = word.kind == "CUE_refused" and word.value.split()[-1] in _DENIED
        if word.kind == "CUE_negation" or denies:
            reaches = _reaches(_outside_brackets(left[n + 1 :]))
            return None if reaches and _twice(left[:n]) else reaches
        if word.kind == "CUE_refused":
            return None
        if _says(word, "but", "."):
            return False
    return False


def _twice(before: list[Word]) -> bool:
    """Whether a negation is denied: "must not be negative for", "no exclusion of"."""
    near = before[-3:]
    last = next((n for n, w in enumerate(near) if w.kind == "CUE_negation"), None)
    return last is not None and all(w.kind in _LEADS for w in near[last + 1 :])


def _carried(words: list[Word]) -> bool:
    return any(word.value in CARRIES for word in words)


def _outside_brackets(words: list[Word]) -> list[Word]:
    """Words without the brackets that are closed among them."""
    kept: list[Word] = []
    depth = 0
    for word in reversed(words):
        depth = max(0, depth + _DEPTH.get(word.value, 0))
        if not depth and word.kind != "BRACKET":
            kept.append(word)
    return kept[::-1]


def _reaches(between: list[Word]) -> bool | None:
    """Whether a negation reaches over the words between it and an alteration."""
    if _opens_anew(between):
        return False
    nouns = [n for n, word in enumerate(between) if word.kind in _NOUNS]
    altered = [n for n, word in enumerate(between) if word.kind in _ALTERED]
    if not nouns and not altered:
        return True
    if sum(between[n].kind == "OTHER" for n in nouns) > _FAR:
        return None
    first = min([*nouns, *altered])
    if any(word.value in CARRIES or _says(word, *_VERBS) for word in between[first:]):
        return None if not altered or altered[0] != first or _carried(between[first:]) else True
    if altered and altered[0] == first:
        return True
    marks = [word.value.casefold() for word in between[first:] if word.kind == "SEP"]
    if marks:
        return True if marks[-1] == "or" else None
    return None if any(between[n].kind != "OTHER" for n in nouns) else True


def _opens_anew(between: list[Word]) -> bool:
    """Whether a comma or an "and" with "with", "whose" or "has" after it stands among words."""
    for n, word in enumerate(between):
        if word.kind != "SEP" or _says(word, "or", "/"):
            continue
        after = [w for w in between[n + 1 :] if w.kind != "SEP"]
        if after and (after[0].value.casefold() in _OPENS_ANEW or opens(after, 0)):
            return True
    return False


def denied_examples(left: list[Word]) -> bool:
    """Whether examples end a clause that opens with a denial of alterations.

    "No mutation of any other driver for which there are approved therapies (e.g. BRAF, RET)".
    """
    said = next((w.kind for w in left if w.kind in {"CLASS", "CUE_therapy"}), "")
    told = said == "CLASS"
    opens = bool(left) and left[0].kind == "CUE_negation" and left[0].value == "no"
    near = [w for w in left[-3:] if w.kind == "CUE_example"]
    return opens and told and bool(near) and not any(w.value == "but" for w in left)


def narrowed(words: list[Word], first: int, last: int, excluded: bool) -> bool:
    """Whether some of what is named is taken out: "non-V600 BRAF", "KRAS mutation, not G12C"."""
    near = words[max(0, first - 6) : first + 1]
    for n, word in enumerate(near[:-1]):
        after = next((w for w in near[n + 1 :] if w.kind != "MARK"), None)
        if _says(word, "non") and after and (
            after.kind in {"CHANGE", "EXON", "PHRASE"} or _CHANGE.fullmatch(after.value)
        ):  # fmt: skip
            return True
    right = [w for w in words[last + 1 :] if w.kind not in {"MARK", "BRACKET", "FILL"}]
    while right and _says(right[0], ",", "but"):
        if _says(right[0], "but") and right[1:] and right[1].kind in _ALTERED - {"GENE", "PROTEIN"}:
            return True
        right = right[1:]
    if not excluded and any(_takes_out(right, n) for n in range(len(right))):
        return True
    if not right or (right[0].kind != "CUE_negation" and not _says(right[0], "non")):
        return False
    taken = next((w for w in right[1:5] if w.kind in _ALTERED or _CHANGE.fullmatch(w.value)), None)
    if taken is None or taken.kind in {"GENE", "PROTEIN"}:
        return False
    return taken.kind != "PHRASE" or right[0].value in _EXCEPTS


def _takes_out(right: list[Word], n: int) -> bool:
    """Whether an exception begins here, and is one of alterations."""
    if right[n].kind != "CUE_exception" or right[n].value == "unless":
        return False
    near = right[n + 1 : n + 1 + _FEW]
    return any(w.kind in {*_ALTERED, "CLASS"} or _says(w, "class", "classes", "codon", "codons")
               or _CHANGE.fullmatch(w.value) for w in near)  # fmt: skip


def left_open(words: list[Word], first: int, last: int) -> str:
    """Whether "need not" or "not mandatory" is said: "all" of a run, "some" where not plain."""
    found = ""
    for n, word in enumerate(words):
        after = n > last and word.kind == "CUE_optional" and _says(word, *_OPEN_AFTER)
        if (word.kind != "CUE_left_open" and not after) or first <= n <= last:
            continue
        between = words[n + 1 : first] if n < first else words[last + 1 : n]
        parts = {"SEP", *_NOUNS}
        strange = any(w.kind in parts and not (n > last and w.value == ",") for w in between)
        if not strange:
            return "all"
        found = "some"
    return found


def of_some(words: list[Word], first: int, last: int, scoped: bool = False) -> bool:
    """Whether what is said holds for some: "for patients who progressed", "for Arm A", "X: ...".

    What a head says is known already of a clause that is `scoped`.
    """
    left, right = words[:first], words[last + 1 :]
    said = said_words()["some"]
    opening = [w for w in left if w.kind not in {"MARK", "BRACKET"}]
    if opening and _says(opening[0], *said["before"]) and _of_persons(opening, said):
        return True
    counted = pairwise(left)
    if any(a.kind == "NUMBER" and _says(b, *said["bearers"]) for a, b in counted) and not any(
        w.kind == "OP" for w in left
    ):
        return True
    colons = [n for n, word in enumerate(left) if word.value == ":"]
    if colons and not scoped and not {w.kind for w in left[: colons[-1]]} - _HEADS:
        head = [w.value.casefold() for w in left[: colons[-1]]]
        if {"<", ">", "\u2264", "\u2265", *said["kinds"], *said["arms"]} & set(head):
            return True
    return _for_some(right, said)


def _of_persons(opening: list[Word], said: dict[str, list[str]]) -> bool:
    """Whether the words before the first comma are of patients or an arm; False without a comma."""
    ends = next((n for n, word in enumerate(opening) if word.value == ","), 0)
    named = (*said["bearers"], *said["arms"], *said["kinds"])
    return any(_says(w, *named) or w.kind in {"NUMBER", "MEASURE"} for w in opening[:ends])


def _arm(near: list[Word], said: dict[str, list[str]]) -> bool:
    """Whether an arm is named with its letter or number: "Arm A", "phase 2", and not "phase"."""
    return any(
        _says(word, *said["arms"])
        and n + 1 < len(near)
        and bool(_ARM_NAME.fullmatch(near[n + 1].value))
        for n, word in enumerate(near)
    )


def _for_some(right: list[Word], said: dict[str, list[str]]) -> bool:
    for n, word in enumerate(right):
        if _says(word, *said["conditions"]) and (n or not _says(word, "only")):
            return True
        near = right[n + 1 : n + 1 + _FEW]
        if _says(word, *said["before"]) and (
            _arm(near, said) or any(_says(w, *said["bearers"]) for w in near)
        ):
            return True
        if word.kind == "BRACKET" and _arm(near[:3], said):
            return True
    return False


def softened(words: list[Word], first: int, last: int) -> bool:
    """Whether words of a treatment, an age or the like stand beside what is excluded."""
    denials = [n for n, word in enumerate(words[:first]) if word.kind == "CUE_negation"]
    left, right = words[denials[-1] + 1 if denials else 0 : first], words[last + 1 :]
    beside = {"CUE_therapy", "TARGET", "MEASURE", "OP", "CUE_condition_after", "CUE_admitted"}
    if any(word.kind in beside for word in [*left, *right]):
        return True
    if any(w.kind == "OTHER" or (w.kind == "CUE_negation" and w.value not in SHUT_OUT)
           for w in right):  # fmt: skip
        return True
    joins = {w.value.casefold() for w in words if w.kind == "SEP"}
    return _joined_to(left, bare=not joins & {"or", "and", "/"})


def _joined_to(left: list[Word], bare: bool) -> bool:
    """Whether what stands before is one thing with a run: "NSCLC with", "age and".

    So it may be at a comma where a sentence is `bare` of any "or" and "and".
    """
    n = len(left) - 1
    joined = False
    while n >= 0 and left[n].kind not in _NOUNS:
        word = left[n]
        if word.kind == "SEP" and not (_says(word, "and") or bare):
            return False
        if word.kind not in _LEADS and word.kind != "SEP":
            return False
        joined = joined or word.value in CARRIES or _says(word, "and", "who", "that", ",")
        n -= 1
    return n >= 0 and joined
