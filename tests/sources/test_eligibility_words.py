"""Words of medicine stand in the table of eligibility words, none in the code that reads by it."""

import re
from pathlib import Path

import pytest

from onkos.model.trial import Recovery, criteria_of
from onkos.sources.knowledge.trials import freetext
from onkos.sources.knowledge.trials.freetext.extract import extract
from onkos.sources.knowledge.trials.freetext.words import said_words

CODE = sorted(Path(freetext.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_gene_scale_or_result_stands_in_code(path, vocabulary):
    typed = set(re.findall(r'"([^"\s]+)"', path.read_text(encoding="utf-8")))
    names = {gene.symbol for gene in vocabulary.genes} | {m.name for m in vocabulary.measures}
    assert not typed & (names | {"MSI-H", "MSS", "dMMR", "pMMR", "chemo"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inclusion Criteria:\n- ERBB2 positive", "HER2 positive"),
        ("Inclusion Criteria:\n- ECOG 0-1", "ECOG <= 1"),
        ("Inclusion Criteria:\n- EGFR mutation positive by a local test", "EGFR mutation"),
    ],
)
def test_what_the_tables_say_is_read(text, expected, vocabulary):
    found = [c for rule in extract(text, vocabulary) for c in criteria_of(rule)]
    assert expected in [str(c) for c in found]


def test_a_treatment_within_some_time_can_be_waited_for(vocabulary):
    text = "Exclusion Criteria:\n- Systemic chemotherapy within 3 weeks\n- Pregnant women"
    found = [c for rule in extract(text, vocabulary) for c in criteria_of(rule)]
    assert [c.recovery for c in found] == [Recovery.WASHOUT, Recovery.NONE]
    assert set(said_words()["washout"]) == {"within", "treatment", "time"}


def test_a_sentence_without_end_is_left_unread(vocabulary):
    """What would take hours to read is said not to be read."""
    found = [c for r in extract("EGFR mutation and KRAS, " * 20_000, vocabulary)
             for c in criteria_of(r)]  # fmt: skip
    assert [c.unread for c in found] == ["more than 2000 words long"]
