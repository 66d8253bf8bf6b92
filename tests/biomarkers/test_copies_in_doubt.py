"""What copies of segments do not settle: reference of X, bins, length, arm, share of the cells."""

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos import pipeline
from onkos.biomarkers.copied import copies_of_genes, with_gene_copies
from onkos.criteria import evaluate, parse
from onkos.model import Answer, Assay, Case, CopyCall, CopyNumber, Sample, Segment
from onkos.model.reference import NO_REFERENCE
from onkos.sources.patient.segments import read_segments
from tests.biomarkers.segmented import MB, genome, segment, tumour

WES = Assay(id="w", name="exome", copy_number=("all",), small_variants=("all",))
SEVENTEEN, NINE, THIRTEEN, X = 83_257_441, 138_394_717, 114_364_328, 156_040_895


def within(chromosome, start, end, length, other=None, **changed):
    """A chromosome with a stretch of its own; `other` is what the rest has."""
    other = other or {"total": 2.0, "minor": 1.0}
    spans = ((1, start - 1, other), (start, end, changed), (end + 1, length, other))
    return tuple(
        Segment(chromosome=chromosome, start=a, end=b, assembly="GRCh38", **what)
        for a, b, what in spans
        if a <= b
    )


def of(knowledge, *segments, sex="female", **sample):
    """A case of the given segments in a genome of two copies, or of a ratio of one."""
    sample = {"id": "T", "purity": 0.6, "assay": WES} | sample
    rest = genome(knowledge, except_for=segments)[len(segments) :]
    if any(s.log2 is not None for s in segments):
        rest = [ratio(s.chromosome, 1, s.end, 0.0) for s in rest]
    return Case(id="t", disease="IDC", sex=sex, samples=(Sample(**sample),),
                segments=(*segments, *rest))  # fmt: skip


def ratio(chromosome, start, end, log2, probes=1000):
    return Segment(chromosome=chromosome, start=start, end=end, log2=log2, probes=probes,
                   assembly="GRCh38")  # fmt: skip


def worked(knowledge, case):
    return with_gene_copies(case, knowledge, NO_REFERENCE)


def calls(knowledge, case):
    found = worked(knowledge, case)
    seen = (*found.alterations, *found.copied)
    return {c.gene: c.call for c in seen if isinstance(c, CopyNumber)}


def answer(knowledge, text, case):
    words = knowledge.vocabulary
    return evaluate(parse(text, words), worked(knowledge, case), words)


def log2_of(copies, purity, normal=2.0, reference=2.0):
    """As a caller sees it in a genome of two copies."""
    return math.log2((purity * copies + normal * (1 - purity)) / reference)


# X in men


@pytest.mark.parametrize("purity", [0.3, 0.5, 0.9])
@pytest.mark.parametrize(("reference", "level"), [(1, 0.0), (2, -1.0)])
def test_x_of_a_man_is_read_by_its_own_level(knowledge, purity, reference, level):
    case = of(knowledge, ratio("X", 1, X, level), sex="male", purity=purity, ploidy=2.0)
    assert calls(knowledge, case)["AR"] is CopyCall.NEUTRAL
    high = log2_of(20, purity, 1, reference)
    ends = (67_000_000, 68_000_000)
    parts = (ratio("X", 1, ends[0] - 1, level), ratio("X", *ends, high),
             ratio("X", ends[1] + 1, X, level))  # fmt: skip
    found = worked(knowledge, of(knowledge, *parts, sex="male", purity=purity, ploidy=2.0))
    [gained] = [a for a in found.alterations if a.gene == "AR"]
    assert gained.label == "AR amplification"
    assert gained.copies == pytest.approx(20, abs=0.01)


def test_x_of_a_woman_may_be_told_against_a_man(knowledge):
    case = of(knowledge, ratio("X", 1, X, 1.0), purity=0.5, ploidy=2.0)
    assert calls(knowledge, case)["AR"] is CopyCall.NEUTRAL


def test_x_that_fits_neither_reference_is_left_open(knowledge):
    case = of(knowledge, ratio("X", 1, X, -0.5), sex="male", ploidy=2.0)
    assert "AR" not in calls(knowledge, case)
    assert answer(knowledge, "AR amplification", case).answer is Answer.UNKNOWN
    assert any("the level of X does not tell" in n for n in worked(knowledge, case).notices)


def test_a_whole_x_of_three_copies_amplifies_nothing(knowledge):
    case = of(knowledge, segment("X", 1, X, 3, 0), sex="male")
    assert CopyCall.AMPLIFICATION not in calls(knowledge, case).values()
    assert any("chromosome X" in n and "polysomy" in n for n in worked(knowledge, case).notices)


# the cn of CNVkit

CNS = "chromosome\tstart\tend\tgene\tlog2\tdepth\tprobes\tweight"


def cnvkit(knowledge, folder, called, **sample):
    """The same segments as ``.cns`` and, with a rounded ``cn``, as ``.call.cns``."""
    rows = [f"{CNS}\tcn" if called else CNS]
    parts = of(
        knowledge,
        *(ratio("17", *span) for span in ((1, 39 * MB, 0.0), (39 * MB + 1, 40 * MB, 1.2),
                                          (40 * MB + 1, SEVENTEEN, 0.0))),
        *(ratio("9", *span) for span in ((1, 21 * MB, 0.0), (21 * MB + 1, 23 * MB, -0.5),
                                         (23 * MB + 1, NINE, 0.0))),
    ).segments  # fmt: skip
    for s in parts:
        cn = round(2 * 2**s.log2) if s.log2 > 0.7 else 1 if s.log2 < -0.25 else 2
        more = f"\t{cn}" if called else ""
        genes = {1.2: "ERBB2", -0.5: "CDKN2A,MTAP"}.get(s.log2, "-")
        rows.append(
            f"chr{s.chromosome}\t{s.start - 1}\t{s.end}\t{genes}\t{s.log2}\t100\t1000\t900{more}"
        )
    path = folder / ("k.call.cns" if called else "k.cns")
    path.write_text("\n".join(rows) + "\n")
    [observed] = read_segments(path, knowledge.vocabulary, assembly="GRCh38").values()
    return Case(id="k", disease="COAD", samples=(Sample(id="", assay=WES, **sample),),
                alterations=tuple(observed.alterations),
                segments=tuple(observed.segments))  # fmt: skip


def test_both_forms_of_cnvkit_give_the_same_calls(knowledge, tmp_path):
    told = {"purity": 0.3, "ploidy": 2.0}
    one, other = (calls(knowledge, cnvkit(knowledge, tmp_path, c, **told)) for c in (True, False))
    assert one == other
    assert one["ERBB2"] is CopyCall.AMPLIFICATION
    assert one["CDKN2A"] is one["MTAP"] is CopyCall.DELETION


def test_without_a_ploidy_cn_of_cnvkit_rules_nothing_out(knowledge, tmp_path):
    case = cnvkit(knowledge, tmp_path, True, purity=0.3)
    for gene in ("ERBB2 amplification", "MET amplification", "CDKN2A deletion"):
        assert answer(knowledge, gene, case).answer is Answer.UNKNOWN


def test_ratios_already_corrected_are_noticed(knowledge):
    """One copy of chromosome 10 after ``cnvkit call --purity 0.3``: under what 30 % can give."""
    case = of(knowledge, ratio("10", 1, 133_797_422, -1.0), purity=0.3, ploidy=2.0)
    assert not calls(knowledge, case)
    [told] = copies_of_genes(case, (), knowledge)
    assert "cnvkit call --purity" in told.reason


# bins


def test_one_bin_is_no_deletion_and_two_are_no_amplification(knowledge):
    def parts(bins):
        return (
            *within("13", 32_310_000, 32_410_000, THIRTEEN, {"log2": 0.0, "probes": 1000},
                    log2=-0.33, probes=bins),
            *within("17", 39_000_001, 40_500_000, SEVENTEEN, {"log2": 0.0, "probes": 1000},
                    log2=0.75, probes=bins),
        )  # fmt: skip

    few = of(knowledge, *parts(2), purity=0.22, ploidy=2.0)
    assert not worked(knowledge, few).alterations
    for text in ("BRCA2 deletion", "BRCA2 loss of function", "ERBB2 amplification"):
        assert answer(knowledge, text, few).answer is Answer.UNKNOWN
    assert any("BRCA2" in n and "too few bins" in n for n in worked(knowledge, few).notices)
    many = worked(knowledge, of(knowledge, *parts(400), purity=0.22, ploidy=2.0)).alterations
    assert {"BRCA2 deletion", "ERBB2 amplification"} <= {a.label for a in many}
    assert "0.14 copies (95 % 0 to 0." in next(a.basis for a in many if a.gene == "BRCA2")


@pytest.mark.parametrize(("bins", "settled"), [(3, False), (5, False), (10, True), (900, True)])
def test_few_bins_at_low_content_hold_one_copy_too(knowledge, bins, settled):
    low = log2_of(0, 0.3)
    lost = within("13", 32_310_000, 32_410_000, THIRTEEN, {"log2": 0.0, "probes": 1000},
                  log2=low, probes=bins)  # fmt: skip
    found = calls(knowledge, of(knowledge, *lost, purity=0.3, ploidy=2.0))
    assert (found.get("BRCA2") is CopyCall.DELETION) is settled
    assert settled or "BRCA2" not in found


def test_the_error_that_the_caller_tells_counts_for_more_than_the_bins(knowledge):
    low = log2_of(0, 0.3)
    for error, call in ((0.01, CopyCall.DELETION), (0.3, None)):
        lost = within("13", 32_310_000, 32_410_000, THIRTEEN, {"log2": 0.0, "probes": 1000},
                      log2=low, probes=50, error=error)  # fmt: skip
        found = calls(knowledge, of(knowledge, *lost, purity=0.3, ploidy=2.0))
        assert found.get("BRCA2") is call


# length


@pytest.mark.parametrize(("megabases", "call"), [(10, CopyCall.DELETION), (10.001, None)])
def test_no_cell_lives_without_ten_million_bases(knowledge, megabases, call):
    start = 32 * MB
    end = start + int(megabases * MB) - 1
    case = of(knowledge, *within("13", start, end, THIRTEEN, total=0.1, minor=0.0))
    assert calls(knowledge, case).get("BRCA2") is call
    named = [n for n in copies_of_genes(case, (), knowledge) if "no cell survives" in n.reason]
    assert len(named) == (call is None)
    if call is None:
        assert answer(knowledge, "BRCA2 deletion", case).answer is Answer.UNKNOWN


def test_neighbours_without_copies_are_one_stretch(knowledge):
    spans = ((1, 30 * MB, 2), (30 * MB + 1, 38 * MB, 0), (38 * MB + 1, 46 * MB, 0.3),
             (46 * MB + 1, THIRTEEN, 2))  # fmt: skip
    thirteen = [
        Segment(chromosome="13", start=a, end=b, total=t, minor=0, assembly="GRCh38")
        for a, b, t in spans
    ]
    found = calls(knowledge, of(knowledge, *thirteen))
    assert "BRCA2" not in found
    assert found["FLT3"] is CopyCall.NEUTRAL  # beside it


def test_a_lost_y_is_neither_a_deletion_nor_a_misfit(knowledge):
    case = of(knowledge, segment("X", 1, X, 1, 0), segment("Y", 1, 57 * MB, 0, 0), sex="male")
    assert CopyCall.DELETION not in calls(knowledge, case).values()
    assert not list(copies_of_genes(case, (), knowledge))


# share of the cancer cells


@pytest.mark.parametrize(
    ("cells", "settled"), [(0.2, CopyCall.LOSS), (0.29, CopyCall.LOSS), (0.3, CopyCall.DELETION)]
)
def test_a_share_of_all_cells_counts_among_the_cancer_cells(knowledge, cells, settled):
    lost = within("9", 21 * MB, 23 * MB, NINE, total=0.0, minor=0.0, cells=cells)
    case = of(knowledge, *lost, purity=0.6)
    found = calls(knowledge, case)
    assert found["CDKN2A"] is found["MTAP"] is settled
    told = [f.value for f in pipeline.run(case, knowledge).findings if hasattr(f, "value")]
    assert any("CDKN2A: both copies hit" in v for v in told) is (settled is CopyCall.DELETION)


def test_a_share_that_facets_could_not_tell_leaves_the_gene_open(knowledge):
    lost = within("9", 21 * MB, 23 * MB, NINE, total=0.0, minor=None, unsettled=True)
    case = of(knowledge, *lost)
    assert "CDKN2A" not in calls(knowledge, case)
    assert answer(knowledge, "CDKN2A deletion", case).answer is Answer.UNKNOWN


# the arm


@pytest.mark.parametrize("copies", [5, 6, 9])
def test_a_whole_chromosome_is_gained_not_amplified(knowledge, copies):
    case = of(knowledge, segment("17", 1, SEVENTEEN, copies - 1, 1), ploidy=2.0)
    assert calls(knowledge, case)["ERBB2"] is CopyCall.GAIN
    verdict = answer(knowledge, "ERBB2 amplification", case)
    assert verdict.answer is Answer.UNMET
    assert f"ERBB2 gain, {copies} copies" in " ".join(verdict.reasons)
    assert answer(knowledge, f"ERBB2 copies >= {copies}", case).answer is Answer.MET
    found = worked(knowledge, case)
    assert any(f"chromosome 17, or all of it, has {copies} copies: polysomy" in n
               for n in found.notices)  # fmt: skip
    assert not found.alterations


def test_a_gene_of_twice_its_raised_arm_is_amplified(knowledge):
    arm = {"total": 5.0, "minor": 1.0}
    for copies, call in ((9, CopyCall.GAIN), (10, CopyCall.AMPLIFICATION)):
        focal = within("17", 39_600_001, 39_800_000, SEVENTEEN, arm, total=copies, minor=1.0)
        assert calls(knowledge, of(knowledge, *focal, ploidy=2.0))["ERBB2"] is call


@pytest.mark.parametrize(("more", "call"), [(0, CopyCall.AMPLIFICATION), (1, CopyCall.GAIN)])
def test_half_of_the_arm_is_the_border(knowledge, more, call):
    [seventeen] = [c for c in knowledge.vocabulary.chromosomes
                   if c.assembly == "GRCh38" and c.name == "17"]  # fmt: skip
    middle = sum(seventeen.centromere) // 2
    arm = seventeen.length - middle
    long = -(-arm // 2) - 1 + more
    spans = within("17", 39 * MB, 39 * MB + long - 1, SEVENTEEN, total=5.0, minor=1.0)
    assert calls(knowledge, of(knowledge, *spans, ploidy=2.0))["ERBB2"] is call


def test_copies_just_short_of_an_amplification_are_shown(knowledge):
    doubled = {"total": 4.0, "minor": 2.0}
    seventeen = within("17", 39_000_001, 40_500_000, SEVENTEEN, doubled, total=8.5, minor=2.0)
    rest = genome(knowledge, 2, 2, except_for=seventeen)
    case = Case(id="t", disease="IDC", segments=rest,
                samples=(Sample(id="T", purity=0.6, ploidy=4.0, assay=WES),))  # fmt: skip
    found = worked(knowledge, case)
    assert "ERBB2 gain" in {a.label for a in found.alterations}
    assert any("ERBB2 8.5" in notice for notice in found.notices)
    verdict = answer(knowledge, "ERBB2 amplification", case)
    assert (verdict.answer, "8.5 copies" in " ".join(verdict.reasons)) == (Answer.UNMET, True)
    assert answer(knowledge, "ERBB2 copies >= 8", case).answer is Answer.MET


# numbers

NUMBERS = st.floats(allow_nan=False, min_value=0)
ANY = st.one_of(st.none(), st.floats())
FRACTIONS = st.one_of(st.none(), st.floats(0, 1))


@settings(max_examples=60, deadline=None)
@given(
    total=st.one_of(st.none(), NUMBERS), log2=ANY, error=ANY, share=FRACTIONS, cells=FRACTIONS,
    probes=st.one_of(st.none(), st.integers(0, 10**12)), rounded=st.booleans(),
    purity=FRACTIONS, ploidy=st.one_of(st.none(), st.floats(min_value=0, exclude_min=True)),
    chromosome=st.sampled_from(["17", "X", "Y"]), sex=st.sampled_from(["male", "female", None]),
)  # fmt: skip
def test_no_number_breaks_the_copies(knowledge, chromosome, sex, purity, ploidy, **numbers):
    spans = within(chromosome, 39 * MB, 40 * MB, SEVENTEEN, **numbers)
    case = tumour(spans, purity=purity, ploidy=ploidy, sex=sex)
    found = with_gene_copies(case, knowledge, NO_REFERENCE)
    assert all(math.isfinite(c.copies) for c in (*found.alterations, *found.copied))
    list(copies_of_genes(case, (), knowledge))
    assert msgspec.json.encode(found)
