"""onkos knowledge sync and onkos trials sync, against small servers."""

import json

import pytest

from onkos.sources.knowledge.store import current, kept_files, snapshots
from tests.sources.knowledge_server import Api, graphql, labels, serving, several, studies
from tests.sources.test_knowledge_sync import TOKEN, evidence, label


@pytest.fixture
def api(tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "ONKOS_OPENFDA_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with serving(Api()) as api:
        yield api


def assertion(number):
    node = evidence(number)
    for name in ("evidenceType", "evidenceDirection", "evidenceLevel", "evidenceRating", "source"):
        node.pop(name)
    return node | {
        "name": f"AID{number}",
        "assertionType": "PREDICTIVE",
        "assertionDirection": "SUPPORTS",
        "ampLevel": "TIER_I_LEVEL_A",
    }


def civic_api(api, count=5):
    api.answers["api/graphql"] = several(
        evidenceItems=graphql("evidenceItems", [evidence(n) for n in range(1, count + 1)]),
        assertions=graphql("assertions", [assertion(1)]),
    )


def study(number, **status):
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": "A drug"},
            "statusModule": {"overallStatus": "RECRUITING", **status},
            "conditionsModule": {"conditions": ["Melanoma"]},
            "eligibilityModule": {"minimumAge": "18 Years", "sex": "ALL"},
        }
    }


def registry(api, count=3):
    api.answers["api/v2/version"] = lambda *_: (200, {"dataTimestamp": "2026-08-10T09:00:04"})
    api.answers["api/v2/studies"] = studies([study(n) for n in range(1, count + 1)], most=2)


def test_what_is_fetched_is_kept_read_and_compared(run, api):
    civic_api(api)
    result = run("knowledge", "sync", "civic", "--by", "api", "--from", api.base)
    assert result.exit_code == 0
    assert "6 claims, 0 rows not understood (CC0 1.0)" in result.stdout
    assert "fetching evidence items" in result.stderr
    assert "does not say of which day it is: kept under today's" in result.stderr
    (page,) = snapshots()
    assert current("civic") == page
    listed = run("knowledge", "snapshots")
    assert page.name in listed.stdout
    result = run("knowledge", "compare", "BRAF V600E", "-d", "MEL")
    assert "CIViC" in result.stdout


def test_a_sync_that_fails_leaves_what_was_kept(run, api):
    civic_api(api)
    assert run("knowledge", "sync", "civic", "--by", "api", "--from", api.base).exit_code == 0
    before = snapshots()
    api.answers["api/graphql"] = lambda *_: (200, {"errors": [{"message": "down"}]})
    result = run("knowledge", "sync", "civic", "--by", "api", "--from", api.base)
    assert result.exit_code == 15
    assert "could not answer: down" in result.stderr
    assert "Traceback" not in result.output + result.stderr
    assert snapshots() == before


def test_what_holds_not_one_claim_is_not_kept(run, api):
    path = "downloads/nightly/nightly-AcceptedClinicalEvidenceSummaries.tsv"
    api.file(path, b"<html>Log in to the network</html>")
    result = run("knowledge", "sync", "civic", "--from", api.base)
    assert result.exit_code in {10, 13}
    assert snapshots() == ()


def test_what_onkos_does_not_read_as_claims_disturbs_no_match(run, api):
    api.answers["drug/label.json"] = labels([label(1, "vemurafenib")])
    result = run("knowledge", "sync", "openfda", "--drug", "Zelboraf", "--from", api.base)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("openfda@2026-08-08: 0.0 MB kept as it came (CC0 1.0)")
    assert api.asked[0][1]["search"] == 'openfda.generic_name:"vemurafenib"'
    matched = run("match", "BRAF V600E", "-d", "MEL")
    assert matched.exit_code == 0
    named = run("match", "BRAF V600E", "-d", "MEL", "--knowledge", "openfda")
    assert named.exit_code == 13


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["cosmic"], 2, "cannot be fetched"),
        (["ctgov"], 2, "onkos trials sync"),
        (["civic", "--drug", "vemurafenib"], 2, "leave out --drug"),
        (["oncokb"], 2, "--accept-terms"),
        (["oncokb", "--accept-terms"], 15, "ONKOS_ONCOKB_TOKEN"),
        (["openfda", "--drug", "sugar"], 11, "unknown drug"),
        (["civic", "--from", "http://mirror.example"], 15, "--plain-http"),
    ],
)
def test_what_cannot_be_fetched_is_said_before_anything_is_asked(
    run, api, arguments, code, message
):
    result = run("knowledge", "sync", *arguments, env={"ONKOS_ONCOKB_TOKEN": ""})
    assert (result.exit_code, message in result.stderr) == (code, True)
    assert not api.asked


def test_a_token_stands_in_no_output(run, api):
    api.faults = ["401*"]
    result = run("knowledge", "sync", "oncokb", "--accept-terms", "--from", api.base,
                 env={"ONKOS_ONCOKB_TOKEN": TOKEN})  # fmt: skip
    assert result.exit_code == 15
    assert "the token is wrong, has run out" in result.stderr
    assert TOKEN not in result.output + result.stderr


def test_trials_are_fetched_kept_and_matched_by_name(run, api):
    registry(api)
    result = run("trials", "sync", "--condition", "Melanoma", "--status", "open", "--near",
                 "48.8566,2.3522", "--within", "50", "--from", api.base)  # fmt: skip
    assert result.exit_code == 0, result.stderr
    name = "ctgov_melanoma_open_distance_48_9_2_4_50km"
    assert result.stdout.startswith(f"{name}@2026-08-10: 3 studies")
    told = api.asked[1][1]
    assert told["filter.geo"] == "distance(48.9,2.4,50km)"  # no more of a place than that
    assert told["filter.overallStatus"] == "AVAILABLE,ENROLLING_BY_INVITATION,RECRUITING"
    with kept_files(current(name)) as files:
        assert sum(len(json.loads(f.read_bytes())["studies"]) for f in files) == 3
    for asked in (name, f"{name}@2026-08-10"):
        matched = run("trials", "match", "BRAF V600E", "-d", "MEL", "--trials", asked)
        assert matched.exit_code == 0
        assert "NCT00000001" in matched.stdout
    assert run("match", "BRAF V600E", "-d", "MEL").exit_code == 0


def test_a_search_without_studies_keeps_nothing(run, api):
    registry(api, count=0)
    result = run("trials", "sync", "--condition", "melanosis", "--from", api.base)
    assert result.exit_code == 15
    assert "no study of 'melanosis' was found" in result.stderr
    assert snapshots() == ()


def test_no_other_command_asks_a_network(run, api, monkeypatch):
    """With every connection barred, the commands that read work as ever."""
    import socket

    def barred(*_: object, **__: object):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", barred)
    for command in (["knowledge", "sources"], ["knowledge", "snapshots"],
                    ["match", "BRAF V600E", "-d", "MEL"], ["knowledge", "sync", "--help"],
                    ["trials", "sync", "--help"]):  # fmt: skip
        assert run(*command).exit_code == 0


def test_labels_are_held_against_the_approvals(run, api):
    rows = [label(1, "vemurafenib"), label(2, "sotorasib", "indicated for lung cancer"),
            label(3, "water")]  # fmt: skip
    api.answers["drug/label.json"] = labels(rows)
    drugs = ["--drug", "vemurafenib", "--drug", "sotorasib"]
    assert run("knowledge", "sync", "openfda", *drugs, "--from", api.base).exit_code == 0
    result = run("knowledge", "labels")
    assert result.exit_code == 0
    *lines, last = result.stdout.splitlines()
    assert lines
    assert all("sotorasib: its label names none of KRAS" in line for line in lines)
    assert last.startswith("2 labels of 2 drugs, 0 not understood;")
    assert "vemurafenib: a label names BRAF" in run("knowledge", "labels", "--all").stdout
    assert run("knowledge", "labels", "openfda@2020-01-01").exit_code == 13
