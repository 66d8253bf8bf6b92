"""ELN risk coded twice, the second time from the text alone: both must agree on any patient."""

from dataclasses import fields

import aml_risk_again as again
from aml_risk_again import Findings
from hypothesis import example, given, settings
from hypothesis import strategies as st
from risk_codings import case_of, first_coding

from onkos.criteria.karyotype import words_shown
from onkos.criteria.karyotype_seen import count, seen
from onkos.model import Answer
from onkos.sources.knowledge import builtin
from onkos.sources.patient.iscn import karyogram
from onkos.stats import molecular_relapse

NAMES = [f.name for f in fields(Findings) if f.name != "tp53_vaf"]


@st.composite
def patients(draw):
    """Mostly negative, some positive, some untested; one KMT2A rearrangement at most."""
    usual = draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from([True, None]), max_size=5))
    vaf = draw(st.sampled_from([None, 0.05, 0.099, 0.1, 0.4])) if usual.get("tp53") else None
    if usual.get("t9_11"):
        usual["kmt2a_other"] = False
    if usual.get("kmt2a_other"):
        usual["t9_11"] = False
    if usual.get("t9_11", False) is None:  # no test tells one KMT2A rearrangement from the other
        usual["kmt2a_other"] = None
    return Findings(**usual, tp53_vaf=vaf)


@settings(max_examples=150, deadline=None)
@given(patients())
@example(Findings(npm1=True, itd=None))
@example(Findings(t8_21=None, minus7=True))
def test_eln_2022_is_the_same_in_both_codings(findings):
    second = again.eln_2022(findings)
    first = first_coding(case_of(findings), "eln-2022")
    if second is None:
        assert first.why_not
        return
    assert (first.best, first.worst) == second


@settings(max_examples=60, deadline=None)
@given(patients())
def test_review_is_called_for_by_both_codings(findings):
    first = first_coding(case_of(findings), "eln-2022")
    if first.why_not or findings.complex_karyotype or findings.monosomal:
        return  # both contradict the lesions that the flag is about, see the note of the coding
    flagged = any(remark.startswith("Review") for remark in first.remarks)
    if again.review(findings):
        assert flagged


@settings(max_examples=150, deadline=None)
@given(patients())
def test_eln_2024_is_the_same_in_both_codings(findings):
    if findings.apl:
        return
    first = first_coding(case_of(findings), "eln-2024-less-intensive")
    assert (first.best, first.worst) == again.eln_2024(findings)


PARTS = [
    "+8", "+13", "+21", "+19", "-5", "-7", "-18", "-Y", "del(5)(q13q33)", "del(12)(p13)",
    "add(17)(p11)", "inv(3)(q21q26)", "t(8;21)(q22;q22)", "t(9;11)(p22;q23)", "t(6;9)(p23;q34)",
    "inv(16)(p13q22)", "t(3;5)(q21;q31)", "i(17)(q10)", "+mar", "t(6;11)(q27;q23)",
    "t(1;3)(p36;q21)",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), unique=True, max_size=6))
def test_karyotypes_are_counted_alike(parts):
    """Number, complex and monosomal of generated karyotypes of one clone."""
    number = 46 + sum(p[0] == "+" for p in parts) - sum(p[0] == "-" for p in parts)
    sex = "X" if "-Y" in parts else "XY"
    text = ",".join([str(number), sex, *parts])
    vocabulary = builtin().vocabulary
    read = karyogram(text)
    shown = words_shown(read, vocabulary.karyotypes, vocabulary.limits)
    abnormalities, is_complex, is_monosomal = again.counts(text)
    assert count(seen(read, vocabulary.limits)) == (abnormalities, abnormalities)
    assert (shown["complex karyotype"] is Answer.MET) == is_complex, text
    assert (shown["monosomal karyotype"] is Answer.MET) == is_monosomal, text


@given(st.lists(st.sampled_from([0, 0.01, 0.05, 0.09, 0.4, 0.5, 0.6, 3.0]), min_size=2, max_size=2))
def test_molecular_relapse_between_two_samples_is_called_alike(levels):
    assert (molecular_relapse(levels, 1) is not None) == again.molecular_relapse(levels)
