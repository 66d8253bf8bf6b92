"""CIViC read whole: every row a claim or told as unread; nothing broader than it was."""

import csv
import json
import re

import pytest

from benchmarks.profile_words import broader_than_words
from onkos.cli.proteins import read_proteins
from onkos.criteria import parse
from onkos.errors import Unreadable
from onkos.model import Claim, Effect, FunctionalStudy, Study, StudyKind, Unread
from onkos.model.claim import entry_of
from onkos.model.criterion import Mutation, genes_named
from onkos.sources.knowledge.adapters.civic import functional_studies, read
from onkos.sources.knowledge.lint import lint_claims, residues

HEADER = (
    "molecular_profile", "disease", "doid", "phenotypes", "therapies", "therapy_interaction_type",
    "evidence_type", "evidence_direction", "evidence_level", "significance", "citation_id",
    "source_type", "asco_abstract_id", "citation", "nct_ids", "rating", "evidence_status",
    "evidence_id", "variant_origin", "is_flagged",
)  # fmt: skip
ROW = {
    "molecular_profile": "EGFR L858R", "disease": "Lung Non-small Cell Carcinoma", "doid": "3908",
    "therapies": "Erlotinib", "evidence_type": "Predictive", "evidence_direction": "Supports",
    "evidence_level": "B", "significance": "Sensitivity/Response", "citation_id": "12345678",
    "source_type": "PubMed", "citation": "Someone et al., 2015", "nct_ids": "NCT01234567",
    "rating": "4", "evidence_status": "accepted", "evidence_id": "7", "variant_origin": "Somatic",
    "is_flagged": "false",
}  # fmt: skip


@pytest.fixture
def reads(tmp_path, vocabulary):
    """What is read of rows that differ from a plain one in these cells."""

    def read_rows(*changes):
        path = tmp_path / "evidence.tsv"
        rows = [{**ROW, **change} for change in changes]
        lines = ["\t".join(row.get(name, "") for name in HEADER) for row in rows]
        path.write_text("\n".join(["\t".join(HEADER), *lines]) + "\n", encoding="utf-8")
        return list(read(path, vocabulary))

    return read_rows


def test_a_row_becomes_a_claim_with_its_facts(reads):
    (claim,) = reads({})
    assert isinstance(claim, Claim)
    assert (claim.id, claim.source, str(claim.when)) == ("civic:EID7", "CIViC", "EGFR L858R")
    assert (claim.disease, claim.therapy) == (("NSCLC",), ("erlotinib",))
    assert claim.effect is Effect.BENEFIT
    (study,) = claim.studies
    assert (study.pmid, study.nct, study.year) == (12345678, "NCT01234567", 2015)
    assert study.note.startswith("CIViC level B, rating 4")
    assert study.kind is StudyKind.RETROSPECTIVE


@pytest.mark.parametrize(
    ("significance", "direction", "effect", "positive"),
    [
        ("Sensitivity/Response", "Supports", Effect.BENEFIT, True),
        ("Sensitivity/Response", "Does Not Support", Effect.NO_BENEFIT, True),
        ("Resistance", "Supports", Effect.RESISTANCE, True),
        ("Resistance", "Does Not Support", Effect.RESISTANCE, False),
        ("Reduced Sensitivity", "Supports", Effect.RESISTANCE, True),
        ("Adverse Response", "Supports", Effect.HARM, True),
    ],
)
def test_contrary_evidence_is_evidence(reads, significance, direction, effect, positive):
    (claim,) = reads({"significance": significance, "evidence_direction": direction})
    assert (claim.effect, claim.studies[0].positive) == (effect, positive)


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        ("A", StudyKind.RETROSPECTIVE),
        ("C", StudyKind.CASE),
        ("D", StudyKind.PRECLINICAL),
        ("E", StudyKind.INFERRED),
    ],
)
def test_a_level_assures_no_more_than_it_says(reads, level, kind):
    (claim,) = reads({"evidence_level": level})
    assert claim.studies[0].kind is kind


def test_drugs_that_may_stand_for_one_another_are_claims_of_their_own(reads):
    both = {"therapies": "Erlotinib,Imatinib Mesylate"}
    found = reads({**both, "therapy_interaction_type": "Substitutes"})
    assert [(c.id, c.therapy) for c in found] == [
        ("civic:EID7/erlotinib", ("erlotinib",)),
        ("civic:EID7/imatinib", ("imatinib",)),
    ]
    (claim,) = reads({**both, "therapy_interaction_type": "Combination"})
    assert claim.therapy == ("erlotinib", "imatinib")
    (unread,) = reads({**both, "therapy_interaction_type": "Sequential"})
    assert isinstance(unread, Unread)
    assert "sequential" in unread.reason


def test_what_a_disease_asks_for_is_asked_for(reads):
    (claim,) = reads(
        {
            "molecular_profile": "PIK3CA H1047R",
            "disease": "Her2-receptor Positive Breast Cancer",
            "doid": "0060079",
        }
    )
    assert str(claim.when) == "PIK3CA H1047R and HER2 positive"
    (claim,) = reads({"disease": "Castration-resistant Prostate Carcinoma", "doid": "0080909"})
    assert (claim.disease, str(claim.setting)) == (("PRAD",), "setting castration-resistant")


def test_how_the_disease_was_placed_is_kept(reads):
    (claim,) = reads({"disease": "Stomach Cancer", "doid": "10534"})
    assert "disease: Stomach Cancer (DOID:10534, fewer diseases here)" in claim.note


def test_a_coarser_node_broadens_no_claim(reads):
    angle = {"disease": "Spindle Cell Sarcoma", "doid": "4235"}
    (unread,) = reads(angle)
    assert isinstance(unread, Unread)
    assert "no node of its own" in unread.reason
    (named,) = reads(
        {**angle, "evidence_type": "Diagnostic", "significance": "Positive", "therapies": ""}
    )
    assert (named.effect, named.condition) == (Effect.DIAGNOSIS, "Spindle Cell Sarcoma")


def test_a_predisposition_is_inherited_and_names_its_syndrome(reads):
    (claim,) = reads(
        {
            "molecular_profile": "VHL R167W (c.499C>T)",
            "disease": "Von Hippel-Lindau Disease",
            "doid": "14175",
            "evidence_type": "Predisposing",
            "significance": "Predisposition",
            "therapies": "",
            "variant_origin": "Rare Germline",
        }
    )
    assert str(claim.when) == "germline VHL R167W"
    assert claim.disease == ("SOLID", "BLOOD")
    assert claim.condition == "Von Hippel-Lindau Disease"


def test_flagged_evidence_is_not_verified(reads):
    (claim,) = reads({"is_flagged": "true"})
    assert claim.unverified
    assert claim.all_unverified


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"therapies": ""}, "therapies", "names no therapy"),
        ({"therapies": "Unheard Of Inhibitor"}, "therapies", "is a class of drugs"),
        ({"disease": "", "doid": ""}, "disease", "names no disease"),
        ({"disease": "Blue fever", "doid": "1"}, "disease", "not in the map"),
        ({"significance": "N/A"}, "significance", "no effect is told"),
        ({"evidence_level": "F"}, "evidence_level", "no level of CIViC"),
        ({"evidence_type": "Functional"}, "evidence_type", "functional_studies"),
        ({"evidence_status": "submitted"}, "evidence_status", "not accepted"),
        ({"molecular_profile": "EML4::ALK e6::e20"}, "molecular_profile", "by their genes"),
    ],
)
def test_what_is_not_understood_is_told_with_its_id(reads, change, column, reason):
    (unread,) = reads(change)
    assert isinstance(unread, Unread)
    assert (unread.line, unread.column) == (2, column)
    assert reason in unread.reason
    assert unread.text.startswith("EID7")


def test_a_file_that_is_none_of_civic_is_refused(tmp_path, vocabulary):
    table, answer = tmp_path / "table.tsv", tmp_path / "answer.json"
    table.write_text("gene\tdrug\nEGFR\terlotinib\n", encoding="utf-8")
    answer.write_text("{}", encoding="utf-8")
    for path in (table, answer):
        with pytest.raises(Unreadable):
            list(read(path, vocabulary))


def test_an_answer_of_the_api_is_read_like_a_row(tmp_path, vocabulary):
    node = {
        "id": 7, "name": "EID7", "status": "ACCEPTED", "evidenceType": "PREDICTIVE",
        "evidenceLevel": "A", "evidenceDirection": "SUPPORTS", "evidenceRating": 5,
        "significance": "SENSITIVITYRESPONSE", "variantOrigin": "SOMATIC",
        "molecularProfile": {"name": "BRAF V600E"},
        "disease": {"displayName": "Skin Melanoma", "doid": "8923"},
        "therapies": [{"name": "Dabrafenib"}, {"name": "Trametinib"}],
        "therapyInteractionType": "COMBINATION",
        "source": {
            "citation": "A, 2012", "sourceType": "PUBMED", "citationId": "22735384",
            "clinicalTrials": [{"nctId": "NCT01227889"}],
        },
    }  # fmt: skip
    submitted = {**node, "name": "EID8", "status": "SUBMITTED"}
    path = tmp_path / "answer.json"
    said = {"name": "AID7", "assertionType": "PREDICTIVE", "assertionDirection": "SUPPORTS"}
    assertion = {**node, **said, "ampLevel": "TIER_I_LEVEL_A", "source": None}
    answer = {
        "evidenceItems": {"nodes": [node, submitted]},
        "assertions": {"nodes": [assertion]},
    }
    path.write_text(json.dumps({"data": answer}), encoding="utf-8")
    claim, unread, asserted = read(path, vocabulary)
    assert (claim.id, claim.therapy) == ("civic:EID7", ("dabrafenib", "trametinib"))
    assert (claim.studies[0].pmid, claim.studies[0].nct) == (22735384, "NCT01227889")
    assert (asserted.id, asserted.studies[0].source) == ("civic:AID7", "civicdb.org AID7")
    assert asserted.studies[0].note.startswith("AMP TIER_I_LEVEL_A")
    assert unread.reason.startswith("submitted")


@pytest.fixture(scope="module")
def civic(shared_data, vocabulary):
    """The whole file of May 2026: its rows, claims and what was not read."""
    path = shared_data / "knowledge" / "civic" / "civic_accepted_evidence_2026-05.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = list(read(path, vocabulary))
    claims = [one for one in found if isinstance(one, Claim)]
    return rows, claims, [one for one in found if isinstance(one, Unread)]


def test_no_row_is_lost_and_few_predictive_ones_are_unread(civic):
    rows, claims, unread = civic
    told = [entry_of(c.id).removeprefix("civic:") for c in claims]
    left = [one.text.partition(":")[0] for one in unread]
    assert len(rows) == 4854
    assert len(left) == len(set(left))
    assert {f"EID{row['evidence_id']}" for row in rows} == set(told) | set(left)
    assert not set(told) & set(left)
    assert all(one.reason and one.line and "\n" not in one.reason for one in unread)
    predictive = {f"EID{r['evidence_id']}" for r in rows if r["evidence_type"] == "Predictive"}
    assert len(predictive & set(left)) < 0.05 * len(predictive)
    assert len({c.id for c in claims}) == len(claims)


def test_no_criterion_is_broader_than_its_profile(civic):
    _, claims, _ = civic
    assert [(c.id, str(c.when), why) for c in claims if (why := broader_than_words(c))] == []


def test_every_criterion_is_written_in_the_language(civic, vocabulary):
    _, claims, _ = civic
    known = vocabulary.gene_by_symbol.keys()
    for rule in {c.when for c in claims if genes_named(c.when) <= known}:
        assert parse(str(rule), vocabulary) == rule


def test_no_sentence_of_the_source_is_carried(civic):
    rows, claims, _ = civic
    text = {f"civic:EID{row['evidence_id']}": row["evidence_statement"] for row in rows}
    for claim in claims:
        said = text[entry_of(claim.id)]
        assert said[:60] not in claim.note
        assert said[:60] not in claim.studies[0].note


def test_experiments_on_single_changes_are_functional_studies(shared_data, vocabulary):
    path = shared_data / "knowledge" / "civic" / "civic_accepted_evidence_2026-05.tsv"
    found = list(functional_studies(path, vocabulary))
    studies = [one for one in found if isinstance(one, FunctionalStudy)]
    assert len(found) == 160
    assert len(studies) == 111
    assert sum(not study.damaging for study in studies) == 4


def test_residues_that_the_proteins_lack_are_told():
    def claim(number, change):
        when = Mutation(genes=("AAA",), change=change)
        study = Study(kind=StudyKind.CASE, pmid=1)
        return Claim(
            id=f"civic:EID{number}", when=when, disease=("NSCLC",), effect=Effect.DIAGNOSIS,
            studies=(study,),
        )  # fmt: skip

    found = lint_claims([claim(1, "C3W"), claim(2, "K3W"), claim(3, "C9W")], {"AAA": ["MACD"]})
    assert found == ["civic:EID2: AAA has no K at 3", "civic:EID3: AAA has no C at 9"]


def test_residues_that_agree_with_the_proteins_and_those_that_do_not(civic, shared_data):
    """Of 420 distinct residues in profiles of one substitution, 16 are not in the proteins."""
    rows, claims, unread = civic
    table = shared_data / "knowledge" / "reference" / "oncokb_gene_protein_sequences_2020-11.tsv"
    proteins = read_proteins(table)
    named = (re.fullmatch(r"(\S+) ([A-WYZ]\d+[A-Z*])", row["molecular_profile"]) for row in rows)
    agree, wrong = residues(
        [Mutation(genes=(found[1],), change=found[2]) for found in named if found], proteins
    )
    assert (len(agree), len(wrong)) == (404, 16)
    told = {(r.gene, r.position) for r in wrong}
    assert {("TERT", 228), ("TP53", 72), ("BRAF", 496)} <= told
    assert any("BRAF has no G at 496" in problem for problem in lint_claims(claims, proteins))
    assert any("TERT C228T" in one.text for one in unread)
