"""The criteria language: what it reads, what it refuses, what it prints."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.criteria import parse
from onkos.errors import CriterionError
from tests.criteria.strategies import criteria

# every form that the design names
FORMS = """
EGFR L858R
BRAF V600E/K
BRAF V600
KRAS G12C
EGFR exon 19 deletion
EGFR exons 2-7 lost
EGFR exon 20 insertion except A763_Y764insFQEA
MET exon 14 skipping
TERT promoter mutation
FLT3-ITD
NPM1 frameshift
ERBB2 codons 755-780 mutation
KIT exon 11 mutation
CEBPA bZIP in-frame mutation
PIK3CA oncogenic mutation
BRCA1 loss of function
biallelic RB1 loss of function
germline BRCA2 loss of function
somatic BRCA2 loss of function
ERBB2 amplification
CDKN2A deletion
MET copies >= 10
PTEN protein loss
ALK fusion
EML4::ALK fusion
KMT2A rearrangement
NTRK1/NTRK2/NTRK3 fusion
KRAS wild-type (codons 12, 13, 59, 61, 117, 146)
EGFR T790M in cis with EGFR C797S
del(17p)
t(11;14)
complex karyotype
monosomy 7
MSI-H
dMMR
TMB >= 10
HRD >= 42
SBS3 >= 0.2
PD-L1 TPS >= 50
PD-L1 CPS >= 10
HER2 IHC 3+
HER2 IHC 1+
FOLR1 IHC >= 75 % at 2+
ER positive
androgen receptor positive
PSMA-PET positive
HLA-A*02:01
FLT3 VAF >= 0.05
count(EGFR mutation) >= 2
age >= 75
sex female
ECOG <= 1
stage IV
primary side left
creatinine clearance >= 60
setting adjuvant
line 1
lines >= 2
prior osimertinib
prior lines of class "chemotherapy" >= 3
prior lines of carboplatin = 1
progressed on class "EGFR TKI"
disease NSCLC
CD33 positive
AR-V7
EGFR exon 19 deletion or EGFR L858R
MSI-H or TMB >= 10
not (EGFR oncogenic mutation or ALK fusion)
(EGFR L858R or ALK fusion) and TMB >= 10
""".strip().splitlines()


@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_the_design_prints_back_as_written(text, vocabulary):
    assert str(parse(text, vocabulary)) == text


@settings(max_examples=300, deadline=None)
@given(criterion=criteria)
def test_parsing_inverts_printing(criterion, vocabulary):
    assert parse(str(criterion), vocabulary) == criterion


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("EGFR loss", 6, "'loss of function', 'deletion' or 'protein loss'"),
        ("EGFR L858R and ALK fusion or MSI-H", 27, "either (EGFR L858R and ALK fusion) or MSI-H"),
        ("EGFR L858R and ALK fusion or MSI-H", 27, "EGFR L858R and (ALK fusion or MSI-H)"),
        ("not EGFR L858R or ALK fusion", 16, "either (not EGFR L858R)"),
        ("no EGFR L858R or ALK fusion", 15, "needs parentheses"),
        ("EGRF L858R", 1, "nearest: EGFR"),
        ("EGFR L858X", 6, "X written for a stop"),
        ("EGFR", 5, "the expression ends"),
        ("PD-L1 TPS >= 500", 14, "between 0 and 100"),
        ("EGFR exon 77 deletion", 14, "does not know the codons"),
        ("prior osimertinb", 7, "nearest: osimertinib"),
        ("prior lines of carboplatim >= 2", 16, "nearest: carboplatin"),
        ("prior lines of carboplatin", 27, "expected >= or <="),
        ("prior lines of carboplatin >= 2.5", 31, "whole numbers"),
        ("setting adjuvent", 9, "nearest: adjuvant"),
        ("BRAF V600E/K601", 6, "V600E"),
        ("(EGFR L858R", 12, "expected )"),
        ("EGFR L858R)", 11, "cannot stand here"),
        ("", 1, "empty"),
        ("germline ALK fusion", 1, "not with fusion"),
        ("disease LUNGG", 9, "unknown disease code"),
    ],
)
def test_a_bad_expression_names_the_column_and_the_way_out(text, column, says, vocabulary):
    with pytest.raises(CriterionError) as caught:
        parse(text, vocabulary)
    assert caught.value.column == column
    assert says in str(caught.value)


def test_keywords_ignore_case_and_symbols_do_not(vocabulary):
    assert parse("EGFR L858R AND NOT MSI-H", vocabulary) == parse(
        "EGFR L858R and not MSI-H", vocabulary
    )
    with pytest.raises(CriterionError):
        parse("egfr L858R", vocabulary)


def test_groups_stand_for_their_genes(vocabulary):
    assert str(parse("RAS wild-type", vocabulary)) == (
        "KRAS/NRAS wild-type (codons 12, 13, 59, 61, 117, 146)"
    )


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text, vocabulary):
    try:
        parse(text, vocabulary)
    except CriterionError as error:
        column = error.column
    else:
        column = 1
    assert 1 <= column <= len(text) + 1


def test_depth_and_length_are_bounded(vocabulary):
    with pytest.raises(CriterionError):
        parse("(" * 3000 + "MSI-H" + ")" * 3000, vocabulary)
    with pytest.raises(CriterionError):
        parse("MSI-H and " * 5000 + "MSI-H", vocabulary)
