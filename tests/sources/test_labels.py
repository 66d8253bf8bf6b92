"""Labels of drugs as openFDA gives them, held against the approvals of the knowledge."""

import json
from datetime import date

import pytest
from msgspec.structs import replace

from onkos.errors import Unreadable
from onkos.model import Unread
from onkos.sources.knowledge.labels import Label, check_labels, mentions, read_labels

BRAF = "indicated for unresectable melanoma with a BRAF V600E mutation"


def result(number, generic, text=BRAF, day="20260101", **more):
    return {
        "id": f"v{number}",
        "set_id": f"set-{number}",
        "version": "3",
        "effective_time": day,
        "indications_and_usage": [text] if text else [],
        "openfda": {"brand_name": ["X"], "generic_name": [generic]},
        **more,
    }


@pytest.fixture
def read(tmp_path, vocabulary):
    def read(*results):
        path = tmp_path / "labels.json"
        path.write_text(json.dumps({"results": results}))
        return list(read_labels(path, vocabulary))

    return read


def test_a_label_is_read_with_its_drugs_and_dates(read):
    (one,) = read(result(1, "VEMURAFENIB"))
    assert isinstance(one, Label)
    assert (one.set_id, one.drugs, one.effective) == ("set-1", ("vemurafenib",), date(2026, 1, 1))
    (other,) = read(result(1, "ADO-TRASTUZUMAB EMTANSINE"))
    assert other.drugs == ("trastuzumab emtansine",)
    (both,) = read(result(1, "DABRAFENIB AND TRAMETINIB"))
    assert both.drugs == ("dabrafenib", "trametinib")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (result(1, "WATER"), "no drug of ours: WATER"),
        (result(1, "VEMURAFENIB", text=""), "no text of indications"),
        (result(1, "VEMURAFENIB", set_id=""), "no set_id"),
        (result(1, "VEMURAFENIB", openfda=[]), "no result with an openfda part"),
        ("text", "no result with an openfda part"),
    ],
)
def test_every_result_is_a_label_or_told_as_unread(read, row, reason):
    first, second = read(row, result(2, "VEMURAFENIB"))
    assert isinstance(first, Unread)
    assert (first.line, first.reason) == (1, reason)
    assert isinstance(second, Label)


@pytest.mark.parametrize("text", ["<html>", "[]", '{"results": {}}', "[" * 100_000])
def test_what_is_no_answer_of_openfda_is_unreadable(tmp_path, vocabulary, text):
    path = tmp_path / "labels.json"
    path.write_text(text)
    with pytest.raises(Unreadable):
        list(read_labels(path, vocabulary))


def test_a_captured_answer_is_told_row_by_row(shared_data, vocabulary):
    path = shared_data / "knowledge/api_captures_biomcp/openfda/label_keytruda_20260811.json"
    rows = list(read_labels(path, vocabulary))
    assert [row.reason for row in rows] == ["no text of indications"] * 2  # cut by its capturer


def approvals(knowledge, drug):
    return [c for c in knowledge.claims if c.therapy == (drug,)
            and any(a.regulator == "FDA" and a.stands and not a.any_marker
                    for a in c.approvals)]  # fmt: skip


def test_a_label_that_names_the_gene_bears_the_approval_out(read, knowledge):
    claims = approvals(knowledge, "vemurafenib")
    checked = list(check_labels(claims, read(result(1, "VEMURAFENIB")), knowledge.vocabulary))
    assert checked
    assert {one.doubt for one in checked} == {""}


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (result(1, "VEMURAFENIB", "indicated for melanoma"), r"names none of BRAF .*\(set-1\)"),
        (result(1, "VEMURAFENIB", day="20010101"), "the label is of 2001-01-01, the approval of"),
        (result(1, "SOTORASIB"), "no label among those that were fetched"),
    ],
)
def test_a_label_that_does_not_is_a_question(read, knowledge, row, doubt):
    import re

    (claim, *_) = approvals(knowledge, "vemurafenib")
    checked = list(check_labels([claim], read(row), knowledge.vocabulary))
    assert all(re.search(doubt, one.doubt) for one in checked)
    assert checked


def test_withdrawn_and_markerless_approvals_are_not_checked(read, knowledge):
    (claim, *_) = approvals(knowledge, "vemurafenib")
    gone = [replace(a, withdrawn=True) for a in claim.approvals]
    any_marker = [replace(a, any_marker=True) for a in claim.approvals]
    labels = read(result(1, "VEMURAFENIB", "indicated for melanoma"))
    for some in (gone, any_marker):
        changed = replace(claim, approvals=tuple(some))
        assert list(check_labels([changed], labels, knowledge.vocabulary)) == []


def test_a_gene_is_named_by_any_of_its_names_and_no_word_is_taken_for_it(vocabulary):
    assert mentions("HER2-positive breast cancer", "ERBB2", vocabulary)
    assert mentions("a neurotrophic receptor (NTRK) gene fusion", "NTRK1", vocabulary)
    assert not mentions("who met all criteria", "MET", vocabulary)
    assert not mentions("KRASX", "KRAS", vocabulary)
