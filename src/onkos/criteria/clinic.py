"""Criteria about the patient and the course: stage, setting, line, prior therapy, disease."""

from __future__ import annotations

from msgspec.structs import replace

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.coverage import ask
from onkos.criteria.numbers import compare
from onkos.criteria.view import CaseView, stage_base
from onkos.model import Answer, PriorTherapy, Verdict
from onkos.model.criterion import (
    ComedicationIs,
    DiseaseIs,
    LineIs,
    PriorIs,
    PriorLinesIs,
    SettingIs,
    SexIs,
    StageIs,
)


def sex(rule: SexIs, view: CaseView) -> Verdict:
    """The patient's sex."""
    known = view.case.sex
    if known is None:
        return unknown("sex not given", ask("clinical", "sex", "sex?"))
    return met(f"sex {known}") if known == rule.sex else unmet(f"sex {known}")


def stage(rule: StageIs, view: CaseView) -> Verdict:
    """The stage, or a setting that amounts to it."""
    known = view.case.stage
    if known:
        same = known.upper() == rule.stage or stage_base(known) == rule.stage
        coarser = rule.stage != stage_base(rule.stage) and known.upper() == stage_base(rule.stage)
        if same:
            return met(f"stage {known}")
        if not coarser:
            return unmet(f"{rule}: stage {known}")
    base = stage_base(rule.stage)
    amounting = {s.name for s in view.vocabulary.settings if base in s.stages}
    if view.settings and view.settings & amounting and base == "IV":
        return met(f"{rule}: {', '.join(sorted(view.settings & amounting))}")
    if amounting & view.excluded_settings or _fixed_elsewhere(base, view):
        return unmet(f"{rule}: {', '.join(sorted(view.settings or ()))}")
    return unknown(f"{rule}: stage not given", ask("clinical", "stage", "stage?"))


def _fixed_elsewhere(base: str, view: CaseView) -> bool:
    """Whether a setting that is one stage and no other holds, and this is not that stage.

    Metastatic is stage IV; early disease may be stage III too, though I and II amount to it.
    """
    held = (s.stages for s in view.vocabulary.settings if s.name in (view.settings or ()))
    return any(len(stages) == 1 and base not in stages for stages in held)


def setting(rule: SettingIs, view: CaseView) -> Verdict:
    """Where treatment stands."""
    held = view.settings
    if held is not None and rule.setting in held:
        return met(f"setting {rule.setting}")
    if held is not None and rule.setting in view.excluded_settings:
        return unmet(f"{rule}: {', '.join(sorted(held))}")
    if rule.setting in view.vocabulary.complications:
        return unmet(f"{rule}: would be stated")
    question = ask("clinical", rule.setting, f"is the setting {rule.setting}?")
    return unknown(f"{rule}: not stated", question)


def line(rule: LineIs, view: CaseView) -> Verdict:
    """The line now to be chosen: stated, or counted from therapies for advanced disease.

    Treatment around surgery has no line; what is newly diagnosed or smouldering is in its first.
    """
    before_lines = sorted((view.settings or frozenset()) & _AROUND_SURGERY)
    if before_lines and not view.case.line:
        return unmet(f"{rule}: {', '.join(before_lines)} treatment has no line")
    known = view.case.line or _counted(view.case.prior)
    if known is None and _FIRST & (view.settings or frozenset()):
        known = 1
    if known is None:
        return unknown(
            f"{rule}: line of therapy not given", ask("clinical", "line", "line of therapy?")
        )
    text = f"line {known}"
    return met(text) if compare(known, rule.op, rule.value) else unmet(f"{rule}: {text}")


_FIRST = frozenset({"newly diagnosed", "smouldering"})
_AROUND_SURGERY = frozenset({"adjuvant", "neoadjuvant", "perioperative"})
_NOT_A_LINE = _AROUND_SURGERY | {"early"}


def _counted(prior: tuple[PriorTherapy, ...] | None) -> int | None:
    """One more than the lines given; None where a prior's place is not said."""
    if prior is None:
        return None
    counted = [p for p in prior if p.setting not in _NOT_A_LINE]
    if not counted:
        return 1
    if all(p.line for p in counted):
        return max(p.line or 0 for p in counted) + 1
    return None


def prior(rule: PriorIs, view: CaseView) -> Verdict:
    """A drug or a class given before, and with `progressed`, failed."""
    given = view.case.prior
    if given is None:
        return unknown(
            f"{rule}: prior therapy not given", ask("clinical", "prior", "prior therapy?")
        )
    hits = [p for p in given if _concerns(rule, p.drugs, view)]
    if not hits:
        return unmet(f"{rule}: not among prior therapies")
    names = ", ".join(" + ".join(p.drugs) for p in hits)
    if not rule.progressed or any(p.progressed for p in hits):
        return met(f"{rule}: {names}")
    if any(p.progressed is None for p in hits):
        question = ask("clinical", "prior", f"did the tumour progress on {names}?")
        return unknown(f"{rule}: {names} given, progression not stated", question)
    return unmet(f"{rule}: {names} given without progression")


def prior_lines(rule: PriorLinesIs, view: CaseView) -> Verdict:
    """How many earlier lines had a drug or a class in them, as far as they are told."""
    given = view.case.prior
    question = ask(
        "clinical", "prior", f"how many earlier lines of {rule.drug or rule.drug_class}?"
    )
    if given is None:
        return unknown(f"{rule}: prior therapy not given", question)
    least, most = _lines_with(rule, given, view)
    answers = {compare(number, rule.op, rule.value) for number in range(least, most + 1)}
    told = f"{rule}: {least}" if least == most else f"{rule}: {least} to {most}"
    if len(answers) > 1:
        return unknown(f"{told}, as lines are told", question)
    return met(told) if answers.pop() else unmet(told)


def _lines_with(
    rule: PriorLinesIs, given: tuple[PriorTherapy, ...], view: CaseView
) -> tuple[int, int]:
    """Least and most lines that may have had it.

    Courses of one line are one. A course whose line is not said may belong to any, one around
    surgery may or may not count as a line, and a drug that the vocabulary lacks may be of any
    class.
    """
    courses = _numbered(given, view.case.line)
    sure = [p for p in courses if _concerns(rule, p.drugs, view)]
    open_class = bool(rule.drug_class)
    doubtful = [p for p in courses if open_class and p not in sure and _strange(p.drugs, view)]
    maybe = sure + doubtful
    told = {p.line for p in sure if _in_a_line(p)}
    least = len(told) or int(any(p.setting not in _NOT_A_LINE for p in sure))
    most = len({p.line for p in maybe if _in_a_line(p)}) + sum(not _in_a_line(p) for p in maybe)
    return least, most


def _in_a_line(course: PriorTherapy) -> bool:
    return course.line is not None and course.setting not in _NOT_A_LINE


def _numbered(given: tuple[PriorTherapy, ...], line: int | None) -> tuple[PriorTherapy, ...]:
    """Courses with their lines, where there were just as many lines as courses."""
    counted = [p for p in given if p.setting not in _NOT_A_LINE]
    if line is None or len(counted) != line - 1 or any(p.line for p in counted):
        return given
    return tuple(replace(p, line=number) for number, p in enumerate(counted, 1)) + tuple(
        p for p in given if p.setting in _NOT_A_LINE
    )


def _strange(names: tuple[str, ...], view: CaseView) -> list[str]:
    """Names that the vocabulary lacks."""
    return [name for name in names if name not in view.vocabulary.drug_by_inn]


def comedication(rule: ComedicationIs, view: CaseView) -> Verdict:
    """A medicine or a class taken now; a name that the vocabulary lacks leaves a class unknown."""
    taken = view.case.comedication
    question = ask("clinical", "comedication", "which other medicines?")
    if taken is None:
        return unknown(f"{rule}: other medicines not given", question)
    hits = [name for name in taken if _concerns(rule, (name,), view)]
    if hits:
        return met(f"{rule}: {', '.join(hits)}")
    strange = _strange(taken, view)
    if strange and rule.drug_class:
        return unknown(f"{rule}: {', '.join(strange)} not known here", question)
    return unmet(f"{rule}: not among other medicines")


def _concerns(
    rule: PriorIs | PriorLinesIs | ComedicationIs, names: tuple[str, ...], view: CaseView
) -> bool:
    if rule.drug:
        return rule.drug in names
    drugs = (view.vocabulary.drug_by_inn.get(name) for name in names)
    return any(drug is not None and rule.drug_class in drug.drug_class for drug in drugs)


def disease(rule: DiseaseIs, view: CaseView) -> Verdict:
    """The patient's node at or below another."""
    answer, reason = view.vocabulary.tree.judge(view.case.disease, (rule.code,))
    if answer is Answer.UNKNOWN:
        return unknown(reason, ask("diagnosis", rule.code, "specify the diagnosis"))
    return met(reason) if answer is Answer.MET else unmet(reason)
