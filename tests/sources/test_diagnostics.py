"""The rows of companion diagnostics: dated, read on a page, resolved."""

from datetime import date

import msgspec
import pytest

from onkos.model import Diagnostic, Panel
from onkos.model.criterion import FusionIs
from onkos.sources.knowledge import lint
from onkos.sources.knowledge.diagnostics import read_diagnostics, read_panels, without_claim
from onkos.sources.knowledge.entries import Problems

ROW = {
    "id": "x", "device": "Kit", "when": "ALK fusion", "therapies": ["alectinib"],
    "disease": ["NSCLC"],
}  # fmt: skip


def read(vocabulary, **fields):
    problems = Problems()
    entries = {"diagnostic": [({**ROW, **fields}, "a.toml")]}
    return list(read_diagnostics(entries, vocabulary, ["alk-ihc"], problems)), problems


def test_a_whole_row_is_read(vocabulary):
    found, problems = read(vocabulary, assays=["alk-ihc"])
    assert not problems
    assert found[0].therapies == (("alectinib",),)
    assert not found[0].stands


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "ALK fuzion"}, "ALK"),
        ({"therapies": ["alectinibbb"]}, "alectinibbb"),
        ({"disease": ["LUNGX"]}, "LUNGX"),
        ({"assays": ["no-such"]}, "no assay 'no-such'"),
        ({"therapies": [], "group": "ALK wizard"}, "no class of drugs 'ALK wizard'"),
        ({"group": "ALK TKI"}, "therapies or a group"),
        ({"regulator": "XYZ"}, "XYZ"),
        ({"verified_on": "2026-11-21"}, "verified without page"),
        ({"on": "2020-01-01"}, "a date, unverified"),
        ({"pma": "P1"}, "pma"),
    ],
)
def test_what_does_not_resolve_is_named_with_its_entry(vocabulary, fields, said):
    found, problems = read(vocabulary, **fields)
    assert not found
    assert len(problems) == 1
    assert said in problems[0]
    assert "a.toml [x]" in problems[0]


def test_an_item_of_a_panel_that_does_not_parse_is_named(vocabulary):
    row = {"id": "p", "disease": ["NSCLC"], "bodies": ["X 2025"], "name": "p",
           "item": [{"name": "KRASSS G12C"}]}  # fmt: skip
    problems = Problems()
    assert not list(read_panels({"panel": [(row, "p.toml")]}, vocabulary, problems))
    assert "p.toml [p] KRASSS G12C" in problems[0]


@pytest.mark.parametrize("half", [
    {"by": "X 2025"}, {"source_url": "https://x.org"}, {"verified_on": date(2026, 11, 21)},
])  # fmt: skip
def test_an_item_says_who_asks_and_where_it_was_read_or_neither(vocabulary, half):
    row = {"id": "p", "disease": ["NSCLC"], "bodies": ["X 2025"], "name": "p",
           "item": [{"name": "KRAS G12C", **half}]}  # fmt: skip
    problems = Problems()
    assert not list(read_panels({"panel": [(row, "p.toml")]}, vocabulary, problems))
    assert "KRAS G12C: by, page and day, or none" in problems[0]


def test_items_of_panels_were_read_where_they_say(knowledge):
    read = [i for p in knowledge.panels for i in p.items if i.verified_on]
    assert len(read) >= 47
    assert all(i.source_url.startswith("http") and i.by for i in read)


def test_only_rows_read_on_a_page_stand(knowledge):
    standing = [d for d in knowledge.diagnostics if d.stands]
    assert len(standing) >= 135
    for one in standing:
        assert one.source_url.startswith("http")
        assert one.verified_by
        assert str(one.verified_on) == "2026-11-21"
    for one in knowledge.diagnostics:
        assert bool(one.number) == bool(one.number_url)


def test_every_row_meets_a_claim_or_is_named(knowledge):
    assert without_claim(knowledge) == []
    lone = Diagnostic(id="lone", device="Kit", when=FusionIs(genes=("ALK",)),
                      therapies=(("osimertinib",),), disease=("NSCLC",))  # fmt: skip
    more = msgspec.structs.replace(knowledge, diagnostics=(*knowledge.diagnostics, lone))
    assert [one.id for one in without_claim(more)] == ["lone"]


def test_lint_names_what_is_dated_or_placed_wrong(knowledge):
    first = next(d for d in knowledge.diagnostics if d.stands)
    wrong = msgspec.structs.replace(first, id="w", number="P1", number_url="", source_url="ftp:x")
    later = msgspec.structs.replace(first, id="l", verified_on="2099-01-01")
    later = msgspec.convert(msgspec.to_builtins(later), Diagnostic)
    panel = knowledge.panels[0]
    panel = msgspec.structs.replace(panel, verified_on=first.verified_on, unverified=False)
    assert isinstance(panel, Panel)
    other = msgspec.structs.replace(knowledge, diagnostics=(wrong, later), panels=(panel,))
    found = "\n".join(lint(other))
    for said in ("'ftp:x' is no address", "number P1 without", "2099-01-01, later than",
                 "verified without a page"):  # fmt: skip
        assert said in found


def among(knowledge, **fields):
    """What lint says of one verified row, changed so."""
    first = next(d for d in knowledge.diagnostics if d.device == "HercepTest" and d.stands)
    wrong = msgspec.structs.replace(first, id="w", **fields)
    return [said for said in lint(msgspec.structs.replace(knowledge, diagnostics=(wrong,)))
            if said.startswith("w:")]  # fmt: skip


def test_every_verified_device_can_be_answered_that_test(knowledge):
    assert among(knowledge) == []
    assert "'HercepTest' is a name of 'herceptest'" in among(knowledge, assays=("her2-ihc",))[0]
    assert "no assay is named 'Kit'" in among(knowledge, device="Kit")[0]


@pytest.mark.parametrize("note", [
    "Three inhibitors; which ones was not seen on a page.", "The use is from memory.",
    "The approval of the device was seen, its use was not.",
])  # fmt: skip
def test_a_note_does_not_take_back_what_is_verified(knowledge, note):
    assert "verified, and its note says" in among(knowledge, note=note)[0]
