"""The Molecular Oncology Almanac: every assertion a claim or told as unread."""

import json
import re

import pytest

from onkos.criteria import evaluate, parse
from onkos.errors import Unreadable
from onkos.model import Answer, Case, Claim, Effect, PriorTherapy, StudyKind, Unread
from onkos.model.criterion import LineIs, atoms, genes_named
from onkos.sources.knowledge.adapters.moa import read, words

SOMATIC = {
    "feature_type": "somatic_variant", "gene": "BRAF", "protein_change": "p.V600E",
    "cdna_change": "c.1799T>A", "variant_annotation": "Missense", "exon": "15",
    "feature": "BRAF p.V600E (Missense)",
}  # fmt: skip
NODE = {
    "id": 7, "context": "", "deprecated": False, "validated": True, "source_id": 3,
    "disease": {"name": "Melanoma", "oncotree_code": "MEL", "oncotree_term": "Melanoma"},
    "therapy": {"name": "Dabrafenib + Trametinib", "type": "Targeted therapy",
                "resistance": "", "sensitivity": 1},
    "predictive_implication": "FDA-Approved", "favorable_prognosis": "", "variant": SOMATIC,
}  # fmt: skip
SOURCE = {"id": 3, "type": "FDA", "doi": "", "nct": "", "pmid": "", "url": "https://example.org/l",
          "citation": "Someone. [package insert]. Revised June 2020."}  # fmt: skip


@pytest.fixture
def reads(tmp_path, vocabulary):
    """What is read of assertions that differ from a plain one."""

    def read_nodes(*changes):
        path = tmp_path / "moa.json"
        nodes = [{**NODE, **change} for change in changes]
        path.write_text(json.dumps({"assertions": nodes, "sources": [SOURCE]}), encoding="utf-8")
        return list(read(path, vocabulary))

    return read_nodes


def test_an_assertion_becomes_a_claim_and_no_approval_of_ours(reads):
    (claim,) = reads({})
    assert (claim.id, claim.source, str(claim.when)) == ("moa:7", "MOAlmanac", "BRAF V600E")
    assert (claim.disease, claim.therapy) == (("MEL",), ("dabrafenib", "trametinib"))
    assert claim.approvals == claim.guidelines == ()
    (study,) = claim.studies
    assert (study.level, study.kind, study.year) == ("FDA-Approved", StudyKind.RETROSPECTIVE, 2020)
    assert study.source == "https://example.org/l"


def test_a_trial_that_is_said_to_run_is_no_result(reads):
    """Assertion 251: cabozantinib "is being evaluated in patients with EGFR mutations"."""
    told = ("Cabozantinib is being evaluated in patients.", "Cabozantinib was evaluated.", None)
    found = reads(*({"description": words} for words in told))
    assert [claim.studies[0].ongoing for claim in found] == [True, False, False]


@pytest.mark.parametrize(
    ("feature", "criterion"),
    [
        ({"feature_type": "somatic_variant", "gene": "KRAS"}, "KRAS oncogenic mutation"),
        ({"feature_type": "germline_variant", "gene": "ATM", "pathogenic": "1"},
         "germline ATM oncogenic mutation"),
        ({"feature_type": "somatic_variant", "gene": "EGFR", "exon": "20",
          "variant_annotation": "Insertion"}, "EGFR exon 20 insertion"),
        ({"feature_type": "somatic_variant", "gene": "ERBB2", "variant_annotation": "Missense"},
         "ERBB2 missense and ERBB2 oncogenic mutation"),
        ({"feature_type": "copy_number", "gene": "CDKN2A", "direction": "Deletion"},
         "CDKN2A deletion"),
        ({"feature_type": "rearrangement", "gene1": "EML4", "gene2": "ALK",
          "rearrangement_type": "Fusion"}, "EML4::ALK fusion"),
        ({"feature_type": "rearrangement", "gene1": "RET"}, "RET rearrangement"),
        ({"feature_type": "microsatellite_stability", "status": "MSI-High"}, "MSI-H"),
        ({"feature_type": "mutational_burden", "mutations_per_mb": "10"}, "TMB >= 10"),
    ],
)  # fmt: skip
def test_features_become_criteria(reads, feature, criterion):
    (claim,) = reads({"variant": feature})
    assert str(claim.when) == criterion


@pytest.mark.parametrize(
    ("therapy", "outcome", "effect", "positive"),
    [
        ({"sensitivity": 1}, "", Effect.BENEFIT, True),
        ({"sensitivity": 0}, "", Effect.NO_BENEFIT, True),
        ({"resistance": 1}, "", Effect.RESISTANCE, True),
        ({"resistance": 0}, "", Effect.RESISTANCE, False),
        (None, 1, Effect.BETTER_PROGNOSIS, True),
        (None, 0, Effect.WORSE_PROGNOSIS, True),
    ],
)
def test_effects(reads, therapy, outcome, effect, positive):
    given = {"name": "Dabrafenib", **therapy} if therapy else {"name": ""}
    (claim,) = reads({"therapy": given, "favorable_prognosis": outcome})
    assert (claim.effect, claim.studies[0].positive) == (effect, positive)


@pytest.mark.parametrize(
    ("citation", "year"),
    [
        ("Waddell N, et al. Nature. 2015;518(7540):495-501.", 2015),
        ("Rizvi NA, et al. Science. 2015;348(6230):124-8.", 2015),
        ("Someone. N Engl J Med. 2010; 362(24):2251-2259.", 2010),
        ("Someone. Clin Cancer Res. 2013 Oct 1;19(19):5523-32.", 2013),
        ("Someone. Cancers 12, 1-9 (2019).", 2019),
        ("Someone. [package insert]. Revised June 2020.", 2020),
        ("NCCN Guidelines. Version 3.2021. Accessed", 2021),
        ("Vivanco I. Nature 518(7540):495-501.", None),
    ],
)
def test_the_year_stands_before_the_volume_and_no_issue_is_one(reads, monkeypatch, citation, year):
    monkeypatch.setitem(SOURCE, "citation", citation)
    (claim,) = reads({})
    assert claim.studies[0].year == year


@pytest.mark.parametrize(
    "description",
    [
        "Pathogenic germline variants in ATM may increase risk of acquiring CRC.",
        "Mutation may indicate increased susceptibility to early-onset colorectal cancer.",
        "BLM may indicate a predisposition for early onset of colorectal cancer.",
    ],
)
def test_the_risk_of_a_disease_is_no_outcome_of_it(reads, description):
    """ATM, PALB2 and CHEK2 were read as a worse prognosis."""
    outcome = {"therapy": {"name": ""}, "favorable_prognosis": 0}
    unread, plain = reads(
        {**outcome, "description": description},
        {**outcome, "description": "Associated with poor prognosis in lower-risk disease."},
    )
    assert (unread.column, "no outcome" in unread.reason) == ("favorable_prognosis", True)
    assert plain.effect is Effect.WORSE_PROGNOSIS


def test_the_context_narrows_the_claim_or_keeps_it_unread(reads):
    claim, unread = reads({"context": "Metastatic castration-resistant"}, {"context": "As it is"})
    assert str(claim.setting) == "setting metastatic and setting castration-resistant"
    assert (unread.column, unread.text) == ("context", "moa:7: BRAF p.V600E (Missense)")


@pytest.mark.parametrize(
    "context", [c for c, rule in words().contexts.items() if "lines >=" in rule]
)
def test_after_prior_therapy_is_not_the_first_line(vocabulary, context):
    """`lines` is the line now to be chosen: the first is no line after another."""
    rules = [
        a for a in atoms(parse(words().contexts[context], vocabulary)) if isinstance(a, LineIs)
    ]
    assert [(rule.op, rule.value) for rule in rules] == [(">=", 2)]


def test_primary_is_read_as_new_and_not_spread_or_adds_nothing(reads):
    ovary, peritoneum = reads(
        {"context": "Primary",
         "disease": {"name": "Serous Ovarian Cancer", "oncotree_code": "SOC"}},
        {"context": "Primary",
         "disease": {"name": "Peritoneal Serous Carcinoma", "oncotree_code": "PSEC"}},
    )  # fmt: skip
    assert str(ovary.setting) == "setting newly diagnosed and (not setting metastatic)"
    assert (peritoneum.disease, peritoneum.setting) == (("PSEC",), None)


def test_an_astrocytoma_is_no_glioblastoma(reads):
    (claim,) = reads({"disease": {"name": "Astrocytoma", "oncotree_code": "ASTR"}})
    assert claim.disease == ("ASTR",)
    assert "fewer diseases here" in claim.note


@pytest.mark.parametrize("name", ["SBS2", "SBS3", "SBS4", "SBS5", "SBS10a", "SBS10b"])
def test_a_signature_counts_from_the_share_from_which_the_source_takes_it(reads, name):
    feature = {"feature_type": "mutational_signature", "cosmic_signature": name}
    (claim,) = reads({"variant": feature})
    assert str(claim.when) == f"{name} >= 0.2"


@pytest.mark.parametrize(
    ("context", "setting"),
    [
        ("Treated with three or more prior lines of chemotherapy",
         'prior lines of class "chemotherapy" >= 3'),
        ("Advanced, treated with three or more prior lines of chemotherapy",
         'setting advanced and prior lines of class "chemotherapy" >= 3'),
        ("Previously treated with 2 or more chemotherapies",
         'prior lines of class "chemotherapy" >= 2'),
    ],
)  # fmt: skip
def test_lines_of_chemotherapy_are_not_lines_of_any_treatment(reads, vocabulary, context, setting):
    (claim,) = reads({"context": context})
    assert str(claim.setting) == setting
    drugs = ("carboplatin", "olaparib", "bevacizumab", "letrozole")
    lines = tuple(PriorTherapy(drugs=(d,), line=n) for n, d in enumerate(drugs, 1))
    patient = Case(id="p", disease="OVT", prior=lines, settings=("metastatic",))
    assert evaluate(claim.setting, patient, vocabulary).answer is Answer.UNMET


def test_neoplasms_of_two_lineages_are_those_of_the_named_genes(reads):
    (claim,) = reads({"disease": {"name": "Myeloid/Lymphoid Neoplasms", "oncotree_code": "MLN"}})
    assert claim.disease == ("MLNER",)
    assert "fewer diseases here" in claim.note


def test_whole_genome_doubling_is_a_measure_and_the_row_still_needs_a_disease(reads):
    feature = {"feature_type": "aneuploidy", "event": "Whole genome doubling"}
    claim, unread = reads({"variant": feature}, {"variant": feature, "disease": {"name": ""}})
    assert str(claim.when) == "WGD present"
    assert unread.column == "disease"


def test_radiation_is_a_therapy_as_in_our_own_regimens(reads):
    whole, beam = reads(
        {"therapy": {"name": "Radiation Therapy", "type": "Radiation therapy", "resistance": 1}},
        {"therapy": {"name": "Gamma knife", "type": "Radiation therapy", "sensitivity": 1}},
    )
    assert (whole.therapy, beam.therapy) == (("radiotherapy",), ("gamma knife",))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"variant": {"feature_type": "knockdown", "gene": "ATM"}}, "silenced in cells"),
        ({"variant": {"feature_type": "mutational_burden", "minimum_mutations": "100"}}, "bases"),
        ({"variant": None}, "no assertion"),
        ({"therapy": {"name": "X", "sensitivity": 1, "resistance": 1}}, "more than one effect"),
        ({"therapy": {"name": "Resection", "type": "Surgery", "sensitivity": 1}}, "operation"),
        ({"variant": {"feature_type": "mutational_signature", "cosmic_signature": "SBS96"}},
         "SBS96 is no signature"),
        ({"context": "Liver metastases from solid tumors"}, "no organ of a metastasis"),
        ({"context": "Primary", "disease": {"name": "Peritoneal Mesothelioma"}}, "carcinoma"),
        ({"predictive_implication": "Rumour"}, "no level"),
        ({"deprecated": True}, "deprecated"),
        ({"disease": {"name": "Nonesuch"}}, "not in the map"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told(reads, change, why):
    (unread,) = reads(change)
    assert isinstance(unread, Unread)
    assert why in unread.reason


def test_other_json_is_refused(tmp_path, vocabulary):
    for text in ("[]", "{}", "no json"):
        path = tmp_path / "other.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Unreadable):
            list(read(path, vocabulary))


def test_each_context_of_the_map_is_a_criterion(vocabulary):
    for rule in words().contexts.values():
        assert str(parse(str(parse(rule, vocabulary)), vocabulary))


def test_of_the_real_file_no_assertion_is_lost_and_none_is_broader(shared_data, vocabulary):
    path = shared_data / "knowledge" / "vicc_ga4gh" / "moa_harvester_20250416.json"
    nodes = {f"moa:{node['id']}": node for node in json.loads(path.read_bytes())["assertions"]}
    rows = list(read(path, vocabulary))
    claims = [row for row in rows if isinstance(row, Claim)]
    unread = {row.text.partition(": ")[0] for row in rows if isinstance(row, Unread)}
    former = {gene.symbol: gene.former for gene in vocabulary.genes}
    assert len(nodes) == 1004
    assert {claim.id for claim in claims} | unread == set(nodes)
    assert not {claim.id for claim in claims} & unread
    years = {study.year for claim in claims for study in claim.studies if study.year}
    assert {1990 < year < 2026 for year in years} == {True}
    at_risk = {"moa:586", "moa:640", *(f"moa:{n}" for n in (642, 643, 644, 645, 646, 649, 650)),
               *(f"moa:{n}" for n in (651, 664, 666, 667, 668, 669))}  # fmt: skip
    assert at_risk <= unread
    treatments = {name for name, node in nodes.items() if node["therapy"]["name"]}
    assert len(unread & treatments) < 0.05 * len(treatments)
    for claim in claims:
        feature = json.dumps(nodes[claim.id]["variant"])
        for leaf in atoms(claim.when):
            for gene in genes_named(leaf):
                names = (gene, *(former.get(gene) or ()))
                assert any(f'"{name}"' in feature for name in names)
            for number in re.findall(r"\d+", getattr(leaf, "change", "")):
                assert number in feature
        node = nodes[claim.id]
        of_disease = words().contexts_of.get(node["disease"]["name"], {})
        if node["context"] and of_disease.get(node["context"]) != "":
            assert claim.setting is not None
