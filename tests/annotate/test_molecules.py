"""Changes that one molecule carries, read together; neighbours of which that is not told."""

import msgspec
import pytest

from onkos import pipeline
from onkos.annotate import describe
from onkos.annotate.molecules import TOGETHER
from onkos.biomarkers.second_hit import Alleles, second_hits
from onkos.criteria import evaluate, parse
from onkos.model import Answer, Case, Consent, Consequence, Origin, Sample, SmallVariant
from onkos.sources.patient.vcf import read_vcf
from tests.small_genome import place, small_genome

L858 = [(55191821, "C", "A"), (55191822, "T", "G")]
EXON_19 = [(55174777, "TA", "T"), (55174784, "AGC", "A")]


def call(position, reference, alternate, haplotype=None, phase_set="1", alt=30, **more):
    told = {} if haplotype is None else {"phase_set": phase_set, "haplotype": haplotype}
    return SmallVariant(
        **{
            "gene": "", "chromosome": "7", "assembly": "GRCh38", "position": position,
            "reference": reference, "alternate": alternate, "alt_reads": alt, "depth": 100,
            "vaf": alt / 100, **told, **more,
        }
    )  # fmt: skip


def case(*calls, knowledge=None, **more):
    samples = (Sample(assay=knowledge.assay("wes-paired")),) if knowledge else ()
    return Case(id="a", disease="LUAD", alterations=calls, rows=len(calls), samples=samples, **more)


def said(found):
    return "\n".join(found.notices)


def answer(text, found, knowledge):
    return evaluate(parse(text, knowledge.vocabulary), found, knowledge.vocabulary).answer


def test_two_substitutions_of_a_codon_are_one_change(knowledge, tiny):
    one, other = L858
    found = describe(case(call(*one, 1), call(*other, 1, alt=22)), knowledge, tiny)
    (variant,) = found.alterations
    # CTG > AGG; two bases that are the reverse complement of the old ones are an inversion.
    assert (variant.protein, variant.coding) == ("L858R", "c.2572_2573inv")
    assert (variant.position, variant.reference, variant.alternate) == (55191821, "CT", "AG")
    assert (variant.alt_reads, variant.vaf) == (22, 0.22)
    assert found.filtered == {TOGETHER: 1}
    assert "the reads of the rarer one (22 of 100)" in said(found)
    assert "7:55191821 C>A and 7:55191822 T>G lie on one molecule" in said(found)


def test_two_frameshifts_that_undo_each_other_are_one_in_frame_change(knowledge, tiny):
    found = describe(case(*(call(*one, 0) for one in EXON_19), knowledge=knowledge), knowledge,
                     tiny)  # fmt: skip
    (variant,) = found.alterations
    assert variant.protein == "R748_A750delinsEK"
    assert variant.coding == "c.[2242del;2248_2249del]"
    assert variant.consequence is Consequence.DELINS
    assert answer("EGFR exon 19 deletion", found, knowledge) is Answer.MET


def test_a_codon_read_together_may_be_silent(knowledge, tiny):
    """c.2572C>T and c.2574G>A: CTG is L, and so is TTA."""
    calls = (call(55191821, "C", "T", 0), call(55191823, "G", "A", 0))
    found = describe(case(*calls), knowledge, tiny)
    assert found.alterations == ()
    assert found.filtered == {TOGETHER: 1, "synonymous": 1}


def test_on_two_molecules_they_are_two_changes_and_nothing_is_open(knowledge, tiny):
    one, other = L858
    found = describe(case(call(*one, 0), call(*other, 1), knowledge=knowledge), knowledge, tiny)
    assert [a.protein for a in found.alterations] == ["L858M", "L858R"]
    assert found.open_genes == {}
    assert [p.label for p in found.phases] == ["EGFR L858M in trans with L858R"]


def test_far_apart_on_one_molecule_they_stay_two_in_cis(knowledge, tiny):
    found = describe(
        case(call(55181378, "C", "T", 0), call(55191822, "T", "G", 0)), knowledge, tiny
    )
    assert [a.protein for a in found.alterations] == ["T790M", "L858R"]
    assert [p.label for p in found.phases] == ["EGFR T790M in cis with L858R"]
    assert answer("EGFR T790M in cis with EGFR L858R", found, knowledge) is Answer.MET


@pytest.mark.parametrize("calls", [L858, EXON_19])
def test_where_the_molecule_is_not_told_the_gene_is_left_open(knowledge, tiny, calls):
    found = describe(case(*(call(*one) for one in calls), knowledge=knowledge), knowledge, tiny)
    assert len(found.alterations) == 2
    assert "on which molecules is not told: described one by one" in said(found)
    for one in found.alterations:
        assert one.protein in found.open_genes["EGFR"]
    for asked in ("EGFR exon 19 deletion", "EGFR L858Q", "EGFR G719S", "EGFR exon 20 insertion"):
        assert answer(asked, found, knowledge) is Answer.UNKNOWN
    assert answer("KRAS G12C", found, knowledge) is Answer.UNMET
    alone = describe(case(call(*calls[0]), knowledge=knowledge), knowledge, tiny)
    assert answer("EGFR G719S", alone, knowledge) is Answer.UNMET


def test_without_a_reference_annotated_neighbours_leave_the_gene_open(knowledge):
    first = {"gene": "EGFR", "first": 858, "last": 858, "consequence": Consequence.MISSENSE}
    one = call(*L858[0], 0, protein="L858M", **first)
    other = call(*L858[1], 0, protein="L858R", **first)
    found = describe(case(one, other, knowledge=knowledge), knowledge)
    assert "no reference is at hand" in said(found)
    assert answer("EGFR L858Q", found, knowledge) is Answer.UNKNOWN


def test_annotated_neighbours_are_read_together_where_a_reference_is_at_hand(knowledge, tiny):
    first = {"gene": "EGFR", "first": 858, "last": 858, "consequence": Consequence.MISSENSE}
    one = call(*L858[0], 0, protein="L858M", **first)
    other = call(*L858[1], 0, protein="L858R", **first)
    found = describe(case(one, other), knowledge, tiny)
    (variant,) = found.alterations
    assert (variant.gene, variant.protein) == ("EGFR", "L858R")
    assert found.filtered == {TOGETHER: 1}


def test_an_inherited_and_an_acquired_change_are_not_joined(knowledge, tiny):
    one, other = L858
    calls = (call(*one, 0, origin=Origin.GERMLINE), call(*other, 0, origin=Origin.SOMATIC))
    found = describe(case(*calls, knowledge=knowledge), knowledge, tiny)
    assert len(found.alterations) == 2
    assert "EGFR" in found.open_genes


def test_a_withheld_change_is_named_in_no_notice(knowledge, tiny):
    one, other = L858
    calls = (call(*one, 0, origin=Origin.GERMLINE), call(*other, 0, origin=Origin.SOMATIC))
    both, alone = (
        describe(case(*own, knowledge=knowledge, germline=Consent.WITHHOLD), knowledge, tiny)
        for own in (calls, calls[1:])
    )
    assert said(both) == said(alone)
    assert both.open_genes == alone.open_genes == {}


def test_calls_of_the_other_assembly_are_joined_at_their_own_places(knowledge, tiny):
    calls = (
        call(55259514, "C", "A", 0, assembly="GRCh37"),
        call(55259515, "T", "G", 0, assembly="GRCh37"),
    )
    found = describe(case(*calls), knowledge, tiny)
    (variant,) = found.alterations
    assert (variant.protein, variant.assembly, variant.position) == ("L858R", "GRCh37", 55259514)
    assert "2 variants were lifted over to GRCh38" in said(found)


@pytest.mark.parametrize("chromosome", ["1", "2"])
def test_a_codon_over_an_intron_is_one_codon(knowledge, tmp_path, chromosome):
    """Codon 7 of the small gene is CC of exon 1 and G of exon 2: P; AC and A make T."""
    genome = small_genome(tmp_path)
    bases = [(place(19), "C", "A"), (place(21), "G", "A")]
    if chromosome == "2":  # the same gene on the other strand
        size = genome.length("2")
        bases = [(size + 1 - at, "G" if ref == "C" else "C", "T") for at, ref, _ in bases]
    calls = [call(*one, 0, chromosome=chromosome) for one in bases]
    found = describe(case(*calls), knowledge, genome)
    (variant,) = found.alterations
    assert variant.protein == "P7T"
    assert variant.coding == "c.[19C>A;21G>A]"
    assert variant.position == min(at for at, *_ in bases)


def test_rows_stay_accounted_through_the_whole_corridor(knowledge, tiny, tmp_path):
    path = tmp_path / "ph.vcf"
    rows = [
        f"chr7\t{at}\t.\t{ref}\t{alt}\t.\tPASS\t.\tGT:AD:PS\t0|1:70,30:9"
        for at, ref, alt in (*EXON_19, *L858)
    ]
    head = (
        "##fileformat=VCFv4.2\n##reference=GRCh38\n##source=Mutect2\n##contig=<ID=chr7>\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="g">\n'
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="a">\n'
        '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="p">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n"
    )
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    (observed,) = read_vcf(path, knowledge.vocabulary).values()
    assert {(c.phase_set, c.haplotype) for c in observed.calls} == {("9", 1)}
    read = Case(id="a", disease="LUAD", calls=tuple(observed.calls), rows=observed.rows)
    seen = pipeline.run(read, knowledge, reference=tiny).case
    assert [a.protein for a in seen.alterations] == ["R748_A750delinsEK", "L858R"]
    assert len(seen.alterations) + sum(seen.filtered.values()) == seen.rows == 4


def truncated(at, protein, coding, **more):
    return SmallVariant(
        gene="BRCA1", protein=protein, coding=coding, consequence=Consequence.FRAMESHIFT,
        first=689 + at, last=689 + at, chromosome="17", position=43_093_464 - 3 * at,
        reference="A", alternate="AT", origin=Origin.SOMATIC, **more,
    )  # fmt: skip


def test_frameshifts_that_may_be_one_event_are_not_two_hits(knowledge):
    apart = (truncated(0, "Q689fs", "c.2065dup"), truncated(90, "S779fs", "c.2335dup"))
    (found,) = second_hits(case(*apart), knowledge)
    assert found.alleles is Alleles.PROBABLE
    back = msgspec.structs.replace(apart[1], reference="AT", alternate="A", first=700, last=700)
    near = describe(case(apart[0], back), knowledge)
    assert "BRCA1" in near.open_genes
    assert second_hits(near, knowledge) == ()


def test_a_neighbour_that_looks_inherited_is_named_in_no_notice(knowledge):
    """Withheld: a truncating BRCA1 change at half of the reads, and one beside it."""
    germline = {"alt_reads": 50, "depth": 100, "vaf": 0.5, "germline_probability": 0.999,
                "origin_reason": "as the reads say"}  # fmt: skip
    one = truncated(0, "Q689fs", "c.2065dup")
    back = msgspec.structs.replace(
        truncated(9, "S698fs", "c.2092del"), reference="AT", alternate="A", **germline,
        origin=Origin.UNKNOWN,
    )  # fmt: skip
    told = describe(case(one, back), knowledge)
    assert "S698fs" in said(told)
    both, alone = (
        describe(case(*own, germline=Consent.WITHHOLD), knowledge) for own in ((one, back), (one,))
    )
    assert [a.label for a in both.alterations] == [a.label for a in alone.alterations]
    assert said(both) == said(alone)
    assert both.open_genes == alone.open_genes


T790, NEXT = (55181378, "C", "T"), (55181379, "G", "A")


@pytest.mark.parametrize(("alt", "depth"), [(2, 100), (1, 40), (10, 100), (60, 1000)])
def test_a_driver_stands_beside_the_subclone_that_changes_its_codon(knowledge, tiny, alt, depth):
    """T790M in 40 %, and a second base of its codon on few of the same molecules."""
    rare = call(*NEXT, 1, alt=alt, depth=depth, vaf=alt / depth)
    found = describe(case(call(*T790, 1, alt=40), rare, knowledge=knowledge), knowledge, tiny)
    driver, both = found.alterations
    assert (driver.protein, driver.alt_reads, driver.depth) == ("T790M", 40, 100)
    assert driver.oncogenicity.drives
    assert driver.reference == "C"
    assert (both.protein, both.alt_reads, both.depth) == ("T790I", alt, depth)
    assert answer("EGFR T790M", found, knowledge) is Answer.MET
    assert found.phases == ()
    assert TOGETHER not in found.filtered
    assert "7:55181378 C>T is in more (40 of 100) and stands by itself too" in said(found)


def test_a_known_change_with_few_reads_is_not_lost_to_a_neighbour_with_fewer(knowledge, tiny):
    few = [call(*T790, 1, alt=4, depth=20, vaf=0.2), call(*NEXT, 1, alt=1, depth=20, vaf=0.05)]
    found = describe(case(*few), knowledge, tiny)
    assert [a.protein for a in found.alterations] == ["T790M", "T790I"]


def test_equal_reads_are_one_change(knowledge, tiny):
    both = [call(*T790, 1, alt=40), call(*NEXT, 1, alt=36)]
    found = describe(case(*both, knowledge=knowledge), knowledge, tiny)
    assert [a.protein for a in found.alterations] == ["T790I"]
    # The known change is not told, and not ruled out either.
    assert answer("EGFR T790M", found, knowledge) is Answer.UNKNOWN
    assert "drives by itself" in found.open_genes["EGFR"]


def test_a_rare_first_base_does_not_take_the_reads_of_the_driver(knowledge, tiny):
    """L858R in 40 %; with a first base in 2 % it is L858R as well: told once, with its reads."""
    one, other = L858
    found = describe(case(call(*one, 1, alt=2), call(*other, 1, alt=40)), knowledge, tiny)
    assert [(a.protein, a.alt_reads) for a in found.alterations] == [("L858R", 40)]
    assert found.filtered == {TOGETHER: 1}


def test_two_of_three_that_agree_are_joined_beside_all_three(knowledge, tiny):
    third = (55191823, "G", "C")  # AGG is R, AGC is S
    rows = [call(*L858[0], 1), call(*L858[1], 1), call(*third, 1, alt=1)]
    found = describe(case(*rows), knowledge, tiny)
    assert sorted((a.protein, a.reference, a.alt_reads) for a in found.alterations) == [
        ("L858R", "CT", 30), ("L858S", "CTG", 1)
    ]  # fmt: skip
    assert found.filtered == {TOGETHER: 1}


def test_known_changes_matched_without_a_reference_keep_their_phase(knowledge):
    """T790M and C797S, on the two molecules that their caller told."""
    rows = (call(55181378, "C", "T", 1), call(55181398, "T", "A", 0))
    found = describe(Case(id="a", disease="LUAD", calls=rows, rows=2), knowledge)
    assert [p.label for p in found.phases] == ["EGFR T790M in trans with C797S"]
    assert answer("EGFR T790M in trans with EGFR C797S", found, knowledge) is Answer.MET


def test_two_changes_of_the_dna_told_as_one_of_the_protein_are_said_and_count_once(knowledge):
    rows = [
        SmallVariant(
            gene="BRCA1", protein="Q689*", coding=f"c.{2065 + at}C>T", first=689, last=689,
            consequence=Consequence.NONSENSE, chromosome="17", position=43_093_466 - at,
            reference="G", alternate="A", origin=Origin.SOMATIC,
        )
        for at in (0, 1)
    ]  # fmt: skip
    found = describe(Case(id="a", disease="HGSOC", alterations=tuple(rows), rows=2), knowledge)
    assert len(found.alterations) == 2
    assert "they count as one hit" in said(found)
    assert answer("biallelic BRCA1 loss of function", found, knowledge) is Answer.UNKNOWN
