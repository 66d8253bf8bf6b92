"""The pages of the knowledge: every claim there, every link leads somewhere, nothing fetched."""

import base64
import hashlib
import json
import re

import msgspec
import pytest

from onkos.report.site import ABSENT, pages, slug
from tests.report.page_reader import PageReader

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def small(knowledge):
    """A part of the knowledge: one gene's claims and those of a combination."""
    kept = tuple(c for c in knowledge.claims if "egfr" in c.id or "pembrolizumab" in c.therapy)
    return msgspec.structs.replace(knowledge, claims=kept)


@pytest.fixture(scope="module")
def site(small):
    return dict(pages(small))


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
