"""What was worked out meets criteria as what was reported does, and says that it was."""

from onkos import evidence
from onkos.model import Answer, Case, Finding, Measurement

UNSTABLE = Finding(name="MSI", value="MSI-H by somatic indels", status="MSI-H")


def because(knowledge, **fields):
    """Labels that settled claims of benefit."""
    case = Case(id="c", disease="COAD", **fields)
    matches = evidence.match(case, (UNSTABLE,), knowledge)
    met = (m for m in matches if m.verdict is Answer.MET)
    return {label for match in met for label in match.biomarker.alterations}


def test_a_status_worked_out_is_told_as_such(knowledge):
    assert "MSI-H (worked out here: confirm)" in because(knowledge)


def test_a_reported_status_stands(knowledge):
    stable = (Measurement(name="MSI", status="MSS"),)
    assert not any("MSI-H" in label for label in because(knowledge, measurements=stable))
