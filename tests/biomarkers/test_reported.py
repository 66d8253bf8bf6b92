"""What was measured, and what was not."""

from onkos.biomarkers import measure
from onkos.model import Case, Doubt, Finding, Measurement, NotAssessed, Sample


def names(found, kind):
    return {f.name for f in found if isinstance(f, kind)}


def test_a_reported_value_is_a_finding_and_a_missing_one_is_not_assessed(knowledge):
    case = Case(id="b", disease="COAD", measurements=(Measurement(name="MSI", status="MSI-H"),))
    found = list(measure(case, (), knowledge))
    assert "MSI" in names(found, Finding)
    assert "TMB" in names(found, NotAssessed)
    assert "MSI" not in names(found, NotAssessed)


def test_a_panel_says_how_many_genes_it_saw_and_an_exome_says_nothing(knowledge):
    def missing(assay):
        case = Case(id="b", disease="LUAD", samples=(Sample(assay=knowledge.assay(assay)),))
        return names(measure(case, (), knowledge), NotAssessed)

    assert any(name.startswith("small variants outside") for name in missing("MSK-IMPACT"))
    assert not any(name.startswith("small variants") for name in missing("WES"))
    assert "fusions" in missing("WES")
    assert "germline" in missing("WES")


def test_without_an_assay_every_class_is_open(knowledge):
    found = names(measure(Case(id="b", disease="LUAD"), (), knowledge), NotAssessed)
    assert {"small variants", "copy number", "fusions", "germline"} <= found


def test_a_class_of_which_no_file_was_read_is_not_assessed_whatever_the_assay_covers(knowledge):
    doubt = Doubt(reason="no file of fusions was read from this sample", about="fusions")
    sample = Sample(assay=knowledge.assay("FoundationOne CDx"), doubts=(doubt,))
    case = Case(id="a", disease="LUAD", samples=(sample,))
    missing = {f.name: f.reason for f in measure(case, (), knowledge) if isinstance(f, NotAssessed)}
    assert missing["fusions"] == doubt.reason
    assert missing["copy number outside 309 genes"] == "not on the panel"
