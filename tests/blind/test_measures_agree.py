"""Oncogenicity points, scars, cell fractions and burden: two codings that must agree.

Where they do not, the text decides; what it says stands beside the case.
"""

import csv
from itertools import accumulate

import burden_again
import ccf_again
import pytest
import scars_again
import sop_again
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onkos import biomarkers
from onkos.annotate.sop import Key, Labels, Reading, key_of, score
from onkos.biomarkers import hrd
from onkos.biomarkers.tmb import burden
from onkos.errors import InputError
from onkos.model import (
    Case,
    Consequence,
    Finding,
    Origin,
    Sample,
    Segment,
    SmallVariant,
)
from onkos.sources.patient.segments import read_segments
from onkos.stats.clonal import ClonalFrom, cell_fractions, clonality
from onkos.stats.scars import (
    Centromere,
    Piece,
    large_scale_transitions,
    loh_regions,
    telomeric_imbalances,
)

MB = 1_000_000

# Points and classes of oncogenicity, section 1.1.

LABELS = [
    "OVS1", "OS1", "OS2", "OS3", "OM1", "OM2", "OM3", "OM4", "OP1", "OP2", "OP3", "OP4", "SBVS1",
    "SBS1", "SBS2", "SBP1", "SBP2",
]  # fmt: skip
CLASSES = {
    "Oncogenic": "oncogenic", "Likely Oncogenic": "likely oncogenic",
    "VUS": "uncertain significance", "Likely Benign": "likely benign", "Benign": "benign",
}  # fmt: skip
# Three counts of one residue: by their own words no two of them hold at once.
HOTSPOTS = {"OS3", sop_again.HOTSPOT_MODERATE, "OP3"}


@settings(max_examples=200, deadline=None)
@given(st.sets(st.sampled_from(LABELS)), st.sampled_from(list(Labels)))
def test_points_and_class(labels, whose):
    met = sop_again.keys(",".join(labels), str(whose))
    assume(len(met & HOTSPOTS) < 2)
    assume(not {"OP1", "SBP1"} <= met)  # "OP1 and SBP1 never both fire"
    keys = [key_of(one, whose) for one in labels]
    for strict, reading in ((True, Reading.STRICT), (False, Reading.AS_LISTED)):
        ours, points = score(keys, reading), sop_again.total(met, strict)
        assert (ours.points, str(ours.standing)) == (points, CLASSES[sop_again.class_of(points)])


@pytest.mark.parametrize(("labels", "points", "word"), [
    ("OVS1,OP4,OP1", 10, "Oncogenic"), ("OVS1,OP4", 9, "Likely Oncogenic"),
    ("OS2,OS3,OM1,OP1,OP4", 10, "Oncogenic"), ("OM4,OS2,OP4", 7, "Likely Oncogenic"),
    ("OM3,OP1,OP4,OP3", 4, "VUS"), ("SBVS1,SBS1", -8, "Benign"),
    ("SBS1,SBP1", -5, "Likely Benign"), ("OS2,SBS1,OP1", 1, "VUS"), ("", 0, "VUS"),
])  # fmt: skip
def test_worked_sums(labels, points, word):
    ours = score([key_of(one) for one in labels.split(",") if one])
    assert sop_again.total(sop_again.keys(labels)) == ours.points == points
    assert sop_again.class_of(points) == word
    assert str(ours.standing) == CLASSES[word]


def test_ninety_three_variants_of_oncovi(shared_data):
    path = shared_data.parent / "spec" / "golden" / "oncovi_sop93.csv"
    if not path.is_file():
        pytest.skip(f"no {path.name} beside the test data")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 93
    for row in rows:
        met, listed = sop_again.keys(row["criteria"]), sop_again.total
        assert listed(met, strict=False) == int(row["points"])
        assert sop_again.class_of(int(row["points"])) == row["classification"]
        ours = score([key_of(one) for one in row["criteria"].split(",") if one])
        points = sop_again.total(met)
        assert (ours.points, str(ours.standing)) == (points, CLASSES[sop_again.class_of(points)])


def test_every_criterion_has_a_second_coding():
    assert len(Key) == len(sop_again.POINTS)


# Scars, section 2.3.

LEAST = ClonalFrom(ccf=0.8, maybe=0.7, upper=0.9, share=0.6)
STATES = [(1, 1), (2, 1), (1, 0), (2, 0), (2, 2), (3, 1), (0, 0), (3, 2)]
CENTROMERE = (50 * MB, 54 * MB)
# Off whole megabases: whether a length counts its last base is not in the text.
lengths = st.sampled_from([0.4, 0.9, 1.3, 2.1, 2.8, 3.2, 4, 6.5, 9.6, 10.4, 14.5, 15.7, 22, 41])


@st.composite
def chromosomes(draw, gaps=True):
    """Rows of one chromosome, in order."""
    drawn = draw(st.lists(st.tuples(lengths, st.sampled_from(STATES)), min_size=1, max_size=14))
    steps = [round(length * MB) + 12_345 for length, _ in drawn]
    rows, ends = [], list(accumulate(steps))
    for start, end, (_, (a, b)) in zip([0, *ends], ends, drawn, strict=False):
        space = draw(st.sampled_from([0, 0, 100_007])) if gaps else 0
        rows.append(("1", start + 1 + space, end, a, b))
    return rows


def pieces_of(rows):
    return [Piece(start, end, max(a, b), min(a, b)) for _, start, end, a, b in rows]


def one_commonest(rows):
    """Whether one total is the commonest: of two the text says nothing."""
    (whole,) = scars_again.prepared(rows).values()
    kept = scars_again.merged([p for p in whole if p.bases >= MB])
    most = sorted(scars_again.totals(kept).values())
    return len(most) < 2 or most[-1] - most[-2] > 100


@settings(max_examples=150, deadline=None)
@given(chromosomes())
def test_loh_and_tai(rows):
    assert len(loh_regions(pieces_of(rows))) == scars_again.loh(rows)
    assume(one_commonest(rows))
    again = scars_again.tai(rows, {"1": CENTROMERE})
    assert telomeric_imbalances(pieces_of(rows), Centromere(*CENTROMERE)) == again


def lst_of_both(rows):
    ours = large_scale_transitions(pieces_of(rows), Centromere(*CENTROMERE))
    return ours, scars_again.lst(rows, {"1": CENTROMERE})


def reaches_centromere(rows):
    """Whether the segments of both arms run up to the centromere, so that clipping shortens."""
    start, end = CENTROMERE
    left = [row for row in rows if row[1] <= start]
    right = [row for row in rows if row[2] >= end]
    return (not left or left[-1][2] >= start) and (not right or right[0][1] <= end)


@settings(max_examples=150, deadline=None)
@given(chromosomes())
def test_lst(rows):
    assume(reaches_centromere(rows))
    ours, again = lst_of_both(rows)
    assert ours == again


def test_a_segment_is_not_drawn_out_to_the_centromere():
    rows = [("1", 1, 36 * MB, 1, 1), ("1", 36 * MB + 1, 44 * MB, 2, 1),
            ("1", 60 * MB, 150 * MB, 1, 1)]  # fmt: skip
    ours, again = lst_of_both(rows)
    assert again == 0
    assert ours == again


def scarhrd_rows(shared_data):
    path = shared_data / "patients" / "hrd_scarhrd" / "test2.txt"
    with path.open(encoding="utf-8") as file:
        return [
            (row["Chromosome"].removeprefix("chr"), int(row["Start_position"]),
             int(row["End_position"]), int(row["A_cn"]), int(row["B_cn"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


def test_scarhrd_example_chromosome_by_chromosome(shared_data, knowledge):
    rows = scarhrd_rows(shared_data)
    table = knowledge.vocabulary.chromosome
    found = []
    for name in map(str, range(1, 23)):
        own = [row for row in rows if row[0] == name]
        place = table["GRCh38", name].centromere
        mine = (
            scars_again.loh(own), scars_again.tai(own, {name: place}),
            scars_again.lst(own, {name: place}),
        )  # fmt: skip
        pieces, centromere = pieces_of(own), Centromere(*place)
        ours = (
            len(loh_regions(pieces)), telomeric_imbalances(pieces, centromere),
            large_scale_transitions(pieces, centromere),
        )  # fmt: skip
        assert ours == mine, name
        found.append(mine)
    assert [sum(column) for column in zip(*found, strict=True)] == [25, 35, 33]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 22), st.sampled_from([0.1, 0.25, 0.29, 0.3, 0.31, 0.7, 1.0]),
       st.sampled_from([1.4, 1.5, 2.0, 3.7]))  # fmt: skip
def test_call_of_scars(shared_data, knowledge, evened, purity, ploidy):
    """The example with its first chromosomes made even, so that every score is met on the way."""
    names = {str(n) for n in range(1, evened + 1)}
    rows = [
        (c, start, end, *((1, 1) if c in names else (a, b)))
        for c, start, end, a, b in scarhrd_rows(shared_data)
    ]
    places = {
        c.name: c.centromere for c in knowledge.vocabulary.chromosomes if c.assembly == "GRCh38"
    }
    total = scars_again.loh(rows) + scars_again.tai(rows, places) + scars_again.lst(rows, places)
    again = scars_again.call(total, purity, ploidy)
    segments = tuple(
        Segment(chromosome=c, start=start, end=end, total=a + b, minor=min(a, b), assembly="GRCh38")
        for c, start, end, a, b in rows if start <= end
    )  # fmt: skip
    samples = (Sample(id="T", purity=purity, ploidy=ploidy),)
    case = Case(id="t", disease="HGSOC", samples=samples, segments=segments)
    ours = next(f for f in hrd(case, (), knowledge) if f.name == "HRD")
    assert isinstance(ours, Finding) is (again != "not evaluable")
    if isinstance(ours, Finding):
        assert ours.number == total
        assert ("positive" in ours.value) is again.startswith("positive")
        assert ("borderline" in ours.value) is again.endswith("borderline")


# Cancer cell fraction, section 3.1.

TABLE = [
    (50, 100, 1.0, 2, 1, 1.000, (0.882, 1), (0.780, 0.997), 0.392),
    (30, 100, 0.6, 2, 1, 1.000, (0.826, 1), (0.691, 0.996), 0.275),
    (15, 100, 0.6, 2, 1, 0.500, (0.370, 0.651), (0.311, 0.776), 0.001),
    (60, 100, 0.8, 3, 2, 1.000, (0.935, 1), (0.836, 0.999), 0.563),
    (20, 100, 0.8, 3, 1, 0.700, (0.545, 0.875), (0.466, 0.956), 0.029),
    (40, 100, 0.5, 4, 2, 1.000, (0.940, 1), (0.806, 0.999), 0.531),
    (12, 200, 0.7, 2, 1, 0.171, (0.120, 0.234), (0.100, 0.291), 0.000),
    (45, 60, 0.9, 1, 1, 0.917, (0.831, 0.993), (0.764, 0.992), 0.216),
]


def compared(alt, depth, purity, total, normal=2):
    """Assert that both codings give one answer; return it."""
    found = cell_fractions([alt], [depth], purity, [total], normal=[normal])
    again = ccf_again.clonal(alt, depth, purity, total, normal)
    assert found.multiplicity[0] == again.multiplicity
    assert found.mutant_copies[0] == pytest.approx(again.copies)
    step = pytest.approx
    assert found.ccf[0] == step(again.ccf, abs=1e-9)
    assert (found.half_low[0], found.half_high[0]) == step(again.half_max, abs=1e-9)
    # A quantile on the edge of a step may fall to either side of it.
    assert (found.low[0], found.high[0]) == step(again.credible, abs=0.0011)
    assert found.surely_clonal[0] == step(again.p95, abs=1e-6)
    for share in (0.59, 0.6, 1.0):
        word = ccf_again.facets(again.ccf, again.half_max[1], share, 1.0)
        assert clonality(again.ccf, again.half_max[1], LEAST, share) == word
    return again


@pytest.mark.parametrize("row", TABLE)
def test_worked_cell_fractions(row):
    alt, depth, purity, total, m, ccf, half, credible, p95 = row
    again = compared(alt, depth, purity, total)
    assert (again.multiplicity, again.ccf, again.half_max) == (m, ccf, half)
    assert again.credible == credible
    assert again.p95 == pytest.approx(p95, abs=5e-4)


@pytest.mark.parametrize(
    ("alt", "depth", "purity", "total"),
    [(60, 100, 0.8, 2), (30, 40, 1.0, 2), (225, 400, 0.5, 6), (25, 40, 1.0, 4)],
)
def test_a_tie_goes_to_the_likelier_multiplicity(alt, depth, purity, total):
    copies = ccf_again.copies_of(alt, depth, purity, total)
    assert copies.denominator == 2
    assert compared(alt, depth, purity, total).multiplicity > copies


reads = st.tuples(st.integers(10, 600), st.integers(0, 1000)).map(
    lambda drawn: (max(1, drawn[0] * drawn[1] // 1000), drawn[0])
)
purities = st.integers(10, 100).map(lambda n: n / 100)


@settings(max_examples=80, deadline=None)
@given(reads, purities, st.integers(0, 8), st.sampled_from([2, 2, 2, 1]))
def test_cell_fractions(counts, purity, total, normal):
    alt, depth = counts
    m = ccf_again.multiplicity(alt, depth, purity, max(total, 1), normal)
    # More copies changed than there are: "2:2 after WGD allows m in {1,2}", no more than there are.
    assume(m <= max(total, 1))
    assume(not near_tie(alt, depth, purity, max(total, 1), normal))
    compared(alt, depth, purity, total, normal)


@settings(max_examples=60, deadline=None)
@given(reads, purities, st.integers(0, 5), st.integers(1, 5), st.sampled_from([2, 2, 1]))
def test_intervals_whatever_the_copies(counts, purity, minor, major, normal):
    (alt, depth), total = counts, major + minor
    # More reads than all copies give: no genotype explains them.
    assume(alt / depth <= 0.95 * ccf_again.share(1.0, major, purity, total, normal))
    found = cell_fractions([alt], [depth], purity, [total], [major], [normal])
    again = ccf_again.whatever_the_copies(alt, depth, purity, total, major, normal)
    assert (found.wide_low[0], found.wide_high[0]) == pytest.approx(again, abs=0.0011)


@pytest.mark.parametrize("row", [row for row in TABLE if row[3] == 2])
def test_a_single_genotype_is_no_wider_than_the_worked_interval(row):
    """With one copy of each allele the interval of the table stands."""
    alt, depth, purity, total, _, _, _, credible, _ = row
    found = cell_fractions([alt], [depth], purity, [total], [1])
    assert (found.wide_low[0], found.wide_high[0]) == pytest.approx(credible, abs=1e-9)


def near_tie(alt, depth, purity, total, normal):
    """Whether one read more or less rounds to another multiplicity: see the two tests below."""
    low, u, high = (
        ccf_again.copies_of(n, depth, purity, total, normal) for n in (alt - 1, alt, alt + 1)
    )
    deep = high - u < 0.5
    return u > 1 and round(low) != round(high) and not (u.denominator == 2 and deep)


@pytest.mark.parametrize(("alt", "depth", "purity", "total"), [(7, 20, 0.5, 2), (8, 20, 0.55, 2)])
def test_only_a_tie_is_weighed(alt, depth, purity, total):
    assert ccf_again.copies_of(alt, depth, purity, total).denominator != 2
    compared(alt, depth, purity, total)


@pytest.mark.parametrize(("alt", "depth", "purity", "total"), [(5, 8, 1.0, 4), (1, 10, 0.1, 7)])
def test_a_tie_of_few_reads_is_weighed_too(alt, depth, purity, total):
    assert ccf_again.copies_of(alt, depth, purity, total).denominator == 2
    compared(alt, depth, purity, total)


@settings(max_examples=100, deadline=None)
@given(reads, purities, st.integers(1, 6))
def test_what_is_flagged_lies_over_what_all_cells_give(counts, purity, total):
    """The text flags VAF > f(1), of every second clonal change; here chance is allowed for."""
    alt, depth = counts
    flagged = cell_fractions([alt], [depth], purity, [total]).inconsistent[0]
    above = alt / depth > ccf_again.share(1.0, total, purity, total)
    assert not flagged or above


FACETS = "chrom seg num.mark nhet cnlr.median mafR segclust start end cf.em tcn.em lcn.em"


def word_over_facets(folder, knowledge, cells, header="# Purity = 0.6\n"):
    """What is said of a change in 30 of 100 reads over a FACETS segment of that ``cf.em``."""
    row = f"13 1 100 20 0.1 0.2 3 1 110000000 {cells} 2 1"
    path = folder / "facets.tsv"
    path.write_text(header + "\n".join("\t".join(x.split()) for x in (FACETS, row)) + "\n")
    (observed,) = read_segments(path, knowledge.vocabulary).values()
    change = SmallVariant(
        gene="BRCA2", protein="W100*", consequence=Consequence.NONSENSE, origin=Origin.SOMATIC,
        chromosome="13", position=32_340_000, depth=100, alt_reads=30,
    )  # fmt: skip
    case = Case(id="t", disease="HGSOC", samples=(Sample(id="T", purity=0.6),),
                alterations=(change,), segments=observed.segments)  # fmt: skip
    (found,) = (f for f in biomarkers.clonality(case, (), knowledge) if f.name == "clonality")
    return found.value.rpartition(": 1 ")[2]


@pytest.mark.parametrize("cells", [0.2, 0.35, 0.37, 0.6, 1.0])
def test_share_of_cells_that_facets_tells(tmp_path, knowledge, cells):
    again = ccf_again.clonal(30, 100, 0.6, 2)
    word = ccf_again.facets(again.ccf, again.half_max[1], cells, 0.6)
    assert word_over_facets(tmp_path, knowledge, cells) == word


@pytest.mark.parametrize(("cells", "header"), [("NA", "# Purity = 0.6\n"), (0.2, "")])
def test_a_share_of_cells_not_told_leaves_it_open(tmp_path, knowledge, cells, header):
    assert word_over_facets(tmp_path, knowledge, cells, header) == "indeterminate"


# Mutational burden, section 2.1.


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.sampled_from([0.3, 0.5, 0.79, 0.8, 1.0, 1.1, 1.94, 30, 38.0]))
def test_burden(knowledge, count, size):
    ours = burden(count, size, knowledge.biomarkers.burden)
    assert ours.interval == pytest.approx(burden_again.interval(count, size), rel=1e-6, abs=1e-9)
    words = {True: burden_again.HIGH, False: burden_again.LOW, None: burden_again.REFUSED}
    assert words[ours.high] == burden_again.call(count, size)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.sampled_from([-1, 0, 1]))
def test_burden_at_the_cut_off(knowledge, tenths, more):
    """Counts of ten times the size, one less and one more: ten itself is high."""
    size = tenths / 10
    ours = burden(tenths + more, size, knowledge.biomarkers.burden).high
    again = burden_again.call(tenths + more, size)
    assert again == (burden_again.REFUSED if tenths < 8 else ("low", "high", "high")[more + 1])
    assert {True: "high", False: "low", None: "refused"}[ours] == again


@pytest.mark.parametrize("size", [0, 0.0, -1.0])
def test_no_territory_is_an_error(knowledge, size):
    with pytest.raises(InputError):
        burden(3, size, knowledge.biomarkers.burden)
    with pytest.raises(ValueError, match="territory"):
        burden_again.interval(3, size)
