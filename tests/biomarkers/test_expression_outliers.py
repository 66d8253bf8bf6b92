"""RNA against a cohort drawn from a stated distribution: outliers, and what is not compared."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from onkos.biomarkers.expression import expression_outliers
from onkos.errors import KnowledgeError
from onkos.model import (
    Case,
    Consent,
    Consequence,
    Finding,
    NotAssessed,
    Origin,
    Profile,
    SmallVariant,
    logged,
)
from onkos.sources.knowledge.added import with_expression
from onkos.sources.patient.expression import read_expression
from onkos.stats.outlier import place

TUMOURS = 80
SILENT = "MLH1"  # 0 TPM in every tumour of the cohort


@pytest.fixture(scope="module")
def matrix(knowledge):
    """Genes by tumours: each gene log-normal about its own median, the rest in one other gene."""
    draw = np.random.default_rng(20261121)
    genes = sorted(knowledge.vocabulary.gene_by_symbol)[:300]
    genes += [g for g in ("EGFR", "ERBB2", "MET", "KRAS", SILENT) if g not in genes]
    medians = np.exp2(draw.uniform(2, 6, len(genes)))
    amounts = medians[:, None] * np.exp(draw.normal(0, 0.5, (len(genes), TUMOURS)))
    amounts[genes.index(SILENT)] = 0
    rest = 1e6 - amounts.sum(axis=0)
    assert (rest > 0).all()
    return [*genes, "OTHER"], np.vstack([amounts, rest])


def written(path, matrix, change=lambda x: x):
    genes, amounts = matrix
    lines = ["gene\tgene_id\t" + "\t".join(f"T{n}" for n in range(amounts.shape[1]))]
    for gene, row in zip(genes, change(amounts), strict=True):
        lines.append(f"{gene}\tENSG\t" + "\t".join(f"{value:.6f}" for value in row))
    text = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def tumour(matrix, scale=1.0, **special):
    genes, amounts = matrix
    values = {g: scale * float(np.median(row)) for g, row in zip(genes, amounts, strict=True)}
    del values["OTHER"]
    return Profile(analyte="RNA", unit="TPM", values={**values, **special})


def changed(gene, origin=Origin.SOMATIC):
    return SmallVariant(gene=gene, consequence=Consequence.MISSENSE, origin=origin)


def found_in(knowledge, profile, *genes, **said):
    case = Case(
        id="c", disease="LUAD", profiles=(profile,) if profile else (),
        alterations=tuple(changed(gene) for gene in genes), **said,
    )  # fmt: skip
    return list(expression_outliers(case, (), knowledge))


def named(found, name):
    return next(one for one in found if one.name == name)


@pytest.fixture(scope="module")
def with_cohort(knowledge, matrix, tmp_path_factory):
    return with_expression(knowledge, written(tmp_path_factory.mktemp("m") / "ours.tsv.gz", matrix))


def test_a_gene_far_above_the_cohort_is_an_outlier(with_cohort, matrix):
    found = found_in(with_cohort, tumour(matrix, EGFR=5_000.0), "KRAS")
    egfr, kras = named(found, "EGFR expression"), named(found, "KRAS expression")
    assert "high outlier: above 100% of 80 tumours (95 % 95% to 100%)" in egfr.value
    assert "ours; outliers below" in egfr.method
    assert "outlier" not in kras.value  # told, for it is changed
    assert "above 50% of 80 tumours" in kras.value
    assert not any(one.settles for one in found if isinstance(one, Finding))
    assert "1 outlier among" in named(found, "expression against ours").value


def test_a_low_outlier_is_said_too_and_a_gene_that_never_varies_is_none(with_cohort, matrix):
    found = found_in(with_cohort, tumour(matrix, MET=0.0, **{SILENT: 3.0}), SILENT)
    assert "low outlier: above 0% of 80" in named(found, "MET expression").value
    silent = named(found, f"{SILENT} expression")
    assert "outlier" not in silent.value
    assert "does not vary" in silent.note


def test_a_gene_that_is_hardly_expressed_is_no_high_outlier(knowledge, matrix, tmp_path):
    genes, amounts = matrix
    quiet = amounts.copy()
    row = genes.index("EGFR")
    quiet[-1] += quiet[row] * (1 - 1e-4)
    quiet[row] *= 1e-4
    wider = with_expression(knowledge, written(tmp_path / "q.tsv", (genes, quiet)))
    for tpm, called in ((0.9, False), (1.1, True)):
        found = found_in(wider, tumour(matrix, EGFR=tpm), "EGFR")
        assert ("high outlier" in named(found, "EGFR expression").value) is called


def test_log2_of_tpm_is_the_same_cohort(knowledge, with_cohort, matrix, tmp_path):
    path = written(tmp_path / "logs.tsv", matrix, lambda x: np.log2(x + 1))
    (one,), (other,) = (
        with_expression(knowledge, path).expression_cohorts, with_cohort.expression_cohorts
    )  # fmt: skip
    assert one.values.keys() == other.values.keys()
    for gene in one.values:
        apart = np.frombuffer(one.values[gene], "<f4") - np.frombuffer(other.values[gene], "<f4")
        assert np.abs(apart).max() < 1e-4
    assert one.n == TUMOURS


@pytest.mark.parametrize(
    "change", [lambda x: x * 3, lambda x: np.log10(x + 1), lambda x: x[::-1] / 2]
)
def test_amounts_that_are_no_tpm_are_refused(knowledge, matrix, tmp_path, change):
    with pytest.raises(KnowledgeError, match="not to a million"):
        with_expression(knowledge, written(tmp_path / "x.tsv", matrix, change))


def test_identifiers_without_symbols_are_refused(knowledge, matrix, tmp_path):
    genes, amounts = matrix
    named_so = [f"ENSG{n:011d}.1" for n in range(len(genes))], amounts
    with pytest.raises(KnowledgeError, match="give symbols"):
        with_expression(knowledge, written(tmp_path / "x.tsv", named_so))


def test_rows_that_are_not_understood_are_kept_as_such(knowledge, matrix, tmp_path):
    path = written(tmp_path / "x.tsv", matrix)
    path.write_text(path.read_text() + "\nTP53\tENSG" + "\t-1" * TUMOURS + "\nATM\tENSG\t1")
    wider = with_expression(knowledge, path)
    assert len(wider.unread) - len(knowledge.unread) == 2


def test_what_does_not_compare_is_not_assessed(knowledge, with_cohort, matrix, tmp_path):
    (shifted,) = found_in(with_cohort, tumour(matrix, scale=8.0))
    assert isinstance(shifted, NotAssessed)
    assert "-fold above the cohort: another unit" in shifted.reason
    (without,) = found_in(with_cohort, None)
    assert "no amounts of RNA" in without.reason
    few = tumour(matrix)
    few = Profile(analyte="RNA", unit="TPM", values=dict(list(few.values.items())[:20]))
    (one,) = found_in(with_cohort, few)
    assert "20 genes in common, and 50 are asked for" in one.reason
    genes, amounts = matrix
    small = with_expression(knowledge, written(tmp_path / "s.tsv", (genes, amounts[:, :10])))
    (one,) = found_in(small, tumour(matrix))
    assert "the cohort has 10 tumours" in one.reason
    lacking = tumour(matrix)
    rest = {gene: tpm for gene, tpm in lacking.values.items() if gene != "EGFR"}
    found = found_in(with_cohort, Profile(analyte="RNA", unit="TPM", values=rest), "EGFR")
    assert isinstance(named(found, "EGFR expression"), NotAssessed)
    assert found_in(knowledge, tumour(matrix), "EGFR") == []


def test_a_withheld_gene_is_not_named(with_cohort, matrix):
    gene = "EGFR"
    case = Case(
        id="c", disease="LUAD", profiles=(tumour(matrix),), germline=Consent.WITHHOLD,
        alterations=(changed(gene, Origin.GERMLINE),),
    )  # fmt: skip
    found = list(expression_outliers(case, (), with_cohort))
    assert not any(gene in one.name for one in found)


def test_a_real_tumour_against_itself_and_its_like(knowledge, shared_data, tmp_path):
    path = shared_data / "patients" / "pcgr_coad" / "T001-COAD.gene_expression.tsv.gz"
    (profile,) = read_expression(path, knowledge.vocabulary)[""].profiles
    draw = np.random.default_rng(1)
    genes = list(profile.values)
    centre = np.array([profile.values[g] for g in genes])[:, None]
    amounts = centre * np.exp(draw.normal(0, 0.4, (len(genes), 60)))
    matrix = [*genes, "OTHER"], np.vstack([amounts, 1e6 - amounts.sum(axis=0)])
    wider = with_expression(knowledge, written(tmp_path / "like.tsv", matrix))
    summary = found_in(wider, profile)[-1]
    assert summary.value.startswith("0 outliers among")


@given(
    st.lists(st.floats(0, 20, allow_subnormal=False), min_size=1, max_size=60).map(sorted),
    st.floats(0, 25),
)
def test_the_share_and_its_interval(values, value):
    others = np.array(values)
    found = place(value, others, 1.5)
    low, high = found.interval
    assert 0 <= low <= found.share <= high <= 1
    below, equal = int((others < value).sum()), int((others == value).sum())
    assert found.share == pytest.approx((below + equal / 2) / len(others))
    if not equal:
        exact = binomtest(below, len(others)).proportion_ci(method="exact")
        assert found.interval == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_worked_numbers():
    found = place(logged(127), np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 1.5)
    assert (found.low, found.high) == (-1.0, 7.0)
    assert found.z == pytest.approx(4 / 1.4826)
    assert found.share == 1
    assert place(3.0, np.full(9, 3.0), 1.5).z is None
