"""What tools predicted of a change, as annotators write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Prediction
from onkos.sources import knowledge as knowledge_source
from onkos.sources.patient.predictions import Predictions


def read(vocabulary, **cells):
    reader = Predictions(tuple(cells), vocabulary.oncogenicity.predictors)
    return {p.tool: p.says for p in reader(list(cells.values()))}


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("SIFT", "deleterious(0.02)", "damaging"),
        ("SIFT", "tolerated_low_confidence(0.3)", "neutral"),
        ("PolyPhen", "possibly_damaging(0.9)", "damaging"),
        ("PolyPhen", "benign(0.01)", "neutral"),
        ("REVEL", "0.644", "damaging"),
        ("REVEL", "0.643", "between"),
        ("REVEL", "0.290", "neutral"),
        ("REVEL_score", ".&0.9&0.1", "damaging"),
        ("am_class", "likely_pathogenic", "damaging"),
        ("CADD_PHRED", "22.7", "neutral"),
    ],
)
def test_columns_of_tools(vocabulary, column, text, says):
    """Numbers by Pejaver 2022, doi:10.1016/j.ajhg.2022.10.013."""
    assert set(read(vocabulary, **{column: text}).values()) == {says}


@pytest.mark.parametrize("text", ["", ".", "NA", "unknown(0)", "nan", "?"])
def test_what_says_nothing_is_left_out(vocabulary, text):
    assert read(vocabulary, SIFT=text, PolyPhen=text, REVEL=text) == {}


def test_the_four_scores_of_spliceai_are_one_prediction(vocabulary):
    quiet = {f"SpliceAI_pred_DS_{end}": "0.01" for end in ("AG", "AL", "DG", "DL")}
    assert read(vocabulary, **quiet) == {"SpliceAI": "neutral"}
    assert read(vocabulary, **{**quiet, "SpliceAI_pred_DS_DL": "0.91"}) == {"SpliceAI": "damaging"}


def test_a_row_too_short_for_its_columns_is_read_as_far_as_it_goes(vocabulary):
    reader = Predictions(("SIFT", "REVEL"), vocabulary.oncogenicity.predictors)
    assert reader(["deleterious(0)"]) == (Prediction(tool="SIFT", kind="protein", says="damaging"),)


def test_a_file_without_such_columns_costs_nothing(vocabulary):
    assert Predictions(("Hugo_Symbol",), vocabulary.oncogenicity.predictors)(["BRAF"]) == ()


@given(text=st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    tools = knowledge_source.builtin().vocabulary.oncogenicity.predictors
    said = Predictions(("SIFT", "REVEL", "am_class"), tools)([text, text, text])
    assert {prediction.says for prediction in said} <= {"damaging", "neutral", "between"}
