"""What a score may do as more becomes known: its range narrows, and never leaves what it was."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.risk.cases import NORMAL, classified

SCORED = ("ipss-m", "ipss-r", "cll-ipi", "r2-iss")
KNOWN = {
    "MDS": [
        "haemoglobin 9 g/dL", "platelets 60 10^9/L", "marrow blasts 7 %", "neutrophils 0.7 10^9/L",
    ],
    "CLLSLL": ["beta-2 microglobulin 4.1 mg/L", "Rai stage II", "IGHV unmutated"],
    "PCM": ["beta-2 microglobulin 6.1", "albumin 3.0", "LDH raised"],
}  # fmt: skip
FOUND = {
    "MDS": [NORMAL, "TP53 R175H VAF 45%", "SF3B1 K700E", "ASXL1 G646fs", "NRAS G12D", "EZH2 R690H"],
    "CLLSLL": ["del(17p)", "TP53 R175H"],
    "PCM": ["t(4;14)", "del(17p)", "gain(1q)"],
}
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scores(disease, found, known, tested):
    read = classified(found, disease=disease, measurements=known, tested=tested)
    return {name: read[name].score for name in SCORED if name in read and read[name].score}


@st.composite
def some(draw):
    disease = draw(st.sampled_from(sorted(KNOWN)))
    found = draw(st.lists(st.sampled_from(FOUND[disease]), unique=True))
    known = draw(st.lists(st.sampled_from(KNOWN[disease]), unique=True))
    return disease, found, known


@SLOW
@given(case=some())
def test_least_central_and_most_stand_in_order(case):
    for tested in (False, True):
        for score in scores(*case, tested).values():
            assert list(score) == sorted(score), (case, score)


@SLOW
@given(case=some(), data=st.data())
def test_what_becomes_known_narrows_the_range(case, data):
    disease, found, known = case
    fewer = data.draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    wide, narrow = scores(disease, found, fewer, False), scores(disease, found, known, True)
    for name in wide.keys() & narrow.keys():
        (low, *_, high), (least, *_, most) = wide[name], narrow[name]
        assert low <= least <= most <= high, (name, wide[name], narrow[name])
