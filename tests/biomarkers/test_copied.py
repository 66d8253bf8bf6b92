"""Copies of genes worked out of segments: what becomes an alteration and what a negative."""

import msgspec
import pytest

from onkos import pipeline
from onkos.biomarkers.copied import copies_of_genes, with_gene_copies
from onkos.criteria import evaluate, parse
from onkos.model import (
    Answer,
    Assay,
    Case,
    CopyCall,
    CopyNumber,
    NotAssessed,
    Sample,
    Stated,
    StatedClass,
)
from onkos.model.reference import NO_REFERENCE, Transcript
from onkos.sources.patient.segments import read_segments
from tests.biomarkers.segmented import MB, genome, segment, tumour

WES = Assay(id="w", name="exome", copy_number=("all",), small_variants=("all",))
PURPLE = "hmftools_colo829/test_run/purple/tumor_sample.purple."


def focal(chromosome, start, end, major, minor, length, assembly="GRCh38"):
    """A stretch of its own in a chromosome of two copies."""
    return (
        segment(chromosome, 1, start - 1, assembly=assembly),
        segment(chromosome, start, end, major, minor, assembly=assembly),
        segment(chromosome, end + 1, length, assembly=assembly),
    )


def worked(knowledge, case, reference=NO_REFERENCE):
    return with_gene_copies(case, knowledge, reference)


def with_assay(case):
    samples = tuple(msgspec.structs.replace(s, assay=WES) for s in case.samples)
    return msgspec.structs.replace(case, samples=samples)


def erbb2(knowledge, **rest):
    seventeen = focal("17", 39_600_001, 39_800_000, 39, 1, 83_257_441)
    nine = focal("9", 21_900_001, 22_100_000, 0, 0, 138_394_717)
    return with_assay(tumour(genome(knowledge, except_for=(*seventeen, *nine)), "IDC", **rest))


def answer(knowledge, text, case):
    words = knowledge.vocabulary
    return evaluate(parse(text, words), case, words).answer


def named(case, call):
    return {a.gene for a in case.alterations if isinstance(a, CopyNumber) and a.call is call}


def test_forty_copies_of_erbb2_and_a_lost_cdkn2a_are_found(knowledge):
    found = worked(knowledge, erbb2(knowledge))
    assert named(found, CopyCall.AMPLIFICATION) == {"ERBB2"}
    assert named(found, CopyCall.DELETION) == {"CDKN2A", "CDKN2B"}
    [gained] = [a for a in found.alterations if a.gene == "ERBB2"]
    assert (gained.copies, gained.minor) == (40, 1)
    assert "segment 17:39600001-39800000" in gained.basis
    assert answer(knowledge, "ERBB2 amplification", found) is Answer.MET
    assert answer(knowledge, "ERBB2 copies >= 30", found) is Answer.MET
    assert answer(knowledge, "MET amplification", found) is Answer.UNMET
    assert answer(knowledge, "MET copies >= 5", found) is Answer.UNMET
    assert any(n.startswith("copies of 5") and "1 amplified" in n for n in found.notices)


def test_the_corridor_offers_what_the_amplification_opens(knowledge):
    dossier = pipeline.run(erbb2(knowledge), knowledge)
    therapies = [option.therapy for option in dossier.plan.options]
    assert any("trastuzumab" in drugs for drugs in therapies)
    shown = {a.label for a in dossier.case.alterations}
    assert {"ERBB2 amplification", "CDKN2A deletion"} <= shown
    assert len(shown) == 3  # genes of two copies settle negatives and are not listed


def test_what_segments_do_not_cover_stays_unknown(knowledge):
    part = erbb2(knowledge)
    part = msgspec.structs.replace(
        part, segments=tuple(s for s in part.segments if s.chromosome != "7")
    )
    found = worked(knowledge, part)
    assert answer(knowledge, "MET amplification", found) is Answer.UNKNOWN
    assert answer(knowledge, "CCNE1 amplification", found) is Answer.UNMET
    assert answer(knowledge, "ZFTA amplification", found) is Answer.UNKNOWN  # of no known place


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"purity": 0.15}, "tumour content 15 % is under the 20 %"),
        ({"purity": None}, "tumour content not given"),
    ],
)
def test_with_too_little_tumour_nothing_is_called_nor_ruled_out(knowledge, change, reason):
    found = worked(knowledge, erbb2(knowledge, **change))
    assert not found.alterations
    assert answer(knowledge, "MET amplification", found) is Answer.UNKNOWN
    [told] = copies_of_genes(found, (), knowledge)
    assert isinstance(told, NotAssessed)
    assert reason in told.reason


def test_without_an_assembly_genes_have_no_place(knowledge):
    bare = tumour([segment("17", 1, 83 * MB, 9, 1, assembly="")])
    assert worked(knowledge, bare) == bare
    [told] = copies_of_genes(bare, (), knowledge)
    assert "assembly is not told" in told.reason


def test_a_call_of_the_laboratory_stands_and_is_not_doubled(knowledge):
    own = CopyNumber(gene="ERBB2", call=CopyCall.GAIN, copies=4, sample="T")
    stated = Stated(gene="CDKN2A", finding=StatedClass.DELETION)
    case = msgspec.structs.replace(erbb2(knowledge), alterations=(own, stated))
    found = worked(knowledge, case)
    assert [a for a in found.alterations if a.gene == "ERBB2"] == [own]
    assert [a for a in found.alterations if a.gene == "CDKN2A"] == [stated]
    assert any("2 have a call of their own" in notice for notice in found.notices)


def log_ratios(case, ratios, purity, ploidy):
    """The same segments as a caller of log ratios sees them."""
    mean = purity * ploidy + 2 * (1 - purity)
    return tuple(
        msgspec.structs.replace(
            s, total=None, minor=None,
            log2=ratios((max(purity * s.total, 0.01) + 2 * (1 - purity)) / mean),
        )
        for s in case.segments
    )  # fmt: skip


def test_log_ratios_become_copies_by_tumour_content_and_ploidy(knowledge):
    import math

    case = erbb2(knowledge, ploidy=2.0)
    bare = msgspec.structs.replace(case, segments=log_ratios(case, math.log2, 0.7, 2.0))
    found = worked(knowledge, bare)
    assert named(found, CopyCall.AMPLIFICATION) == {"ERBB2"}
    assert named(found, CopyCall.DELETION) == {"CDKN2A", "CDKN2B"}
    [gained] = [a for a in found.alterations if a.gene == "ERBB2"]
    assert gained.copies == pytest.approx(40, abs=0.01)
    unknown = msgspec.structs.replace(bare, samples=(Sample(id="T", purity=0.7),))
    assert not worked(knowledge, unknown).alterations
    [told] = copies_of_genes(unknown, (), knowledge)
    assert "log ratios only" in told.reason


def test_a_loss_in_an_intron_deletes_no_gene_and_one_over_an_exon_does(knowledge):
    place = knowledge.vocabulary.place_by_gene["PTEN"]
    exons = place.exons("GRCh38")
    intron = exons[0][1] + 500, exons[1][0] - 500
    within = tumour(focal("10", *intron, 0, 0, 133_797_422), ploidy=2.0)
    assert not worked(knowledge, within).alterations
    over = tumour(focal("10", intron[0], exons[1][1] + 10, 0, 0, 133_797_422), ploidy=2.0)
    [lost] = worked(knowledge, over).alterations
    assert lost.label == "PTEN deletion"
    assert "3 segments meet in the gene" in lost.basis


def test_a_loss_in_few_of_the_cancer_cells_is_no_deletion(knowledge):
    before, lost, after = focal("9", 21_900_001, 22_100_000, 0, 0, 138_394_717)
    few = tumour((before, msgspec.structs.replace(lost, share=0.2), after), ploidy=2.0)
    assert not worked(knowledge, few).alterations
    most = tumour((before, msgspec.structs.replace(lost, share=0.8), after), ploidy=2.0)
    assert named(worked(knowledge, most), CopyCall.DELETION) == {"CDKN2A", "CDKN2B"}


def test_x_is_called_only_where_the_sex_is_known(knowledge):
    one = tumour([segment("X", 1, 156_040_895, 1, 0)], ploidy=2.0)
    assert "AR" not in {c.gene for c in worked(knowledge, one).copied}
    for sex, call in (("male", CopyCall.NEUTRAL), ("female", CopyCall.LOSS)):
        known = msgspec.structs.replace(one, sex=sex)
        calls = {c.gene: c.call for c in worked(knowledge, known).copied}
        assert calls["AR"] is call


def test_the_places_of_the_users_reference_win(knowledge):
    class Other:
        assembly, lifts_from = "GRCh38", ()

        def transcripts_of(self, chromosome, start, end):
            # ERBB2 a little further along than the table has it, partly out of the segment.
            own = Transcript(id="x", gene="ERBB2", chromosome="17", strand=1, mane=True,
                             exons=((39_700_080, 39_800_500),))  # fmt: skip
            return (own,) if chromosome == "17" and start <= 39_800_500 and end > 39e6 else ()

    found = worked(knowledge, erbb2(knowledge), Other())
    assert "ERBB2" not in named(found, CopyCall.AMPLIFICATION)
    assert any("a part of ERBB2, IKZF3 is amplified" in notice for notice in found.notices)


def of_file(knowledge, path, assembly, disease, sex=None, **quality):
    [observed] = read_segments(path, knowledge.vocabulary, assembly=assembly).values()
    return Case(
        id="a", disease=disease, sex=sex, samples=(Sample(id="", assay=WES, **quality),),
        segments=tuple(observed.segments),
    )  # fmt: skip


def test_colo829_agrees_with_the_copies_that_purple_gives_its_drivers(knowledge, shared_data):
    folder = shared_data / "patients"
    lines = (folder / f"{PURPLE}driver.catalog.somatic.tsv").read_text().splitlines()
    header = lines[0].split("\t")
    rows = [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
    case = of_file(
        knowledge, folder / f"{PURPLE}cnv.somatic.tsv", "GRCh37", "SKCM", "male",
        purity=0.99, ploidy=3.1,
    )  # fmt: skip
    found = worked(knowledge, case)
    ours = {c.gene: c.copies for c in (*found.alterations, *found.copied)}
    theirs = {row["gene"]: float(row["minCopyNumber"]) for row in rows if row["gene"] in ours}
    assert len(ours) > 500
    assert len(theirs) == 6
    for gene, copies in theirs.items():
        assert ours[gene] == pytest.approx(copies, abs=0.006)
    assert [a.label for a in found.alterations] == ["PTEN deletion"]


def test_lifted_segments_give_the_same_changes_on_both_assemblies(knowledge, shared_data):
    calls = []
    for name, assembly in (("grch37", "GRCh37"), ("grch38", "GRCh38")):
        path = shared_data / "patients" / "pcgr_coad" / f"T001-COAD.{name}.cna.tsv"
        found = worked(knowledge, of_file(knowledge, path, assembly, "COAD", purity=0.8))
        assert named(found, CopyCall.AMPLIFICATION) >= {"ERBB2", "MYC", "NRAS"}
        calls.append({c.gene: (c.call, c.copies) for c in (*found.alterations, *found.copied)})
    both = calls[0].keys() & calls[1].keys()
    assert len(both) > 450
    assert all(calls[0][gene] == calls[1][gene] for gene in both)
