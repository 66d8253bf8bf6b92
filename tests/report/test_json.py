"""The JSON dossier and its published schema."""

import json
import runpy
from pathlib import Path

import jsonschema
import msgspec
import pytest

import onkos.report
from onkos import pipeline
from onkos.model import Case, Snapshot
from onkos.report import NOTICE, error_form, render, to_json, to_json_bytes
from tests.properties.cases import small_variant
from tests.report.dossiers import crowded, empty, hostile, lung

SCHEMA = Path(onkos.report.__file__).with_name("schema.json")
PUBLISH = Path(__file__).resolve().parents[2] / "docs" / "schema" / "publish.py"


def strict(schema):
    """The schema with no key allowed that it does not name."""
    if isinstance(schema, dict):
        closed = {"additionalProperties": False} if "properties" in schema else {}
        return closed | {key: strict(value) for key, value in schema.items()}
    return [strict(part) for part in schema] if isinstance(schema, list) else schema


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(strict(schema))


@pytest.mark.parametrize("make", [lung, crowded, empty, lambda: hostile(lung())])
@pytest.mark.parametrize("facts", [True, False])
def test_every_dossier_keeps_the_schema_and_names_no_other_key(validator, make, facts):
    validator.validate(json.loads(to_json_bytes(make(), facts=facts)))


def test_a_dossier_of_the_built_in_knowledge_keeps_the_schema(validator, knowledge):
    case = Case(id="p", disease="LUAD", alterations=(small_variant("EGFR", "L858R"),))
    dossier = pipeline.run(case, knowledge)
    validator.validate(json.loads(render(dossier, "json")))


def test_the_published_schema_is_the_one_that_ships():
    script = runpy.run_path(str(PUBLISH))
    assert script["PUBLISHED"].read_bytes() == script["schema"]() == SCHEMA.read_bytes()


def test_verdicts_are_words_and_sources_are_identifiers():
    form = to_json(lung())
    first = form["options"][0]
    assert form["schema_version"] == "1.5"
    assert first["therapy"] == ["osimertinib"]
    assert first["grades"]["amp"] == {"tier": "I", "level": "A", "clause": "A1"}
    assert [a["setting_verdict"] for a in first["approvals"]] == ["met", "met", "unmet"]
    assert first["matches"][0]["verdict"] == "met"
    assert first["matches"][0]["criterion"] == "EGFR L858R"
    assert first["matches"][0]["sources"] == [
        "FDA 2018-04-18", "EMA 2018-06-08", "doi:10.1016/j.annonc.2022.12.009",
        "PMID:29151359", "NCT02296125",
    ]  # fmt: skip


def test_avoid_holds_the_claims_against_with_their_effect():
    avoided = to_json(lung())["avoid"][0]
    assert [match["effect"] for match in avoided["matches"]] == ["resistance"]
    assert avoided["rank"] is None


def test_withdrawn_approvals_are_said_to_be_withdrawn():
    form = to_json(lung())
    assert form["options"][2]["matches"][0]["sources"][0] == "FDA 2021-09-15, withdrawn 2024-07-16"
    approval = form["claims"]["mobocertinib"]["approvals"][0]
    assert (approval["standing"], approval["withdrawn_on"]) == (False, "2024-07-16")


def test_all_alterations_of_the_case_are_there_and_the_unknown_is_null():
    rows = {row["label"]: row for row in to_json(lung())["alterations"]}
    assert len(rows) == len(lung().case.alterations)
    assert rows["EML4::ALK fusion"]["gene"] == "EML4::ALK"
    assert rows["EML4::ALK fusion"]["genes"] == ["EML4", "ALK"]
    assert rows["no KRAS mutation"]["present"] is False
    assert rows["del(17p)"]["gene"] is None
    assert rows["EGFR L858R"]["origin"] is None
    assert rows["MET amplification"]["vaf"] is None


def test_a_claim_changed_under_the_same_id_is_not_read_from_the_cache():
    dossier = lung()
    first = dossier.plan.options[0]
    changed = msgspec.structs.replace(first.matches[0].claim, note="changed")
    match = msgspec.structs.replace(first.matches[0], claim=changed)
    option = msgspec.structs.replace(first, matches=(match,))
    plan = msgspec.structs.replace(dossier.plan, options=(option,))
    assert to_json(dossier)["options"][0]["matches"][0]["note"] is None
    again = to_json(msgspec.structs.replace(dossier, plan=plan))
    assert again["options"][0]["matches"][0]["note"] == "changed"


def test_every_fact_of_a_snapshot_is_pinned():
    counts = {"claims", "unread"}
    fields = set(Snapshot.__struct_fields__)
    assert set(to_json(lung())["pins"][0]) == fields - counts
    read = Snapshot(source="A", version="1", licence="CC0", sha256="0", claims=2, unread=1)
    told = to_json(msgspec.structs.replace(lung(), pins=(read,)))["pins"][0]
    assert told == msgspec.structs.asdict(read)


def test_the_notice_goes_with_the_data():
    assert to_json(empty())["notice"] == NOTICE


def test_the_same_dossier_gives_the_same_bytes():
    assert to_json_bytes(lung()) == to_json_bytes(lung())
    assert b"\n" not in to_json_bytes(lung())


def test_an_error_keeps_its_case():
    assert error_form("p7", "no such disease") == {"id": "p7", "error": "no such disease"}
