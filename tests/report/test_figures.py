"""Figures: true to the numbers, no label over another."""

import re

from hypothesis import given
from hypothesis import strategies as st

from onkos.report.alteration_view import matched_labels
from onkos.report.flags import LEFT, STEP, Flag, axis_end, levels
from onkos.report.lollipop import lollipops
from onkos.report.svg import WIDTH
from onkos.report.vaf_strip import vaf_strips
from tests.report.dossiers import GENES, crowded, lung

flags = st.lists(
    st.builds(
        Flag,
        place=st.floats(0, 1),
        text=st.text("ABCDEFGHIKLM0123456789", min_size=1, max_size=40),
        note=st.sampled_from(["", "5%", "100%"]),
    ),
    min_size=1,
    max_size=14,
).map(lambda found: sorted(found, key=lambda flag: flag.place))


def placed(found):
    """First and last unit and level of every flag."""
    end = axis_end(found)
    xs = [LEFT + flag.place * (end - LEFT) for flag in found]
    widths = [flag.width for flag in found]
    return list(zip(xs, widths, levels(xs, widths), strict=True))


@given(flags)
def test_no_flag_covers_another_and_no_pole_crosses_a_flag(found):
    for i, (x, width, level) in enumerate(placed(found)):
        for other, (pole, _, higher) in enumerate(placed(found)):
            if i == other or not x <= pole <= x + width:
                continue
            assert higher != level
            assert higher < level or pole <= x  # a pole of the same place starts beside the text


@given(flags)
def test_every_flag_ends_within_the_figure(found):
    assert all(x + width <= WIDTH for x, width, _ in placed(found) if x > LEFT)


def test_levels_are_tall_enough_for_a_line_of_text():
    assert STEP >= 14


def test_a_protein_shows_its_domains_exons_and_matched_changes():
    dossier = lung()
    ((picture, caption),) = lollipops(dossier, GENES, matched_labels(dossier.plan))
    assert "EGFR, 1210 residues: extracellular 25–645, kinase 712–979" in caption
    assert "L858R (exon 21, kinase domain, allele fraction 31%)" in picture
    assert "exons 20, 21" in picture
    assert picture.count('class="head"') == 2


def test_genes_without_a_length_or_a_match_have_no_figure():
    dossier = lung()
    assert lollipops(dossier, {}, matched_labels(dossier.plan)) == ()
    assert lollipops(dossier, GENES, frozenset()) == ()


def test_the_strip_shows_every_allele_fraction_of_a_sample_and_labels_what_matters():
    dossier = crowded()
    strips = vaf_strips(dossier, matched_labels(dossier.plan))
    ticks = sum(picture.count('class="tick"') for picture, _ in strips)
    assert ticks == sum(a.vaf is not None for a in dossier.case.alterations)
    assert "EGFR L858R" in strips[0][0]
    assert "GENE7" not in strips[1][0]


def test_numbers_in_figures_are_finite():
    dossier = crowded()
    for picture, _ in vaf_strips(dossier, matched_labels(dossier.plan)):
        assert not re.search(r"nan|inf", picture)
