"""What changed between two states of a source: nothing lost, nothing made up."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.criteria import parse
from onkos.evidence import applied, changes, match
from onkos.evidence.changes import FIELDS
from onkos.model import Approval, Case, Claim, Effect, Study, StudyKind, Unread, entry_of
from onkos.model.change import ChangeKind
from onkos.model.criterion import Mutation
from tests.properties.cases import cases

STUDIES = st.builds(
    Study,
    kind=st.sampled_from([StudyKind.CASE, StudyKind.RETROSPECTIVE]),
    pmid=st.integers(1, 3),
    level=st.sampled_from(["", "A", "B"]),
    positive=st.booleans(),
    name=st.sampled_from(["", "a", "b"]),
)
APPROVALS = st.builds(
    Approval, regulator=st.sampled_from(["FDA", "EMA"]), on=st.just(date(2020, 1, 1)),
    withdrawn=st.booleans(),
)  # fmt: skip


def claim(id_="x", **said):
    told = {"when": Mutation(genes=("EGFR",)), "disease": ("NSCLC",), "therapy": ("osimertinib",),
            "effect": Effect.BENEFIT, "studies": (Study(kind=StudyKind.CASE, pmid=1),)}  # fmt: skip
    return Claim(id=id_, **(told | said))


claims = st.lists(
    st.builds(
        claim,
        st.sampled_from([f"civic:EID{n}{drug}" for n in "12" for drug in ("", "/a", "/b")]),
        when=st.sampled_from([Mutation(genes=("EGFR",)), Mutation(genes=("KRAS",))]),
        disease=st.sampled_from([("NSCLC",), ("COAD", "READ"), ("READ", "COAD")]),
        therapy=st.sampled_from([("a",), ("a", "b"), ("b", "a")]),
        effect=st.sampled_from([Effect.BENEFIT, Effect.RESISTANCE]),
        note=st.sampled_from(["", "n"]),
        studies=st.lists(STUDIES, min_size=1, max_size=3).map(tuple),
        approvals=st.lists(APPROVALS, max_size=2).map(tuple),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


def by_id(some):
    return tuple(sorted(some, key=lambda one: one.id))


@settings(deadline=None)
@given(claims, claims)
def test_the_changes_made_to_the_first_give_the_second(before, after):
    assert applied(before, changes(before, after)) == by_id(after)


@settings(deadline=None)
@given(claims)
def test_nothing_changes_between_a_state_and_itself(before):
    assert changes(before, before) == ()
    assert changes(before, before[::-1]) == ()


@settings(deadline=None)
@given(claims, claims)
def test_the_way_back_is_the_reverse(before, after):
    there, back = changes(before, after), changes(after, before)
    assert {(c.before, c.after) for c in there} == {(c.after, c.before) for c in back}


@settings(deadline=None)
@given(claims, claims)
def test_every_changed_claim_says_what_of_it_changed(before, after):
    for change in changes(before, after):
        assert bool(change.fields) == (change.kind is ChangeKind.CHANGED)


@settings(deadline=None)
@given(claims, claims)
def test_wording_is_never_what_is_claimed(before, after):
    """What a change of wording alone leaves as it was: all that a plan rests on."""

    def substance(one):
        facts = sorted((s.pmid, s.level, s.positive, s.kind) for s in one.studies)
        stands = sorted((a.regulator, a.stands) for a in one.approvals)
        return (one.when, sorted(one.disease), sorted(one.therapy), one.effect, facts, stands)

    for change in changes(before, after):
        if change.wording:
            assert substance(change.before) == substance(change.after)


def test_levels_that_change_places_are_no_wording():
    def studies(*levels):
        return tuple(
            Study(kind=StudyKind.CASE, pmid=number, level=level, name=f"{levels[0]} {number}")
            for number, level in enumerate(levels, 1)
        )

    (change,) = changes([claim(studies=studies("A", "B"))], [claim(studies=studies("B", "A"))])
    assert not change.wording


def test_every_field_of_a_claim_is_looked_at():
    """A field that a later version adds must be named here, else its change has no words."""
    facts = {"approvals", "guidelines", "studies"}
    assert set(FIELDS) | facts == set(Claim.__struct_fields__)


def test_a_withdrawn_approval_comes_first():
    stood = Approval(regulator="FDA", on=date(2015, 3, 1))
    gone = msgspec.structs.replace(stood, withdrawn_on=date(2024, 2, 1))
    before = [claim("b", approvals=(stood,)), claim("a")]
    after = [claim("b", approvals=(gone,)), claim("a", disease=("COAD",))]
    first, second = changes(before, after)
    assert first.withdrawn
    assert first.fields[0].field == "approval withdrawn"
    assert (first.fields[0].before, first.fields[0].after) == (
        "FDA 2015-03-01", "FDA 2015-03-01, withdrawn 2024-02-01")  # fmt: skip
    assert not second.withdrawn
    assert not any(c.withdrawn for c in changes(after, before))


def test_a_claim_lost_to_the_reader_is_told_from_one_taken_back():
    row = Unread(source="f.tsv", text="EID7: EGFR X", reason="no such change")
    (gone,) = changes([claim("civic:EID7/a")], [], (), [row])
    assert gone.unread == "no such change"
    (gone,) = changes([claim("civic:EID7/a")], [], [row], ())
    assert gone.unread == ""
    (come,) = changes([], [claim("civic:EID7/a")], [row], ())
    assert come.unread == "no such change"


def test_changes_are_made_only_to_what_they_were_found_in():
    made = changes([claim()], [claim(disease=("COAD",))])
    with pytest.raises(ValueError, match="not as the change says"):
        applied([claim(disease=("READ",))], made)


def test_the_order_of_drugs_is_wording(vocabulary):
    when = parse("BRAF V600E", vocabulary)
    one = claim(when=when, therapy=("dabrafenib", "trametinib"))
    (change,) = changes([one], [msgspec.structs.replace(one, therapy=("trametinib", "dabrafenib"))])
    assert change.wording


@settings(deadline=None)
@given(case=cases)
def test_treatments_that_are_met_are_all_found_without_asking_the_rest(case: Case, knowledge):
    from onkos.model import TREATMENT_EFFECTS, Answer

    every = match(case, (), knowledge)
    wanted = tuple(
        m for m in every
        if m.biomarker.answer is Answer.MET and m.claim.effect in TREATMENT_EFFECTS
    )  # fmt: skip
    assert match(case, (), knowledge, met_treatments=True) == wanted


def test_real_drift_of_five_years(civic_2021, civic_2026):
    """CIViC of 2021-08 and of 2026-05: the changes made to the one give the other."""
    old, new = civic_2021, civic_2026
    made = changes(old.claims, new.claims, old.unread, new.unread)
    assert applied(old.claims, made) == by_id(new.claims)
    back = changes(new.claims, old.claims)
    assert {(c.before, c.after) for c in made} == {(c.after, c.before) for c in back}
    assert sum(c.wording for c in made) > len(made) / 2
    entries = {entry_of(c.id) for c in old.claims} & {entry_of(c.id) for c in new.claims}
    assert len(entries) > 2_300
