"""What settles and what does not: positives, negatives, tests, summaries of laboratories."""

import pytest

from onkos.criteria import evaluate, parse
from onkos.model import (
    Answer,
    Assay,
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Cytogenetic,
    Event,
    Fusion,
    GeneEvent,
    Measurement,
    Oncogenicity,
    Origin,
    Phase,
    PriorTherapy,
    Sample,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model.protein import parse_protein

MET, UNKNOWN, UNMET = Answer.MET, Answer.UNKNOWN, Answer.UNMET
EXOME = Assay(id="wes", name="exome", small_variants=("all",), copy_number=("all",),
              limit_of_detection=0.05)  # fmt: skip
PAIRED = Assay(id="pair", name="paired exome", small_variants=("all",), copy_number=("all",),
               paired_normal=True, germline=True)  # fmt: skip
EXON2 = Assay(id="x2", name="KRAS exon 2 PCR", regions={"KRAS": ("exon 2",)})
RNA = Assay(id="rna", name="RNA", fusions=("all",))
PLASMA = Assay(id="cfdna", name="plasma panel", material=("plasma",), small_variants=("all",))


def variant(gene, protein, oncogenicity=Oncogenicity.ONCOGENIC, **more):
    change = parse_protein(protein)
    return SmallVariant(gene=gene, protein=change.text, consequence=change.consequence,
                        first=change.first, last=change.last, oncogenicity=oncogenicity,
                        **more)  # fmt: skip


def case(*alterations, assay=None, disease="LUAD", sample=None, **fields):
    samples = (sample or Sample(assay=assay),) if assay or sample else ()
    return Case(id="c", disease=disease, alterations=alterations, samples=samples, **fields)


@pytest.fixture
def ask(vocabulary):
    def answer(text, patient):
        return evaluate(parse(text, vocabulary), patient, vocabulary).answer

    return answer


@pytest.mark.parametrize(
    ("text", "seen", "answer"),
    [
        ("EGFR L858R", ("EGFR", "L858R"), MET),
        ("EGFR L858R", ("EGFR", "L858M"), UNMET),
        ("BRAF V600E/K", ("BRAF", "V600K"), MET),
        ("BRAF V600E/K", ("BRAF", "V600R"), UNMET),
        ("BRAF V600", ("BRAF", "V600R"), MET),
        ("BRAF V600", ("BRAF", "V600_K601delinsE"), UNMET),
        ("EGFR exon 19 deletion", ("EGFR", "E746_A750del"), MET),
        ("EGFR exon 19 deletion", ("EGFR", "L747_A750delinsP"), MET),
        ("EGFR exon 19 deletion", ("EGFR", "E746fs"), UNMET),
        ("EGFR exon 19 deletion", ("EGFR", "L858R"), UNMET),
        ("EGFR exon 20 insertion", ("EGFR", "D770_N771insSVD"), MET),
        ("EGFR exon 20 insertion except A763_Y764insFQEA", ("EGFR", "A763_Y764insFQEA"), UNMET),
        ("EGFR exon 20 insertion except A763_Y764insFQEA", ("EGFR", "H773_V774insH"), MET),
        ("NPM1 frameshift", ("NPM1", "W288Cfs*12"), MET),
        ("NPM1 W288fs", ("NPM1", "W288Cfs*12"), MET),
        ("ERBB2 codons 755-780 mutation", ("ERBB2", "Y772_A775dup"), MET),
        ("CEBPA bZIP in-frame mutation", ("CEBPA", "K313dup"), MET),
        ("CEBPA bZIP in-frame mutation", ("CEBPA", "H24fs"), UNMET),
        ("BRCA1 loss of function", ("BRCA1", "E23fs"), MET),
        ("KRAS wild-type", ("KRAS", "G12D"), UNMET),
        ("RAS wild-type", ("NRAS", "Q61K"), UNMET),
    ],
)
def test_a_positive_settles_and_an_exome_settles_the_rest(ask, text, seen, answer):
    assert ask(text, case(variant(*seen), assay=EXOME)) is answer


def test_without_an_assay_absent_is_unknown(ask):
    assert ask("KRAS G12C", case()) is UNKNOWN
    assert ask("not KRAS G12C", case()) is UNKNOWN
    assert ask("KRAS wild-type", case()) is UNKNOWN


def test_an_exome_settles_no_fusion_and_rna_does(ask):
    assert ask("ALK fusion", case(assay=EXOME)) is UNKNOWN
    assert ask("ALK fusion", case(assay=RNA)) is UNMET
    assert ask("ALK fusion", case(Fusion(five="EML4", three="ALK"))) is MET


def test_ras_is_not_wild_type_by_exon_2_alone(ask):
    """Douillard 2013 (PMID 24024839): mutations outside exon 2 matter as much."""
    assert ask("RAS wild-type", case(assay=EXON2, disease="COAD")) is UNKNOWN
    assert ask("KRAS G12D", case(assay=EXON2, disease="COAD")) is UNMET
    assert ask("KRAS Q61H", case(assay=EXON2, disease="COAD")) is UNKNOWN
    stated = Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False)
    assert ask("KRAS wild-type", case(stated, assay=EXON2)) is UNKNOWN
    assert ask("KRAS wild-type", case(stated)) is MET


def test_a_variant_of_uncertain_significance_leaves_the_class_open(ask):
    vus = variant("PIK3CA", "E81K", Oncogenicity.UNCERTAIN)
    assert ask("PIK3CA oncogenic mutation", case(vus, assay=EXOME)) is UNKNOWN
    assert ask("PIK3CA H1047R", case(vus, assay=EXOME)) is UNMET
    assert ask("KRAS wild-type", case(variant("KRAS", "Q61E", Oncogenicity.UNCERTAIN),
                                      assay=EXOME)) is UNKNOWN  # fmt: skip
    benign = variant("BRCA2", "N372H", Oncogenicity.BENIGN)
    assert ask("BRCA2 loss of function", case(benign, assay=EXOME)) is UNMET


def test_tumour_only_sequencing_never_settles_germline(ask):
    shift = variant("BRCA2", "S1982fs", Oncogenicity.LIKELY_ONCOGENIC)
    assert ask("BRCA2 loss of function", case(shift, assay=EXOME)) is MET
    assert ask("germline BRCA2 loss of function", case(shift, assay=EXOME)) is UNKNOWN
    assert ask("germline BRCA2 loss of function", case(assay=EXOME)) is UNKNOWN
    assert ask("germline BRCA2 loss of function", case(assay=PAIRED)) is UNMET
    inherited = variant("BRCA2", "S1982fs", Oncogenicity.LIKELY_ONCOGENIC, origin=Origin.GERMLINE)
    assert ask("germline BRCA2 loss of function", case(inherited)) is MET
    assert ask("somatic BRCA2 loss of function", case(inherited, assay=PAIRED)) is UNMET


def test_plasma_negatives_count_only_with_enough_tumour_dna(ask):
    """Spec 9.2: a plasma negative under 1 % tumour fraction clears nothing."""
    for fraction, answer in ((None, UNKNOWN), (0.002, UNKNOWN), (0.2, UNMET)):
        sample = Sample(material="plasma", tumour_fraction=fraction, assay=PLASMA)
        assert ask("KRAS G12C", case(sample=sample)) is answer


def test_low_purity_turns_negatives_into_unknown(ask):
    assert ask("KRAS G12C", case(sample=Sample(purity=0.05, assay=EXOME))) is UNKNOWN
    assert ask("KRAS G12C", case(sample=Sample(purity=0.5, assay=EXOME))) is UNMET


@pytest.mark.parametrize(
    ("finding", "text", "answer"),
    [
        (Stated(gene="NF1", finding=StatedClass.LOSS_OF_FUNCTION), "NF1 loss of function", MET),
        (Stated(gene="PTEN", finding=StatedClass.LOSS), "PTEN loss of function", MET),
        (Stated(gene="PTEN", finding=StatedClass.LOSS), "PTEN deletion", UNKNOWN),
        (Stated(gene="PTEN", finding=StatedClass.LOSS), "PTEN protein loss", UNKNOWN),
        (Stated(gene="ERBB2", finding=StatedClass.ONCOGENIC), "ERBB2 oncogenic mutation", MET),
        (Stated(gene="ERBB2", finding=StatedClass.ONCOGENIC), "ERBB2 S310F", UNKNOWN),
        (Stated(gene="KIT", finding=StatedClass.MUTATION, region="D816V", present=False),
         "KIT D816V", UNMET),
        (Stated(gene="KIT", finding=StatedClass.MUTATION, region="D816V", present=False),
         "KIT exon 17 mutation", UNKNOWN),
        (Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False), "KRAS G12C", UNMET),
        (Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False),
         "KRAS amplification", UNKNOWN),
        (Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False, region="exon 2"),
         "KRAS G12C", UNMET),
        (Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False, region="exon 2"),
         "KRAS wild-type (codons 12, 13, 59, 61, 117, 146)", UNKNOWN),
        (Stated(gene="ALK", finding=StatedClass.FUSION, present=False), "ALK fusion", UNMET),
        (CopyNumber(gene="CDKN2A", call=CopyCall.DELETION), "CDKN2A deletion", MET),
        (CopyNumber(gene="CDKN2A", call=CopyCall.LOSS), "CDKN2A deletion", UNMET),
        (CopyNumber(gene="MET", call=CopyCall.AMPLIFICATION, copies=12.0), "MET copies >= 10", MET),
        (CopyNumber(gene="MET", call=CopyCall.AMPLIFICATION), "MET copies >= 10", UNKNOWN),
        (Cytogenetic(name="t(15;17)"), "PML::RARA fusion", MET),
        (Fusion(five="COL1A1", three="CITED4"), "COL1A1::PDGFB fusion", UNKNOWN),
        (Fusion(five="COL1A1", three="PDGFB"), "COL1A1::PDGFB fusion", MET),
    ],
)  # fmt: skip
def test_a_summary_settles_its_own_class_only(ask, finding, text, answer):
    assert ask(text, case(finding)) is answer


@pytest.mark.parametrize(
    ("measurement", "text", "answer"),
    [
        (Measurement(name="TMB", value=12.0), "TMB >= 10", MET),
        (Measurement(name="TMB", value=9.9), "TMB >= 10", UNMET),
        (Measurement(name="TMB", value=12.0), "TMB high", MET),
        (Measurement(name="MSI", status="MSI-H"), "MSI-H", MET),
        (Measurement(name="MSI", status="MSS"), "MSI-H", UNMET),
        (Measurement(name="MSI", status="MSI-H"), "dMMR", UNKNOWN),
        (Measurement(name="HER2 IHC", status="3+"), "HER2 positive", MET),
        (Measurement(name="HER2 IHC", status="1+"), "HER2 low", MET),
        (Measurement(name="HER2 IHC", status="2+"), "HER2 positive", UNKNOWN),
        (Measurement(name="HER2", status="negative"), "HER2 low", UNKNOWN),
        (Measurement(name="HER2", status="low"), "HER2 positive", UNMET),
        (Measurement(name="HER2", status="low"), "HER2 negative", MET),
        (Measurement(name="HER2 ISH", status="positive"), "ERBB2 amplification", MET),
        (Measurement(name="ER", value=90.0), "ER positive", MET),
        (Measurement(name="ER", value=0.0), "HR positive", UNKNOWN),
        (Measurement(name="PD-L1 TPS", value=80.0), "PD-L1 CPS >= 10", UNKNOWN),
        (Measurement(name="FOLR1 IHC", value=80.0, at="2+"), "FOLR1 IHC >= 75 % at 2+", MET),
        (Measurement(name="FOLR1 IHC", value=80.0, at="1+"), "FOLR1 IHC >= 75 % at 2+", UNKNOWN),
        (Measurement(name="HLA", status="HLA-A*02:01"), "HLA-A*02:01", MET),
        (Measurement(name="HLA", status="HLA-A*03:01"), "HLA-A*02:01", UNMET),
        (Measurement(name="HLA", status="HLA-B*07:02"), "HLA-A*02:01", UNKNOWN),
    ],
)
def test_measurements(ask, measurement, text, answer):
    assert ask(text, case(measurements=(measurement,))) is answer


@pytest.mark.parametrize(
    ("fields", "text", "answer"),
    [
        ({"stage": "IVA"}, "stage IV", MET),
        ({"stage": "IIIA"}, "stage IV", UNMET),
        ({"stage": "III"}, "stage IIIA", UNKNOWN),
        ({"settings": ("metastatic",)}, "stage IV", MET),
        ({"settings": ("adjuvant",)}, "stage IV", UNMET),
        ({"stage": "IV"}, "setting adjuvant", UNMET),
        ({"stage": "IV"}, "setting metastatic", MET),
        ({}, "setting metastatic", UNKNOWN),
        ({"prior": ()}, "line 1", MET),
        ({"prior": (PriorTherapy(drugs=("osimertinib",), line=1),)}, "lines >= 2", MET),
        ({"prior": (PriorTherapy(drugs=("osimertinib",)),)}, "line 1", UNKNOWN),
        ({"prior": (PriorTherapy(drugs=("osimertinib",), setting="adjuvant"),)}, "line 1", MET),
        ({"prior": (PriorTherapy(drugs=("osimertinib",)),)}, 'prior class "EGFR TKI"', MET),
        ({"prior": (PriorTherapy(drugs=("osimertinib",)),)}, "progressed on osimertinib", UNKNOWN),
        ({"prior": ()}, "prior osimertinib", UNMET),
        ({}, "prior osimertinib", UNKNOWN),
        ({"age": 76}, "age >= 75", MET),
        ({"sex": "female"}, "sex male", UNMET),
    ],
)
def test_the_clinic(ask, fields, text, answer):
    assert ask(text, case(**fields)) is answer


def course(drug, line=None, setting=""):
    return PriorTherapy(drugs=(drug,), line=line, setting=setting)


THREE = tuple(course(d) for d in ("carboplatin", "gemcitabine", "topotecan"))


@pytest.mark.parametrize(
    ("prior", "line", "least", "most"),
    [
        ((), None, 0, 0),
        ((course("carboplatin", 1), course("olaparib", 2), course("topotecan", 3)), None, 2, 2),
        ((course("carboplatin", 1), course("topotecan", 1)), None, 1, 1),  # courses of one line
        (THREE, None, 1, 3),  # whether each was a line of its own is not said
        (THREE, 4, 3, 3),  # three lines before, and three courses
        (THREE, 3, 1, 3),
        ((course("carboplatin", setting="adjuvant"), course("topotecan", 1)), None, 1, 2),
        ((course("carboplatin", setting="adjuvant"), course("topotecan")), 2, 1, 2),
        ((course("olaparib", 1), course("topotecan", 2)), None, 1, 1),
        ((course("carboplatin", 1), course("drug of a study", 2)), None, 1, 2),
        ((course("carboplatin", 1), course("drug of a study", 1)), None, 1, 1),
    ],
)
def test_lines_of_a_class_are_counted_as_far_as_they_are_told(ask, prior, line, least, most):
    patient = case(prior=prior, line=line)
    for number in range(5):
        rule = f'prior lines of class "chemotherapy" >= {number}'
        expected = MET if number <= least else UNMET if number > most else UNKNOWN
        assert ask(rule, patient) is expected, number
        exactly = f'prior lines of class "chemotherapy" = {number}'
        sure = MET if least == most else UNKNOWN
        assert ask(exactly, patient) is (sure if least <= number <= most else UNMET), number


def test_lines_of_a_drug_are_its_own_and_no_priors_told_leave_them_open(ask):
    given = (course("carboplatin", 1), course("drug of a study", 2), course("carboplatin", 3))
    assert ask("prior lines of carboplatin = 2", case(prior=given)) is MET
    assert ask('prior lines of class "PARP inhibitor" >= 1', case(prior=given)) is UNKNOWN
    assert ask("prior lines of olaparib >= 1", case(prior=given)) is UNMET
    assert ask("prior lines of carboplatin >= 1", case()) is UNKNOWN


def test_phase_is_asked_for_where_both_changes_are_there(ask):
    both = (variant("EGFR", "T790M"), variant("EGFR", "C797S"))
    text = "EGFR T790M in trans with EGFR C797S"
    assert ask(text, case(*both)) is UNKNOWN
    known = Phase(gene="EGFR", first="C797S", second="T790M", cis=False)
    assert ask(text, case(*both, phases=(known,))) is MET
    assert ask("EGFR T790M in cis with EGFR C797S", case(*both, phases=(known,))) is UNMET


def test_biallelic_needs_the_second_copy(ask):
    hit = variant("RB1", "R320*", Oncogenicity.LIKELY_ONCOGENIC)
    assert ask("biallelic RB1 loss of function", case(hit, assay=EXOME)) is UNKNOWN
    lost = CopyNumber(gene="RB1", call=CopyCall.LOSS)
    assert ask("biallelic RB1 loss of function", case(hit, lost, assay=EXOME)) is MET
    assert ask("biallelic RB1 loss of function",
               case(CopyNumber(gene="RB1", call=CopyCall.DELETION))) is MET  # fmt: skip


def test_a_plasma_variant_of_clonal_haematopoiesis_is_met_with_a_caution(vocabulary):
    seen = variant("TP53", "R248Q", sample="p")
    patient = case(seen, sample=Sample(id="p", material="plasma", assay=PLASMA))
    verdict = evaluate(parse("TP53 oncogenic mutation", vocabulary), patient, vocabulary)
    assert verdict.answer is MET
    assert "clonal haematopoiesis" in verdict.cautions[0]
    assert verdict.questions[0].kind == "clonal-haematopoiesis"


def test_an_in_frame_insertion_in_the_juxtamembrane_region_of_flt3_is_an_itd(ask):
    assert ask("FLT3-ITD", case(variant("FLT3", "Y597_E598insDVDFREY"), disease="AML")) is MET
    assert ask("FLT3-ITD", case(variant("FLT3", "D835Y"), disease="AML")) is UNKNOWN


def test_a_change_reported_by_its_region_may_be_the_one_asked_for(ask):
    region = SmallVariant(gene="EGFR", consequence=Consequence.INFRAME_DELETION, exon="19",
                          first=729, last=761, oncogenicity=Oncogenicity.ONCOGENIC)  # fmt: skip
    assert ask("EGFR exon 19 deletion", case(region, assay=EXOME)) is MET
    assert ask("EGFR E746_A750del", case(region, assay=EXOME)) is UNKNOWN
    assert ask("EGFR L858R", case(region, assay=EXOME)) is UNMET


def test_promoter_variants_are_not_coding_ones(ask):
    seen = SmallVariant(gene="TERT", coding="c.-124C>T", consequence=Consequence.PROMOTER)
    assert ask("TERT promoter mutation", case(seen)) is MET
    assert ask("TERT promoter mutation", case(assay=EXOME)) is UNKNOWN


@pytest.mark.parametrize(
    ("rule", "protein", "answer"),
    [
        ("EGFR exon 20 insertion", "D770delinsGY", MET),
        ("EGFR exon 20 insertion", "D770_N771delinsG", UNMET),
        ("EGFR exon 20 insertion", "M766_A767delinsI", UNMET),
        ("EGFR exon 19 deletion", "L747_A750delinsP", MET),
        ("EGFR exon 19 deletion", "L747delinsFP", UNMET),
    ],
)
def test_a_replacement_is_an_insertion_where_it_lengthens_and_a_deletion_where_it_shortens(
    ask, rule, protein, answer
):
    assert ask(rule, case(variant("EGFR", protein), assay=EXOME)) is answer


@pytest.mark.parametrize(
    ("rule", "gene", "protein", "answer"),
    [
        ("EGFR S768I", "EGFR", "S768_V769delinsIL", MET),
        ("EGFR S768", "EGFR", "S768_V769delinsIL", MET),
        ("BRAF V600E/K", "BRAF", "V600_K601delinsEN", MET),
        ("BRAF K601E", "BRAF", "V600_K601delinsEN", UNMET),
        ("BRAF V600E", "BRAF", "V600_K601delinsE", UNMET),
    ],
)
def test_neighbours_replaced_together_are_read_one_by_one(ask, rule, gene, protein, answer):
    """As OncoKB decomposes S768_V769delinsIL to S768I and V769L (spec 01, 1.4.3)."""
    assert ask(rule, case(variant(gene, protein), assay=EXOME)) is answer


def test_a_fusion_out_of_frame_may_not_be_one(ask):
    shifted = Fusion(five="LMNA", three="NTRK1", in_frame=False)
    assert ask("NTRK1 fusion", case(shifted)) is UNKNOWN
    assert ask("LMNA::NTRK1 fusion", case(shifted)) is UNKNOWN
    assert ask("NTRK1 rearrangement", case(shifted)) is MET
    assert ask("NTRK1 fusion", case(Fusion(five="LMNA", three="NTRK1", in_frame=True))) is MET


def test_loss_of_a_suppressor_is_not_denied_by_a_test_that_sees_no_deletions(ask):
    small = Assay(id="s", name="small variants only", small_variants=("all",))
    assert ask("PTEN loss of function", case(assay=small)) is UNKNOWN
    assert ask("PTEN loss of function", case(assay=EXOME)) is UNMET
    neutral = CopyNumber(gene="PTEN", call=CopyCall.NEUTRAL)
    assert ask("PTEN loss of function", case(neutral, assay=small)) is UNMET
    denied = Stated(gene="BRCA1", finding=StatedClass.MUTATION, present=False)
    assert ask("BRCA1 loss of function", case(denied)) is UNMET


def test_adjuvant_treatment_does_not_rule_out_stage_three(ask):
    assert ask("stage III", case(settings=("adjuvant",))) is UNKNOWN
    assert ask("stage IV", case(settings=("adjuvant",))) is UNMET
    assert ask("stage III", case(settings=("metastatic",))) is UNMET


def test_treatment_around_surgery_has_no_line_and_what_is_new_is_in_its_first(ask):
    assert ask("lines >= 2", case(settings=("adjuvant",))) is UNMET
    assert ask("line 1", case(settings=("adjuvant",), prior=())) is UNMET
    assert ask("line 2", case(settings=("adjuvant",), line=2)) is MET
    assert ask("line 1", case(disease="CML", settings=("newly diagnosed",))) is MET
    assert ask("line 1", case(settings=("metastatic",))) is UNKNOWN


def test_a_translocation_is_settled_by_a_test_for_its_fusion(vocabulary):
    rule = parse("PML::RARA fusion or t(15;17)", vocabulary)
    asked = evaluate(rule, case(disease="AML"), vocabulary)
    assert {q.kind for q in asked.questions} == {"fusion"}
    assert evaluate(rule, case(disease="AML", assay=RNA), vocabulary).answer is UNMET
    karyotype = Cytogenetic(name="t(15;17)")
    assert evaluate(rule, case(karyotype, disease="AML"), vocabulary).answer is MET


def test_an_event_is_asked_for_by_its_name(vocabulary):
    for event in ("FLT3-ITD", "MET exon 14 skipping", "AR-V7"):
        asked = evaluate(parse(event, vocabulary), case(), vocabulary)
        assert [q.text for q in asked.questions] == [f"is there {event}"]


def test_a_splice_variant_told_by_coding_bases_alone_may_skip_the_exon(ask):
    """MET c.3082+1G>T in one transcript is c.3028+1G>T in another."""
    covers = Assay(id="e", name="panel", small_variants=("all",), events=("MET exon 14 skipping",))
    by_bases = SmallVariant(gene="MET", coding="c.3082+1G>T", consequence=Consequence.SPLICE,
                            first=1028, last=1028)  # fmt: skip
    assert ask("MET exon 14 skipping", case(by_bases, assay=covers)) is UNKNOWN
    far = SmallVariant(gene="MET", protein="X500_splice", consequence=Consequence.SPLICE,
                       first=500, last=500)  # fmt: skip
    assert ask("MET exon 14 skipping", case(far, assay=covers)) is UNMET


def splice(protein, at):
    return SmallVariant(gene="MET", protein=protein, consequence=Consequence.SPLICE,
                        first=at, last=at)  # fmt: skip


def test_an_essential_splice_site_of_an_exon_known_to_be_skipped_skips_it(ask):
    """MET exon 14 ends in D1010; its donor site is written X1010_splice (PMID 25971938)."""
    assert ask("MET exon 14 skipping", case(splice("X1010_splice", 1010))) is MET
    assert ask("MET exon 14 skipping", case(splice("X963_splice", 963))) is MET
    assert ask("MET exon 14 skipping", case(variant("MET", "D1010N"), assay=EXOME)) is UNKNOWN
    reads = Assay(id="e", name="panel", small_variants=("all",), events=("MET exon 14 skipping",))
    assert ask("MET exon 14 skipping", case(variant("MET", "Y1003F"), assay=reads)) is UNMET


def test_one_event_under_two_names_is_one(ask):
    lost = GeneEvent(gene="EGFR", event=Event.EXONS_LOST, first_exon=2, last_exon=7)
    named = GeneEvent(gene="EGFR", event=Event.SPLICE_VARIANT, name="vIII")
    for seen in (lost, named):
        assert ask("EGFR-vIII", case(seen)) is MET
        assert ask("EGFR exons 2-7 lost", case(seen)) is MET


@pytest.mark.parametrize("gene", ["MLH1", "MSH2", "MSH6", "PMS2"])
def test_loss_of_one_mismatch_repair_protein_is_deficiency(ask, gene):
    """ESMO 2019 (doi:10.1093/annonc/mdz116)."""
    lost = Stated(gene=gene, finding=StatedClass.PROTEIN_LOSS)
    assert ask("dMMR", case(lost)) is MET
    assert ask("MSI-H or dMMR", case(lost)) is MET
    assert ask("dMMR", case()) is UNKNOWN


def test_a_summary_of_any_change_at_a_residue_is_any_substitution_there(ask):
    stated = Stated(gene="BRAF", finding=StatedClass.MUTATION, region="V600")
    assert ask("BRAF V600", case(stated)) is MET
    assert ask("BRAF V600E", case(stated)) is UNKNOWN


def test_a_reversion_is_no_loss_and_no_loss_is_a_reversion(ask):
    """A reversion restores the reading frame; it is told by the laboratory as such."""
    restored = Stated(gene="BRCA2", finding=StatedClass.REVERSION)
    lost = Stated(gene="BRCA2", finding=StatedClass.LOSS_OF_FUNCTION)
    assert ask("BRCA2 reversion mutation", case(restored)) is MET
    assert ask("BRCA2 reversion mutation", case(lost, assay=EXOME)) is UNMET
    assert ask("BRCA2 reversion mutation", case(lost)) is UNKNOWN
    assert ask("BRCA2 loss of function", case(restored, assay=EXOME)) is UNMET
    assert ask("BRCA2 loss of function", case(restored, lost)) is MET


def test_a_neighbouring_exons_splice_site_skips_no_exon_14(ask):
    """Exon 14 of MET is codons 963 to 1010, shared with its neighbours at both ends."""
    for protein, at in (("X962_splice", 962), ("X1011_splice", 1011)):
        assert ask("MET exon 14 skipping", case(splice(protein, at))) is UNKNOWN
    of_exon_15 = SmallVariant(gene="MET", protein="X1010_splice", coding="c.3029-1G>A",
                              consequence=Consequence.SPLICE, first=1010, last=1010)  # fmt: skip
    of_exon_14 = SmallVariant(gene="MET", protein="X1010_splice", coding="c.3028+1G>T",
                              consequence=Consequence.SPLICE, first=1010, last=1010)  # fmt: skip
    assert ask("MET exon 14 skipping", case(of_exon_15)) is UNKNOWN
    assert ask("MET exon 14 skipping", case(of_exon_14)) is MET


def test_a_summary_does_not_meet_a_rule_that_excepts_a_part_of_it(ask):
    stated = Stated(gene="BRAF", finding=StatedClass.MUTATION, region="V600")
    assert ask("BRAF V600 except V600E", case(stated)) is UNKNOWN


def test_words_that_rule_one_another_out_cannot_both_hold(ask):
    lost = Stated(gene="MLH1", finding=StatedClass.PROTEIN_LOSS)
    proficient = Measurement(name="MMR", status="pMMR")
    assert ask("pMMR", case(lost)) is UNMET
    for rule in ("dMMR", "pMMR"):
        assert ask(rule, case(lost, measurements=(proficient,))) is UNKNOWN
