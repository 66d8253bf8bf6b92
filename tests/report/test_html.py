"""The page: safe, self-contained, readable by everyone, the answer first."""

import re
import subprocess
import sys
from itertools import pairwise

import msgspec
import pytest

from onkos.report import NOTICE, render
from onkos.report.html import css_string
from tests.report.dossiers import GENES, HOSTILE, crowded, empty, hostile, lung
from tests.report.page_reader import PageReader

TAGS = set(
    "html head meta title style body a div p header h1 h2 h3 h4 span br dl dt dd nav ul ol li b i "
    "main section table caption colgroup col thead tbody tr th td details summary article code "
    "figure figcaption footer svg desc rect line circle polygon text tspan".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class href role aria-label aria-labelledby aria-hidden "
    "id rel style scope data-label colspan open viewbox x y x1 x2 y1 y2 r rx cx cy width height "
    "points text-anchor".split()
)
HOSTS = ("https://pubmed.ncbi.nlm.nih.gov/", "https://clinicaltrials.gov/", "https://doi.org/")


@pytest.fixture(scope="module")
def page():
    return PageReader(render(lung(), "html", GENES))


def test_hostile_text_stays_text_wherever_it_stands():
    html = render(hostile(lung()), "html", {f"EGFR{HOSTILE}": hostile(GENES["EGFR"])})
    assert "<script" not in html.lower()
    assert "49</style>" not in html  # {{7*7}} was not evaluated
    found = PageReader(html)
    assert {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, attributes in found.tags for name in attributes} <= ATTRIBUTES
    assert found.text.count("<script>alert('x')</script>") > 100
    assert not found.open
    assert "alert" not in found.style.replace("alert\\28", "")


def test_nothing_is_loaded_from_anywhere():
    for dossier in (lung(), hostile(lung()), empty()):
        found = PageReader(render(dossier, "html", GENES))
        for tag, attributes in found.tags:
            assert "src" not in attributes
            assert "srcset" not in attributes
            href = attributes.get("href", "#")
            assert tag == "a" or "href" not in attributes
            assert href.startswith(("#", *HOSTS))
        assert "url(" not in found.style
        assert "@import" not in found.style
        policy = next(a["content"] for a in found.all("meta") if "http-equiv" in a)
        assert policy.startswith("default-src 'none'")


def test_every_local_link_and_label_has_a_target(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    for _, attributes in page.tags:
        wanted |= set(attributes.get("aria-labelledby", "").split())
    assert wanted <= set(ids)


def test_headings_go_down_one_step_at_a_time(page):
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_answer_comes_first(page):
    titles = [title for level, title in page.headings if level == 2]
    assert titles == [
        "Options", "Avoid", "Cautions", "Test next", "Germline findings", "Prognosis", "Diagnosis",
        "Predisposition",
        "Evidence", "Alterations", "Measured, and not assessed", "How the input was read",
        "Provenance",
    ]  # fmt: skip


def test_landmarks_language_and_table_headers_for_a_screen_reader(page):
    assert page.all("html")[0]["lang"] == "en-GB"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    assert all(th.get("scope") in {"row", "col"} for th in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    for svg in page.all("svg"):
        assert svg["role"] == "img"
        assert len(svg["aria-labelledby"].split()) == 2


def test_an_approval_says_by_whom_and_whether_its_setting_fits(page):
    text = " ".join(page.text.split())
    assert "FDA 2018-04-18, EMA 2018-06-08 not verified setting met" in text
    assert (
        "FDA 2021-05-21 accelerated setting unknown: prior carboplatin: prior therapy not given"
        in text
    )
    assert "and 1 approval here for 1 other setting" in text
    assert "withdrawn FDA 2021-09-15, withdrawn 2024-07-16" in text
    assert "superseded by osimertinib" in text


def test_scales_are_said_to_be_computed(page):
    text = " ".join(page.text.split())
    assert "AMP computed" in text.replace("AMPcomputed", "AMP computed")
    assert "not assigned by curators" in text


def test_the_notice_stands_first_and_in_full_last():
    html = render(lung(), "html")
    assert html.index("Research use only") < html.index("<h1>")
    assert PageReader(html).text.strip().endswith(NOTICE)


def test_borrowed_options_are_folded_below_better_ones_but_named(page):
    assert "4 options: 5 zanubrutinib, 6 acalabrutinib, 7 ibrutinib, 8 venetoclax" in page.text


def test_when_nothing_matches_the_page_says_so():
    text = PageReader(render(empty(), "html")).text
    assert "No biomarker-selected option; standard treatment is not listed here." in text
    assert "biomarker-selected options" in text


def test_many_alterations_are_folded_and_those_that_matter_are_not():
    html = render(crowded(), "html", GENES)
    before, folded = html.split("other alterations</h3>", 1)
    assert "EGFR L858R" in before
    assert "GENE7 A8V" not in before.split('id="alterations"')[1].split("</figure>")[-1]
    assert "GENE7 A8V" in folded


def test_the_same_dossier_gives_the_same_bytes():
    assert render(lung(), "html", GENES) == render(lung(), "html", GENES)


def test_a_longer_word_than_the_page_is_wide_may_break(page):
    assert "overflow-wrap: anywhere" in page.style


def _luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ink", ["ink", "soft", "blue", "red", "amber", "violet"])
@pytest.mark.parametrize("on", ["paper", "tint", "blue-tint", "red-tint", "amber-tint"])
def test_text_has_the_contrast_of_wcag_aa(page, ink, on):
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6})", page.style))
    both = [colours[name] if len(colours[name]) == 6 else colours[name] * 2 for name in (ink, on)]
    light, dark = sorted((_luminance(colour) for colour in both), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_page_header_cannot_leave_its_quotes():
    assert set(css_string(HOSTILE)) <= set("\\ 0123456789abcdefghijklmnopqrstuvwxyz")
    dossier = lung()
    case = msgspec.structs.replace(dossier.case, id='"} body{display:none} </style>')
    html = render(msgspec.structs.replace(dossier, case=case), "html")
    assert "display:none}" not in PageReader(html).style


def test_jinja_is_imported_only_for_a_page():
    code = "import sys, onkos.report; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
