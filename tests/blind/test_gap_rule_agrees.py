"""The gaps of the plan against the rule as the text tells it, on cases that nobody picked."""

from itertools import product

import gap_rule_again as again
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onkos.criteria import parse
from onkos.model import (
    Assay,
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Event,
    Fusion,
    GeneEvent,
    Knowledge,
    Measurement,
    Origin,
    Panel,
    PanelItem,
    Plan,
    Sample,
    SmallVariant,
)
from onkos.plan import with_gaps

# What the made-up panel asks for: the item's words, and the same as the text would say it.
ITEMS = {
    "EGFR mutation": (again.Asked("EGFR", "small"),),
    "ERBB2 mutation": (again.Asked("ERBB2", "small"),),
    "KRAS mutation or NRAS mutation": (again.Asked("KRAS", "small"), again.Asked("NRAS", "small")),
    "ERBB2 amplification": (again.Asked("ERBB2", "copies"),),
    "ALK fusion": (again.Asked("ALK", "fusion"),),
    "NTRK1/NTRK2 fusion": (again.Asked("NTRK1", "fusion"), again.Asked("NTRK2", "fusion")),
    "germline BRCA1 loss of function": (again.Asked("BRCA1", "small", germline=True),),
    "PD-L1 TPS >= 1": (again.Asked("PD-L1", "expression"),),
    "FLT3-ITD": (again.Asked("FLT3", "itd", repeat=True),),
    "TP53 mutation": (again.Asked("TP53", "small", repeat=True),),
}
EVENTS = {("FLT3", "itd"): "FLT3-ITD"}
MEASURES = {("PD-L1", "expression")}
WHAT = sorted({(a.gene, a.kind) for asked in ITEMS.values() for a in asked})
FIELDS = {"small": "small_variants", "copies": "copy_number", "fusion": "fusions", "itd": "events"}
TIMES = ("2024-01-10", "2026-01-10")  # at diagnosis, at relapse


def made_up(knowledge: Knowledge) -> Knowledge:
    items = tuple(
        PanelItem(name=words, when=(parse(words, knowledge.vocabulary),), repeat=asked[0].repeat)
        for words, asked in ITEMS.items()
    )
    panel = Panel(id="t", name="t", disease=("TISSUE",), bodies=("t",), unverified=True,
                  items=items)  # fmt: skip
    return replace(knowledge, panels=(panel,))


@pytest.fixture(scope="module")
def asking(knowledge):
    return made_up(knowledge)


@st.composite
def results(draw):
    covers = frozenset(draw(st.sets(st.sampled_from(WHAT))))
    found = frozenset(w for w in covers if draw(st.integers(0, 3)) == 0)
    plasma = draw(st.booleans())
    return again.Result(
        covers=covers - (MEASURES if plasma else set()),
        found=found - (MEASURES if plasma else set()),
        plasma=plasma,
        fraction=draw(st.sampled_from([None, 0.0, 0.002, 0.0099, 0.01, 0.2])) if plasma else None,
        of_germline=not plasma and draw(st.booleans()),
        # Purity is the quality of sequencing: of a stain's own quality a case says nothing.
        passed=plasma or bool(covers & MEASURES) or draw(st.booleans()),
        at_relapse=draw(st.booleans()),
    )


def assay_of(number, result):
    covers = set(result.covers)
    if ("BRCA1", "small") in covers:  # loss of function: letters, copies and breaks
        covers |= {("BRCA1", "copies"), ("BRCA1", "fusion")}
    lists = {
        field: tuple(EVENTS.get((gene, k), gene) for gene, k in sorted(covers) if k == kind)
        for kind, field in FIELDS.items()
    }
    return Assay(
        id=f"a{number}", name=f"test {number}", germline=result.of_germline,
        material=(material_of(result),), minimum_purity=None if result.plasma else 0.2, **lists,
    )  # fmt: skip


def material_of(result):
    return "plasma" if result.plasma else ("blood" if result.of_germline else "tissue")


def sample_of(number, result):
    tumour = material_of(result) == "tissue"
    return Sample(
        id=f"S{number}", material=material_of(result), collected=TIMES[result.at_relapse],
        assay=assay_of(number, result), tumour_fraction=result.fraction,
        purity=(0.5 if result.passed else 0.1) if tumour else None,
    )  # fmt: skip


def seen_of(number, result):
    where = {"sample": f"S{number}"}
    origin = Origin.GERMLINE if result.of_germline else Origin.SOMATIC
    for gene, kind in sorted(result.found - MEASURES):
        if kind == "small":
            yield SmallVariant(gene=gene, protein="Q40*", first=40, last=40, origin=origin,
                               consequence=Consequence.NONSENSE, **where)  # fmt: skip
        elif kind == "copies":
            yield CopyNumber(gene=gene, call=CopyCall.AMPLIFICATION, copies=20, **where)
        elif kind == "fusion":
            yield Fusion(five="KIF5B", three=gene, in_frame=True, **where)
        else:
            yield GeneEvent(gene=gene, event=Event.ITD, **where)


def case_of(tests, relapsed, disease="NSCLC", **more):
    stains = [(n, r) for n, r in enumerate(tests) if r.covers & MEASURES]
    return Case(
        id="t", disease=disease, as_of="2026-01-20",
        settings=("relapsed",) if relapsed else ("newly diagnosed",),
        samples=tuple(sample_of(n, r) for n, r in enumerate(tests)),
        alterations=tuple(seen for n, r in enumerate(tests) for seen in seen_of(n, r)),
        measurements=tuple(
            Measurement(name="PD-L1 TPS", value=60.0 if r.found & MEASURES else 0.0,
                        sample=f"S{n}")
            for n, r in stains
        ),
        **more,
    )  # fmt: skip


def gaps_of(case, knowledge):
    return {gap.name for gap in with_gaps(Plan(), case, (), knowledge).gaps}


def usable(result):
    """Blood holds no tumour: what the text says of tumour tests is asked of tissue and plasma."""
    if not result.of_germline:
        return result
    of_blood = frozenset(w for w in result.covers if w == ("BRCA1", "small"))
    return result._replace(covers=of_blood, found=result.found & of_blood, passed=True)


def test_gaps_are_those_of_the_text(asking):
    @settings(max_examples=400, deadline=None)
    @given(st.lists(results().map(usable), max_size=3), st.booleans())
    def agree(tests, relapsed):
        gaps = gaps_of(case_of(tests, relapsed), asking)
        for words, asked in ITEMS.items():
            expected = again.missing_of(asked, tests, relapsed)
            if expected is not None:
                assert (words in gaps) is expected, words

    agree()


@pytest.mark.parametrize(("disease", "asks"), [
    ("LUAD", "NSCLC"), ("LUSC", "NSCLC"), ("COADREAD", "COADREAD"), ("COAD", "COADREAD"),
    ("BRCA", "BRCA"), ("IDC", "BRCA"), ("UM", "MEL"), ("CHOL", "CHOL"), ("IHCH", "CHOL"),
    ("UTUC", "BLCA"), ("APLPMLRARA", "AML"), ("GIST", "GIST"), ("LMS", "GIST"),
])  # fmt: skip
def test_panels_are_those_of_the_tumour(knowledge, asking, disease, asks):
    tree = {d.code: d.parent for d in knowledge.vocabulary.diseases}
    but = ("LUSC",)
    panel = replace(asking.panels[0], disease=(asks,), disease_except=but)
    gaps = gaps_of(Case(id="t", disease=disease), replace(asking, panels=(panel,)))
    assert bool(gaps) is again.asked_of(tree, disease, (asks,), but)


@pytest.mark.parametrize("stage", ["I", "IA", "II", "IIB", "IIIA", "IV", "IVB"])
@pytest.mark.parametrize("asks_for", ["advanced", "early"])
def test_panels_are_those_of_the_stage(knowledge, asking, stage, asks_for):
    setting = parse(f"setting {asks_for}", knowledge.vocabulary)
    panel = replace(asking.panels[0], setting=setting)
    case = Case(id="t", disease="NSCLC", stage=stage)
    expected = again.at_stage(asks_for, stage)
    if expected is not None:
        gaps = with_gaps(Plan(), case, (), replace(asking, panels=(panel,))).gaps
        assert bool(gaps) is expected
        assert not any(gap.setting_open for gap in gaps)


def of(*genes, kind="small", **more):
    return again.Result(frozenset((gene, kind) for gene in genes), **more)


class TestVectorsOfTheText:
    """The four worked examples of section 9.2, on the panels as they are shipped."""

    def test_lung_with_a_panel_of_dna_and_pd_l1(self, knowledge):
        test = of("EGFR", "KRAS", "BRAF", "MET")
        stain = again.Result(frozenset(MEASURES))
        case = case_of([test, stain], False, "LUAD", stage="IV")
        gaps = " ".join(gaps_of(replace(case, settings=None), knowledge))
        for gene in ("ALK", "ROS1", "RET", "NTRK1", "NRG1", "ERBB2"):
            assert gene in gaps
        for known in ("EGFR", "KRAS", "BRAF", "PD-L1"):
            assert known not in gaps

    @pytest.mark.parametrize(("fraction", "cleared"), [(0.002, False), (0.2, True)])
    def test_bowel_in_plasma(self, knowledge, fraction, cleared):
        test = of("KRAS", "NRAS", plasma=True, fraction=fraction)
        case = replace(case_of([test], False, "COAD", stage="IV"), settings=None)
        gaps = " ".join(gaps_of(case, knowledge))
        assert ("NRAS" not in gaps) is cleared

    def test_ovary_negative_in_the_tumour(self, knowledge):
        genes = ("BRCA1", "BRCA2")
        # "sBRCA neg": loss of function is looked for in letters, copies and breaks.
        test = of(*genes)._replace(covers=frozenset(product(genes, ("small", "copies", "fusion"))))
        case = replace(case_of([test], False, "HGSOC"), settings=None)
        gaps = gaps_of(case, knowledge)
        assert any("ermline" in name and "BRCA" in name for name in gaps)
        assert not any("umour" in name and "BRCA" in name for name in gaps)

    def test_leukaemia_relapsed_with_flt3_of_the_diagnosis(self, knowledge):
        test = again.Result(frozenset({("FLT3", "itd"), ("FLT3", "small")}), at_relapse=False)
        names = {
            relapsed: {gap.name: gap for gap in with_gaps(
                Plan(), case_of([test], relapsed, "AML"), (), knowledge).gaps}
            for relapsed in (False, True)
        }  # fmt: skip
        assert not any("FLT3" in name for name in names[False])
        (again_due,) = [gap for name, gap in names[True].items() if "FLT3" in name]
        assert again_due.repeat
