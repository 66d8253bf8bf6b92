"""Signatures, spectra and burden: true to the numbers, and told in words as well."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Finding, Scale, Share, Spectrum
from onkos.model.signature import SBS96
from onkos.report.burden_strip import burden_strips
from onkos.report.html import to_html
from onkos.report.signature_view import MOST_BARS, signature_bars
from onkos.report.spectrum_view import spectra
from onkos.report.svg import WIDTH
from tests.report.dossiers import lung

NUMBERS = re.compile(r'(x|x1|x2|width)="(-?[\d.]+)"')
BARS = re.compile(r'width="([\d.]+)" height="([\d.]+)" class="(kept|s\d)"')


def fit(*shares, note="cosine 0.981, relative L2 0.190"):
    return Finding(name="SBS signatures", value="told", method="fitted", note=note, shares=shares)


def burden(value, low, high, cutoff=10.0):
    scale = Scale(value=value, interval=(low, high), cutoff=cutoff, unit="mut/Mb")
    return Finding(name="TMB", value="told", method="12 in 1.1 Mb", scale=scale)


def dossier(*findings, spectra=()):
    found = lung()
    case = msgspec.structs.replace(found.case, spectra=spectra)
    return msgspec.structs.replace(found, findings=findings, case=case)


def test_without_shares_scale_or_spectrum_there_is_no_figure():
    assert signature_bars(lung()) == burden_strips(lung()) == spectra(lung()) == ()


def test_bars_are_as_long_as_their_shares_largest_first():
    shares = (
        Share(name="SBS5", share=0.2, interval=(0.1, 0.3)),
        Share(name="SBS4", share=0.6, interval=(0.5, 0.7)),
    )
    ((picture, caption),) = signature_bars(dossier(fit(*shares)))
    first, second = (float(width) for width, *_ in BARS.findall(picture))
    assert first / second == pytest.approx(3, abs=0.01)
    assert picture.index(">SBS4<") < picture.index(">SBS5<")
    assert "SBS4 60% (50% to 70%); SBS5 20% (10% to 30%)" in picture
    assert caption.endswith("cosine 0.981, relative L2 0.190")


def test_more_signatures_than_are_drawn_are_said():
    shares = [Share(name=f"S{i}", share=0.05, interval=(0, 0.1)) for i in range(MOST_BARS + 2)]
    ((picture, _),) = signature_bars(dossier(fit(*shares)))
    assert len(BARS.findall(picture)) == MOST_BARS
    assert "and 2 smaller ones, in the table" in picture


shares = st.builds(
    lambda name, share, *ends: Share(name=name, share=share, interval=tuple(sorted(ends))),
    st.text("SBDI0123456789abc<&", min_size=1, max_size=40),
    *[st.floats(0, 1)] * 3,
)


@given(st.lists(shares, min_size=1, max_size=20))
def test_signatures_stand_within_the_figure(found):
    ((picture, _),) = signature_bars(dossier(fit(*found)))
    assert all(0 <= float(value) <= WIDTH for _, value in NUMBERS.findall(picture))


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (10.9, 5.6, 19.1, "the interval holds the cut-off"),
        (3.0, 1.0, 9.9, "the whole interval is below the cut-off"),
        (40.0, 10.0, 60.0, "the whole interval is at or above the cut-off"),
    ],
)
def test_a_burden_stands_beside_its_cut_off(value, low, high, said):
    ((picture, caption),) = burden_strips(dossier(burden(value, low, high)))
    assert caption.endswith(said)
    assert said in picture
    mark = float(re.search(r'<circle cx="([\d.]+)"', picture)[1])
    cut = float(re.search(r'x1="([\d.]+)"[^>]*class="cutoff"', picture)[1])
    assert (mark >= cut) == (value >= 10)
    assert "cut-off 10<" in picture


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 500), st.floats(0.1, 200))
def test_a_burden_stands_within_the_figure(value, low, high, cutoff):
    ((picture, _),) = burden_strips(dossier(burden(value, *sorted((low, high)), cutoff)))
    assert all(0 <= float(number) <= WIDTH for _, number in NUMBERS.findall(picture))


def test_the_spectrum_has_a_bar_for_every_channel_in_six_colours():
    counts = {channel: float(number + 1) for number, channel in enumerate(SBS96)}
    spectrum = Spectrum(kind="SBS96", counts=counts, territory="exome", sample="T1")
    ((picture, caption),) = spectra(dossier(spectra=(spectrum,)))
    bars = [(float(high), kind) for _, high, kind in BARS.findall(picture) if high != "4"]
    assert [kind for _, kind in bars] == [f"s{n // 16 + 1}" for n in range(96)]
    assert bars[-1][0] == pytest.approx(96 * bars[0][0], rel=0.01)
    assert caption.startswith("4656 substitutions of the exome in T1")
    for change in ("C&gt;A", "C&gt;G", "C&gt;T", "T&gt;A", "T&gt;C", "T&gt;G"):
        assert f">{change}<" in picture
    assert "Most often T[T&gt;G]T 96" in picture


def test_an_empty_spectrum_and_other_kinds_have_no_figure():
    empty = Spectrum(kind="SBS96", counts={})
    other = Spectrum(kind="ID83", counts={"1:Del:C:0": 4.0})
    assert spectra(dossier(spectra=(empty, other))) == ()


def test_the_page_shows_them_with_title_and_description():
    spectrum = Spectrum(kind="SBS96", counts={"A[C>A]A": 3.0})
    share = Share(name="SBS4", share=0.6, interval=(0.5, 0.7))
    page = to_html(dossier(fit(share), burden(11, 6, 19), spectra=(spectrum,)))
    for key in ("signatures-1", "scale-1", "spectrum-1"):
        assert f'id="{key}-title"' in page
        assert f'id="{key}-desc"' in page
    measures = page[page.index('id="measures"') :]
    assert measures.count("<figure>") == 3
