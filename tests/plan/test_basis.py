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
    assert (
        "this report came from MSK-IMPACT (505 genes), not among those listed here: look at FDA's"
        in told
    )


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
    assert found.reported_by == ("PD-L1 IHC 22C3",)
    assert found.approved == ("pd-l1-22c3-cemiplimab-nsclc",)


def test_an_option_with_no_diagnostic_says_that_this_list_holds_none(basis, knowledge):
    none = msgspec.structs.replace(knowledge, diagnostics=())
    seen = (small_variant("ERBB2", "V842I"),)
    found = basis("sevabertinib", "LUAD", seen, stage="IV", among=none)
    assert found.standing is BasisStanding.NONE_LISTED
    assert found.sentences[0] == (
        "the list here holds no companion test for it: look at the label, and at FDA's list of "
        "approved tests"
    )


HER2 = (
    Measurement(name="HER2 IHC", status="3+", sample="s"),
    Measurement(name="ER", value=0, unit="%"),
    Measurement(name="PR", value=0, unit="%"),
)


def her2(basis, therapy, assay, **fields):
    return basis(therapy, "IDC", (), assay, measurements=HER2, stage="IV",
                 settings=("metastatic",), **fields)  # fmt: skip


def test_a_test_of_one_medicine_is_not_told_for_a_regimen_that_holds_it(basis):
    """HercepTest is listed for pertuzumab, and not for it with trastuzumab deruxtecan."""
    found = her2(basis, "trastuzumab deruxtecan + pertuzumab", "HercepTest", line=1, prior=())
    assert set(found.approved) == {
        "pathway-4b5-her2-trastuzumab-deruxtecan-breast",
        "ventana-dual-ish-her2-trastuzumab-deruxtecan-breast",
    }
    assert "herceptest-her2-breast" in found.for_a_part
    assert found.standing is BasisStanding.OTHER
    assert "HercepTest (tissue)" not in found.sentences[0]
    assert "this report came from HercepTest, listed for a part of it alone" in found.sentences[0]
    assert found.sentences[1].startswith(
        "companion test approved by FDA for pertuzumab, a part of this regimen: HercepTest (tissue)"
    )


def test_where_only_parts_are_covered_it_says_so(basis):
    found = basis("amivantamab + lazertinib", "LUAD", L858R, "F1CDx", stage="IV", line=1)
    assert found.standing is BasisStanding.PART
    assert not found.approved
    assert found.sentences[0].startswith(
        "companion test approved by FDA for lazertinib, a part of this regimen: FoundationOne CDx"
    )
    assert "this report came from FoundationOne CDx, one of these" in found.sentences[0]


def test_a_device_that_is_approved_for_the_whole_is_not_told_again_for_a_part(basis):
    """FoundationOne CDx is listed for olaparib, and for olaparib with abiraterone."""
    seen = (small_variant("BRCA2", "S1982fs"),)
    found = basis("olaparib + abiraterone", "PRAD", seen, "F1CDx", stage="IV",
                  settings=("metastatic", "castration-resistant"), prior=())  # fmt: skip
    assert "f1cdx-brca-olaparib-abiraterone-prostate" in found.approved
    assert not {"f1cdx-hrr-olaparib-prostate", "f1lcdx-brca-atm-olaparib-prostate"} & set(
        found.for_a_part
    )


MCRPC = {"stage": "IV", "settings": ("metastatic", "castration-resistant"), "prior": ()}


@pytest.mark.parametrize(
    ("therapy", "disease", "gene", "change", "assay", "material", "row", "more"), [
    ("niraparib + abiraterone", "PRAD", "BRCA2", "S1982fs", "F1 Liquid CDx", "plasma",
     "f1lcdx-brca-niraparib-abiraterone-prostate", MCRPC),
    ("encorafenib + binimetinib", "LUAD", "BRAF", "V600E", "F1CDx", "tissue",
     "f1cdx-braf-encorafenib-binimetinib-nsclc", {"stage": "IV"}),
    ("selpercatinib", "THME", "RET", "M918T", "ODxTT", "tissue",
     "oncomine-ret-selpercatinib-medullary", {"stage": "IV"}),
    ("encorafenib + cetuximab + fluorouracil + oxaliplatin", "COAD", "BRAF", "V600E",
     "Guardant360 CDx", "plasma", "g360-braf-encorafenib-cetuximab-colorectal",
     {"stage": "IV", "line": 1, "prior": ()}),
    ("dacomitinib", "LUAD", "EGFR", "L858R", "F1 Liquid CDx", "plasma",
     "f1lcdx-egfr-tki-nsclc", {"stage": "IV"}),
    ("ivosidenib", "AML", "IDH1", "R132H", "Abbott RealTime IDH1", "marrow",
     "realtime-idh1-ivosidenib-aml", {}),
])  # fmt: skip
def test_who_had_the_approved_test_is_told_so(
    basis, therapy, disease, gene, change, assay, material, row, more
):
    found = basis(therapy, disease, (small_variant(gene, change),), assay, material, **more)
    assert row in found.approved
    assert found.standing is BasisStanding.SAME


def test_a_kit_keeps_its_name(basis):
    found = her2(
        basis, "trastuzumab + pertuzumab + docetaxel", "PATHWAY HER2 4B5", line=1, prior=()
    )
    assert found.reported_by == ("PATHWAY HER2 (4B5)",)
    assert found.standing is BasisStanding.PART
    assert "this report came from PATHWAY HER2 (4B5), one of these" in found.sentences[0]


def test_two_rows_of_one_device_are_one_test(basis):
    seen = (Measurement(name="MMR", status="dMMR", sample="s"),)
    found = basis("dostarlimab", "UCEC", (), "VENTANA MMR RxDx", measurements=seen, stage="IV",
                  settings=("metastatic",), line=2)  # fmt: skip
    assert len(found.approved) == 2
    assert found.sentences[0].endswith("VENTANA MMR RxDx Panel, that test")


def test_the_test_that_was_had_is_named_first(basis):
    found = basis("osimertinib", "LUAD", L858R, "cobas EGFR", stage="IV")
    assert found.sentences[0].startswith("companion test approved by FDA: cobas EGFR Mutation")


def test_the_generic_name_of_a_kit_is_asked_about(basis):
    seen = (small_variant("IDH1", "R132H"),)
    assert basis("ivosidenib", "AML", seen, "IDH1 PCR", "marrow").standing is BasisStanding.LIKE


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
