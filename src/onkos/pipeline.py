"""The corridor: the one place where rooms meet. Read it to know what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from onkos import __version__, annotate, biomarkers, evidence, plan, risk
from onkos.criteria import CaseView
from onkos.evidence import REGULATORS
from onkos.model import Case, Dossier, Effect, Finding, Knowledge, Match, NotAssessed, Plan
from onkos.model.reference import NO_REFERENCE, Reference
from onkos.plan import WITHHELD

if TYPE_CHECKING:
    from onkos.model import Claim, Unread
    from onkos.model.change import ClaimChange
    from onkos.model.recheck import Rechecked
    from onkos.model.trial import Trial, TrialStatus
    from onkos.model.trial_match import Feasibility, Survey, TrialMatch

__all__ = [
    "APPRAISALS",
    "MEASURES",
    "REGULATORS",
    "WITHHELD",
    "Recheck",
    "claim_changes",
    "explain",
    "feasible_trials",
    "match_trials",
    "measured",
    "planned",
    "run",
    "survey_trials",
    "with_trials",
]

Measure = Callable[
    [Case, tuple[Finding | NotAssessed, ...], Knowledge], Iterable[Finding | NotAssessed]
]

# Declared order: purity before what is worked out with it.
MEASURES: tuple[Measure, ...] = (
    biomarkers.purity,
    biomarkers.copies_of_genes,
    biomarkers.mutational_burden,
    biomarkers.microsatellite_instability,
    biomarkers.mutational_signatures,
    biomarkers.hrd,
    biomarkers.clonality,
    biomarkers.second_hit,
    biomarkers.expression_outliers,
    biomarkers.measure,  # last: it says of what the others did not find that nobody measured it
)

Appraise = Callable[[Plan, Case, tuple[Finding | NotAssessed, ...], Knowledge], Plan]

# They annotate options, and never move one.
APPRAISALS: tuple[Appraise, ...] = (plan.with_diagnostics, plan.with_gaps)


def run(
    case: Case,
    knowledge: Knowledge,
    regulators: tuple[str, ...] = REGULATORS,
    reference: Reference = NO_REFERENCE,
) -> Dossier:
    """From what was observed to what can be offered.

    Parameters
    ----------
    regulators : tuple of str
        Whose approvals make an option on-label here.
    reference : Reference
        What describes changes that carry their place alone.
    """
    case, findings = measured(case, knowledge, reference)
    dossier = planned(case, findings, knowledge, regulators)
    return _with_records(dossier, knowledge, reference) if knowledge.archives else dossier


def _with_records(dossier: Dossier, knowledge: Knowledge, reference: Reference) -> Dossier:
    """With what archives say of the alleles that are shown; last, for nothing rests on it."""
    from msgspec.structs import replace

    case = annotate.with_records(dossier.case, knowledge, reference)
    return replace(dossier, case=case, searched=annotate.searched(case, knowledge, reference))


def planned(
    case: Case,
    findings: tuple[Finding | NotAssessed, ...],
    knowledge: Knowledge,
    regulators: tuple[str, ...] = REGULATORS,
) -> Dossier:
    """The dossier of a case that was described and measured."""
    matches = evidence.match(case, findings, knowledge, regulators)
    ranked = plan.rank(case, findings, matches, knowledge)
    for appraise in APPRAISALS:
        ranked = appraise(ranked, case, findings, knowledge)
    return Dossier(
        case=annotate.uncounted(case) if case.withholds_germline else case,
        disease_name=knowledge.vocabulary.tree.name(case.disease),
        findings=findings,
        karyotypes=biomarkers.karyotypes(
            case, knowledge.vocabulary, evidence.karyotype_words(case.disease, knowledge)
        ),
        classified=risk.classify(case, knowledge),
        tried=evidence.under_investigation(case, knowledge),
        plan=ranked,
        compared=evidence.compare(case, findings, matches, knowledge, regulators),
        regulators=regulators,
        version=__version__,
        pins=knowledge.pins,
    )


def measured(
    case: Case, knowledge: Knowledge, reference: Reference = NO_REFERENCE
) -> tuple[Case, tuple[Finding | NotAssessed, ...]]:
    """The case described, and what was measured of it: all that criteria are asked of."""
    if reference.assembly and case.calls and knowledge.catalogues:
        # Before anything is described: silent changes count, and are then left out.
        case = biomarkers.with_counted(
            case, annotate.brought(case, reference, knowledge.vocabulary), reference
        )
    case = biomarkers.with_gene_copies(case, knowledge, reference)
    case = annotate.offered(case) if reference.assembly else case
    case = annotate.counted(annotate.describe(case, knowledge, reference))
    findings: tuple[Finding | NotAssessed, ...] = ()
    for measure in MEASURES:
        findings += tuple(measure(case, findings, knowledge))
    case = biomarkers.with_second_hits(case, knowledge)
    return case, findings


def explain(
    case: Case,
    knowledge: Knowledge,
    drug: str,
    regulators: tuple[str, ...] = REGULATORS,
    reference: Reference = NO_REFERENCE,
) -> tuple[str, ...]:
    """Why a drug is, or is not, an option for this case, and what would change that.

    Raises
    ------
    VocabularyError
        For a drug that the knowledge does not know, with the nearest names.
    """
    name = knowledge.vocabulary.drug(drug).name
    dossier = run(case, knowledge, regulators, reference)
    view = CaseView(dossier.case, knowledge.vocabulary)
    weighed: list[Match] = [
        evidence.weigh(claim, view, knowledge, regulators) for claim in knowledge.about(name)
    ]
    told = plan.explain(name, weighed, dossier.plan)
    return (*told, WITHHELD) if case.withholds_germline else told


def claim_changes(
    before: Iterable[Claim],
    after: Iterable[Claim],
    unread_before: Sequence[Unread] = (),
    unread_after: Sequence[Unread] = (),
) -> tuple[ClaimChange, ...]:
    """What differs between two states of one source; see ``onkos.evidence.changes``."""
    return evidence.changes(before, after, unread_before, unread_after)


class Recheck:
    """Plans again, with other knowledge, the cases that it can touch.

    Parameters
    ----------
    before, after : Knowledge
        What a case was planned with, and what is known now.

    Attributes
    ----------
    changed : tuple of ClaimChange
        Of the built-in claims and of those of every other source.
    skipped : int
        Cases so far that no changed claim can bear on, which were not planned again.
    """

    def __init__(self, before: Knowledge, after: Knowledge) -> None:
        self.before, self.after = before, after
        self.changed = (
            *evidence.changes(before.claims, after.claims),
            *evidence.changes(before.others, after.others),
        )
        self._by_id = {side.id: change for change in self.changed for side in change.sides}
        self.touched = evidence.Touched(before, after, self.changed)
        self.same_words = _without_claims(before) == _without_claims(after)
        self.skipped = 0

    def of(
        self,
        case: Case,
        regulators: tuple[str, ...] = REGULATORS,
        reference: Reference = NO_REFERENCE,
    ) -> Rechecked | None:
        """What is not as it was; None where all is."""
        if self.same_words and not self.touched.may(case):
            self.skipped += 1
            return None
        now = measured(case, self.after, reference)
        if self.same_words and not self.touched.built_in:
            return self._beside(*now, regulators)
        was = measured(case, self.before, reference)
        old, new = planned(*was, self.before, regulators), planned(*now, self.after, regulators)
        return plan.recheck(old, new, self._by_id)

    def against(
        self, said: Dossier, now: Dossier, heard: frozenset[str] = frozenset()
    ) -> Rechecked | None:
        """What is not as an earlier dossier said, whatever it was made with."""
        return plan.recheck(said, now, self._by_id, heard)

    def _beside(
        self,
        case: Case,
        findings: tuple[Finding | NotAssessed, ...],
        regulators: tuple[str, ...],
    ) -> Rechecked | None:
        """Where the built-in claims are the same, and with them the plan."""
        from msgspec.structs import replace

        if not self.touched.does(case, findings, regulators):
            self.skipped += 1
            return None
        matches = evidence.match(case, findings, self.after, regulators)
        was = evidence.compare(case, findings, matches, self.before, regulators)
        now = evidence.compare(case, findings, matches, self.after, regulators)
        new = Dossier(
            case=case,
            disease_name=self.after.vocabulary.tree.name(case.disease),
            plan=plan.rank(case, findings, matches, self.after),
            compared=now,
        )
        return plan.recheck(replace(new, compared=was), new, self._by_id)


def uncompared(dossier: Dossier, knowledge: Knowledge) -> dict[Effect, int]:
    """What other sources claim of a dossier's markers and of no regimen, counted by effect."""
    return evidence.uncompared(dossier.case, dossier.findings, knowledge, dossier.regulators)


def _without_claims(knowledge: Knowledge) -> Knowledge:
    """All but what a case is compared by claim for claim."""
    from msgspec.structs import replace

    return replace(knowledge, claims=(), others=(), archives=(), pins=(), unread=())


def with_trials(
    dossier: Dossier,
    trials: Iterable[Trial],
    knowledge: Knowledge,
    near: tuple[float, float] | None = None,
) -> Dossier:
    """A dossier with the trials that its case fits, or may fit."""
    from msgspec.structs import replace

    from onkos.trials import surveyed

    found = surveyed(dossier.case, dossier.findings, trials, knowledge, near=near)
    return replace(dossier, trials=found.matches, trial_counts=found.counts)


def match_trials(
    case: Case,
    trials: Iterable[Trial],
    knowledge: Knowledge,
    reference: Reference = NO_REFERENCE,
    *,
    near: tuple[float, float] | None = None,
    statuses: Iterable[TrialStatus] | None = None,
    everything: bool = False,
) -> tuple[TrialMatch, ...]:
    """Trials for a case, best first; see ``onkos.trials.matched``."""
    return survey_trials(
        case, trials, knowledge, reference, near=near, statuses=statuses, everything=everything
    ).matches


def survey_trials(
    case: Case,
    trials: Iterable[Trial],
    knowledge: Knowledge,
    reference: Reference = NO_REFERENCE,
    *,
    near: tuple[float, float] | None = None,
    statuses: Iterable[TrialStatus] | None = None,
    everything: bool = False,
) -> Survey:
    """Trials for a case, and what became of the rest; see ``onkos.trials.surveyed``."""
    from onkos.trials import surveyed

    case, findings = measured(case, knowledge, reference)
    return surveyed(
        case, findings, trials, knowledge, near=near, statuses=statuses, everything=everything
    )


def feasible_trials(
    cases: Iterable[Case],
    trials: Iterable[Trial],
    knowledge: Knowledge,
    *,
    with_ids: bool = False,
) -> tuple[Feasibility, ...]:
    """Who of a cohort each trial admits; see ``onkos.trials.feasible``."""
    from onkos.trials import feasible

    patients = (measured(case, knowledge) for case in cases)
    return feasible(trials, patients, knowledge, with_ids=with_ids)
