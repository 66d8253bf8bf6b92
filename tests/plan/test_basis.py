"""Which test an approval rests on, and whether this patient had it."""

import msgspec
import pytest

from onkos.model import BasisStanding, Case, Measurement, PriorTherapy, Sample, regimen_name
from onkos.pipeline import APPRAISALS, run
from tests.properties.cases import small_variant


@pytest.fixture
def basis(knowledge):
    def of(
        therapy, disease, seen, assay="", material="tissue", among=knowledge, regulators=None,
        **fields,
    ):  # fmt: skip
        named = knowledge.assay(assay) if assay else None
        sample = Sample(id="s", material=material, assay=named)
        case = Case(
            id="b",
            disease=disease,
            alterations=tuple(msgspec.structs.replace(a, sample="s") for a in seen),
            samples=(sample,),
            **fields,
        )
        here = {"regulators": regulators} if regulators else {}
        options = run(case, among, **here).plan.options
        return next(o.basis for o in options if regimen_name(o.therapy) == therapy)

    return of


L858R = (small_variant("EGFR", "L858R"),)


def test_another_test_is_named_beside_the_approved_one(basis):
    found = basis("osimertinib", "LUAD", L858R, "MSK-IMPACT", stage="IV")
    assert found.standing is BasisStanding.OTHER
    told = found.sentences[0]
    assert "FoundationOne CDx (tissue)" in told
    assert "this report came from MSK-IMPACT (505 genes): confirm" in told


def test_the_approved_test_is_recognised_by_any_of_its_names(basis):
    found = basis("osimertinib", "LUAD", L858R, "F1CDx", stage="IV")
    assert found.standing is BasisStanding.SAME
    assert "f1cdx-egfr-tki-nsclc" in found.approved


def test_a_plasma_test_is_not_the_approved_one_for_tissue(basis):
    """FoundationOne Liquid CDx is another device than the tissue one, approved for less."""
    t790m = (small_variant("EGFR", "T790M"),)
    found = basis("osimertinib", "LUAD", t790m, "F1 Liquid CDx", "plasma", stage="IV",
                  prior=(PriorTherapy(drugs=("gefitinib",), progressed=True, line=1),))  # fmt: skip
    assert "f1cdx-t790m-osimertinib-nsclc" in found.approved
    assert found.standing is BasisStanding.OTHER


def unread(knowledge):
    """The same knowledge, none of whose diagnostics was read on a page."""
    rows = (msgspec.structs.replace(d, verified_on=None, on=None) for d in knowledge.diagnostics)
    return msgspec.structs.replace(knowledge, diagnostics=tuple(rows))


def test_a_row_that_was_not_read_never_prints_as_an_approval(basis, knowledge):
    seen = (small_variant("IDH1", "R132H"),)
    found = basis("ivosidenib", "AML", seen, "IDH1 PCR", "marrow", among=unread(knowledge))
    assert found.standing is BasisStanding.UNVERIFIED
    assert not found.approved
    assert "commonly used, approval not verified: Abbott RealTime IDH1" in found.sentences[0]
    assert found.sentences[0].endswith("verify")


@pytest.mark.parametrize(("disease", "gene", "change"), [
    ("LUAD", "EGFR", "L858R"), ("LUAD", "KRAS", "G12C"), ("AML", "IDH1", "R132H"),
    ("MEL", "BRAF", "V600E"), ("COAD", "BRAF", "V600E"), ("IDC", "PIK3CA", "H1047R"),
    ("PRAD", "BRCA2", "S1982fs"), ("HGSOC", "BRCA1", "Q1756fs"), ("BLCA", "FGFR3", "S249C"),
])  # fmt: skip
def test_no_option_rests_on_an_approval_that_was_not_read(knowledge, disease, gene, change):
    case = Case(id="b", disease=disease, stage="IV", alterations=(small_variant(gene, change),))
    for option in run(case, unread(knowledge)).plan.options:
        if option.basis is not None:
            assert not option.basis.approved + option.basis.complementary
            assert not any("approved by" in told for told in option.basis.sentences)


def test_the_label_of_europe_is_told_though_there_is_no_list(basis):
    told = "EMA: the EU keeps no list of companion tests"
    both = basis("osimertinib", "LUAD", L858R, "F1CDx", stage="IV")
    assert both.sentences[0].startswith("companion test approved by FDA")
    assert both.sentences[-1].startswith(told)
    europe = basis("osimertinib", "LUAD", L858R, "F1CDx", stage="IV", regulators=("EMA",))
    assert europe.standing is BasisStanding.NONE_LISTED
    assert len(europe.sentences) == 1
    assert europe.sentences[0].startswith(told)
    america = basis("osimertinib", "LUAD", L858R, "F1CDx", stage="IV", regulators=("FDA",))
    assert not any("EMA" in said for said in america.sentences)


def test_a_test_of_another_change_of_the_gene_is_not_named(basis):
    """Guardant360 CDx is for amivantamab in insertions of exon 20, not beside lazertinib."""
    found = basis("amivantamab + lazertinib", "LUAD", L858R, stage="IV", line=1)
    assert "g360-egfr-exon20-amivantamab-nsclc" not in found.approved


def test_a_group_is_any_drug_of_its_class(basis):
    """FDA labels FoundationOne CDx for EGFR inhibitors as a group."""
    for drug in ("dacomitinib", "gefitinib"):
        found = basis(drug, "LUAD", L858R, "F1CDx", stage="IV")
        assert found.approved[0] == "f1cdx-egfr-tki-nsclc"
        assert found.standing is BasisStanding.SAME


def test_a_name_that_laboratories_use_too_is_asked_about(basis):
    found = basis("alpelisib + fulvestrant", "IDC", (small_variant("PIK3CA", "H1047R"),),
                  "PIK3CA PCR", stage="IV", measurements=(
                      Measurement(name="HR", status="positive"),
                      Measurement(name="HER2", status="negative")))  # fmt: skip
    assert found.standing is BasisStanding.LIKE
    assert "ask whether it was the approved kit" in found.sentences[0]


def test_a_stain_says_by_its_method_where_it_comes_from(basis):
    score = Measurement(name="PD-L1 TPS", value=80, unit="%", method="22C3", sample="s")
    found = basis("cemiplimab", "LUSC", (), "MSK-IMPACT", stage="IV", measurements=(score,))
    assert found.reported_by == ("PD-L1 IHC 22C3 pharmDx",)
    assert found.approved == ("pd-l1-22c3-cemiplimab-nsclc",)


def test_an_option_with_no_diagnostic_says_any_validated_test(basis, knowledge):
    none = msgspec.structs.replace(knowledge, diagnostics=())
    seen = (small_variant("ERBB2", "V842I"),)
    found = basis("sevabertinib", "LUAD", seen, stage="IV", among=none)
    assert found.standing is BasisStanding.NONE_LISTED
    assert "any validated test" in found.sentences[0]


def test_appraisals_never_move_an_option(knowledge):
    case = Case(id="b", disease="LUAD", alterations=L858R, stage="IV")
    plan = run(case, knowledge).plan
    bare = msgspec.structs.replace(
        plan, options=tuple(msgspec.structs.replace(o, basis=None) for o in plan.options), gaps=()
    )
    again = bare
    for appraise in APPRAISALS:
        again = appraise(again, case, (), knowledge)
    strip = [msgspec.structs.replace(o, basis=None) for o in again.options]
    assert strip == list(bare.options)
    assert again.test_next == plan.test_next
    assert again.avoid == plan.avoid


def test_withdrawn_diagnostics_are_never_named(knowledge):
    gone = {d.id for d in knowledge.diagnostics if d.gone}
    assert gone
    offered = {d.id for found in knowledge.diagnostics_by_drug.values() for d in found}
    assert not gone & offered
