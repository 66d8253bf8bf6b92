"""The boolean cases of the second matchengine: the same outcome wherever every gene was tested.

The shared cases hold trees of made-up leaves, and the paths of leaves of which one must hold whole.
Each leaf becomes a gene that is changed or not, so that our own evaluation is asked.
"""

import json
import random

import pytest

from onkos.criteria import CaseView
from onkos.model import Answer, Assay, Case, Sample, SmallVariant
from onkos.model.criterion import Mutation
from onkos.model.trial import Level, Part, Trial, TrialCriterion
from onkos.sources.knowledge.trials.ctml import rule_of
from onkos.trials.asking import Asking
from onkos.trials.prepared import Prepared

CASES = (
    "and_and_and and_and_or and_or_and and_or_or or_and_and or_and_or or_or_and or_or_or all_cases"
).split()  # fmt: skip; the last one is used by name below
DRAWS = 300


def _gene(kind, value):
    """A made-up gene for a leaf: two leaves are one only where kind and value agree."""
    return f"{kind}_{json.dumps(value, sort_keys=True)}".upper()


def _leaf(kind, value, line):
    rule = Mutation(genes=(_gene(kind, value),))
    return [TrialCriterion(text=kind, part=Part.GENOMIC, criterion=rule)]


@pytest.fixture(scope="module")
def tests_of_matchengine(shared_data):
    folder = shared_data / "knowledge" / "trials" / "matchengine_v2_tests"
    if not folder.is_dir():
        pytest.skip("no cases of the matchengine")
    return folder


def _paths(folder, name):
    """Sets of genes of which one must be changed whole."""
    expected = json.loads((folder / "get_match_paths_expected.json").read_text())
    return [
        frozenset(
            _gene(kind, value)
            for group in path["criteria_list"]
            for leaf in group["criteria"]
            for kind, value in leaf.items()
        )
        for path in expected[f"{name}.json"]
    ]


def _holds(node, changed):
    """A tree in two values, read directly off its words."""
    join = {"and": all, "or": any}
    return all(
        join[kind](_holds(part, changed) for part in value)
        if kind in join
        else _gene(kind, value) in changed
        for kind, value in node.items()
    )


def _case(folder, name):
    """Tree, paths and genes; paths that leave out a part that the tree asks for are not used."""
    tree = json.loads((folder / "ctml_boolean_cases" / f"{name}.json").read_text())
    paths = _paths(folder, name)
    genes = sorted(frozenset().union(*paths))
    return rule_of(tree, _leaf), [path for path in paths if _holds(tree, path)], genes


def test_paths_of_the_matchengine_that_leave_out_a_part_of_their_tree(tests_of_matchengine):
    """26 of the 194 expected paths of ``all_cases`` do not satisfy their own tree.

    24 hold neither g12 nor c12, one of which is asked for beside g10, c10, g11 and c11; two leave
    out the alternatives of the first half. All other paths of all cases satisfy their trees.
    """
    for name in CASES:
        text = (tests_of_matchengine / "ctml_boolean_cases" / f"{name}.json").read_text()
        tree, paths = json.loads(text), _paths(tests_of_matchengine, name)
        short = [path for path in paths if not _holds(tree, path)]
        assert len(short) == (26 if name == "all_cases" else 0)
    without = [p for p in short if not any(gene[:4] in {"G12_", "C12_"} for gene in p)]
    assert len(without) == 24


def _asking(node_rule, changed, tested, vocabulary):
    trial = Trial(id="case", levels=(Level(kind="step", rule=node_rule),))
    laid_out = Prepared([trial], vocabulary)
    case = Case(
        id="p",
        disease="LUAD",
        alterations=tuple(SmallVariant(gene=g, protein="A1C", first=1, last=1,
                                       consequence="missense") for g in sorted(changed)),
        samples=(Sample(assay=Assay(id="a", name="a", small_variants=tuple(sorted(tested)))),),
    )  # fmt: skip
    return Asking(CaseView(case, vocabulary), laid_out).answer(laid_out.plans[0].node)


@pytest.mark.parametrize("name", CASES)
def test_the_expected_outcome_where_everything_was_tested(tests_of_matchengine, vocabulary, name):
    rule, paths, genes = _case(tests_of_matchengine, name)
    draw = random.Random(name)
    outcomes = set()
    for number in range(DRAWS):
        share = (number % 10) / 9
        changed = {gene for gene in genes if draw.random() < share}
        expected = any(path <= changed for path in paths)
        answer = _asking(rule, changed, genes, vocabulary)
        assert answer is (Answer.MET if expected else Answer.UNMET)
        outcomes.add(expected)
    assert outcomes == {True, False}


@pytest.mark.parametrize("name", CASES)
def test_a_gene_that_was_not_tested_never_settles_what_hangs_on_it(
    tests_of_matchengine, vocabulary, name
):
    """Differs by design from an engine of two values: unknown where both outcomes are possible."""
    rule, paths, genes = _case(tests_of_matchengine, name)
    draw = random.Random(f"{name} untested")
    for _ in range(DRAWS // 3):
        tested = {gene for gene in genes if draw.random() < 0.7}
        changed = {gene for gene in tested if draw.random() < 0.5}
        least = any(path <= changed for path in paths)
        most = any(path <= changed | (set(genes) - tested) for path in paths)
        answer = _asking(rule, changed, tested, vocabulary)
        expected = Answer.MET if least else Answer.UNKNOWN if most else Answer.UNMET
        assert answer is expected
