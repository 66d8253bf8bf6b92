"""A real melanoma with all its files in one case, as another tool ships it."""

import json

import pytest

from benchmarks.exome import write_case
from onkos.model import Fusion, Origin
from onkos.pipeline import run
from onkos.report import to_json
from onkos.sources.patient import read_case


@pytest.fixture(scope="module")
def dossier(knowledge, shared_data, tmp_path_factory):
    folder = shared_data / "patients" / "moalmanac_example" / "example_data"
    path = write_case(tmp_path_factory.mktemp("melanoma"), folder)
    return run(read_case(path, knowledge), knowledge)


def drugs(options):
    return [set(option.therapy) for option in options]


def test_braf_mek_combinations_lead(dossier):
    """The randomised trials of melanoma: COMBI-d and -v, COLUMBUS, coBRIM."""
    leading = drugs(dossier.plan.options[:3])
    assert {"dabrafenib", "trametinib"} in leading
    assert {"encorafenib", "binimetinib"} in leading
    assert {"vemurafenib", "cobimetinib"} in leading


def test_germline_brca2_is_graded_for_melanoma(dossier):
    seen = next(a for a in dossier.case.alterations if a.label == "BRCA2 S1982fs")
    assert seen.origin is Origin.GERMLINE
    assert seen.oncogenicity.drives
    olaparib = next(o for o in dossier.plan.options if o.therapy == ("olaparib",))
    assert not olaparib.approved_here
    assert olaparib.grades.amp.tier + olaparib.grades.amp.level == "IIC"
    assert olaparib.grades.escat.tier == "III-A"
    assert olaparib.grades.oncokb_style.level == "3B"
    conditions = [m.claim.condition for m in dossier.plan.predisposition]
    assert any("breast and ovarian" in text for text in conditions)


@pytest.mark.parametrize(
    "label", ["BRCA2 N372H", "TP53 P72R", "COL1A1::CITED4 fusion", "FGFR2 deletion"]
)
def test_harmless_and_irrelevant_findings_open_no_therapy(dossier, label):
    assert any(a.label == label for a in dossier.case.alterations)
    used = {
        name
        for option in (*dossier.plan.options, *dossier.plan.avoid)
        for match in option.matches
        for name in match.biomarker.alterations
    }
    assert label not in used


def test_a_fusion_that_contradicts_itself_is_listed_and_opens_nothing(dossier):
    contradicting = [u for u in dossier.case.unread if "EML4--ALK" in u.text]
    assert len(contradicting) == 1
    assert "contradicts itself" in contradicting[0].reason
    fusions = [a for a in dossier.case.alterations if isinstance(a, Fusion)]
    assert not any("ALK" in fusion.genes for fusion in fusions)


def test_every_row_is_accounted_for(dossier):
    page = to_json(dossier)
    kept = len(page["alterations"])
    assert kept + sum(page["filtered"].values()) + len(page["unread"]) == page["rows"]
    json.dumps(page)
