"""What speaks against a regimen, and how strongly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onkos.model import Answer, Case, Effect, Match, regimen_name
from onkos.model.criterion import ComedicationIs, Compare, PriorIs, PriorLinesIs, atoms

Regimen = frozenset[str]

AGAINST = frozenset({Effect.RESISTANCE, Effect.HARM, Effect.NO_BENEFIT})
# Resistance in the target itself, or in the very change that made the tumour sensitive.
ON_TARGET = frozenset({"on-target", "reversion"})


def bears(match: Match) -> bool:
    """Whether a claim against something holds for this case."""
    holds = match.verdict is Answer.MET and match.setting.answer is not Answer.UNMET
    return match.claim.effect in AGAINST and holds


def binds(match: Match) -> bool:
    """Whether it moves its regimen to *avoid*; weaker evidence is a caution.

    Standard of care (a guideline or a label says so) or on-target with patients behind it,
    and no contrary study; the setting must be met. Harm binds like resistance, and so does
    a lack of benefit that a guideline or a label states. Harm that is managed, by a dose or by
    watching, is a caution whatever its evidence.
    """
    return match.setting.answer is Answer.MET and weighty(match)


def weighty(match: Match) -> bool:
    """Whether it would bind, once its criterion and its setting are met."""
    claim = match.claim
    if claim.advice:
        return False
    if any(g.recommends for g in claim.guidelines) or any(a.stands for a in claim.approvals):
        return True
    supporting = [s for s in claim.studies if s.positive]
    contrary = [s for s in claim.studies if not s.positive]
    on_target = claim.mechanism in ON_TARGET
    return on_target and any(s.kind.clinical for s in supporting) and not contrary


def regimen_of(match: Match) -> Regimen:
    """The drugs of the claim's regimen, in no order."""
    return frozenset(match.claim.therapy)


def reaches(match: Match, regimen: Regimen) -> bool:
    """Whether a claim speaks of this regimen: exactly, or of a drug wherever it is given."""
    drugs = regimen_of(match)
    return drugs == regimen or (match.claim.in_any_regimen and drugs <= regimen)


def only_beside(match: Match) -> bool:
    """Whether it is worth saying only beside a regimen that is offered.

    What another medicine or the heart's rhythm does to a drug concerns those who may get it.
    """
    kinds = (ComedicationIs, Compare)
    return match.claim.in_any_regimen and any(isinstance(a, kinds) for a in atoms(match.claim.when))


def bound(match: Match, offered: Iterable[Regimen]) -> set[Regimen]:
    """The regimens that a binding claim moves to *avoid*."""
    if not binds(match):
        return set()
    own = set() if only_beside(match) else {regimen_of(match)}
    return own | {regimen for regimen in offered if reaches(match, regimen)}


def about(regimen: Regimen, matches: Iterable[Match]) -> tuple[Match, ...]:
    """Claims against exactly this regimen, or against a drug of it wherever it is given."""
    return tuple(m for m in matches if reaches(m, regimen))


def cautions(regimen: Regimen, against: Iterable[Match], case: Case) -> tuple[str, ...]:
    """Sentences beside a regimen that is not avoided."""
    found: list[str] = []
    for match in against:
        drugs = regimen_of(match)
        if reaches(match, regimen):
            found.append(sentence(match))
        elif drugs < regimen and match.claim.effect is not Effect.NO_BENEFIT:
            found.append(f"contains {regimen_name(match.claim.therapy)}: {sentence(match)}")
    found += _failed_parts(regimen, case)
    return tuple(dict.fromkeys(found))


def _failed_parts(regimen: Regimen, case: Case) -> list[str]:
    contained = [
        f"contains {regimen_name(drugs)}, on which the tumour progressed"
        for drugs in failed_within(regimen, case)
    ]
    failed = [p.drugs for p in case.prior or () if p.progressed]
    return contained + [
        f"part of {regimen_name(drugs)}, on which the tumour progressed"
        for drugs in failed
        if regimen < set(drugs)
    ]


def failed_within(regimen: Regimen, case: Case) -> tuple[tuple[str, ...], ...]:
    """Regimens that failed and are a part of this one."""
    priors = (p.drugs for p in case.prior or () if p.progressed)
    return tuple(drugs for drugs in priors if set(drugs) < regimen)


_WORDS = {
    Effect.RESISTANCE: "resistance to",
    Effect.HARM: "harm from",
    Effect.NO_BENEFIT: "no benefit in this disease from",
}


def sentence(match: Match) -> str:
    """One sentence: what, of what kind, on what evidence."""
    claim = match.claim
    mechanism = f", {claim.mechanism}" if claim.mechanism else ""
    kinds = dict.fromkeys(str(s.kind) for s in claim.studies if s.positive)
    evidence = "guideline" if any(g.recommends for g in claim.guidelines) else ", ".join(kinds)
    contrary = "; contrary evidence exists" if any(not s.positive for s in claim.studies) else ""
    who = ", ".join(match.biomarker.alterations) or _because(match)
    condition = f"if {claim.setting}, " if match.setting.answer is Answer.UNKNOWN else ""
    shown = f" ({evidence}{mechanism}{contrary})" if evidence or mechanism else ""
    doubt = ", not verified" if claim.all_unverified else ""
    held = match.setting.answer is Answer.MET and claim.setting
    where = f" where {claim.setting}" if held else ""
    what = f"{_WORDS[claim.effect]} {regimen_name(claim.therapy)}{where}"
    advice = f"; {claim.advice}" if claim.advice else ""
    return f"{condition}{who}: {what}{shown}{advice}{doubt}"


def _because(match: Match) -> str:
    """What holds where nothing of the tumour does: the medicine by its name, or the criterion."""
    said = (r.partition(": ")[2] for r in match.biomarker.reasons if r.startswith("comedication"))
    taken = [name for names in said if not _UNSAID.search(names) for name in names.split(", ")]
    return f"with {', '.join(dict.fromkeys(taken))}" if taken else str(match.claim.when)


# What a reason says of a medicine that is not taken, or of which nothing is known.
_UNSAID = re.compile(r"not among|not known|not given|^$")


def progressed_on(regimen: Regimen, case: Case) -> bool:
    """Whether the tumour grew on exactly this regimen."""
    return any(p.progressed and frozenset(p.drugs) == regimen for p in case.prior or ())


def every_drug_failed(regimen: Regimen, benefits: Iterable[Match], case: Case) -> bool:
    """Whether each drug was in some regimen on which the tumour grew.

    Unless a claim was made for just that: its setting, which holds, names one of these drugs or a
    class of earlier treatment (rechallenge).
    """
    failed = {drug for prior in case.prior or () if prior.progressed for drug in prior.drugs}
    return bool(failed) and regimen <= failed and not any(map(_after_treatment, benefits))


def _after_treatment(match: Match) -> bool:
    rule = match.claim.setting
    if rule is None or match.setting.answer is not Answer.MET:
        return False
    return any(isinstance(leaf, (PriorIs, PriorLinesIs)) for leaf in atoms(rule))


def given(regimen: Regimen, case: Case) -> bool:
    """Whether every drug of it was given before."""
    drugs = {drug for prior in case.prior or () for drug in prior.drugs}
    return bool(drugs) and regimen <= drugs
