"""Whatever stands in a file of another source, it is a claim, an unread row, or a clear refusal."""

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.errors import Unreadable
from onkos.sources.knowledge.adapters import cgi, compared, moa, oncokb, va_spec
from onkos.sources.knowledge.maps import disease_map
from tests.sources.knowledge.test_kinds_of_sources import ANSWER
from tests.sources.knowledge.test_moa import NODE, SOURCE
from tests.sources.knowledge.test_va_spec import STATEMENT

ODD = (None, True, -1, 3.5, "", "x", "NCT1", [], [1], [[]], [None], {}, {"a": 1}, {"name": []})


def ways(node, before=()):
    """Paths to all that a node holds."""
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, value in pairs:
        yield (*before, name)
        yield from ways(value, (*before, name))


def spoilt(node, way, value):
    """The node with something else at one place."""
    copy = json.loads(json.dumps(node))
    at = copy
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return copy


LETTERS = st.characters(codec="utf-8", exclude_characters="\t\n\r\0")
CASES = {
    "moa": ({"assertions": [NODE], "sources": [SOURCE]}, moa.read),
    "va_spec": ([STATEMENT], lambda path, words: va_spec.read([path], words)),
    "oncokb": (ANSWER, oncokb.read),
    "oncotree": ({"TISSUE": {"code": "TISSUE", "name": "T", "children": {}}}, compared.oncotree),
    "dgidb": (
        {"data": {"genes": {"nodes": [{"interactions": [{"drug": {"name": "X"}}]}]}}},
        compared.dgidb,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_odd_value_is_never_a_traceback(name, tmp_path, vocabulary):
    """Each value of a good file in turn, by each odd one."""
    node, read = CASES[name]
    path = tmp_path / "odd.json"
    for way in ways(node):
        for odd in ODD:
            path.write_bytes(msgspec.json.encode(spoilt(node, way, odd)))
            with suppress(Unreadable):
                assert all(row for row in read(path, vocabulary)), (way, odd)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.text(LETTERS, max_size=12), min_size=10, max_size=10))
def test_odd_rows_of_cgi_are_told(cells, tmp_path, vocabulary):
    names = ("Alteration", "Alteration type", "Association", "Biomarker", "Drug", "Drug family",
             "Evidence level", "Gene", "Primary Tumor acronym", "Source")  # fmt: skip
    path = tmp_path / "odd.tsv"
    path.write_text("\t".join(names) + "\n" + "\t".join(cells) + "\n", encoding="utf-8")
    try:
        rows = list(cgi.read(path, vocabulary))
    except Unreadable:
        return
    assert rows or not "".join(cells).strip()


def test_every_term_of_the_tumours_of_cgi_is_in_the_map(vocabulary):
    known = disease_map(vocabulary)
    for acronym, tumour in cgi.words().tumours.items():
        assert tumour.refused or known.find(tumour.term) is not None, acronym
