"""One owner is one voice, whichever file passes its statements on, and says a thing once."""

from datetime import date
from pathlib import Path

import pytest

from onkos.evidence import compare, match
from onkos.model import Case, Claim, Consensus, Effect, Snapshot, Study, StudyKind
from onkos.model.criterion import Mutation
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.adapters import moa, va_spec
from onkos.sources.knowledge.relayed import each_once, owner_of
from onkos.sources.knowledge.snapshots import with_snapshots
from onkos.sources.knowledge.store import add_snapshot
from tests.properties.cases import small_variant

L858R = Mutation(genes=("EGFR",), change="L858R")
T790M = Mutation(genes=("EGFR",), change="T790M")


def claim(name, source, *, when=L858R, drug="osimertinib", effect=Effect.BENEFIT,
          disease=("NSCLC",), positive=True):  # fmt: skip
    study = Study(kind=StudyKind.RETROSPECTIVE, pmid=1, positive=positive)
    return Claim(id=name, when=when, disease=disease, therapy=(drug,), effect=effect,
                 studies=(study,), source=source)  # fmt: skip


@pytest.mark.parametrize(
    ("ids", "source"),
    [
        (("civic.eid:1409",), "CIViC"),
        (("civic.aid:10",), "CIViC"),
        (("moa.assertion:71",), "MOAlmanac"),
        (("metakb.assertion:UYyE",), "MetaKB"),
        (("own:1", "civic.method:2019"), "CIViC"),
    ],
)
def test_ids_tell_the_owner(ids, source):
    assert owner_of(*ids).source == source
    assert owner_of("clinvar:12", "") is None


def test_without_statements_passed_on_nothing_is_touched():
    claims = (claim("civic:EID1", "CIViC"), claim("civic:EID2", "CIViC"))
    assert each_once(claims) is claims


@pytest.mark.parametrize(
    ("own", "relayed", "stays"),
    [
        # an id that lasts: the owner's own file tells what it means today
        (claim("civic:EID1", "CIViC"), claim("va_spec:civic.eid:1", "CIViC", when=T790M), False),
        (claim("civic:EID1/b", "CIViC"), claim("va_spec:civic.eid:1/a", "CIViC"), False),
        (claim("civic:EID1", "CIViC"), claim("va_spec:civic.eid:11", "CIViC", when=T790M), True),
        # a number that is given anew: the same number says another thing, another says the same
        (claim("moa:1", "MOAlmanac"), claim("va_spec:moa.assertion:1", "MOAlmanac", when=T790M),
         True),
        (claim("moa:7", "MOAlmanac"), claim("va_spec:moa.assertion:1", "MOAlmanac"), False),
        (claim("moa:7", "MOAlmanac"),
         claim("va_spec:moa.assertion:1", "MOAlmanac", effect=Effect.RESISTANCE), True),
        (claim("moa:7", "MOAlmanac", effect=Effect.RESISTANCE),
         claim("va_spec:moa.assertion:1", "MOAlmanac", effect=Effect.RESISTANCE, positive=False),
         True),
        (claim("moa:7", "MOAlmanac", disease=("LUAD",)),
         claim("va_spec:moa.assertion:1", "MOAlmanac", disease=("LUAD", "LUSC")), True),
        # another owner says the same: that is a second voice
        (claim("moa:7", "MOAlmanac"), claim("va_spec:civic.eid:1", "CIViC"), True),
        # what collects others' statements is none
        (claim("moa:7", "MOAlmanac", disease=("LUAD",)),
         claim("va_spec:metakb.assertion:x", "MetaKB", disease=("LUAD", "LUSC")), False),
        (claim("moa:7", "MOAlmanac"), claim("va_spec:metakb.assertion:x", "MetaKB", when=T790M),
         True),
    ],
)  # fmt: skip
def test_what_the_owner_says_itself_is_not_passed_on_again(own, relayed, stays):
    for both in ((own, relayed), (relayed, own)):
        assert set(each_once(both)) == ({own, relayed} if stays else {own})


def pins_of(own, passed_on, source="MOAlmanac"):
    return [Snapshot(source=name, version=day, licence="", sha256="0" * 64)
            for name, day in ((source, own), ("VA-Spec", passed_on))]  # fmt: skip


@pytest.mark.parametrize(
    ("own_day", "own", "relayed", "stays"),
    [
        # corrected since, in the owner's own words of a later day; earlier, it says the newer
        ("2025-04-16", claim("moa:1", "MOAlmanac"),
         claim("va_spec:moa.assertion:1", "MOAlmanac", when=T790M), False),
        ("2022-01-01", claim("moa:1", "MOAlmanac"),
         claim("va_spec:moa.assertion:1", "MOAlmanac", when=T790M), True),
        ("2022-09-13", claim("moa:1", "MOAlmanac"),
         claim("va_spec:moa.assertion:1", "MOAlmanac", when=T790M), True),
        ("2025-04-16", claim("civic:EID1", "CIViC"), claim("va_spec:civic.eid:2", "CIViC"), False),
        # a file of evidence alone does not say that assertions were dropped
        ("2025-04-16", claim("civic:EID1", "CIViC"),
         claim("va_spec:civic.aid:2", "CIViC", when=T790M), True),
        ("2025-04-16", claim("civic:AID1", "CIViC"),
         claim("va_spec:civic.aid:2", "CIViC", when=T790M), False),
    ],
)  # fmt: skip
def test_an_older_file_does_not_say_what_its_owner_corrected_or_dropped(
    own_day, own, relayed, stays
):
    found = each_once((own, relayed), pins_of(own_day, "2022-09-13", own.source))
    assert found == ((own, relayed) if stays else (own,))


@pytest.mark.parametrize(
    ("summary", "item", "stays"),
    [
        (claim("civic:AID5", "CIViC"), claim("civic:EID1", "CIViC"), False),
        (claim("va_spec:civic.aid:5", "CIViC"), claim("va_spec:civic.eid:1", "CIViC"), False),
        (claim("civic:AID5", "CIViC", when=T790M), claim("civic:EID1", "CIViC"), True),
        (claim("civic:AID5", "CIViC", disease=("LUSC",)),
         claim("civic:EID1", "CIViC", disease=("LUAD",)), True),
        (claim("civic:AID5", "CIViC"), claim("cgi:1", "CGI"), True),
    ],
)  # fmt: skip
def test_an_assertion_is_no_second_claim_beside_the_evidence_that_it_rests_on(summary, item, stays):
    assert each_once((summary, item)) == ((summary, item) if stays else (item,))


def test_a_collector_says_nothing_beside_a_statement_that_stands_in_its_own_file():
    collected = claim("va_spec:civic.eid:1", "CIViC")
    assert each_once((claim("va_spec:metakb.assertion:x", "MetaKB"), collected)) == (collected,)


def test_of_the_real_files_one_owner_is_one_voice(shared_data: Path, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder, store = shared_data / "knowledge" / "vicc_ga4gh", tmp_path / "store"
    add_snapshot("va_spec", sorted(folder.glob("moa_cdm*.json")), date(2022, 9, 13), "", store)
    passed_on = with_snapshots(builtin(), store=store)
    assert passed_on.beside_names == ("MOAlmanac",)
    assert len(passed_on.others) == 177
    own = folder / "moa_harvester_20250416.json"
    reversed_days = pins_of("2022-01-01", "2022-09-13")
    add_snapshot("moa", [own], date(2025, 4, 16), "", store)
    both = with_snapshots(builtin(), store=store)
    rows = tuple(row for row in moa.read(own, both.vocabulary) if isinstance(row, Claim))
    left = [one for one in both.others if one.id.startswith("va_spec:")]
    assert set(rows) <= set(both.others)
    # what MOAlmanac said in 2022 and corrected or dropped since: bevacizumab alone in melanoma
    assert left == []
    assert {one.id for one in each_once((*both.others, *passed_on.others), reversed_days)} >= {
        f"va_spec:moa.assertion:{number}" for number in (170, 171, 338, 339, 432)
    }
    # "interferon alpha" and "interferon-alpha" are one drug: 181 of 2022 is said in 2025 too
    assert not any(
        one.id == "va_spec:moa.assertion:181"
        for one in each_once((*both.others, *passed_on.others), reversed_days)
    )
    case = Case(id="m", disease="MEL", alterations=(small_variant("BRAF", "V600E"),))
    found = compare(case, (), match(case, (), both), both)
    (one,) = (c for c in found if c.therapy == ("dabrafenib", "trametinib"))
    assert one.consensus is Consensus.SUPPORTED
    assert [v.source for v in one.voices if v.stance == "for"] == ["onkos", "MOAlmanac"]
    alone = {m.id for m in rows}
    assert {name for v in one.voices[1:] for name in v.claims} <= alone


def test_a_statement_of_no_known_owner_keeps_the_name_of_the_format():
    assert va_spec.SOURCE == "VA-Spec"
    assert va_spec._source("own:1", {"specifiedBy": "own.method"}) == "VA-Spec"
    assert va_spec._source("own:1", {"specified_by": "civic.method:2019"}) == "CIViC"
