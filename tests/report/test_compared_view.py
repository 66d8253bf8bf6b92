"""What other sources say, in words: markers, other settings, classes, agents given up."""

import msgspec

from onkos.model import Compared, Consensus, Stance, Voice
from onkos.report.compared_view import compared_page, compared_view
from tests.report.dossiers import lung

MINE = Voice(source="onkos", stance=Stance.FOR, level="AMP I-A", alterations=("EGFR L858R",))


def compared(*voices, therapy=("osimertinib",), **more):
    """A regimen, supported unless said otherwise."""
    given = {"consensus": Consensus.SUPPORTED, **more}
    return Compared(therapy=therapy, voices=(MINE, *voices), **given)


def page(*found):
    """What the page of the lung dossier says."""
    return compared_page(msgspec.structs.replace(lung(), compared=found))


def test_the_marker_is_said_where_it_is_not_that_of_the_option():
    same = Voice(source="CIViC", stance=Stance.FOR, level="A", alterations=("EGFR L858R",))
    other = Voice(source="CGI", stance=Stance.FOR, alterations=("TP53 R273H",))
    one = compared(same, other)
    words = dict(compared_view(one, "option 1", frozenset({"EGFR L858R"})).voices)
    assert words["CIViC"] == "for (level A, 1 claim)"
    assert words["CGI"] == "for (TP53 R273H, 1 claim)"
    assert dict(compared_view(one).voices)["CIViC"] == "for (EGFR L858R, level A, 1 claim)"


def test_a_claim_of_another_setting_is_marked_and_does_not_differ_from_the_plan():
    other = Voice(
        source="CIViC", stance=Stance.AGAINST, level="B", fits=False, settings=("setting adjuvant",)
    )
    found = page(compared(other))
    assert not found.differing
    (view,) = found.qualified
    assert view.short == "osimertinib (option 1; CIViC against, in another setting: adjuvant)"
    assert "against (level B, 1 claim, in another setting: adjuvant)" in view.sentence
    (fitting,) = page(compared(msgspec.structs.replace(other, fits=True))).differing
    assert fitting.name == "osimertinib"


def test_a_denied_benefit_and_a_class_are_read_beside():
    denied = Voice(source="CIViC", stance=Stance.NO_EFFECT, alterations=("PR positive",))
    of_class = Voice(source="CGI", stance=Stance.AGAINST, of_class="EGFR TKI")
    (view,) = page(compared(denied, of_class)).qualified
    assert view.short == (
        "osimertinib (option 1; CIViC looked for an effect of PR positive and found none; "
        "CGI against the class EGFR TKI)"
    )
    assert not page(compared(denied, of_class)).differing


def test_an_agent_that_failed_says_so_in_its_line():
    yes = Voice(source="CIViC", stance=Stance.FOR, level="B")
    (view,) = page(compared(yes, therapy=("lestaurtinib",), tried="failed")).others
    assert view.sentence.startswith("lestaurtinib (tried, and failed): supported.")


def test_a_trial_that_runs_is_counted_and_not_supported_here():
    trial = Voice(source="MOAlmanac", stance=Stance.IN_TRIALS)
    one = Compared(therapy=("capmatinib",), voices=(trial,), consensus=Consensus.IN_TRIALS)
    found = page(one)
    assert (found.others, found.rest) == ((), 1)
    assert dict(compared_view(one).voices)["MOAlmanac"] == "in trials (1 claim)"


def test_what_is_supported_of_a_class_alone_is_counted_only():
    of_class = Voice(source="CGI", stance=Stance.FOR, of_class="EGFR TKI")
    models = Voice(source="CIViC", stance=Stance.FOR, clinical=False)
    one = Compared(
        therapy=("canertinib",), voices=(of_class, models), consensus=Consensus.SUPPORTED
    )
    assert page(one).rest == 1
