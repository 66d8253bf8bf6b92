"""From graded matches to a plan: options in order, what to avoid, what to test next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onkos.model import (
    Answer,
    Case,
    Effect,
    Finding,
    Knowledge,
    Match,
    NotAssessed,
    Option,
    Plan,
    Vocabulary,
    regimen_name,
)
from onkos.plan import against as speaks
from onkos.plan.best_grades import best_grades
from onkos.plan.next_tests import next_tests
from onkos.plan.order import Key, match_key
from onkos.plan.reasons import rank_reasons
from onkos.plan.referral import referrals
from onkos.plan.same_class import repeats

Regimen = frozenset[str]

NOTHING = "No biomarker-selected option; standard treatment is not listed here."
WITHHELD = (
    "Inherited findings are withheld, as asked, whether or not there are any: no regimen that "
    "rests on one alone is listed, and a germline test that was done counts as not done. What "
    "looks inherited for certain is left out with them; any other change seen in the tumour is "
    "listed whatever its origin, which without a normal sample is not settled. How many rows were "
    "read, and what of them was not understood, is not told."
)
NO_ASSAY = "No assay was given: whatever was not reported is unknown, not negative."


def rank(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    matches: Sequence[Match],
    knowledge: Knowledge,
) -> Plan:
    """The plan of one case.

    Options are ordered as ``onkos.plan.order`` says. Resistance binds the regimen that it
    names; a regimen that contains the drug gets a caution. Nothing is dropped in silence:
    what speaks against a regimen that is not offered stands in ``avoid`` or ``contrary``.

    Parameters
    ----------
    matches : sequence of Match
        From ``onkos.evidence.match``; their order does not matter.
    """
    del findings
    benefits = _by_regimen(m for m in matches if _offers(m))
    against = sorted((m for m in matches if speaks.bears(m)), key=lambda m: m.claim.id)
    avoided = _avoided(benefits, against, case)
    kept = {r: m for r, m in benefits.items() if r not in avoided}
    options = _options(kept, against, case, knowledge.vocabulary)
    avoid = [_avoid(r, benefits.get(r, ()), against, case) for r in sorted(avoided, key=sorted)]
    said = {m.claim.id for option in (*options, *avoid) for m in option.against}
    by_effect = _others(matches)
    return Plan(
        options=tuple(options),
        avoid=tuple(avoid),
        prognosis=by_effect(Effect.BETTER_PROGNOSIS, Effect.WORSE_PROGNOSIS),
        diagnosis=by_effect(Effect.DIAGNOSIS),
        predisposition=by_effect(Effect.PREDISPOSITION),
        contrary=tuple(m for m in against if m.claim.id not in said and not speaks.only_beside(m)),
        test_next=next_tests(case, matches, options, avoid, knowledge),
        statements=(*_statements(case, options), *referrals(case, knowledge.vocabulary)),
    )


def _offers(match: Match) -> bool:
    return match.claim.effect is Effect.BENEFIT and match.biomarker.answer is Answer.MET


def _by_regimen(matches: Iterable[Match]) -> dict[Regimen, tuple[Match, ...]]:
    table: dict[Regimen, list[Match]] = {}
    for match in sorted(matches, key=lambda m: m.claim.id):
        table.setdefault(speaks.regimen_of(match), []).append(match)
    return {regimen: tuple(found) for regimen, found in table.items()}


def _others(matches: Sequence[Match]):  # type: ignore[no-untyped-def]
    def of(*effects: Effect) -> tuple[Match, ...]:
        found = (m for m in matches if m.claim.effect in effects and _holds(m))
        return tuple(sorted(found, key=lambda m: m.claim.id))

    return of


def _holds(match: Match) -> bool:
    return match.verdict is Answer.MET and match.setting.answer is not Answer.UNMET


def _avoided(
    benefits: dict[Regimen, tuple[Match, ...]], against: Sequence[Match], case: Case
) -> set[Regimen]:
    barred = {regimen for m in against for regimen in speaks.bound(m, benefits)}
    failed = {
        regimen
        for regimen, matches in benefits.items()
        if speaks.progressed_on(regimen, case) or speaks.every_drug_failed(regimen, matches, case)
    }
    return barred | failed | _without_home_support(benefits, against)


def _without_home_support(
    benefits: dict[Regimen, tuple[Match, ...]], against: Sequence[Match]
) -> set[Regimen]:
    """Borrowed from another disease, while a study in this one showed no benefit."""
    failed_here = {speaks.regimen_of(m) for m in against if m.claim.effect is Effect.NO_BENEFIT}
    return {
        regimen
        for regimen, matches in benefits.items()
        if regimen in failed_here and all(m.disease is Answer.UNMET for m in matches)
    }


def _options(
    benefits: dict[Regimen, tuple[Match, ...]],
    against: Sequence[Match],
    case: Case,
    vocabulary: Vocabulary,
) -> list[Option]:
    beaten = _superseded(benefits)
    shares = _shares(case) if benefits else {}
    keys = {
        regimen: max(match_key(m, regimen in beaten, _share(m, shares)) for m in matches)
        for regimen, matches in benefits.items()
    }

    def place(regimen: Regimen) -> tuple[object, ...]:
        again = speaks.given(regimen, case), bool(speaks.failed_within(regimen, case))
        return (*again, _descending(keys[regimen]), sorted(regimen))

    ordered = sorted(benefits, key=place)
    return [
        _option(
            number,
            regimen,
            benefits[regimen],
            beaten.get(regimen, ()),
            against,
            case,
            repeats(regimen, benefits[regimen], case, vocabulary),
        )
        for number, regimen in enumerate(ordered, start=1)
    ]


class _descending:
    """Sorts greater keys first."""

    def __init__(self, key: Key) -> None:
        self.key = key

    def __lt__(self, other: _descending) -> bool:
        return other.key < self.key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _descending) and other.key == self.key

    __hash__ = None  # type: ignore[assignment]


def _shares(case: Case) -> dict[str, float]:
    """Largest allele fraction of each alteration by its label."""
    table: dict[str, float] = {}
    for a in case.alterations:
        if a.vaf is not None:
            table[a.label] = max(a.vaf, table.get(a.label, 0.0))
    return table


def _share(match: Match, shares: dict[str, float]) -> float:
    return max((shares.get(label, 0.0) for label in match.biomarker.alterations), default=0.0)


def _superseded(
    benefits: dict[Regimen, tuple[Match, ...]],
) -> dict[Regimen, tuple[str, ...]]:
    """Regimens beaten head to head by another that can be had here, and by which.

    One that failed stands under *avoid* and supersedes nothing; one given before still does.
    """
    beaten: dict[Regimen, list[str]] = {}
    for matches in benefits.values():
        for match in matches:
            if not _supersedes(match):
                continue
            for drugs in match.claim.over:
                name = regimen_name(match.claim.therapy)
                if name not in beaten.setdefault(frozenset(drugs), []):
                    beaten[frozenset(drugs)].append(name)
    return {r: tuple(names) for r, names in beaten.items() if r in benefits}


def _supersedes(match: Match) -> bool:
    here = match.verdict is Answer.MET and match.setting.answer is not Answer.UNMET
    available = bool(match.approvals) or any(g.recommends for g in match.claim.guidelines)
    return here and available and not match.claim.all_unverified


def _option(
    number: int,
    regimen: Regimen,
    matches: tuple[Match, ...],
    beaten_by: tuple[str, ...],
    against: Sequence[Match],
    case: Case,
    repeated: tuple[str, ...],
) -> Option:
    ordered = tuple(sorted(matches, key=lambda m: (_descending(match_key(m, False)), m.claim.id)))
    carried = (c for m in ordered for c in m.biomarker.cautions)
    cautions = dict.fromkeys((*carried, *speaks.cautions(regimen, against, case), *repeated))
    approvals = tuple(dict.fromkeys(a for m in ordered for a in m.approvals))
    was_given = speaks.given(regimen, case)
    return Option(
        therapy=ordered[0].claim.therapy,
        rank=number,
        approved_here=any(m.verdict is Answer.MET and m.approvals for m in ordered),
        approvals=approvals,
        grades=best_grades(m.grades for m in ordered),
        matches=ordered,
        against=speaks.about(regimen, against),
        cautions=tuple(cautions),
        reasons=rank_reasons(ordered, beaten_by, was_given),
        given=was_given,
        superseded_by=beaten_by,
        unverified=all(m.claim.all_unverified for m in ordered),
    )


def _avoid(
    regimen: Regimen, benefits: tuple[Match, ...], against: Sequence[Match], case: Case
) -> Option:
    exact = speaks.about(regimen, against)
    reasons = [speaks.sentence(m) for m in exact]
    if speaks.progressed_on(regimen, case):
        reasons.insert(0, "the tumour progressed on it")
    elif speaks.every_drug_failed(regimen, benefits, case):
        reasons.insert(0, "the tumour progressed on regimens with every drug of it")
    whole = (m.claim.therapy for m in (*exact, *benefits) if speaks.regimen_of(m) == regimen)
    therapy = next(whole, tuple(sorted(regimen)))
    return Option(
        therapy=therapy,
        approved_here=any(m.verdict is Answer.MET and m.approvals for m in benefits),
        approvals=tuple(dict.fromkeys(a for m in benefits for a in m.approvals)),
        grades=best_grades(m.grades for m in (exact or benefits)),
        matches=benefits,
        against=exact,
        reasons=tuple(reasons),
        given=speaks.given(regimen, case),
        unverified=bool(exact) and all(m.claim.all_unverified for m in exact),
    )


def _statements(case: Case, options: Sequence[Option]) -> tuple[str, ...]:
    found = [] if options else [NOTHING]
    if not any(sample.assay for sample in case.samples):
        found.append(NO_ASSAY)
    if case.withholds_germline:
        found.append(WITHHELD)
    return tuple(found)
