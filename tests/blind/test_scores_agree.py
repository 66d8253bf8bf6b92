"""Scores, doses and pharmacogenetics coded twice: both must agree over their whole range."""

import dose_again
import pytest
import scores_again
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from risk_codings import first_coding, measured

from onkos import dose
from onkos.model import Assay, Case, Cytogenetic, GeneEvent, Sample, SmallVariant
from onkos.model.alteration_words import Consequence, Event, Oncogenicity
from onkos.sources.knowledge import builtin
from onkos.sources.patient.text import observe

EVERYTHING = Sample(assay=Assay(id="all", name="all", small_variants=("all",), events=("all",)))
CLL = "CLLSLL"


def cytogenetics(**present):
    """Words said to be there or not."""
    return tuple(Cytogenetic(name=name, present=said) for name, said in present.items())


def variant(gene, protein="", vaf=None, residue=100):
    return SmallVariant(
        gene=gene, protein=protein or f"A{residue}V", consequence=Consequence.MISSENSE,
        first=residue, last=residue, vaf=vaf, oncogenicity=Oncogenicity.ONCOGENIC,
        biallelic=False,
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.booleans(), st.booleans(), st.sampled_from([2.0, 3.5, 3.6]), st.booleans(),
       st.sampled_from([50, 65, 66]))  # fmt: skip
def test_cll_ipi(tp53, unmutated, b2m, advanced, age):
    case = Case(
        id="1", disease=CLL, age=age, samples=(EVERYTHING,),
        alterations=(*cytogenetics(**{"del(17p)": False}), *([variant("TP53")] if tp53 else [])),
        measurements=measured(**{
            "IGHV": "unmutated" if unmutated else "mutated", "beta-2 microglobulin": b2m,
            "Rai stage": "II" if advanced else "0",
        }),
    )  # fmt: skip
    if not advanced:
        case = _with(case, "Binet stage", "A")
    first = first_coding(case, "cll-ipi")
    points, group = scores_again.cll_ipi(tp53, unmutated, b2m, advanced, age)
    assert first.possible == (group,)
    assert first.score[0] == points


def _with(case, name, status):
    from msgspec.structs import replace

    extra = measured(**{name: status})
    return replace(case, measurements=(*case.measurements, *extra), stage="0")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([2.0, 3.4, 3.5, 5.4, 5.5, 9.0]), st.sampled_from([3.0, 3.5, 4.2]),
    st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
def test_myeloma_stages(b2m, albumin, del17p, t4_14, t14_16, ldh, gain):
    case = Case(
        id="1", disease="PCM",
        alterations=cytogenetics(**{
            "del(17p)": del17p, "t(4;14)": t4_14, "t(14;16)": t14_16, "gain(1q)": gain,
            "amp(1q)": False,
        }),
        measurements=measured(**{
            "beta-2 microglobulin": b2m, "albumin": albumin, "LDH": "elevated" if ldh else "normal",
        }),
    )  # fmt: skip
    stage = scores_again.iss(b2m, albumin)
    assert first_coding(case, "iss").possible == (stage,)
    high = del17p or t4_14 or t14_16
    assert first_coding(case, "r-iss").possible == (scores_again.r_iss(stage, high, ldh),)
    points, group = scores_again.r2_iss(stage, del17p, ldh, t4_14, gain)
    r2 = first_coding(case, "r2-iss")
    assert (r2.possible, r2.score[0]) == ((group,), points)


GENES = ["SF3B1", "SRSF2", "STAG2", "ASXL1", "RUNX1", "NRAS", "BCOR", "IDH1", "WT1", "ETV6", "CBL"]
LESIONS = {"del(5q)": "del5q", "monosomy 7": "del7", "del(17p)": "del17p"}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([0, 2, 3, 5, 10, 11, 25]), st.sampled_from([3.0, 7.9, 8, 9.9, 10, 13]),
    st.sampled_from([20, 49, 50, 99, 100, 300]), st.sampled_from([0.5, 0.8, 2.0]),
    st.sets(st.sampled_from(GENES), max_size=4), st.sets(st.sampled_from([*LESIONS]), max_size=2),
    st.integers(0, 3), st.sampled_from([0, 1, 2]), st.sampled_from([0.3, 0.56]), st.booleans(),
)  # fmt: skip
def test_mds_scores(blasts, hb, platelets, anc, genes, lesions, more, hits, vaf, flt3):
    number = len(lesions) + more
    words = {name: name in lesions for name in LESIONS}
    words |= dict.fromkeys(
        ["del(7q)", "abn(3q)", "del(12p)", "del(20q)", "del(11q)", "loss of Y", "monosomy 17",
         "normal karyotype"], False,
    )  # fmt: skip
    words["normal karyotype"] = number == 0
    tp53 = [variant("TP53", vaf=vaf, residue=175 + i) for i in range(hits)]
    itd = [GeneEvent(gene="FLT3", event=Event.ITD)] if flt3 else []
    case = Case(
        id="1", disease="MDS", samples=(EVERYTHING,),
        alterations=(*cytogenetics(**words), *(variant(g) for g in sorted(genes)), *tp53, *itd),
        measurements=measured(**{
            "marrow blasts": blasts, "haemoglobin": hb, "platelets": platelets,
            "neutrophils": anc, "karyotype abnormalities": number,
        }),
    )  # fmt: skip
    short = {"del(5q)": "del(5q)", "monosomy 7": "-7"}
    group = scores_again.ipss_r_cytogenetics(number, {short[n] for n in lesions if n in short})
    points, band = scores_again.ipss_r(group, blasts, hb, platelets, anc)
    ours = first_coding(case, "ipss-r")
    assert (ours.possible, ours.score[0]) == ((band,), points)
    score, category = scores_again.ipss_m(
        hb=hb, platelets=platelets, blasts=blasts, cyto=group,
        genes=genes | ({"FLT3"} if flt3 else set()), tp53_mutations=hits, tp53_vaf=vaf,
        del17p="del(17p)" in lesions, del5q="del(5q)" in lesions, del7="monosomy 7" in lesions,
        abnormalities=number,
    )  # fmt: skip
    ours = first_coding(case, "ipss-m")
    assert ours.score[0] == pytest.approx(score, abs=0.011)
    assume(min(abs(score - cut) for cut in (-1.5, -0.5, 0, 0.5, 1.5)) > 0.011)
    assert ours.possible == (category,)


ages = st.floats(18, 95)
weights = st.floats(35, 160)
creatinines = st.floats(0.3, 9)


@given(ages, weights, creatinines, st.booleans(), st.floats(140, 205), st.floats(1, 8))
def test_dose_arithmetic(age, weight, creatinine, female, height, auc):
    close = pytest.approx
    assert dose.cockcroft_gault(age, weight, creatinine, female) == close(
        dose_again.cockcroft_gault(age, weight, creatinine, female)
    )
    assert dose.ckd_epi_2021(creatinine, age, female) == close(
        dose_again.ckd_epi_2021(creatinine, age, female)
    )
    assert dose.body_surface_mosteller(height, weight) == close(
        dose_again.bsa_mosteller(height, weight)
    )
    assert dose.body_surface_dubois(height, weight) == close(dose_again.bsa_dubois(height, weight))
    rate = dose.cockcroft_gault(age, weight, creatinine, female)
    for is_measured in (True, False):
        assert dose.calvert(auc, min(rate, 400), is_measured).milligrams == close(
            dose_again.calvert(auc, min(rate, 400), is_measured)
        )


VARIANTS = ["c.1905+1G>A", "c.1679T>G", "c.2846A>T", "c.1129-5923C>G", "c.557A>G", "c.85T>C"]


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(VARIANTS), st.sampled_from([1, 2]), min_size=1, max_size=3))
def test_dpyd_score_and_phenotype(variants):
    word = {1: "heterozygous", 2: "homozygous"}
    text = "DPYD " + ", ".join(f"{name} {word[n]}" for name, n in variants.items())
    found = {m.name: m for m in observe([text], builtin().vocabulary).measurements}
    score = dose_again.dpyd_score(variants)
    assert found["DPYD activity score"].value == score
    assert found["DPYD"].status == dose_again.dpyd_phenotype(score)


@pytest.mark.parametrize(("gene", "phenotype", "alleles"), [
    ("UGT1A1", dose_again.ugt1a1_phenotype, ["*1", "*6", "*28", "*37"]),
    ("TPMT", dose_again.tpmt_phenotype, ["*1", "*2", "*3A", "*3B", "*3C", "*4"]),
    ("NUDT15", dose_again.nudt15_phenotype, ["*1", "*2", "*3", "*9"]),
])  # fmt: skip
def test_star_alleles(gene, phenotype, alleles):
    for a in alleles:
        for b in alleles:
            found = observe([f"{gene} {a}/{b}"], builtin().vocabulary).measurements
            assert [m.status for m in found] == [phenotype(a, b)], (a, b)
