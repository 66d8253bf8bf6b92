"""Other people's knowledge fetched from small servers, whatever befalls it on the way."""

import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.errors import FetchError, KnowledgeError, UsageError
from onkos.model import Claim
from onkos.sources.connection import Patience, Question, Secret, ask
from onkos.sources.knowledge.adapters import civic
from onkos.sources.knowledge.remote.addresses import remote_of, remotes
from onkos.sources.knowledge.remote.sync import fetched
from onkos.sources.knowledge.store import add_snapshot, current, kept_files, snapshots
from tests.sources.knowledge_server import Api, graphql, labels, serving, serving_apart, several
from tests.sources.knowledge_server import studies as study_pages

HASTY = Patience(seconds=2, tries=3, pause=0.01)
TOKEN = "s3cret-token-of-a-user"  # noqa: S105  nobody's


@pytest.fixture(autouse=True)
def _direct(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("ONKOS_ONCOKB_TOKEN", "ONKOS_OPENFDA_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def api():
    with serving(Api()) as api:
        yield api


def evidence(number):
    return {
        "id": number,
        "name": f"EID{number}",
        "status": "ACCEPTED",
        "evidenceType": "PREDICTIVE",
        "evidenceDirection": "SUPPORTS",
        "evidenceLevel": "B",
        "evidenceRating": 4,
        "significance": "SENSITIVITYRESPONSE",
        "variantOrigin": "SOMATIC",
        "therapyInteractionType": None,
        "flagged": False,
        "molecularProfile": {"id": 12, "name": "BRAF V600E"},
        "disease": {"id": 7, "name": "Melanoma", "displayName": "Melanoma", "doid": "1909"},
        "therapies": [{"id": 4, "name": "Vemurafenib", "ncitId": "C64768"}],
        "phenotypes": [],
        "source": {
            "citation": "Chapman et al., 2011",
            "citationId": "21639808",
            "sourceType": "PUBMED",
            "ascoAbstractId": None,
            "clinicalTrials": [{"nctId": "NCT01006980"}],
        },
    }


def study(number):
    return {"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08}"}}}


def label(number, drug, text="indicated for melanoma with BRAF V600E mutation"):
    return {
        "id": f"label-{number}",
        "set_id": f"set-{number}",
        "version": "3",
        "effective_time": "20260101",
        "boxed_warning": ["long text that is not kept"],
        "indications_and_usage": [text],
        "openfda": {"brand_name": [drug.upper()], "generic_name": [drug], "rxcui": ["1"]},
    }


def got(name, api, tmp_path, way="", **said):
    """The documents of a sync, the day and the files' names."""
    said.setdefault("patience", HASTY)
    with fetched(remote_of(name, way), api.base, store=tmp_path / "store", **said) as came:
        texts = [path.read_bytes() for path in came.files]
        return texts, came.day, [path.name for path in came.files]


def civic_api(api, count=250, most=100):
    items = [evidence(n) for n in range(1, count + 1)]
    api.answers["api/graphql"] = several(
        evidenceItems=graphql("evidenceItems", items, most), assertions=graphql("assertions", [])
    )
    return items


def test_every_source_says_where_and_under_which_licence():
    known = remotes()
    assert len({(one.id, one.way) for one in known}) == len(known)
    for one in known:
        assert one.base.startswith("https://")
        assert one.licence
        assert all(file.most_megabytes > 0 for file in one.file)
    wanted = {"civic", "moalmanac", "oncotree", "cancerhotspots", "dgidb", "openfda", "oncokb",
              "clinvar", "ctgov"}  # fmt: skip
    assert {one.id for one in known} == wanted


def test_a_name_that_cannot_be_fetched_is_a_usage_error():
    with pytest.raises(UsageError, match="these can: civic, moalmanac"):
        remote_of("cosmic")
    with pytest.raises(UsageError, match="nightly or api"):
        remote_of("civic", "ftp")


def test_pages_of_evidence_become_one_file_that_the_adapter_reads(api, tmp_path, vocabulary):
    items = civic_api(api)
    steps = []
    with fetched(
        remote_of("civic", "api"), api.base, store=tmp_path, patience=HASTY,
        watcher=lambda *told: steps.append(told),
    ) as came:  # fmt: skip
        (path, assertions) = came.files
        rows = list(civic.read(path, vocabulary))
        document = json.loads(path.read_bytes())
        assert json.loads(assertions.read_bytes())["data"]["assertions"]["nodes"] == []
    assert document["data"]["evidenceItems"]["nodes"] == items
    assert all(isinstance(row, Claim) for row in rows)
    assert len(rows) == 250
    assert rows[0].id == "civic:EID1"
    assert (rows[0].studies[0].pmid, rows[0].studies[0].nct) == (21639808, "NCT01006980")
    asked = [told["variables"] for _, told, _ in api.asked[:3]]
    assert [told["after"] for told in asked] == [None, "100", "200"]
    of_items = [step for step in steps if step[0] == "fetching evidence items"]
    assert of_items[-1][1:] == (250, 250, "items")


def test_what_is_asked_of_civic_holds_what_the_adapter_reads():
    file = next(f for f in remote_of("civic", "api").file if "evidence" in f.name)
    for field in ("evidenceDirection", "therapyInteractionType", "variantOrigin", "doid",
                  "citationId", "nctId", "flagged", "evidenceRating", "phenotypes"):  # fmt: skip
        assert field in file.query


def test_a_drop_in_the_middle_is_gone_on_with(api, tmp_path):
    items = civic_api(api)
    api.faults = ["", "break", "", "500*"]
    with pytest.raises(FetchError, match=r"answers 500.*run the same command again"):
        got("civic", api, tmp_path, way="api")
    asked = len(api.asked)
    api.faults = []
    texts, _, _ = got("civic", api, tmp_path, way="api")
    assert json.loads(texts[0])["data"]["evidenceItems"]["nodes"] == items
    again = [told["variables"]["after"] for _, told, _ in api.asked[asked:]]
    assert again == ["200", None]  # the last page of evidence, then the assertions


def test_busy_servers_are_waited_for_as_they_ask(api, tmp_path):
    civic_api(api, count=50)
    api.faults = ["429 1", "503", ""]
    began = time.monotonic()
    texts, _, _ = got("civic", api, tmp_path, way="api")
    assert len(json.loads(texts[0])["data"]["evidenceItems"]["nodes"]) == 50
    assert time.monotonic() - began >= 1


def test_a_server_that_asks_for_hours_is_left_alone(api, tmp_path):
    civic_api(api, count=50)
    api.faults = ["429 7200"]
    with pytest.raises(FetchError, match=r"left alone for 7,200 s; run the same command again"):
        got("civic", api, tmp_path, way="api")
    assert len(api.asked) == 1


def test_a_server_that_stays_broken_is_given_up(api, tmp_path):
    civic_api(api)
    api.faults = ["500*"]
    with pytest.raises(FetchError, match=r"graphql: the server answers 500, and 3 tries") as told:
        got("civic", api, tmp_path, way="api")
    assert told.value.exit_code == 15
    assert len(api.asked) == 3


def test_a_page_of_the_network_is_no_answer(api, tmp_path):
    civic_api(api)
    api.faults = ["html*"]
    with pytest.raises(FetchError, match="not JSON; a page of the server may stand in its place"):
        got("civic", api, tmp_path, way="api")


def test_what_a_server_of_graphql_could_not_answer_is_told(api, tmp_path):
    said = {"errors": [{"message": "Field 'doid' doesn't exist on type 'Disease'"}]}
    api.answers["api/graphql"] = lambda asked, _: (200, said)
    with pytest.raises(FetchError, match="could not answer: Field 'doid' doesn't exist"):
        got("civic", api, tmp_path, way="api")


@pytest.mark.parametrize("same", ["mark", "items", "half"])
def test_a_page_that_comes_again_and_again_ends(api, tmp_path, same):
    def answer(asked, _):
        after = int(asked["variables"]["after"] or 0)
        mark = "1" if same == "mark" else str(after + 1)
        start = {"mark": after * 2, "items": 0, "half": after}[same]
        nodes = [evidence(start + 1), evidence(start + 2)]
        info = {"hasNextPage": True, "endCursor": mark}
        return 200, {"data": {"evidenceItems": {"pageInfo": info, "nodes": nodes}}}

    api.answers["api/graphql"] = answer
    why = "same item came twice" if same == "half" else "same page again and again"
    with pytest.raises(FetchError, match=why):
        got("civic", api, tmp_path, way="api")
    assert len(api.asked) <= 4


def test_pages_without_end_are_bounded(api, tmp_path):
    def answer(asked, _):
        after = int(asked["variables"]["after"] or 0)
        info = {"hasNextPage": True, "endCursor": str(after + 1)}
        nodes = [evidence(after + 1)]
        return 200, {"data": {"evidenceItems": {"pageInfo": info, "nodes": nodes}}}

    api.answers["api/graphql"] = answer
    remote = remote_of("civic", "api")
    file = msgspec.structs.replace(remote.file[0], most_pages=7, gap=0.0)
    bounded = msgspec.structs.replace(remote, file=(file,))
    with (
        pytest.raises(FetchError, match="over 7 pages"),
        fetched(bounded, api.base, patience=HASTY, store=tmp_path),
    ):
        pass
    assert len(api.asked) == 7


def test_a_source_that_changes_while_it_is_read_is_not_kept(api, tmp_path):
    items = civic_api(api)
    answer = api.answers["api/graphql"]

    def growing(asked, headers):
        if asked["variables"]["after"] == "200":
            items.insert(0, evidence(999))
        return answer(asked, headers)

    api.answers["api/graphql"] = growing
    with pytest.raises(FetchError, match=r"there were 250 and are 251 now; run it again"):
        got("civic", api, tmp_path, way="api")
    api.answers["api/graphql"] = answer
    texts, _, _ = got("civic", api, tmp_path, way="api")
    assert len(json.loads(texts[0])["data"]["evidenceItems"]["nodes"]) == 251


def test_pages_of_an_older_state_are_not_mixed_with_those_of_a_newer(api, tmp_path):
    items = civic_api(api)
    api.faults = ["", "", "500*"]
    with pytest.raises(FetchError):
        got("civic", api, tmp_path, way="api")
    items.insert(0, evidence(999))
    api.faults = []
    texts, _, _ = got("civic", api, tmp_path, way="api")
    assert json.loads(texts[0])["data"]["evidenceItems"]["nodes"] == items


def test_a_page_that_was_altered_on_the_disk_is_asked_for_again(api, tmp_path):
    items = civic_api(api)
    api.faults = ["", "", "500*"]
    with pytest.raises(FetchError):
        got("civic", api, tmp_path, way="api")
    (page,) = (tmp_path / "store").glob(".syncing/civic-api*/*.pages/00002.json")
    page.write_bytes(page.read_bytes().replace(b"EID150", b"EID151"))
    api.faults = []
    texts, _, _ = got("civic", api, tmp_path, way="api")
    assert json.loads(texts[0])["data"]["evidenceItems"]["nodes"] == items


def test_a_table_comes_whole_under_the_day_of_its_last_change(api, tmp_path):
    table = b"evidence_id\tmolecular_profile\n" + b"1\tBRAF V600E\n" * 20_000
    api.file("downloads/nightly/nightly-AcceptedClinicalEvidenceSummaries.tsv", table)
    api.faults = ["break", "break"]
    texts, day, names = got("civic", api, tmp_path)
    assert (texts, day) == ([table], date(2026, 8, 9))
    assert names == ["civic_evidence_2026-08-09.tsv"]
    froms = [int(headers.get("Range", "bytes=0-")[6:-1]) for _, _, headers in api.asked]
    assert froms == sorted(set(froms))  # each goes on where the last one ended


def clinvar(api, text, digest=None):
    data = gzip.compress(text, mtime=0)
    api.file("vcf_GRCh38/clinvar.vcf.gz", data)
    digest = digest or hashlib.md5(data, usedforsecurity=False).hexdigest()
    api.file("vcf_GRCh38/clinvar.vcf.gz.md5", f"{digest}  /ftp/clinvar_20260809.vcf.gz\n".encode())
    old = gzip.compress(text.replace(b"GRCh38", b"GRCh37"), mtime=0)
    api.file("vcf_GRCh37/clinvar.vcf.gz", old)
    digest = hashlib.md5(old, usedforsecurity=False).hexdigest()
    api.file("vcf_GRCh37/clinvar.vcf.gz.md5", f"{digest}  /ftp/clinvar_20260809.vcf.gz\n".encode())
    return data


def test_a_large_file_is_checked_against_the_sum_beside_it(api, tmp_path):
    data = clinvar(api, b"##fileformat=VCFv4.1\n##fileDate=2026-08-02\n#CHROM\n")
    texts, day, names = got("clinvar", api, tmp_path)
    assert (texts[0], day) == (data, date(2026, 8, 2))
    assert names == ["clinvar_GRCh38_2026-08-02.vcf.gz", "clinvar_GRCh37_2026-08-02.vcf.gz"]
    clinvar(api, b"##fileDate=2026-08-02\n", digest="0" * 32)
    with pytest.raises(FetchError, match="its checksum is wrong, so it was thrown away"):
        got("clinvar", api, tmp_path)
    assert not list(tmp_path.glob("store/.syncing/*/*.part"))


def test_the_tree_of_tumours_has_the_day_of_its_release(api, tmp_path):
    versions = [
        {"api_identifier": "oncotree_candidate_release", "release_date": "2026-09-09"},
        {"api_identifier": "oncotree_latest_stable", "release_date": "2025-10-03"},
    ]
    api.answers["api/versions"] = lambda *_: (200, versions)
    api.file("api/tumorTypes/tree", b'{"TISSUE": {}}')
    texts, day, names = got("oncotree", api, tmp_path)
    assert (texts, day, names) == (
        [b'{"TISSUE": {}}'], date(2025, 10, 3), ["oncotree_2025-10-03.json"],
    )  # fmt: skip
    assert api.asked[-1][1] == {"version": "oncotree_latest_stable"}
    api.faults = ["", "html"]
    with pytest.raises(FetchError, match="not JSON"):
        got("oncotree", api, tmp_path)


def test_statements_tell_their_own_day(api, tmp_path):
    api.answers["statements"] = lambda *_: (
        200, {"service": {"last_updated": "2026-04-09"}, "data": []},
    )  # fmt: skip
    assert got("moalmanac", api, tmp_path)[1] == date(2026, 4, 9)


def test_labels_are_asked_drug_by_drug_and_cut_to_what_is_read(api, tmp_path):
    both = label(9, "dabrafenib and trametinib")
    items = [*(label(n, "vemurafenib") for n in range(7)), both]
    api.answers["drug/label.json"] = labels(items, most=3)
    drugs = ["vemurafenib", *(f"absentinib{n}" for n in range(9)), "dabrafenib", "trametinib"]
    texts, day, _ = got("openfda", api, tmp_path, terms=drugs)
    found = json.loads(texts[0])
    assert (day, found["meta"]["last_updated"]) == (date(2026, 8, 8), "2026-08-08")
    assert [one["id"] for one in found["results"]] == [one["id"] for one in items]
    assert found["results"][0] == {
        "id": "label-0",
        "set_id": "set-0",
        "version": "3",
        "effective_time": "20260101",
        "indications_and_usage": [items[0]["indications_and_usage"][0]],
        "openfda": {"brand_name": ["VEMURAFENIB"], "generic_name": ["vemurafenib"]},
    }
    assert [told["skip"] for _, told, _ in api.asked] == ["0", "3", "6", "0"]
    assert api.asked[0][1]["search"].startswith('openfda.generic_name:"vemurafenib" OR ')


def test_a_drug_is_a_name_and_no_search(tmp_path, api):
    with pytest.raises(FetchError, match="is no name of a drug"):
        got("openfda", api, tmp_path, terms=['x" OR _exists_:"openfda'])
    with pytest.raises(UsageError, match="--drug"):
        got("openfda", api, tmp_path)
    assert not api.asked


def test_a_token_is_sent_and_never_shown_or_kept(api, tmp_path, monkeypatch):
    monkeypatch.setenv("ONKOS_ONCOKB_TOKEN", TOKEN)
    api.answers["api/v1/info"] = lambda *_: (200, {"dataVersion": {"date": "07/30/2026"}})
    api.answers["api/v1/utils/allCuratedGenes"] = lambda *_: (200, [{"hugoSymbol": "BRAF"}])
    api.answers["api/v1/utils/allAnnotatedVariants"] = lambda *_: (200, [])
    with pytest.raises(UsageError, match="--accept-terms"):
        got("oncokb", api, tmp_path)
    assert not api.asked
    texts, day, _ = got("oncokb", api, tmp_path, terms_accepted=True)
    assert day == date(2026, 7, 30)
    assert all(headers["Authorization"] == f"Bearer {TOKEN}" for _, _, headers in api.asked)
    assert TOKEN.encode() not in b"".join(texts)
    for faults in (["401*"], ["500*"], [f"to {api.base}/elsewhere"], ["html*"], ["", "404"]):
        api.faults = faults
        with pytest.raises(FetchError) as told:
            got("oncokb", api, tmp_path, terms_accepted=True)
        problem: BaseException | None = told.value
        while problem is not None:
            assert TOKEN not in str(problem) + repr(problem)
            problem = problem.__cause__
        assert not [p for p in (tmp_path / "store").rglob("*")
                    if p.is_file() and TOKEN.encode() in p.read_bytes()]  # fmt: skip
    assert not any(path == "elsewhere" for path, _, _ in api.asked)
    api.faults = []
    api.answers["api/v1/utils/allAnnotatedVariants"] = lambda _, h: (200, [h["Authorization"]])
    with pytest.raises(FetchError, match="sends the token back"):
        got("oncokb", api, tmp_path, terms_accepted=True)


def test_tokens_from_files_and_those_that_are_none(api, tmp_path, monkeypatch):
    with pytest.raises(FetchError, match=r"ONKOS_ONCOKB_TOKEN, or a file's name into"):
        got("oncokb", api, tmp_path, terms_accepted=True)
    file = tmp_path / "token"
    monkeypatch.setenv("ONKOS_ONCOKB_TOKEN_FILE", str(file))
    with pytest.raises(FetchError, match="cannot be read"):
        got("oncokb", api, tmp_path, terms_accepted=True)
    file.write_text(f"{TOKEN}\nX-Other: header\n")
    with pytest.raises(FetchError, match="holds no token") as told:
        got("oncokb", api, tmp_path, terms_accepted=True)
    assert TOKEN not in str(told.value)
    assert not api.asked
    file.write_text(f"{TOKEN}\n")
    api.answers["api/v1/info"] = lambda *_: (200, {"dataVersion": {"date": "07/30/2026"}})
    with pytest.raises(FetchError, match=r"allCuratedGenes: the server answers 404;"):
        got("oncokb", api, tmp_path, terms_accepted=True)


def test_a_token_is_sent_to_its_own_server_only(api, tmp_path, monkeypatch):
    monkeypatch.setenv("ONKOS_ONCOKB_TOKEN", TOKEN)
    with (
        pytest.raises(FetchError, match=r"to its own server only, not to mirror\.example"),
        fetched(remote_of("oncokb"), "https://mirror.example", store=tmp_path,
                terms_accepted=True),
    ):  # fmt: skip
        pass


def test_a_key_that_is_not_needed_is_sent_where_it_is_given(api, tmp_path, monkeypatch):
    api.answers["drug/label.json"] = labels([label(1, "vemurafenib")])
    got("openfda", api, tmp_path, terms=["vemurafenib"])
    monkeypatch.setenv("ONKOS_OPENFDA_KEY", TOKEN)
    got("openfda", api, tmp_path, terms=["vemurafenib"])
    assert [headers.get("Authorization", "")[:6] for _, _, headers in api.asked] == ["", "Basic "]
    assert all("api_key" not in told for _, told, _ in api.asked)
    assert TOKEN not in repr(Question(url="https://x", secret=Secret(TOKEN)))


@pytest.mark.parametrize("where", ["file:///etc/passwd", "https://127.0.0.1:1/", "ftp://x/"])
def test_no_way_leads_to_another_scheme(api, tmp_path, where):
    api.answers["statements"] = lambda *_: (200, {})
    api.faults = [f"to {where}"]
    with pytest.raises(FetchError, match=r"not followed|Redirection .* not allowed"):
        got("moalmanac", api, tmp_path)


def test_what_is_asked_by_post_is_not_sent_elsewhere(api, tmp_path):
    civic_api(api)
    api.faults = [f"to {api.base}/api/graphql"]
    with pytest.raises(FetchError, match="not followed with what was sent"):
        got("civic", api, tmp_path, way="api")


@pytest.mark.parametrize(
    "address",
    [
        "http://mirror.example",
        "file:///x",
        "civicdb.org",
        "https://[::1",
        "https://a:b:c",
        "https://a b",
        "https://a/?x=1",
        "https://me:secret@mirror.example",
    ],
)
def test_mirrors_by_other_ways_are_refused(tmp_path, address):
    with pytest.raises(FetchError), fetched(remote_of("civic"), address, store=tmp_path):
        pass


def test_an_answer_larger_than_it_can_be_is_not_taken(api):
    api.file("big", b"x" * 5000)
    with pytest.raises(FetchError, match="over 1,000 bytes"):
        ask(Question(url=f"{api.base}/big"), 1000, HASTY)


def test_a_server_that_drips_is_not_waited_for_to_the_end_of_days(api):
    api.file("slow", b"x" * 400)
    api.drip = 0.02
    with pytest.raises(FetchError, match=r"only \d+ bytes came in 1 s"):
        ask(Question(url=f"{api.base}/slow"), 1000, Patience(seconds=0.05, tries=1))


@pytest.mark.parametrize("day", ["9999-01-01", "soon", "", None, 20260101])
def test_a_day_that_is_none_is_told(api, tmp_path, day):
    api.answers["statements"] = lambda *_: (200, {"service": {"last_updated": day}})
    with fetched(remote_of("moalmanac"), api.base, store=tmp_path, patience=HASTY) as came:
        assert (came.day_told, came.day) == (False, datetime.now(UTC).date())


def test_what_broke_off_long_ago_is_forgotten(api, tmp_path):
    civic_api(api)
    api.faults = ["", "500*"]
    with pytest.raises(FetchError):
        got("civic", api, tmp_path, way="api")
    (left,) = (tmp_path / "store" / ".syncing").glob("civic-api-*")
    api.faults = []
    api.answers["statements"] = lambda *_: (200, {})
    got("moalmanac", api, tmp_path)
    assert left.exists()
    for path in left.rglob("*"):
        os.utime(path, (0, 0))
    got("moalmanac", api, tmp_path)
    assert not left.exists()


@settings(max_examples=12, deadline=None)
@given(
    count=st.integers(0, 25),
    most=st.integers(2, 10),
    faults=st.lists(st.sampled_from(["", "break", "500", "429", "html", "500*"]), max_size=8),
)
def test_whatever_befalls_a_run_the_items_are_those_of_the_source(
    tmp_path_factory, count, most, faults
):
    """Runs are begun again until one ends; what it brings is the source, item for item."""
    tmp_path = tmp_path_factory.mktemp("sync")
    with serving(Api()) as api:
        items = civic_api(api, count, most)
        api.faults = list(faults)
        for _ in range(12):
            try:
                texts, _, _ = got("civic", api, tmp_path, way="api")
            except FetchError:
                api.faults = [fault for fault in api.faults if not fault.endswith("*")]
                continue
            break
        assert json.loads(texts[0])["data"]["evidenceItems"]["nodes"] == items
    assert not list((tmp_path / "store").rglob("*.json"))


def trials(api, count=450, most=100):
    items = [study(n) for n in range(1, count + 1)]
    api.answers["api/v2/version"] = lambda *_: (200, {"dataTimestamp": "2026-08-10T09:00:04"})
    api.answers["api/v2/studies"] = study_pages(items, most)
    return items


def test_studies_come_in_files_of_bounded_size(api, tmp_path):
    items = trials(api)
    remote = remote_of("ctgov")
    file = msgspec.structs.replace(remote.file[0], split_megabytes=0.02)
    split = msgspec.structs.replace(remote, file=(file,))
    with fetched(split, api.base, patience=HASTY, store=tmp_path, label="ctgov_melanoma",
                 arguments={"query.cond": "melanoma"}) as came:  # fmt: skip
        texts = [path.read_bytes() for path in came.files]
        names = [path.name for path in came.files]
    assert (came.items, came.day) == (450, date(2026, 8, 10))
    assert len(texts) > 1
    assert all(len(text) < 30_000 for text in texts)
    assert [one for text in texts for one in json.loads(text)["studies"]] == items
    assert names[0] == "ctgov_melanoma_studies_001_2026-08-10.json"
    told = api.asked[1][1]
    assert (told["query.cond"], told["countTotal"], told["pageSize"]) == ("melanoma", "true", "200")
    assert [told.get("pageToken") for _, told, _ in api.asked[1:]] == [None, "t100", "t200",
                                                                        "t300", "t400"]  # fmt: skip


def test_fewer_studies_than_said_are_not_kept(api, tmp_path):
    trials(api)
    whole = api.answers["api/v2/studies"]

    def short(asked, headers):
        status, found = whole(asked, headers)
        found.pop("nextPageToken", None)
        return status, found

    api.answers["api/v2/studies"] = short
    with pytest.raises(FetchError, match="100 of 450 came; run the same command again"):
        got("ctgov", api, tmp_path)


CAPTURES = "knowledge/api_captures_biomcp"


def test_captured_answers_of_the_registry_are_put_together(api, tmp_path, shared_data, vocabulary):
    from onkos.model.trial import Trial
    from onkos.sources.knowledge.trials import read_trials

    folder = shared_data / CAPTURES / "ctgov"
    first = json.loads((folder / "search_phelan_limit5_20260811.json").read_bytes())
    second = json.loads((folder / "search_phelan_next_20260811.json").read_bytes())
    second.pop("nextPageToken")
    first["totalCount"] = len(first["studies"]) + len(second["studies"])
    pages = {"": first, first["nextPageToken"]: second}
    api.answers["api/v2/version"] = lambda *_: (200, {"dataTimestamp": "2026-08-11T09:00:04"})
    api.answers["api/v2/studies"] = lambda asked, _: (200, pages[asked.get("pageToken", "")])
    with fetched(remote_of("ctgov"), api.base, store=tmp_path, patience=HASTY) as came:
        found = list(read_trials(came.files, vocabulary))
    assert came.items == 10
    assert len([one for one in found if isinstance(one, Trial)]) == 10


def test_captured_answers_of_dgidb_hotspots_and_labels_are_taken(api, tmp_path, shared_data):
    folder = shared_data / CAPTURES
    genes = json.loads((folder / "dgidb" / "gene_egfr_20260811.json").read_bytes())
    nodes = genes["data"]["genes"]["nodes"]
    api.answers["api/graphql"] = graphql("genes", nodes)
    texts, _, _ = got("dgidb", api, tmp_path)
    assert json.loads(texts[0])["data"]["genes"]["nodes"] == nodes
    spots = (folder / "cancerhotspots" / "by_gene_braf_20260805.json").read_bytes()
    api.file("api/hotspots/single", spots)
    assert got("cancerhotspots", api, tmp_path)[0] == [spots]
    keytruda = json.loads((folder / "openfda" / "label_keytruda_20260811.json").read_bytes())
    for one in keytruda["results"]:
        one["id"] = one["set_id"]
    api.answers["drug/label.json"] = lambda *_: (200, keytruda)
    texts, _, _ = got("openfda", api, tmp_path, terms=["pembrolizumab"])
    assert [one["set_id"] for one in json.loads(texts[0])["results"]] == [
        one["set_id"] for one in keytruda["results"]
    ]


@pytest.mark.parametrize("complete", [False, True])
def test_the_captured_answer_of_civic_with_what_is_asked_for(
    api, tmp_path, shared_data, vocabulary, complete
):
    """Whoever captured it did not ask for the direction, nor how therapies go together; we do."""
    path = shared_data / CAPTURES / "civic" / "context_braf_v600e.json"
    data = json.loads(path.read_bytes())["data"]
    items, judged = data["evidenceItems"]["nodes"], data["assertions"]["nodes"]
    if complete:
        items[0] |= {"evidenceDirection": "SUPPORTS", "therapies": [{"name": "Vemurafenib"}]}
        judged[0] |= {"therapyInteractionType": "COMBINATION"}
    api.answers["api/graphql"] = several(
        evidenceItems=graphql("evidenceItems", items), assertions=graphql("assertions", judged)
    )
    with fetched(remote_of("civic", "api"), api.base, store=tmp_path, patience=HASTY) as came:
        rows = [row for file in came.files for row in civic.read(file, vocabulary)]
    assert len(rows) == 2
    told = {row.id: row.therapy for row in rows if isinstance(row, Claim)}
    both = {"civic:EID1409": ("vemurafenib",), "civic:AID7": ("dabrafenib", "trametinib")}
    assert told == (both if complete else {})


def synced(api, store, days):
    """A process of its own that syncs and keeps, day after day."""
    child = os.fork()
    if child:
        return child
    try:
        for day in days:
            with fetched(remote_of("civic", "api"), api.base, store=store, patience=HASTY) as came:
                on = date.fromordinal(730_000 + day)
                add_snapshot("civic", came.files, on, "CC0", store)
    except BaseException:  # noqa: BLE001  the parent sees it by the exit status
        os._exit(1)
    os._exit(0)


def whole(store):
    """Every snapshot that can be seen is whole, and so is the one that is read."""
    pages = snapshots(store)
    for page in pages:
        with kept_files(page, store) as files:
            evidence_file = next(path for path in files if "evidence" in path.name)
            nodes = json.loads(evidence_file.read_bytes())["data"]["evidenceItems"]["nodes"]
            assert [node["id"] for node in nodes] == list(range(1, 41))
    now = current("civic", store)
    assert now is None or now in pages
    return {page.name for page in pages}


def small_civic(count=40):
    api = Api()
    civic_api(api, count=count, most=10)
    return api


def test_no_snapshot_is_lost_or_half_seen_when_a_sync_is_killed(tmp_path):
    """Fifty syncs, each killed at a moment of chance; what was kept before stays."""
    store, chance = tmp_path / "store", random.Random(20261121)
    seen: set[str] = set()
    with serving_apart(small_civic()) as api:
        for number in range(50):
            child = synced(api, store, range(number * 100, number * 100 + 100))
            time.sleep(chance.uniform(0, 0.25))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            names = whole(store)
            assert seen <= names
            seen = names
        assert seen
        child = synced(api, store, [9_000])
        assert os.waitpid(child, 0)[1] == 0
    assert whole(store) == seen | {f"civic@{date.fromordinal(739_000)}"}


def test_two_syncs_at_once_lose_nothing(tmp_path):
    """The second one of the same source says so; of another source it goes its way."""
    store = tmp_path / "store"
    with serving_apart(small_civic()) as api:
        children = [synced(api, store, range(n * 100, n * 100 + 3)) for n in range(2)]
        ended = {os.waitpid(child, 0)[1] for child in children}
        assert 0 in ended
        assert whole(store)
        with (
            fetched(remote_of("civic", "api"), api.base, store=store, patience=HASTY),
            pytest.raises(FetchError, match="another run is fetching the same source"),
            fetched(remote_of("civic", "api"), api.base, store=store, patience=HASTY),
        ):
            pass


FULL = """
import sys
from pathlib import Path
from onkos.errors import OnkosError
from onkos.sources.knowledge.remote.addresses import remote_of
from onkos.sources.knowledge.remote.sync import fetched
from onkos.sources.connection import Patience
print("ready", flush=True)
try:
    with fetched(remote_of(sys.argv[3], sys.argv[4]), sys.argv[2], store=Path(sys.argv[1]),
                 patience=Patience(tries=2, pause=0.01)):
        pass
except OnkosError as error:
    print(error.exit_code, error)
"""


@pytest.mark.parametrize(("name", "way"), [("civic", "api"), ("civic", "nightly")])
def test_a_disk_that_is_really_full_is_a_clear_error(tmp_path, name, way):
    """A file system of 64 kB, where one can be mounted."""
    api = small_civic(count=400)
    path = "downloads/nightly/nightly-AcceptedClinicalEvidenceSummaries.tsv"
    api.file(path, b"x" * 300_000)
    (tmp_path / "small").mkdir()
    script = tmp_path / "full.py"
    script.write_text(FULL)
    with serving_apart(api):
        command = (
            f"mount -t tmpfs -o size=64k none {tmp_path / 'small'} && "
            f"{sys.executable} {script} {tmp_path / 'small'} {api.base} {name} {way}"
        )
        try:
            done = subprocess.run(
                ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command],
                capture_output=True, text=True, timeout=60,
            )  # fmt: skip
        except FileNotFoundError:
            pytest.skip("no unshare here")
    if "ready" not in done.stdout:
        pytest.skip("nothing can be mounted here")
    assert "15 the disk is full" in done.stdout


def test_a_store_that_is_written_otherwise_stays_as_it_was(api, tmp_path):
    """What comes on a day that is kept already with other content is refused, and told."""
    civic_api(api, count=5)
    store = tmp_path / "store"
    day = date(2026, 8, 9)
    for count in (5, 5):
        with fetched(remote_of("civic", "api"), api.base, store=store, patience=HASTY) as came:
            add_snapshot("civic", came.files, day, "CC0", store)
        assert len(snapshots(store)) == 1
        assert count == 5
    civic_api(api, count=6)
    with (
        pytest.raises(KnowledgeError, match="kept already"),
        fetched(remote_of("civic", "api"), api.base, store=store, patience=HASTY) as came,
    ):
        add_snapshot("civic", came.files, day, "CC0", store)
    assert not Path(store / ".syncing" / "civic.json").exists()
