"""Statements of VA-Spec: 1.0 and the drafts, each once; alleles checked against names."""

import copy
import json
from pathlib import Path

import pytest

from onkos.errors import Unreadable
from onkos.model import Claim, Effect, StudyKind, Unread
from onkos.sources.knowledge.adapters.va_spec import read

ALLELE = {
    "id": "ga4gh:VA.x", "type": "Allele",
    "location": {"start": 599, "end": 600, "sequence": "V"},
    "state": {"type": "LiteralSequenceExpression", "sequence": "E"},
}  # fmt: skip
STATEMENT = {
    "id": "civic.eid:1", "type": "Statement", "direction": "supports",
    "strength": {"name": "Clinical evidence", "primaryCoding": {"code": "B"}},
    "reportedIn": [{"type": "Document", "pmid": "12345678"}],
    "proposition": {
        "type": "VariantTherapeuticResponseProposition", "predicate": "predictsSensitivityTo",
        "subjectVariant": {"id": "civic.mpid:12", "name": "BRAF V600E",
                           "constraints": [{"type": "DefiningAlleleConstraint",
                                            "allele": ALLELE}]},
        "geneContextQualifier": {"name": "BRAF"},
        "objectTherapeutic": {"name": "Vemurafenib"},
        "conditionQualifier": {"name": "Melanoma"},
    },
}  # fmt: skip


@pytest.fixture
def reads(tmp_path, vocabulary):
    """What is read of statements, each one changed by setting values at dotted paths."""

    def read_statements(*changes):
        nodes = []
        for change in changes:
            node = copy.deepcopy(STATEMENT)
            for path, value in change.items():
                *way, last = path.split(".")
                at = node
                for step in way:
                    at = at[step]
                at[last] = value
            nodes.append(node)
        path = tmp_path / "statements.json"
        path.write_text(json.dumps(nodes), encoding="utf-8")
        return list(read([path], vocabulary))

    return read_statements


def test_a_statement_becomes_a_claim_that_keeps_the_ids_of_cat_vrs(reads):
    (claim,) = reads({})
    assert (claim.id, claim.source) == ("va_spec:civic.eid:1", "CIViC")
    assert (str(claim.when), claim.therapy) == ("BRAF V600E", ("vemurafenib",))
    assert "civic.mpid:12, ga4gh:VA.x" in claim.note
    (study,) = claim.studies
    assert (study.pmid, study.kind) == (12345678, StudyKind.RETROSPECTIVE)
    assert study.level == "B (Clinical evidence)"


@pytest.mark.parametrize(
    ("predicate", "direction", "effect", "positive"),
    [
        ("predictsSensitivityTo", "disputes", Effect.NO_BENEFIT, True),
        ("predicts_resistance_to", "supports", Effect.RESISTANCE, True),
        ("predictsResistanceTo", "disputes", Effect.RESISTANCE, False),
    ],
)
def test_directions(reads, predicate, direction, effect, positive):
    (claim,) = reads({"proposition.predicate": predicate, "direction": direction})
    assert (claim.effect, claim.studies[0].positive) == (effect, positive)


def test_a_combination_is_one_claim_and_substitutes_are_several(reads):
    both = [{"name": "Dabrafenib"}, {"name": "Trametinib"}]
    (claim,) = reads(
        {"proposition.objectTherapeutic": {"membershipOperator": "AND", "therapies": both}}
    )
    assert claim.therapy == ("dabrafenib", "trametinib")
    found = reads(
        {"proposition.objectTherapeutic": {"membershipOperator": "OR", "therapies": both}}
    )
    assert [one.therapy for one in found] == [("dabrafenib",), ("trametinib",)]
    (unread,) = reads({"proposition.objectTherapeutic": {"therapies": both}})
    assert "how they go together" in unread.reason


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"direction": "neutral"}, "neither for nor against"),
        ({"proposition.predicate": "isOncogenicFor"}, "no effect is told"),
        ({"proposition.subjectVariant.name": "BRAF V600K"}, "another, than named"),
        ({"proposition.geneContextQualifier": {"name": "KRAS"}}, "the gene is KRAS"),
        ({"strength": {"name": "a hunch"}}, "no strength"),
        ({"proposition.objectTherapeutic": {}}, "names no therapy"),
        ({"proposition.conditionQualifier": {"name": "Nonesuch"}}, "not in the map"),
    ],
)
def test_what_cannot_be_said_is_told(reads, change, why):
    (unread,) = reads(change)
    assert isinstance(unread, Unread)
    assert why in unread.reason
    assert unread.text.startswith("civic.eid:1: ")


def test_the_same_statement_twice_is_one_claim_and_another_one_under_its_id_is_told(reads):
    first, second = reads({}, {}, {"proposition.predicate": "predictsResistanceTo"})
    assert isinstance(first, Claim)
    assert "was read before" in second.reason


def test_statements_nested_without_end_are_refused(tmp_path, vocabulary):
    path = tmp_path / "deep.json"
    path.write_text("[" * 200 + "]" * 200, encoding="utf-8")
    with pytest.raises(Unreadable, match="too deep"):
        list(read([path], vocabulary))


def test_of_the_real_files_no_statement_is_lost(shared_data: Path, vocabulary):
    folder = shared_data / "knowledge" / "vicc_ga4gh"
    given = sorted(folder.glob("moa_cdm*.json"))
    ids = {one["id"] for one in json.loads(given[0].read_bytes())}
    rows = list(read(given, vocabulary))
    claimed = {row.id.removeprefix("va_spec:") for row in rows if isinstance(row, Claim)}
    left = [row for row in rows if isinstance(row, Unread)]
    unread = {row.text.split(": ")[0] for row in left if row.source == given[0].name}
    assert len(ids) == 189
    assert claimed | unread == ids
    assert {row.reason for row in left} == {
        "the allele is at another residue, or another, than named",
        "a variant of Cat-VRS, and no statement says what it means",
    }
    # each descriptor is a statement's variant or told as unread
    assert {row.source for row in left if row.column == "type"} == {given[1].name}
    assert sum(row.column == "type" for row in left) == 44
    rows = list(read(sorted((folder / "metakb_tests").glob("*.json")), vocabulary))
    assert sum(isinstance(row, Claim) for row in rows) == 14


CAT_VRS = """\
id: civic.mpid:33
type: CategoricalVariant
label: EGFR L858R
constraints:
  - type: DefiningContextConstraint
    definingContext: vrs.json#/ga4gh:VA.x
"""
NO_STATEMENT = "a variant of Cat-VRS, and no statement says what it means"


def test_a_variant_without_a_statement_is_told_and_what_would_be_needed(tmp_path, vocabulary):
    variants = tmp_path / "variants.yaml"
    variants.write_text(CAT_VRS, encoding="utf-8")
    (alone,) = read([variants], vocabulary)
    assert (alone.source, alone.line, alone.text) == (variants.name, 1, "civic.mpid:33: EGFR L858R")
    assert alone.reason == NO_STATEMENT
    assert "statements that name it" in alone.remedy


def test_a_variant_that_a_statement_names_is_read_with_it(tmp_path, vocabulary):
    variant = {"id": "civic.mpid:12", "type": "CategoricalVariant", "label": "BRAF V600E"}
    other = variant | {"id": "civic.mpid:13"}
    path = tmp_path / "both.json"
    path.write_text(json.dumps([STATEMENT, variant, other, {"id": "rxcui:1", "type": "Therapy"}]))
    claim, unread, therapy = read([path], vocabulary)
    assert claim.id == "va_spec:civic.eid:1"
    assert (unread.line, unread.text, unread.reason) == (
        3, "civic.mpid:13: BRAF V600E", NO_STATEMENT
    )  # fmt: skip
    assert therapy.reason == "neither a statement of VA-Spec nor a variant of Cat-VRS"


def test_a_statement_in_yaml_is_checked_against_its_allele_too(tmp_path, vocabulary):
    yaml = pytest.importorskip("yaml")
    wrong = copy.deepcopy(STATEMENT)
    wrong["id"] = "civic.eid:2"
    allele = wrong["proposition"]["subjectVariant"]["constraints"][0]["allele"]
    allele["location"] |= {"start": 600, "end": 601}
    path = tmp_path / "statements.yaml"
    path.write_text(yaml.safe_dump([STATEMENT, wrong]), encoding="utf-8")
    claim, unread = read([path], vocabulary)
    assert claim.id == "va_spec:civic.eid:1"
    assert "another residue" in unread.reason


@pytest.mark.parametrize("text", ["a: [", "a: 1\n---\nb: 2\n", "a: &x [*x]\n"])
def test_yaml_that_cannot_be_read_names_the_file(tmp_path, vocabulary, text):
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"odd\.yaml"):
        list(read([path], vocabulary))


def test_of_the_examples_of_cat_vrs_each_is_told(shared_data: Path, vocabulary):
    examples = sorted((shared_data / "knowledge/vicc_ga4gh/cat-vrs-examples").glob("*.yaml"))
    rows = list(read(examples, vocabulary))
    assert [row.source for row in rows] == [path.name for path in examples]
    assert {row.reason for row in rows} == {NO_STATEMENT}
