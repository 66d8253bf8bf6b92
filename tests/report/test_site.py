"""The pages of the knowledge: every claim there, every link leads somewhere, nothing fetched."""

import base64
import hashlib
import json
import re

import msgspec
import pytest

from onkos.model import Effect, Gene
from onkos.report.site import ABSENT, pages, slug
from tests.report.page_reader import PageReader

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
APPROVALS = re.compile(r'<h2 id="approvals">.*?</table>', re.DOTALL)
CLAIM = re.compile(r'<article class="claim[^"]*" id="([^"]+)">(.*?)</article>', re.DOTALL)
DOUBT = "not verified</span>"


@pytest.fixture(scope="module")
def small(knowledge):
    """A part of the knowledge: one gene's claims and those of a combination."""
    kept = tuple(c for c in knowledge.claims if "egfr" in c.id or "pembrolizumab" in c.therapy)
    return msgspec.structs.replace(knowledge, claims=kept)


@pytest.fixture(scope="module")
def site(small):
    return dict(pages(small))


@pytest.fixture(scope="module")
def made(knowledge):
    """Every page of the whole knowledge, as they come."""
    return tuple(pages(knowledge))


@pytest.fixture(scope="module")
def whole(made):
    return dict(made)


def test_every_claim_stands_on_the_page_of_each_of_its_drugs_and_diseases(small, site):
    for claim in small.claims:
        for name in claim.therapy:
            assert f"<code>{claim.id}</code>" in site[f"drugs/{slug(name)}.html"]
        for code in claim.disease:
            assert f"<code>{claim.id}</code>" in site[f"diseases/{slug(code)}.html"]


def test_every_gene_and_every_drug_has_a_page_of_its_own(small, site):
    genes = {f"genes/{slug(gene.symbol)}.html" for gene in small.vocabulary.genes}
    drugs = {f"drugs/{slug(drug.name)}.html" for drug in small.vocabulary.drugs}
    assert len(genes) == len(small.vocabulary.genes)
    assert len(drugs) == len(small.vocabulary.drugs)
    assert genes | drugs < set(site)


def test_every_link_within_the_site_leads_to_a_page_and_a_place(site):
    ids = {path: set(re.findall(r' id="([^"]+)"', text)) for path, text in site.items()}
    shown = ["index.html", "genes/EGFR.html", "drugs/osimertinib.html", "diseases/NSCLC.html"]
    for path in shown:
        for href in re.findall(r'href="([^"]+)"', site[path]):
            if not href.startswith("https:"):
                target, _, place = href.removeprefix("../").partition("#")
                assert not target or target in site, (path, href)
                assert not place or place in ids[target or path], (path, href)


def test_the_search_knows_every_claim_and_points_at_it(small, site):
    rows = json.loads(re.search(r'id="rows">(.*?)</script>', site["index.html"])[1])
    words = {row[4].split()[0]: row[0] for row in rows if row[1] == "Claim"}
    assert set(words) == {claim.id for claim in small.claims}
    for place in words.values():
        path, _, anchor = place.partition("#")
        assert f'id="{anchor}"' in site[path]


def test_only_the_script_of_the_index_may_run(site):
    index = site["index.html"]
    digest = hashlib.sha256(SCRIPT.search(index)[1].encode()).digest()
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}'" in index
    others = [text for path, text in site.items() if path not in {"index.html", "style.css"}]
    assert not any("<script" in text or "script-src" in text for text in others)
    assert all("default-src 'none'" in text for text in [index, *others])


def test_a_gene_that_must_be_absent_stands_apart(site):
    text = site["genes/EGFR.html"]
    assert ABSENT in text
    absent = text[text.index(f">{ABSENT} <") :]
    assert "not (EGFR oncogenic mutation or ALK fusion)" in absent
    selected = text[text.index(">Therapies selected <") : text.index(f">{ABSENT} <")]
    assert "<code>EGFR T790M</code>" in selected
    assert "<code>not (EGFR oncogenic mutation or ALK fusion)</code>" not in selected


def test_withdrawn_and_unverified_are_shown_as_such(knowledge):
    gone = next(c for c in knowledge.claims if any(not a.stands for a in c.approvals))
    site = dict(pages(msgspec.structs.replace(knowledge, claims=(gone,))))
    assert "withdrawn" in site[f"drugs/{slug(gone.therapy[0])}.html"]


def test_hostile_words_stay_words(small):
    evil = msgspec.structs.replace(small.claims[0], id="x</script><img src=x>", note="<b onx>")
    site = dict(pages(msgspec.structs.replace(small, claims=(evil,))))
    for path, text in site.items():
        assert "<img" not in text, path
        assert "<b onx>" not in text, path
    PageReader(site[f"diseases/{slug(evil.disease[0])}.html"])  # raises where tags do not nest


def test_no_page_carries_a_style_of_its_own(whole):
    for path, text in whole.items():
        if path != "style.css":
            assert ' style="' not in text, path
            assert "<style" not in text, path


def test_every_link_of_every_page_leads_to_a_page_and_a_place(whole):
    ids = {path: set(re.findall(r' id="([^"]+)"', text)) for path, text in whole.items()}
    for path, text in whole.items():
        folder = path.partition("/")[0] if "/" in path else ""
        for href in set(re.findall(r' href="([^"]*)"', text)):
            if href.startswith("https:"):
                continue
            target, _, place = href.partition("#")
            if target and folder:
                assert target.startswith("../"), (path, href)
            target = target.removeprefix("../") if folder else target
            assert not target or target in whole, (path, href)
            assert not place or place in ids[target or path], (path, href)


def test_no_place_of_a_page_is_named_twice(whole):
    for path, text in whole.items():
        named = re.findall(r' id="([^"]+)"', text)
        assert len(named) == len(set(named)), path


def test_the_table_of_approvals_lists_claims_of_benefit_and_all_of_a_drug(knowledge, whole):
    benefit = {f"c-{slug(c.id)}" for c in knowledge.claims if c.effect is Effect.BENEFIT}
    listed = {
        path: set(re.findall(r'href="#([^"]+)"', table[0]))
        for path, text in whole.items()
        if (table := APPROVALS.search(text))
    }
    for path, anchors in listed.items():
        assert anchors <= benefit, path
    for claim in knowledge.claims:
        if claim.effect is Effect.BENEFIT and claim.approvals:
            for drug in claim.therapy:
                assert f"c-{slug(claim.id)}" in listed[f"drugs/{slug(drug)}.html"], claim.id


def test_a_fact_that_was_not_looked_up_is_marked_where_its_claim_stands(knowledge, whole):
    articles = {
        path: dict(CLAIM.findall(text))
        for path, text in whole.items()
        if path.startswith("diseases/")
    }
    doubted = [c for c in knowledge.claims if any(fact.unverified for fact in c.facts)]
    assert doubted
    for claim in doubted:
        text = articles[f"diseases/{slug(claim.disease[0])}.html"][f"c-{slug(claim.id)}"]
        assert text.count(DOUBT) >= sum(fact.unverified for fact in claim.facts), claim.id
    sound = (c for c in knowledge.claims if not c.unverified and c not in doubted)
    for claim in sound:
        text = articles[f"diseases/{slug(claim.disease[0])}.html"][f"c-{slug(claim.id)}"]
        assert DOUBT not in text, claim.id


def test_no_two_pages_differ_in_capitals_alone(made):
    paths = [path.casefold() for path, _ in made]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("symbol", ["egfr", "EGFR-", "--"])
def test_a_gene_that_would_share_a_page_or_have_none_is_refused(small, symbol):
    genes = (*small.vocabulary.genes, Gene(symbol=symbol))
    vocabulary = msgspec.structs.replace(small.vocabulary, genes=genes)
    with pytest.raises(ValueError, match="would share the page genes/"):
        next(pages(msgspec.structs.replace(small, vocabulary=vocabulary)))
