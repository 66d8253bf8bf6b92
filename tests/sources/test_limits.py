"""Limits are data, each with a source or a mark."""

import re
from pathlib import Path

from onkos.sources.knowledge.builtin import FOLDER

CODE = FOLDER.parent
MOVED = (
    "FEWEST = ", "SHARE = ", "_CARRIED", "_ABSENT", "LEAST_VARIANTS", "MISFITS", "CLONAL_ABOVE",
    "_CLONAL_SHARE", "LEAST_VAF", "BY_CHANCE", "PROMOTER_REACH", "_LONGEST_UNIT",
)  # fmt: skip


def test_a_mark_is_of_a_limit(vocabulary):
    assert vocabulary.limits_unverified
    assert vocabulary.limits_unverified.keys() <= vocabulary.limits.keys()


def test_no_limit_says_that_it_was_not_looked_up():
    text = (FOLDER / "limits.toml").read_text(encoding="utf-8")
    assert "not looked up" not in text


def test_cut_offs_stand_in_no_code():
    code = {path.name: path.read_text(encoding="utf-8") for path in Path(CODE).rglob("*.py")}
    found = {
        (name, word)
        for name, text in code.items()
        for word in MOVED
        if re.search(rf"(?m)^{re.escape(word)}", text)
    }
    assert found == set()


def test_a_repeat_without_a_source_is_marked(knowledge):
    rules = knowledge.biomarkers.instability
    assert rules.loci_sources.keys() <= rules.loci.keys()
    assert all(re.search(r"PMID \d+", source) for source in rules.loci_sources.values())
