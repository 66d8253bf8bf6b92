"""Numbers and verdicts in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model import Effect, Grades, StudyKind

EFFECTS = {
    Effect.BENEFIT: "benefit",
    Effect.NO_BENEFIT: "no benefit",
    Effect.RESISTANCE: "resistance",
    Effect.HARM: "harm",
    Effect.BETTER_PROGNOSIS: "better prognosis",
    Effect.WORSE_PROGNOSIS: "worse prognosis",
    Effect.DIAGNOSIS: "diagnosis",
    Effect.PREDISPOSITION: "predisposition",
}
AGAINST = frozenset({Effect.NO_BENEFIT, Effect.RESISTANCE, Effect.HARM})
ACCELERATED = {"FDA": "accelerated"}  # what an early approval is called; elsewhere conditional
DESIGNS = {
    StudyKind.RANDOMISED: "randomised",
    StudyKind.SINGLE_ARM: "single arm",
    StudyKind.BASKET: "basket",
    StudyKind.RETROSPECTIVE: "retrospective",
    StudyKind.CASE: "case reports",
    StudyKind.PRECLINICAL: "preclinical",
    StudyKind.INFERRED: "inferred",
}


def inside(text: str) -> str:
    """Words as they stand inside a sentence; an abbreviation keeps its capitals.

    >>> inside("Line to choose"), inside("ELN 2022 genetic risk"), inside("eGFR"), inside("")
    ('line to choose', 'ELN 2022 genetic risk', 'eGFR', '')
    """
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def percent(fraction: float | None) -> str:
    """A fraction in [0, 1] as a reader writes it; empty where unknown.

    >>> percent(0.31), percent(0.004), percent(None)
    ('31%', '0.4%', '')
    """
    if fraction is None:
        return ""
    value = 100 * fraction
    return f"{value:.1f}%" if 0 < value < 1 else f"{value:.0f}%"


def decimal(value: float) -> str:
    """At least two decimals, and no more than were given.

    >>> decimal(0.8), decimal(0.463)
    ('0.80', '0.463')
    """
    return f"{value:.2f}" if round(value, 2) == value else f"{value:g}"


def interval(pair: tuple[float, float] | None) -> str:
    """A confidence interval; empty where none is given."""
    return f"{decimal(pair[0])} to {decimal(pair[1])}" if pair else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a reader lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *rest, end = [*words] or [""]
    return f"{', '.join(rest)} {last} {end}" if rest else end


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "option"), counted(3, "option")
    ('1 option', '3 options')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def amp_badge(grades: Grades) -> str:
    """Tier and level of AMP/ASCO/CAP: ``"I-A"``; a dash where there is neither."""
    return "-".join(filter(None, (grades.amp.tier, grades.amp.level))) or "–"


def escat_badge(grades: Grades) -> str:
    """ESCAT tier, or a dash."""
    return grades.escat.tier or "–"


def oncokb_badge(grades: Grades) -> str:
    """Level in the manner of OncoKB, or a dash."""
    return grades.oncokb_style.level or "–"


def early(regulator: str, accelerated: bool) -> str:
    """What an approval on early evidence is called by the body that gave it.

    >>> early("EMA", True)
    'conditional'
    """
    return ACCELERATED.get(regulator, "conditional") if accelerated else ""
