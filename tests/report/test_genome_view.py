"""Copies along the genome: every segment drawn where it lies, at its level."""

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Segment
from onkos.report.genome_view import MOST_COPIES, genome_views
from onkos.report.svg import WIDTH
from tests.report.dossiers import lung

BARS = re.compile(
    r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="2.5" class="([a-z ]+)"'
)


def drawn(*segments):
    dossier = lung()
    case = msgspec.structs.replace(dossier.case, segments=segments)
    return genome_views(msgspec.structs.replace(dossier, case=case))


def bars(picture):
    return [(float(x), float(y), float(w), kind) for x, y, w, kind in BARS.findall(picture)]


def test_without_segments_there_is_no_figure():
    assert genome_views(lung()) == ()


def test_gain_loss_and_the_rarer_allele_are_told_apart():
    ((picture, caption),) = drawn(
        Segment(chromosome="1", start=1, end=100, total=2, minor=1),
        Segment(chromosome="1", start=101, end=200, total=4, minor=0),
        Segment(chromosome="1", start=201, end=300, total=1, minor=0),
    )
    kinds = [kind for *_, kind in bars(picture)]
    assert kinds == ["minor", "level", "minor", "level up", "minor", "level down"]
    assert caption == "Copies along the genome: 3 segments"
    heights = {kind: y for _, y, _, kind in bars(picture)}
    assert heights["level up"] < heights["level"] < heights["level down"]


def test_what_is_above_the_edge_and_what_is_lost_is_said():
    ((picture, _),) = drawn(
        Segment(chromosome="7", start=1, end=100, total=40),
        Segment(chromosome="9", start=1, end=100, total=0),
    )
    assert f"More than {MOST_COPIES} copies on parts of 7." in picture
    assert "No copy left on parts of 9." in picture


def test_ratios_are_drawn_where_copies_are_not_known():
    ((picture, _),) = drawn(Segment(chromosome="X", start=1, end=100, log2=-1.0))
    assert "log2" in picture
    assert [kind for *_, kind in bars(picture)] == ["level down"]


segments = st.builds(
    lambda name, start, length, total: Segment(
        chromosome=name, start=start, end=start + length, total=total, baf=0.4
    ),
    st.sampled_from(["1", "2", "17", "X"]),
    st.integers(1, 10**8),
    st.integers(0, 10**8),
    st.floats(0, 100),
)


@given(st.lists(segments, min_size=1, max_size=30))
def test_every_segment_stands_within_the_figure(found):
    ((picture, _),) = drawn(*found)
    boxes = bars(picture)
    assert len(boxes) == 3 * len(found)  # its copies, and both sides of its allele fraction
    assert all(x >= 0 and x + w <= WIDTH + 1 for x, _, w, _ in boxes)
