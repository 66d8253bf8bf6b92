"""Criteria that lie in what the input was annotated with: OP1, OP4, SBVS1, SBS1, SBP1, SBP2."""

from __future__ import annotations

from onkos.annotate.judged import IN_FRAME, Judged, Met, Open
from onkos.annotate.sop import Key
from onkos.criteria.small_variants import NULL
from onkos.model import Consequence, Gene, OncogenicityFacts, Prediction, SmallVariant

_BY_SPLICING = frozenset({Consequence.SPLICE_REGION, Consequence.INTRONIC, Consequence.SYNONYMOUS})
_POPULATION = (
    Key.ABSENT_IN_POPULATION,
    Key.COMMON_IN_POPULATION,
    Key.FREQUENT_IN_POPULATION,
)


def frequency_band(frequency: float | None, facts: OncogenicityFacts) -> int:
    """Where a population frequency falls: -1 unknown, 0 absent, 1 rare, 2 frequent, 3 common."""
    if frequency is None:
        return -1
    if frequency <= facts.cutoffs.get("absent", 0.0):
        return 0
    return 1 + sum(frequency > facts.cutoffs.get(name, 1.0) for name in ("frequent", "common"))


def population(variant: SmallVariant, gene: Gene | None, facts: OncogenicityFacts) -> Judged:
    """OP4, SBVS1 and SBS1, by the highest frequency over the populations of the input."""
    hereditary = gene is not None and gene.actionable_germline
    doubt = "; for a hereditary gene its expert panel may set another cut-off" if hereditary else ""
    match frequency_band(variant.population_af, facts):
        case -1:
            yield Open(_POPULATION, "the input carries no population frequency")
        case 0:
            most = f"{1 / facts.cutoffs['absent']:,.0f}".replace(",", " ")
            reason = f"in no population of the input more than 1 allele in {most} has it"
            yield Met(Key.ABSENT_IN_POPULATION, reason)
        case 2 | 3 as band:
            if band == 3:
                yield Met(Key.COMMON_IN_POPULATION, _more_than("common", facts) + doubt)
            yield Met(Key.FREQUENT_IN_POPULATION, _more_than("frequent", facts) + doubt)
        case _:
            return


def _more_than(name: str, facts: OncogenicityFacts) -> str:
    return f"more than {facts.cutoffs[name]:.0%} of a population has it"


def computed(variant: SmallVariant, facts: OncogenicityFacts) -> Judged:
    """OP1 where all that was computed speaks for an effect, SBP1 where all speaks against it."""
    both = (Key.COMPUTED_DAMAGING, Key.COMPUTED_NEUTRAL)
    lines = _lines(variant)
    least = int(facts.cutoffs.get("least_lines", 1))
    if len(lines) < least:
        given = " and ".join(line.tool for line in lines) or "none"
        yield Open(both, f"fewer than {least} computed lines in the input ({given})")
        return
    tools = ", ".join(line.tool for line in lines)
    said = {line.says for line in lines}
    splicing = any(p.kind == "splice" and p.says != "neutral" for p in variant.predictions)
    if said == {"damaging"}:
        yield Met(both[0], f"all computed lines call it damaging: {tools}")
    elif said == {"neutral"} and not splicing:
        yield Met(both[1], f"all computed lines call it harmless: {tools}")


def _lines(variant: SmallVariant) -> list[Prediction]:
    """Predictions that speak of this kind of change."""
    kind = variant.consequence
    if kind is Consequence.MISSENSE or kind in IN_FRAME:
        asked = {"protein", "any"}
    elif kind in _BY_SPLICING or kind is Consequence.SPLICE:
        asked = {"splice", "any"}
    else:
        asked = {"any"} if kind in NULL else set()
    return [line for line in variant.predictions if line.kind in asked]


def silent(variant: SmallVariant) -> Judged:
    """SBP2: synonymous, no effect on splicing, the nucleotide not conserved."""
    if variant.consequence is not Consequence.SYNONYMOUS:
        return
    said = {p.kind: p.says for p in variant.predictions if p.kind in {"splice", "conservation"}}
    if len(said) < 2:
        absent = [k for k in ("splice", "conservation") if k not in said]
        words = {"splice": "prediction of splicing", "conservation": "conservation"}
        missing = " and ".join(words[kind] for kind in absent)
        yield Open((Key.SILENT,), f"the input carries no {missing}")
    elif set(said.values()) == {"neutral"}:
        yield Met(Key.SILENT, "synonymous, without effect on splicing, not conserved")
