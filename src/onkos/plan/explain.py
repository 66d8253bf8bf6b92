"""Why, why not, and what would change it: one drug for one case, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import Answer, Effect, Match, Option, Plan, regimen_name
from onkos.plan.against import sentence
from onkos.plan.order import on_label


def explain(drug: str, weighed: Sequence[Match], plan: Plan) -> tuple[str, ...]:
    """Sentences, the answer first.

    Parameters
    ----------
    weighed : sequence of Match
        Every claim about any regimen that contains the drug, whatever its verdict.
    """
    if not weighed:
        return (f"{drug}: the built-in knowledge makes no biomarker claim about it.",)
    return tuple(dict.fromkeys(_sentences(drug, weighed, plan)))


def _sentences(drug: str, weighed: Sequence[Match], plan: Plan) -> Iterator[str]:
    offered = [o for o in plan.options if drug in o.therapy]
    avoided = [o for o in plan.avoid if drug in o.therapy]
    if not offered and not avoided:
        yield f"{drug} is not an option for this case as it is known now."
    for option in offered:
        yield from _offered(option, len(plan.options))
    for option in avoided:
        yield f"Avoid {regimen_name(option.therapy)}: {'; '.join(option.reasons)}."
    shown = {m.claim.id for o in (*offered, *avoided) for m in (*o.matches, *o.against)}
    rest = [m for m in weighed if m.claim.id not in shown]
    yield from _why_not(rest)
    if all(m.disease is Answer.UNMET for m in weighed) and not offered and not avoided:
        reasons = dict.fromkeys(m.disease_reason for m in weighed)
        yield f"What is claimed for it is claimed in other diseases: {'; '.join(reasons)}."
    yield from _what_would_change(weighed)


def _offered(option: Option, count: int) -> Iterator[str]:
    yield f"{regimen_name(option.therapy)} is option {option.rank} of {count}."
    for match in option.matches:
        yield f"Why: {'; '.join(match.biomarker.reasons)}; {match.disease_reason}."
    yield f"Its place: {'; '.join(option.reasons)}."
    for caution in option.cautions:
        yield f"Caution: {caution}."


def _why_not(rest: Sequence[Match]) -> Iterator[str]:
    for match in sorted(rest, key=lambda m: (m.claim.effect is not Effect.BENEFIT, m.claim.id)):
        claim = match.claim
        name = regimen_name(claim.therapy)
        if claim.effect is Effect.BENEFIT:
            if match.disease is Answer.UNMET:
                continue
            why = "; ".join(match.biomarker.reasons)
            word = "cannot be told" if match.verdict is Answer.UNKNOWN else "does not hold"
            yield f"{name} where {claim.when}: {word} ({why}; {match.disease_reason})."
        elif match.verdict is Answer.MET and match.setting.answer is not Answer.UNMET:
            yield f"Against: {sentence(match)}."
        elif match.verdict is Answer.UNKNOWN:
            why = "; ".join(match.biomarker.reasons)
            yield f"It would speak against {name} if: {claim.when} ({why})."


def _what_would_change(weighed: Sequence[Match]) -> Iterator[str]:
    asked: dict[str, None] = {}
    for match in weighed:
        relevant = match.disease is not Answer.UNMET
        if relevant and match.verdict is Answer.UNKNOWN:
            asked.update(dict.fromkeys(q.text for q in match.biomarker.questions))
        if match.disease is Answer.UNKNOWN:
            asked[match.disease_reason] = None
        if match.verdict is Answer.MET and 0 < on_label(match) < 5:
            asked.update(dict.fromkeys(q.text for q in match.setting.questions))
    for question in asked:
        yield f"What would change this: {question.rstrip('?')}."
