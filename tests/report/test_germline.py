"""Inherited findings apart, with referral and cascade testing; whose a variant is, with reasons."""

import pytest

from onkos import pipeline
from onkos.report import render, to_json
from onkos.sources.patient.record import case_of_record


def dossier(knowledge, *alterations, **more):
    told = {"id": "1", "disease": "BRCA", "alterations": list(alterations), **more}
    return pipeline.run(case_of_record(told, knowledge), knowledge)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_an_inherited_finding_comes_with_counselling_and_cascade_testing(knowledge, form):
    page = render(
        dossier(knowledge, "germline BRCA2 S1882*"), form, knowledge.vocabulary.gene_by_symbol
    )
    words = " ".join(page.split())
    assert "germline findings" in words.casefold()
    for said in ("genetic counselling", "before any relative is tested", "Cascade testing"):
        assert said in words


def test_in_json_it_stands_apart(knowledge):
    (found,) = to_json(dossier(knowledge, "germline BRCA2 S1882*"))["germline"]
    assert found["label"] == "BRCA2 S1882*"
    assert found["conditions"] == ["hereditary breast and ovarian cancer"]
    assert "relatives" in found["cascade"][0]


@pytest.mark.parametrize(
    "seen", ["BRCA2 S1882* VAF 50%", "no germline BRCA2 mutation", "germline BRCA2 N372H"]
)
def test_what_is_not_a_pathogenic_germline_call_does_not_stand_there(knowledge, seen):
    """Nor does a change that only looks inherited: tumour sequencing does not settle that."""
    assert to_json(dossier(knowledge, seen))["germline"] == []


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_reasons_of_an_origin_are_on_the_page(knowledge, form):
    told = dossier(knowledge, "BRCA2 S1882* VAF 50%", purity=0.6, material="tissue")
    page = render(told, form, knowledge.vocabulary.gene_by_symbol)
    words = " ".join(page.split())
    assert "probably inherited (0.9" in words
    assert "expected at 50%" in words


def test_the_probability_is_in_the_json(knowledge):
    (seen,) = to_json(dossier(knowledge, "BRCA2 S1882* VAF 50%", purity=0.6))["alterations"]
    assert seen["origin"] is None
    assert 0.8 < seen["germline_probability"] <= 1
    assert seen["white_cell_probability"] == 0
