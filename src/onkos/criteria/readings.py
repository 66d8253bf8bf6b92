"""Criteria that read several small variants together: wild-type, phase, share, count."""

from __future__ import annotations

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.coverage import ask, small_variant_gap
from onkos.criteria.numbers import compare
from onkos.criteria.small_variants import (
    MAYBE,
    NO,
    SILENT,
    YES,
    absent,
    fits,
    mutation,
)
from onkos.criteria.view import CaseView
from onkos.model import (
    Alteration,
    Answer,
    GeneEvent,
    SmallVariant,
    Stated,
    StatedClass,
    Verdict,
)
from onkos.model.criterion import (
    AlleleFraction,
    CountIs,
    Mutation,
    PhaseIs,
    WildType,
)


def wild_type(rule: WildType, view: CaseView) -> Verdict:
    """Every gene tested in these codons, and nothing found that drives."""
    reasons, questions, doubts = [], [], []
    for symbol in rule.genes:
        spans = tuple((codon, codon) for codon in rule.codons)
        for alteration in view.by_gene.get(symbol, ()):
            answer = _breaks_wild_type(alteration, spans)
            if answer is YES:
                return unmet(f"{symbol} is mutated: {alteration.label}")
            if answer is MAYBE:
                doubts.append(alteration.label)
        gap = small_variant_gap(view, symbol, spans, None)
        if gap:
            reasons.append(gap)
            questions.append(ask("small-variant", symbol, f"small variants of {symbol}"))
    if doubts:
        labels = ", ".join(dict.fromkeys(doubts))
        reasons.append(f"{labels} is of uncertain significance")
        questions.append(ask("interpretation", rule.genes[0], f"does {labels} matter"))
    if reasons:
        return unknown(f"{rule}: {'; '.join(dict.fromkeys(reasons))}", *questions)
    return met(f"{rule}: tested and clean", precision=3)


def _breaks_wild_type(alteration: Alteration, spans: tuple[tuple[int, int], ...]) -> Answer:
    if isinstance(alteration, Stated):
        broken = {StatedClass.MUTATION, StatedClass.ONCOGENIC, StatedClass.FRAMESHIFT}
        return YES if alteration.present and alteration.finding in broken else NO
    if not isinstance(alteration, SmallVariant) or alteration.consequence in SILENT:
        return NO
    known = alteration.oncogenicity
    if known and known.harmless:
        return NO
    inside = not spans or any(a <= alteration.last and alteration.first <= b for a, b in spans)
    if not alteration.first:
        return MAYBE
    if inside and known and known.drives:
        return YES
    return MAYBE if inside else NO


def phase(rule: PhaseIs, view: CaseView) -> Verdict:
    """Two changes on one molecule, or on two."""
    first, second = mutation(rule.first, view), mutation(rule.second, view)
    if Answer.UNMET in {first.answer, second.answer}:
        return unmet(f"{rule}: not both are there")
    gene = rule.first.genes[0]
    for known in view.case.phases:
        names = {known.first, known.second}
        if known.gene == gene and names == {rule.first.change, rule.second.change}:
            if known.cis is rule.cis:
                return met(f"{known.label}", (*first.alterations, *second.alterations), 5)
            return unmet(known.label)
    return unknown(
        f"{rule}: not known on which molecules they lie",
        ask("phase", gene, f"are {rule.first.change} and {rule.second.change} in cis or in trans"),
    )


def allele_fraction(rule: AlleleFraction, view: CaseView) -> Verdict:
    """The largest allele fraction of a gene's changes."""
    changes = [
        a for a in view.by_gene.get(rule.gene, ()) if isinstance(a, (SmallVariant, GeneEvent))
    ]
    values = [(a.vaf, a.label) for a in changes if a.vaf is not None]
    if values:
        value, label = max(values)
        text = f"{label} at {value:.0%}"
        fits_ = compare(value, rule.op, rule.value)
        return met(text, (label,), 3) if fits_ else unmet(f"{rule}: {text}")
    if changes:
        question = ask("small-variant", rule.gene, f"allele fraction in {rule.gene}")
        return unknown(f"{rule}: no allele fraction given", question)
    return absent(Mutation(genes=(rule.gene,)), view)


def count(rule: CountIs, view: CaseView) -> Verdict:
    """How many small variants fit."""
    answers = [
        (a, fits(rule.of, a, view))
        for symbol in rule.of.genes
        for a in view.by_gene.get(symbol, ())
        if isinstance(a, SmallVariant)
    ]
    sure = [a.label for a, answer in answers if answer is YES]
    most = len(sure) + sum(answer is MAYBE for _, answer in answers)
    not_there = absent(rule.of, view)
    open_end = not_there.answer is Answer.UNKNOWN
    low = compare(len(sure), rule.op, rule.value)
    if open_end and rule.op in {">=", ">"} and low:
        return met(f"{rule}: {len(sure)} found", sure, 2)
    high = compare(most, rule.op, rule.value)
    if not open_end and low == high:
        text = f"{rule}: {len(sure)} found"
        return met(text, sure, 2) if low else unmet(text)
    return unknown(f"{rule}: {len(sure)} found, more may be there", *not_there.questions)
