"""A fusion drawn: what is kept, what is lost, and nothing said that was not told."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Fusion, Gene
from onkos.report.fusion_view import MOST_FUSIONS, fusion_views
from onkos.report.html import to_html
from onkos.report.svg import WIDTH
from tests.report.dossiers import HOSTILE, lung

ALK = Gene(
    symbol="ALK",
    length=1000,
    exons={"19": (501, 550), "20": (551, 600)},
    domains={"ligand": (100, 200), "kinase": (700, 900)},
    transcript="ENST1",
)
FGFR = Gene(symbol="FGFR3", length=800, exons={"17": (700, 750)}, domains={"kinase": (471, 760)})
GENES = {"ALK": ALK, "FGFR3": FGFR}
BOX = re.compile(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="18" class="([a-z0-9 ]+)"')
TEXT = re.compile(r'<text x="([\d.]+)" y="([\d.]+)"( text-anchor="middle")? [^>]*>([^<]*)<')


def drawn(*fusions, genes=GENES):
    dossier = lung()
    case = msgspec.structs.replace(dossier.case, alterations=fusions)
    labels = frozenset(fusion.label for fusion in fusions)
    return fusion_views(msgspec.structs.replace(dossier, case=case), genes, labels)


def boxes(picture):
    return [(float(x), float(w), kind) for x, w, kind in BOX.findall(picture)]


def test_only_fusions_that_the_plan_rests_on_are_drawn_and_few():
    assert fusion_views(lung(), GENES, frozenset()) == ()
    many = [Fusion(five=f"G{i}", three="ALK") for i in range(9)]
    assert len(drawn(*many)) == MOST_FUSIONS
    assert len(drawn(many[0], many[0])) == 1


def test_what_is_kept_is_solid_and_what_is_lost_is_pale():
    fusion = Fusion(five="EML4", three="ALK", in_frame=True, breakpoints="E13;A20")
    ((picture, caption),) = drawn(fusion)
    assert caption == (
        "EML4::ALK fusion, in frame; EML4: kept to exon 13, not to scale; ALK: kept from exon 20, "
        "ligand 100–200 lost, kinase 700–900 kept, exons of ENST1"
    )
    found = boxes(picture)
    assert [kind for *_, kind in found] == [
        "unscaled",
        "lost",
        "kept",
        "domain d1 gone",
        "domain d2",
    ]
    lost, kept = found[1:3]
    assert lost[1] / (lost[1] + kept[1]) == pytest.approx(0.55, abs=0.001)
    assert kept[0] == pytest.approx(lost[0] + lost[1], abs=0.02)


def test_a_domain_that_the_break_goes_through_is_counted_in_residues():
    fusion = Fusion(five="FGFR3", three="TACC3", breakpoints="Exon 17 - Exon 11")
    ((picture, caption),) = drawn(fusion)
    assert "kinase 471–760 keeps 280 of 290 residues" in caption
    assert "frame not told" in picture
    assert [kind for *_, kind in boxes(picture)].count("domain d1 gone") == 1


def test_a_break_that_is_not_told_cuts_nothing():
    ((picture, caption),) = drawn(Fusion(five="X", three="ALK", breakpoints="2:42 - 2:29"))
    assert "exon of break not told" in picture
    assert caption.endswith("breakpoints 2:42 - 2:29")
    assert not {"lost", "kept"} & {kind for *_, kind in boxes(picture)}


def test_an_exon_that_the_transcript_lacks_is_said_and_not_placed():
    ((picture, _),) = drawn(Fusion(five="X", three="ALK", breakpoints="e2::e77"))
    assert "kept from exon 77, not placed" in picture
    assert "lost" not in {kind for *_, kind in boxes(picture)}


def test_out_of_frame_says_that_what_is_drawn_is_not_made():
    ((picture, caption),) = drawn(Fusion(five="X", three="ALK", in_frame=False))
    assert "out of frame: the 3′ part is not read as its protein" in picture
    assert "out of frame" in caption


def test_without_order_no_end_is_named_and_nothing_is_cut():
    ((picture, _),) = drawn(Fusion(three="ALK", ordered=False, breakpoints="e2::e20"))
    assert "which gene is 5′ is not told" in picture
    assert "partner not told" in picture
    assert not re.search(r">[53]′ ", picture)
    assert "lost" not in {kind for *_, kind in boxes(picture)}


@pytest.mark.parametrize(
    ("written", "exons"),
    [
        ("E13;A20", (13, 20)),
        ("e13::e20", (13, 20)),
        ("Exon 6 - Exon 20", (6, 20)),
        ("exon 6/exon 20", (6, 20)),
        ("2:42522694:+ - 2:29446394:-", None),
        ("variant 3a", None),
        ("K15;R12", None),  # letters of other genes
        ("", None),
    ],
)
def test_exons_are_read_from_breakpoints(written, exons):
    assert Fusion(five="EML4", three="ALK", breakpoints=written).exons == exons


def test_the_letters_of_the_genes_mark_exons():
    assert Fusion(five="KIF5B", three="RET", breakpoints="K15;R12").exons == (15, 12)


domains = st.dictionaries(
    st.text("abcdefgh ", min_size=1, max_size=40),
    st.tuples(st.integers(1, 1000), st.integers(1, 1000)).map(lambda both: tuple(sorted(both))),
    max_size=8,
)


@given(domains, st.sampled_from(["e1::e20", "e1::e19", ""]))
def test_no_name_touches_another_and_all_stand_within_the_figure(found, breakpoints):
    gene = msgspec.structs.replace(ALK, domains=found)
    fusion = Fusion(five="FGFR3", three="ALK", breakpoints=breakpoints)
    ((picture, _),) = drawn(fusion, genes={**GENES, "ALK": gene})
    assert all(x >= 0 and x + w <= WIDTH for x, w, _ in boxes(picture))
    spans = []
    for x, y, middle, text in TEXT.findall(picture):
        width = 6.2 * len(text)
        left = float(x) - (width / 2 if middle else 0)
        assert left >= 0
        assert left + width <= WIDTH
        spans.append((float(y), left, left + width))
    for i, (y, left, right) in enumerate(spans):
        for other, first, last in spans[i + 1 :]:
            assert abs(y - other) >= 11 or right <= first or last <= left


def test_hostile_names_are_escaped_and_the_page_names_the_figure():
    fusion = Fusion(five=HOSTILE, three="ALK")
    ((picture, _),) = drawn(fusion)
    assert "<script" not in picture
    dossier = lung()
    page = to_html(dossier, GENES)
    assert "fusion-1-title" not in page  # the plan of this dossier rests on no fusion
