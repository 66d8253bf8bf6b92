"""What a plan says: avoid, caution, given, superseded, test next, explain."""

import msgspec
import pytest

from onkos.model import (
    Case,
    CopyCall,
    CopyNumber,
    Doubt,
    Fusion,
    Measurement,
    PriorTherapy,
    Sample,
    regimen_name,
)
from onkos.pipeline import explain, run
from tests.properties.cases import small_variant


@pytest.fixture
def plan(knowledge):
    def make(disease, *alterations, **fields):
        case = Case(id="p", disease=disease, alterations=alterations, **fields)
        return run(case, knowledge).plan

    return make


def names(options):
    return [regimen_name(option.therapy) for option in options]


def option(options, therapy):
    return next(o for o in options if regimen_name(o.therapy) == therapy)


L858R = small_variant("EGFR", "L858R")


def test_a_superseded_regimen_stands_behind_and_says_by_what(plan):
    """FLAURA (PMID 29151359)."""
    options = plan("LUAD", L858R, stage="IV", line=1).options
    assert names(options)[0] == "osimertinib"
    gefitinib = option(options, "gefitinib")
    assert "osimertinib" in gefitinib.superseded_by
    assert option(options, "afatinib").rank < gefitinib.rank


def test_what_was_given_ranks_last_and_what_failed_is_avoided(plan):
    given = plan("LUAD", L858R, prior=(PriorTherapy(drugs=("osimertinib",)),))
    assert option(given.options, "osimertinib").given
    assert names(given.options)[-1] == "osimertinib"
    failed = plan("LUAD", L858R, prior=(PriorTherapy(drugs=("osimertinib",), progressed=True),))
    assert "osimertinib" in names(failed.avoid)
    assert "osimertinib" not in names(failed.options)
    with_more = option(failed.options, "osimertinib + carboplatin + pemetrexed")
    assert any("on which the tumour progressed" in text for text in with_more.cautions)


def test_a_superseding_regimen_that_failed_supersedes_nothing(plan):
    failed = plan("LUAD", L858R, prior=(PriorTherapy(drugs=("osimertinib",), progressed=True),))
    assert "osimertinib" not in option(failed.options, "gefitinib").superseded_by


def test_standard_care_resistance_is_avoided_and_a_combination_gets_a_caution(plan):
    """KRYSTAL-1 and the labels of the EGFR antibodies."""
    made = plan("COAD", small_variant("KRAS", "G12C"))
    assert {"cetuximab", "panitumumab"} <= set(names(made.avoid))
    assert option(made.avoid, "cetuximab").grades.oncokb_style.level == "R1"
    combined = option(made.options, "adagrasib + cetuximab")
    assert combined.approved_here
    assert any(text.startswith("contains cetuximab") for text in combined.cautions)


def test_resistance_does_not_travel(plan):
    assert "cetuximab" not in names(plan("PAAD", small_variant("KRAS", "G12D")).avoid)


def test_a_withdrawn_approval_is_none(plan):
    """Infigratinib left the market; pemigatinib did not."""
    options = plan("CHOL", Fusion(five="FGFR2", three="BICC1")).options
    assert option(options, "pemigatinib").approved_here
    infigratinib = option(options, "infigratinib")
    assert not infigratinib.approved_here
    assert any("withdrawn" in reason for reason in infigratinib.reasons)


def test_the_agnostic_label_excepts_colorectal_cancer(plan):
    made = plan("COAD", small_variant("BRAF", "V600E"))
    assert "dabrafenib + trametinib" not in names(made.options)
    elsewhere = plan("CHOL", small_variant("BRAF", "V600E"))
    assert option(elsewhere.options, "dabrafenib + trametinib").approved_here


def test_amplification_of_fgfr2_is_not_a_fusion(plan):
    made = plan("CHOL", CopyNumber(gene="FGFR2", call=CopyCall.DELETION))
    assert made.options == ()
    assert any("No biomarker-selected option" in text for text in made.statements)


def test_regulators_decide_what_is_on_label(knowledge):
    case = Case(id="p", disease="COAD", alterations=(small_variant("KRAS", "G12C"),))
    fda = run(case, knowledge, ("FDA",)).plan
    ema = run(case, knowledge, ("EMA",)).plan
    assert option(fda.options, "sotorasib + panitumumab").approved_here
    assert not option(ema.options, "sotorasib + panitumumab").approved_here


def test_a_coarser_diagnosis_is_unknown_and_asked_for(plan):
    made = plan("LUNG", L858R)
    assert not any(o.approved_here for o in made.options)
    diagnosis = next(t for t in made.test_next if "diagnosis" in t.test.casefold())
    assert "specify the diagnosis" in diagnosis.would_settle[0].text


def test_the_cheapest_sufficient_test_is_named_and_others_beside_it(plan):
    sample = Sample(assay=None)
    made = plan("COAD", samples=(sample,), measurements=(Measurement(name="TMB", value=4.0),))
    mismatch = next(t for t in made.test_next if any(q.kind == "MMR" for q in t.would_settle))
    assert "IHC" in mismatch.test
    assert "pembrolizumab" in mismatch.could_open


def test_of_many_regimens_the_best_supported_are_named_first(knowledge):
    """A page shows six: the standard treatment must not stand behind an alphabet of others."""
    doubt = Doubt(reason="no file of fusions was read from this sample", about="fusions")
    panel = Sample(assay=knowledge.assay("FoundationOne CDx"), doubts=(doubt,))
    pdl1 = Measurement(name="PD-L1 TPS", value=80.0)
    case = Case(
        id="p", disease="LUAD", stage="IV", line=1, prior=(), samples=(panel,), measurements=(pdl1,)
    )
    made = run(case, knowledge).plan
    opened = next(t.could_open for t in made.test_next if "pembrolizumab" in t.could_open)
    assert opened.index("pembrolizumab") < opened.index("brigatinib")
    assert opened.index("alectinib") < opened.index("entrectinib")


def test_an_answer_that_changes_nothing_is_not_asked_for(plan, knowledge):
    """All that can be known is known: nothing is left to test for the leading claim."""
    made = plan("LUAD", L858R, stage="IV", line=1, prior=(), settings=("metastatic",))
    asked = {q.text for t in made.test_next for q in t.would_settle if q.kind == "clinical"}
    assert "stage?" not in asked
    assert "line of therapy?" not in asked


def test_b2m_loss_in_msi_high_colorectal_cancer_is_a_caution(plan):
    unstable = (Measurement(name="MSI", status="MSI-H"),)
    made = plan("COAD", small_variant("B2M", "L15fs"), measurements=unstable, stage="IV", line=1)
    pembrolizumab = option(made.options, "pembrolizumab")
    assert any("B2M" in text for text in pembrolizumab.cautions)
    assert "pembrolizumab" not in names(made.avoid)


def test_explain_says_why_why_not_and_what_would_change_it(knowledge):
    case = Case(id="p", disease="LUAD", alterations=(L858R,), stage="IV", line=1)
    text = " ".join(explain(case, knowledge, "Tagrisso"))
    assert "osimertinib is option 1" in text
    assert "C797S" in text
    assert "What would change this" in text


def test_unverified_facts_alone_never_lead(knowledge, plan):
    """The same option with all its facts unverified falls behind one that was looked up."""
    case = Case(id="p", disease="LUAD", alterations=(L858R,), stage="IV", line=1)

    def doubted(claim):
        if "osimertinib" not in claim.therapy:
            return claim
        mark = {
            field: tuple(
                msgspec.structs.replace(fact, unverified=True) for fact in getattr(claim, field)
            )
            for field in ("approvals", "guidelines", "studies")
        }
        return msgspec.structs.replace(claim, **mark)

    less = msgspec.structs.replace(knowledge, claims=tuple(map(doubted, knowledge.claims)))
    options = run(case, less).plan.options
    assert options[0].therapy != ("osimertinib",)
    assert option(options, "osimertinib").unverified


def failed(*drugs):
    return (PriorTherapy(drugs=drugs, progressed=True),)


def test_another_drug_of_a_class_that_failed_says_so(plan):
    prior = failed("dabrafenib", "trametinib")
    made = plan("SKCM", small_variant("BRAF", "V600E"), stage="IV", line=2, prior=prior)
    again = option(made.options, "encorafenib + binimetinib").cautions
    assert any(text.startswith("again MEK inhibitor and BRAF inhibitor") for text in again)
    assert "dabrafenib" not in {" + ".join(o.therapy) for o in made.options}
    assert option(made.avoid, "dabrafenib").reasons[0] == (
        "the tumour progressed on regimens with every drug of it"
    )


def test_drugs_that_failed_one_by_one_are_not_offered_together(plan):
    prior = (*failed("ibrutinib"), *failed("venetoclax", "rituximab"))
    made = plan("CLLSLL", small_variant("TP53", "R273H"), line=3, prior=prior)
    offered = {" + ".join(o.therapy) for o in made.options}
    assert not offered & {"venetoclax", "ibrutinib + venetoclax", "venetoclax + rituximab"}


def test_a_drug_that_is_meant_for_after_its_class_gets_no_such_caution(plan):
    fusion = Fusion(five="EML4", three="ALK")
    made = plan("LUAD", fusion, stage="IV", line=2, prior=failed("alectinib"))
    assert option(made.options, "lorlatinib").cautions == ()
    assert option(made.options, "brigatinib").cautions == (
        "again ALK TKI: the tumour progressed on alectinib",
    )


def test_what_would_only_add_a_caution_is_not_tested_for(plan):
    """PTEN loss before a BRAF inhibitor in melanoma: preclinical evidence."""
    made = plan("SKCM", small_variant("BRAF", "V600E"), stage="IV", line=1, prior=())
    assert "protein of PTEN" not in {q.text for t in made.test_next for q in t.would_settle}
    assert not any(name == "dabrafenib" for t in made.test_next for name in t.could_close)


def test_a_question_that_costs_nothing_comes_before_an_equally_good_test(plan):
    made = plan("LUAD", L858R)
    assert made.test_next[0].test == "Ask the clinician or the record"


def test_explain_says_why_a_drug_of_other_diseases_is_none(knowledge):
    """The fusion of COL1A1 for which a tool that matches by gene name offers imatinib."""
    case = Case(id="p", disease="SKCM", alterations=(Fusion(five="COL1A1", three="CITED4"),))
    text = " ".join(explain(case, knowledge, "vandetanib"))
    assert "is not an option" in text
    assert "claimed in other diseases" in text


@pytest.mark.parametrize(("stated", "asked"), [((), False), (("malignant ascites",), True)])
def test_a_complication_that_is_not_stated_is_absent(plan, stated, asked):
    """Catumaxomab is for malignant ascites, which a referral names."""
    made = plan("HGSOC", settings=stated, age=60)
    opened = {name for test in made.test_next for name in test.could_open}
    assert ("catumaxomab" in opened) is asked
