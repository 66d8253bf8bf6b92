"""Hotspots as the API of cancerhotspots.org answers them."""

import json

import pytest

from onkos.errors import Unreadable
from onkos.model import Hotspot, Unread
from onkos.sources.knowledge.hotspot_files import read_hotspots

ENTRY = {"hugoSymbol": "BRAF", "residue": "V600", "tumorCount": 857,
         "variantAminoAcid": {"E": 833, "K": 24}}  # fmt: skip


@pytest.mark.parametrize(("gene", "name"), [("BRAF", "braf"), ("MYD88", "myd88")])
def test_the_api_tells_the_hotspots_of_the_file(shared_data, vocabulary, gene, name):
    folder = shared_data / "knowledge"
    answer = folder / f"api_captures_biomcp/cancerhotspots/by_gene_{name}_20260805.json"
    file = folder / "cancerhotspots/v2_multi_type_residue.txt"
    told = [one for one in read_hotspots(answer, vocabulary) if isinstance(one, Hotspot)]
    assert len(told) == len(json.loads(answer.read_bytes()))
    filed = [one for one in read_hotspots(file, vocabulary)
             if isinstance(one, Hotspot) and one.gene == gene]  # fmt: skip
    by_residue = {(one.first, one.last): one.changes for one in filed}
    for one in told:
        assert by_residue[one.first, one.last] == one.changes


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({**ENTRY, "tumorCount": 858}, "858 tumours, but 857"),
        ({**ENTRY, "hugoSymbol": ""}, "names no gene"),
        ({**ENTRY, "residue": "here"}, "not a residue"),
        ({**ENTRY, "variantAminoAcid": {"E": "833"}}, "not changes with their tumours"),
        ({**ENTRY, "variantAminoAcid": {"E": 0}, "tumorCount": 0}, "tumours below 1"),
        ([], "not a hotspot"),
    ],
)
def test_every_entry_is_a_hotspot_or_told_as_unread(tmp_path, vocabulary, entry, reason):
    path = tmp_path / "hotspots.json"
    path.write_text(json.dumps([entry, ENTRY]))
    first, second = read_hotspots(path, vocabulary)
    assert isinstance(first, Unread)
    assert reason in first.reason
    assert (second.gene, second.first, second.reference) == ("BRAF", 600, "V")


@pytest.mark.parametrize("text", ["<html>", "{}", "[" * 100_000])
def test_what_is_no_answer_is_unreadable(tmp_path, vocabulary, text):
    path = tmp_path / "hotspots.json"
    path.write_text(text)
    with pytest.raises(Unreadable):
        list(read_hotspots(path, vocabulary))
