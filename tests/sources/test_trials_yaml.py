"""YAML without surprises: words stay words, and no document can exhaust the machine."""

import pytest

from onkos.errors import InputError

pytest.importorskip("yaml")

from onkos.sources.knowledge.trials.safe_yaml import DEEPEST, read_yaml


def test_every_scalar_stays_a_word():
    text = "gene: NO\nexon: 019\ndate: 2020-01-01\nyes: on\nnone: ~\nempty:\nquoted: 'null'\n"
    assert read_yaml(text) == {
        "gene": "NO", "exon": "019", "date": "2020-01-01", "yes": "on", "none": None,
        "empty": None, "quoted": "null",
    }  # fmt: skip


def test_a_mapping_knows_its_line():
    found = read_yaml("a: 1\nb:\n  - x: 1\n  - y: 2\n")
    assert [block.line for block in found["b"]] == [3, 4]


def test_an_alias_stands_for_its_anchor():
    assert read_yaml("a: &x {k: v}\nb: *x\nc: [*x, *x]\n")["c"] == [{"k": "v"}, {"k": "v"}]


def test_aliases_of_aliases_are_refused():
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(InputError, match="alias"):
        read_yaml(laughs)


def test_very_many_aliases_are_refused():
    big = "a: &a [" + "x, " * 2000 + "x]\nb: [" + "*a, " * 2000 + "*a]\n"
    with pytest.raises(InputError, match="more than"):
        read_yaml(big)


def test_depth_is_bounded():
    with pytest.raises(InputError, match="nested deeper"):
        read_yaml("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert read_yaml("[" * DEEPEST + "]" * DEEPEST)


@pytest.mark.parametrize(
    ("text", "why"),
    [("a: 1\na: 2\n", "twice"), ("a: [", "line"), ("a: 1\n---\nb: 2\n", "second document"),
     ("? [a]\n: b\n", "not a word"), ("a: &a [*a]", "alias")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_line(text, why):
    with pytest.raises(InputError, match=why):
        read_yaml(text)


def test_objects_of_the_language_are_never_made():
    assert read_yaml("a: !!python/object/apply:os.system ['true']\n") == {"a": ["true"]}
