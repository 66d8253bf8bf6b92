"""CIViC's assertions by file, and its lists of which nothing is claimed."""

from datetime import date

import pytest

from onkos.errors import Unreadable
from onkos.model import Claim, Effect, Unread
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.adapters.civic import read
from onkos.sources.knowledge.snapshots import with_snapshots
from onkos.sources.knowledge.store import add_snapshot

HEADER = (
    "gene", "variant", "disease", "doid", "drugs", "assertion_type", "assertion_direction",
    "clinical_significance", "amp_category", "nccn_guideline", "nccn_guideline_version",
    "regulatory_approval", "fda_companion_test", "assertion_id", "evidence_item_ids",
)  # fmt: skip
ROW = dict(zip(HEADER, (
    "EGFR", "L858R", "Lung Non-small Cell Carcinoma", "3908", "Afatinib", "Predictive", "Supports",
    "Sensitivity/Response", "Tier I - Level A", "Non-Small Cell Lung Cancer", "3.2018", "true",
    "true", "6", "968,982",
), strict=True))  # fmt: skip


def write(folder, *changes, drop=(), rename=None):
    rows = [{**ROW, **change} for change in changes]
    names = [name for name in HEADER if name not in drop]
    header = [(rename or {}).get(name, name) for name in names]
    lines = ["\t".join(header), *("\t".join(row[name] for name in names) for row in rows)]
    path = folder / "AssertionSummaries.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_assertion_is_a_claim_at_its_tier_and_no_approval_of_ours(tmp_path, vocabulary):
    (claim,) = read(write(tmp_path, {}), vocabulary)
    assert (claim.id, claim.source, str(claim.when)) == ("civic:AID6", "CIViC", "EGFR L858R")
    assert (claim.therapy, claim.disease) == (("afatinib",), ("NSCLC",))
    assert claim.approvals == claim.guidelines == ()
    (study,) = claim.studies
    assert study.level == "A"
    assert study.note == (
        "AMP Tier I - Level A; CIViC says: approved by a regulator; CIViC says: FDA companion "
        "test; CIViC says: NCCN Non-Small Cell Lung Cancer 3.2018; rests on EID968, EID982"
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"drugs": "Trametinib,Dabrafenib"}, "how they go together is not told"),
        ({"amp_category": ""}, "no tier: an assertion without a tier of AMP"),
        ({"clinical_significance": "Maybe"}, "no effect is told"),
        ({"variant": "SOMETHING"}, ""),
    ],
)
def test_what_cannot_be_said_is_told(tmp_path, vocabulary, change, reason):
    (unread,) = read(write(tmp_path, change), vocabulary)
    assert isinstance(unread, Unread)
    assert reason in unread.reason
    assert unread.text.startswith("AID6: ")


def test_columns_of_later_files_are_read_too(tmp_path, vocabulary):
    later = {"variant": "molecular_profile", "drugs": "therapies",
             "clinical_significance": "significance"}  # fmt: skip
    path = write(tmp_path, {"variant": "EGFR L858R"}, drop=("gene",), rename=later)
    (claim,) = read(path, vocabulary)
    assert (str(claim.when), claim.effect) == ("EGFR L858R", Effect.BENEFIT)


@pytest.mark.parametrize(
    ("column", "what"),
    [("variant_id", "variants"), ("variant_group_id", "groups of variants"), ("gene_id", "genes"),
     ("drug_id", "drugs")],
)  # fmt: skip
def test_a_list_that_states_nothing_is_named_with_the_files_that_do(
    tmp_path, vocabulary, column, what
):
    path = tmp_path / "Summaries.tsv"
    path.write_text(f"{column}\tname\n1\tx\n")
    with pytest.raises(Unreadable, match=f"this is CIViC's list of {what}, .*AssertionSummaries"):
        list(read(path, vocabulary))


def test_of_the_real_files_no_assertion_is_lost_and_none_stands_beside_its_evidence(
    shared_data, tmp_path, monkeypatch, vocabulary
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = shared_data / "knowledge" / "civic" / "2021-08-01"
    names = [f"01-Aug-2021-{what}Summaries.tsv" for what in ("Assertion", "ClinicalEvidence")]
    assertions, evidence = (folder / name for name in names)
    rows = list(read(assertions, vocabulary))
    claims = {row.id for row in rows if isinstance(row, Claim)}
    assert (len(rows), len(claims)) == (18, 9)
    add_snapshot("civic", [assertions, evidence], date(2021, 8, 1), "CC0", tmp_path)
    others = with_snapshots(builtin(), store=tmp_path).others
    assert not {claim.id for claim in others} & claims  # evidence says the same of each
    assert any(claim.id.startswith("civic:EID") for claim in others)
