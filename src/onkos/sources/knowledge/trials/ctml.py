"""Trials in CTML, the clinical trial markup language of MatchMiner, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onkos.errors import InputError
from onkos.model import Unread, Vocabulary
from onkos.model.trial import (
    AllOf,
    AnyOf,
    Eligibility,
    Level,
    NoneOf,
    Part,
    Polarity,
    Trial,
    TrialCriterion,
    criteria_of,
)
from onkos.sources.knowledge.trials.continuation import earlier_study
from onkos.sources.knowledge.trials.ctml_clinical import all_of, clinical
from onkos.sources.knowledge.trials.ctml_genomic import NotRead, genomic
from onkos.sources.knowledge.trials.registry_words import phases_of, status_of

DEEPEST = 60  # joins within joins; a trial has about five
Leaf = Callable[[str, Any, int], list[Eligibility]]
_LEVELS = {"step": "arm", "arm": "dose_level", "dose_level": ""}
_OF_TREES = frozenset({"and", "or", "not", "genomic", "clinical"})
_KINDS = {"dose_level": "dose"}
_YES = frozenset({"y", "yes", "true"})
_REMEDY = "the trial is never met on it; mend the file, or judge it by hand"


def _rules_in(holder: Mapping[str, Any], prefix: str) -> list[Any]:
    """Trees of a level: its match, a tree that lost its match, and whatever else may be one.

    What stands under a key that CTML has not (``Match``, ``arms``) is a leaf of no kind, and so
    not understood: it would else be lost, and with it what keeps a patient out.
    """
    found = holder.get("match") or []
    rules = list(found) if isinstance(found, list) else [found]
    for key, value in holder.items():
        known = key == "match" or key in _LEVELS or key.startswith(f"{prefix}_")
        if not known and value and isinstance(value, (list, Mapping)):
            plain = key in _OF_TREES
            rules.append({key if plain else f"{key}, a key that CTML has not": value})
    return rules


def is_ctml(document: Any) -> bool:
    """Whether a document looks like one trial in CTML."""
    return isinstance(document, Mapping) and "treatment_list" in document


def trial_of(document: Mapping[str, Any], source: str, vocabulary: Vocabulary) -> Trial:
    """The trial that a document describes.

    Parameters
    ----------
    source : str
        Name of the file, without its folder.

    Raises
    ------
    InputError
        Where it has no identifier, or its steps are no list of steps.
    """
    name = str(document.get("nct_id") or document.get("protocol_no") or "").strip()
    if not name:
        raise InputError("neither nct_id nor protocol_no")
    reader = _Reader(vocabulary)
    treatment = document.get("treatment_list")
    levels = tuple(reader.levels(treatment, "step")) if isinstance(treatment, Mapping) else ()
    if not levels:
        raise InputError("treatment_list holds no step")
    titles = [str(document.get(key) or "") for key in ("short_title", "long_title")]
    parts = [*reader.own(document, treatment), *earlier_study(*titles)]
    own = all_of(parts) if parts else None
    rules = [own, *(level.rule for level in _all(levels))]
    unread = [
        Unread(source=source, line=c.line, column=c.part, text=c.text, reason=c.unread,
               remedy=_REMEDY)
        for rule in rules for c in criteria_of(rule) if c.unread
    ]  # fmt: skip
    return Trial(
        id=name,
        title=titles[0] or titles[1],
        status=status_of(str(document.get("status") or "")),
        phases=phases_of([str(document.get("phase") or "")]),
        interventions=tuple(_drugs(document)),
        rule=own,
        levels=levels,
        eligibility="\n".join(_sentences(document.get("prior_treatment_requirements"))),
        updated=str(document.get("last_updated") or ""),
        source=source,
        unread=tuple(unread),
    )


def _all(levels: tuple[Level, ...]) -> Iterator[Level]:
    for level in levels:
        yield level
        yield from _all(level.levels)


def _sentences(found: Any) -> Iterator[str]:
    for sentence in found if isinstance(found, list) else ():
        if isinstance(sentence, str):
            yield sentence


def _drugs(document: Mapping[str, Any]) -> Iterator[str]:
    drugs = document.get("drug_list")
    found = drugs.get("drug") if isinstance(drugs, Mapping) else None
    for drug in found if isinstance(found, list) else ():
        if isinstance(drug, Mapping) and drug.get("drug_name"):
            yield str(drug["drug_name"]).partition(": ")[2] or str(drug["drug_name"])


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def own(self, *holders: Any) -> list[Eligibility]:
        """What stands above the steps, at the document's root or in its list of treatments."""
        trees = [one.get("match") for one in holders if isinstance(one, Mapping)]
        return [rule_of(tree, self._leaf) for tree in trees if tree]

    def levels(self, holder: Mapping[str, Any], kind: str) -> Iterator[Level]:
        """Steps of the list of treatments, arms of a step, dose levels of an arm."""
        found = holder.get(kind) or []
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise InputError(f"{kind} is no list of mappings")
        below = _LEVELS[kind]
        prefix = "level" if kind == "dose_level" else kind
        for one in found:
            match = _rules_in(one, prefix)
            yield Level(
                kind=_KINDS.get(kind, kind),
                code=str(one.get(f"{prefix}_code") or ""),
                description=str(one.get(f"{prefix}_description") or ""),
                suspended=str(one.get(f"{prefix}_suspended") or "").casefold() in _YES,
                rule=rule_of(match, self._leaf) if match else None,
                levels=tuple(self.levels(one, below)) if below else (),
            )

    def _leaf(self, kind: str, value: Any, line: int) -> list[Eligibility]:
        part = Part.CLINICAL if kind == "clinical" else Part.GENOMIC
        if kind not in {"clinical", "genomic"}:
            return [_unread(kind, value, f"no kind of leaf: {kind}", line, part)]
        if not isinstance(value, Mapping) or not value:
            return [_unread(kind, value, "holds no keys", line, part)]
        line = getattr(value, "line", 0) or line
        if kind == "clinical":
            return list(clinical(value, line, self._vocabulary)) or [
                _unread(kind, value, "holds no keys", line, part)
            ]
        return [_genomic(value, line, self._vocabulary)]


def _genomic(leaf: Mapping[str, Any], line: int, vocabulary: Vocabulary) -> TrialCriterion:
    """One criterion; a ``!`` at any key makes the whole leaf one that must not hold."""
    words = {k: ", ".join(map(str, v)) if isinstance(v, list) else str(v).strip()
             for k, v in leaf.items() if v is not None}  # fmt: skip
    excluded = any(word.startswith("!") for word in words.values())
    criterion, note, why = None, "", ""
    try:
        bare = {key: word.removeprefix("!").strip() for key, word in words.items()}
        criterion, note = genomic(bare, vocabulary)
    except NotRead as error:
        why = str(error)
    return TrialCriterion(
        text=", ".join(f"{key}: {word}" for key, word in words.items()),
        part=Part.GENOMIC,
        criterion=criterion,
        polarity=Polarity.EXCLUDED if excluded else Polarity.REQUIRED,
        unread=why,
        note=note,
        line=line,
    )


def _unread(kind: str, value: Any, why: str, line: int, part: Part) -> TrialCriterion:
    text = kind if value is None else f"{kind}: {value}"
    return TrialCriterion(text=text[:200], part=part, unread=why, line=line)


def rule_of(match: Any, leaf: Leaf) -> Eligibility:
    """The rule of a match tree: ``and``, ``or``, ``not``, and leaves of whatever kind.

    Several keys of one mapping, like several trees of one list, must all hold.

    Parameters
    ----------
    leaf : callable
        Kind, value and line of a leaf to its rules, all of which must hold.
    """
    nodes = match if isinstance(match, list) else [match]
    return all_of([_node(node, leaf, 0) for node in nodes])


def _node(node: Any, leaf: Leaf, depth: int) -> Eligibility:
    if depth > DEEPEST:
        raise InputError(f"a match tree nested deeper than {DEEPEST} levels")
    if not isinstance(node, Mapping) or not node:
        return _unread("empty node", node, "not a node of a match tree", 0, Part.GENOMIC)
    line = getattr(node, "line", 0)
    if "genomic" in node and node["genomic"] is None and len(node) > 1:
        # Keys that lost their indentation: whose they are is plain, what else is missing is not.
        why = "genomic without keys, its keys beside it: check the indentation"
        return _unread("genomic", dict(node), why, line, Part.GENOMIC)
    parts: list[Eligibility] = []
    for kind, value in node.items():
        if kind in {"and", "or", "not"}:
            parts.append(_joined(kind, value, leaf, line, depth))
        else:
            parts += leaf(kind, value, line)
    return all_of(parts)


def _joined(kind: str, value: Any, leaf: Leaf, line: int, depth: int) -> Eligibility:
    values = value if isinstance(value, list) else [value]
    parts = tuple(_node(one, leaf, depth + 1) for one in values)
    if not parts:
        return _unread(kind, None, f"an empty {kind}", line, Part.GENOMIC)
    if kind == "not":
        return NoneOf(of=parts)
    if len(parts) == 1:
        return parts[0]
    return AllOf(of=parts) if kind == "and" else AnyOf(of=parts)
