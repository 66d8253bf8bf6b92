"""Three answers: the evaluator against a truth table written out by hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.criteria import evaluate
from onkos.model import (
    Answer,
    Case,
    Consequence,
    Measurement,
    Oncogenicity,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model import criterion as c

MET, UNKNOWN, UNMET = Answer.MET, Answer.UNKNOWN, Answer.UNMET

# one case that gives each atom a known answer
CASE = Case(
    id="logic",
    disease="LUAD",
    alterations=(
        SmallVariant(gene="EGFR", protein="L858R", consequence=Consequence.MISSENSE, first=858,
                     last=858, oncogenicity=Oncogenicity.ONCOGENIC),
        Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False),
    ),
    measurements=(Measurement(name="MSI", status="MSS"), Measurement(name="TMB", value=12.0)),
)  # fmt: skip
ATOMS = {
    c.Mutation(genes=("EGFR",), change="L858R"): MET,
    c.Compare(name="TMB", op=">=", value=10.0): MET,
    c.Mutation(genes=("KRAS",), change="G12C"): UNMET,
    c.Status(name="MSI", status="MSI-H", bare=True): UNMET,
    c.Mutation(genes=("BRAF",), change="V600E"): UNKNOWN,
    c.FusionIs(genes=("ALK",)): UNKNOWN,
}

AND = {
    (MET, MET): MET, (MET, UNKNOWN): UNKNOWN, (MET, UNMET): UNMET,
    (UNKNOWN, MET): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, UNMET): UNMET,
    (UNMET, MET): UNMET, (UNMET, UNKNOWN): UNMET, (UNMET, UNMET): UNMET,
}  # fmt: skip
OR = {
    (MET, MET): MET, (MET, UNKNOWN): MET, (MET, UNMET): MET,
    (UNKNOWN, MET): MET, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, UNMET): UNKNOWN,
    (UNMET, MET): MET, (UNMET, UNKNOWN): UNKNOWN, (UNMET, UNMET): UNMET,
}  # fmt: skip
NOT = {MET: UNMET, UNKNOWN: UNKNOWN, UNMET: MET}


def by_table(tree):
    """The answer read off the tables, one step at a time."""
    match tree:
        case c.Not(of=inner):
            return NOT[by_table(inner)]
        case c.And(of=parts) | c.Or(of=parts):
            table = AND if isinstance(tree, c.And) else OR
            answer = by_table(parts[0])
            for part in parts[1:]:
                answer = table[answer, by_table(part)]
            return answer
    return ATOMS[tree]


def trees():
    def joined(children):
        several = st.lists(children, min_size=2, max_size=4).map(tuple)
        return st.one_of(
            st.builds(c.Not, of=children), st.builds(c.And, of=several), st.builds(c.Or, of=several)
        )

    return st.recursive(st.sampled_from(list(ATOMS)), joined, max_leaves=12)


@settings(max_examples=500, deadline=None)
@given(tree=trees())
def test_evaluation_agrees_with_the_truth_table(tree, vocabulary):
    verdict = evaluate(tree, CASE, vocabulary)
    assert verdict.answer is by_table(tree)
    if verdict.answer is UNKNOWN:
        assert verdict.questions, "an unknown names what would settle it"
    assert verdict.reasons
