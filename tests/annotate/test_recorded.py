"""Alleles of a case in an archive: in the form of a VCF, on the assembly that it is of."""

from datetime import date

import pytest

from onkos import annotate
from onkos.model import Case, Consent, Oncogenicity, Origin, SmallVariant
from onkos.model.reference import NO_REFERENCE
from onkos.sources.knowledge.pages import page_of
from onkos.sources.knowledge.snapshots import read_snapshot, with_snapshots
from onkos.sources.knowledge.store import add_snapshot
from tests.sources.knowledge.clinvar_small import PANEL, TWO, write

DAY = date(2026, 5, 1)


@pytest.fixture
def knowing(tmp_path, knowledge):
    """The knowledge with an archive of these rows."""

    def made(*rows, assembly="GRCh38"):
        path = write(tmp_path, rows=rows, assembly=assembly)
        store = tmp_path / "store"
        page = page_of("clinvar", [path], DAY, "")
        read_snapshot(page, [path], knowledge, store)
        add_snapshot("clinvar", [path], DAY, "", store)
        return with_snapshots(knowledge, (), store)

    return made


def case(*variants, **said):
    return Case(id="c", disease="LUAD", alterations=variants, **said)


def variant(place, reference, alternate, assembly="GRCh38", chromosome="7", **said):
    return SmallVariant(
        gene="EGFR", protein="X1Y", assembly=assembly, chromosome=chromosome, position=place,
        reference=reference, alternate=alternate, **said,
    )  # fmt: skip


def ids(found):
    return [record.id for seen in found.alterations for record in seen.records]


BENIGN = f"CLNSIG=Benign;CLNREVSTAT={TWO};ONC=Benign;ONCREVSTAT={PANEL}"


def run_of(genome, length=4):
    """The first run of one base in EGFR: its place and the base before it."""
    start = 55_191_700
    bases = genome.sequence("7", start, start + 400)
    for at in range(1, len(bases) - length):
        run = bases[at : at + length]
        alone = bases[at - 1] != run[0] != bases[at + length]
        if len(set(run)) == 1 and "N" not in run and alone:
            return start + at, bases[at - 1], run[0]
    raise AssertionError("no run")


def test_with_a_genome_a_deletion_is_found_wherever_its_file_puts_it(knowing, tiny):
    """The archive's own name does not tell here how far it can be moved; the genome does."""
    first, before, base = run_of(tiny)
    known = knowing(("7", first - 1, 0, 5, before + base, before, BENIGN))
    for at in range(first, first + 4):
        seen = case(variant(at, base, ""))
        assert ids(annotate.with_records(seen, known, tiny)) == ["5"]
    for at in (first - 1, first + 4):  # where the genome has another base
        assert not ids(annotate.with_records(case(variant(at, base, "")), known, tiny))
    last = case(variant(first + 3, base, ""))
    assert not ids(annotate.with_records(last, known, NO_REFERENCE))
    assert ids(annotate.with_records(case(variant(first, base, "")), known, NO_REFERENCE)) == ["5"]


def test_a_change_of_the_old_assembly_is_lifted_where_a_genome_can(knowing, tiny):
    known = knowing(("7", 55191822, 0, 16609, "T", "G", BENIGN))
    old = case(variant(55259515, "T", "G", assembly="GRCh37"))
    assert ids(annotate.with_records(old, known, tiny)) == ["16609"]
    (told,) = annotate.searched(annotate.with_records(old, known, tiny), known, tiny)
    assert (told.placed, told.found, told.elsewhere) == (1, 1, {})
    assert not ids(annotate.with_records(old, known, NO_REFERENCE))
    (told,) = annotate.searched(old, known, NO_REFERENCE)
    assert (told.placed, told.elsewhere) == (0, {"GRCh37": 1})


def test_an_insertion_of_a_maf_stands_behind_its_position(knowing):
    known = knowing(("17", 43057062, 0, 17677, "T", "TG", BENIGN))
    seen = case(variant(43057062, "", "G", chromosome="17"))
    assert ids(annotate.with_records(seen, known, NO_REFERENCE)) == ["17677"]
    seen = case(variant(43057062, "-", "G", chromosome="17"))
    assert ids(annotate.with_records(seen, known, NO_REFERENCE)) == ["17677"]


def test_no_assembly_and_no_place_are_said_and_not_guessed(knowing):
    known = knowing(("7", 55191822, 0, 16609, "T", "G", BENIGN))
    seen = case(
        variant(55191822, "T", "G", assembly=""), SmallVariant(gene="EGFR", protein="L858R")
    )
    found = annotate.with_records(seen, known, NO_REFERENCE)
    assert not ids(found)
    (told,) = annotate.searched(found, known, NO_REFERENCE)
    assert (told.placed, told.elsewhere, told.unplaced) == (0, {"": 1}, 1)


@pytest.mark.parametrize(
    ("ours", "differs"),
    [
        (Oncogenicity.ONCOGENIC, "benign in ClinVar, oncogenic here"),
        (Oncogenicity.UNCERTAIN, "benign in ClinVar, uncertain significance here"),
        (Oncogenicity.LIKELY_BENIGN, ""),
        (None, ""),
    ],
)
def test_oncogenicity_is_set_beside_oncogenicity(knowing, ours, differs):
    known = knowing(
        ("7", 55191822, 0, 1, "T", "G", BENIGN.replace("CLNSIG=B", "CLNSIG=Pathogenic;X="))
    )
    seen = case(variant(55191822, "T", "G", oncogenicity=ours))
    (record,) = annotate.with_records(seen, known, NO_REFERENCE).alterations[0].records
    assert record.differs == differs


def test_an_inherited_change_is_set_beside_the_germline_classification(knowing):
    info = f"CLNSIG=Benign;CLNREVSTAT={TWO};ONC=Oncogenic;ONCREVSTAT={PANEL}"
    known = knowing(("7", 55191822, 0, 1, "T", "G", info))
    seen = variant(55191822, "T", "G", oncogenicity=Oncogenicity.ONCOGENIC)
    for origin, differs in (
        (Origin.SOMATIC, ""),
        (Origin.UNKNOWN, ""),
        (Origin.GERMLINE, "benign in ClinVar, oncogenic here"),
    ):
        own = case(variant(55191822, "T", "G", oncogenicity=seen.oncogenicity, origin=origin))
        (record,) = annotate.with_records(own, known, NO_REFERENCE).alterations[0].records
        assert record.differs == differs


def test_a_withheld_germline_classification_is_gone_with_all_that_speaks_of_it(knowing):
    rows = (
        ("7", 1000, 0, 1, "T", "G", "CLNSIG=Pathogenic;CLNDN=Hereditary_cancer"),
        ("7", 2000, 0, 2, "T", "G", "CLNSIGINCL=77:Pathogenic;ONC=Oncogenic"),
    )
    known = knowing(*rows)
    seen = (variant(1000, "T", "G"), variant(2000, "T", "G"))
    told = annotate.with_records(case(*seen), known, NO_REFERENCE)
    assert ids(told) == ["1", "2"]
    held = annotate.with_records(case(*seen, germline=Consent.WITHHOLD), known, NO_REFERENCE)
    assert ids(held) == ["2"]
    assert [c.values for c in held.alterations[1].records[0].classifications] == [("oncogenic",)]


def test_no_syndrome_stands_beside_what_else_is_told_where_it_is_withheld(knowing):
    """Whoever reads "oncogenic; Li-Fraumeni syndrome 1" was told what was to be withheld."""
    rows = (
        ("7", 1000, 0, 1, "T", "G", "ONC=Oncogenic;ONCDN=Li-Fraumeni_syndrome_1|Melanoma;"
         "SCI=Tier_I_-_Strong;SCIDN=Lynch_syndrome|Lung_adenocarcinoma"),
        ("7", 2000, 0, 2, "T", "G", "SCI=Tier_II_-_Potential;SCIDN=Hereditary_breast_carcinoma"),
    )  # fmt: skip
    known = knowing(*rows)
    seen = (variant(1000, "T", "G"), variant(2000, "T", "G"))
    told = annotate.with_records(case(*seen), known, NO_REFERENCE)
    assert ids(told) == ["1", "2"]
    held = annotate.with_records(case(*seen, germline=Consent.WITHHOLD), known, NO_REFERENCE)
    assert ids(held) == ["1"]
    (record,) = held.alterations[0].records
    assert [(c.values[0], c.conditions) for c in record.classifications] == [
        ("oncogenic", ()),
        ("Tier I - Strong", ("Lung adenocarcinoma",)),
    ]
