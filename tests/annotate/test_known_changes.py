"""Published changes from their raw coordinates alone, lifted from GRCh37 to the small GRCh38."""

import csv
import gzip
import re

import pytest

from onkos.annotate.claimed import disagreement
from onkos.annotate.consequence import Annotator
from onkos.annotate.written import genomic
from onkos.model import Consequence
from onkos.model.protein import one_letter
from onkos.model.reference import reverse_complement


@pytest.fixture(scope="module")
def annotator(tiny):
    return Annotator(tiny, 1000)


def docm(shared_data):
    """Gene, place on GRCh37, alleles, protein change as written."""
    with gzip.open(shared_data / "knowledge" / "docm" / "variants.tsv.gz", "rt") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            alleles = (row["read"].replace("-", ""), row["variant"].replace("-", ""))
            yield row["gene"], row["chromosome"], int(row["start"]), *alleles, row["amino_acid"]


def cgi(shared_data):
    path = shared_data / "knowledge" / "cgi" / "cgi_biomarkers_per_variant.tsv"
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            place = re.match(r"chr(\w+):g\.(\d+)([ACGT])>([ACGT])$", row["gDNA"])
            if place:
                chromosome, position, *alleles = place.groups()
                change = row["individual_mutation"].partition(":")[2]
                yield row["Gene"], chromosome, int(position), *alleles, change


def judged(rows, annotator):
    """Rows of genes that the reference holds: how many there are, and those that differ."""
    total, differ = 0, []
    for gene, chromosome, position, reference, alternate, written in rows:
        there = annotator.genome.lift("GRCh37", chromosome, position)
        if there is None or not annotator.genome.transcripts_of(
            there.chromosome, there.position, there.position
        ):
            continue
        place = (there.chromosome, there.position, reference, alternate)
        assert not annotator.mismatch(there.chromosome, there.position, reference)
        own = [e for e in annotator.effects(*place) if e.transcript.gene == gene]
        if not own:
            continue
        total += 1
        if own[0].protein != one_letter(written):
            differ.append((gene, chromosome, position, written, own[0]))
    return total, differ


def test_all_142_single_bases_of_cgi_come_out_as_written(shared_data, annotator):
    total, differ = judged(cgi(shared_data), annotator)
    assert total == 142
    assert differ == []


# Rows of DoCM whose text is no HGVS, with what their coordinates give.
NOT_WRITTEN_RIGHT = {
    ("KIT", "p.V559-"): "V560del",  # one of four valines: the last is the one deleted
    ("KIT", "p.V560X"): "V560del",  # GTT deleted is in frame, X says a stop or anything
    ("KIT", "p.P577X"): "P577_D579del",
    ("KIT", "p.L862"): "L862=",
    ("PIK3R1", "p.E439X"): "E439del",
    ("PIK3R1", "p.DKRMNS560-"): "D560_S565del",
    ("PIK3R1", "p.T576-"): "T576del",
    ("PIK3R1", "p.W583X"): "W583del",
    ("BRCA1", "p.P968L"): "N969*",  # two bases inserted, not one replaced
}


def test_docm_comes_out_as_written_but_for_nine_that_are_not_hgvs(shared_data, annotator):
    total, differ = judged(docm(shared_data), annotator)
    print(f"\nDoCM: {total - len(differ)} of {total} as written")  # noqa: T201
    for gene, chromosome, position, written, effect in differ:
        print(f"  {gene} {chromosome}:{position} {written}: {effect.hgvs_c} {effect.protein}")  # noqa: T201
    assert (total, len(differ)) == (146, 9)
    found = {(gene, written): effect.protein for gene, _, _, written, effect in differ}
    assert found == NOT_WRITTEN_RIGHT


def test_the_130_single_bases_of_docm_that_change_a_residue(shared_data, annotator):
    single = [row for row in docm(shared_data) if len(row[3]) == len(row[4]) == 1]
    total, differ = judged(single, annotator)
    assert [(gene, written) for gene, _, _, written, _ in differ] == [("KIT", "p.L862")]
    assert total - len(differ) == 130


# Variants of CIViC by number: what is written, why it does not stand, what it is.
CIVIC = {
    248: ("C228T", "outside the coding sequence", "promoter"),
    1250: ("V211L", "outside the coding sequence", "c.631+1G>C"),
    1251: ("V211I", "outside the coding sequence", "c.631+1G>A"),
    1555: ("W1815X", "writes X", "W1815*"),
    2122: ("S65*", "is S68*", "S68*"),
}


def civic(shared_data):
    """The variants of the release of 2021, and those with alleles of the VCF of 2020."""
    folder = shared_data / "knowledge" / "civic"
    path = folder / "2021-08-01" / "01-Aug-2021-VariantSummaries.tsv"
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["reference_build"] == "GRCh37" and row["start"]:
                alleles = (row["reference_bases"], row["variant_bases"])
                place = (row["chromosome"], int(row["start"]), *alleles)
                yield int(row["variant_id"]), row["gene"], row["variant"], *place
    path = folder / "2019-2021-nightly" / "nightly-civic_accepted_and_submitted.vcf"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 7 and cells[1].isdecimal():
            told = dict(pair.partition("=")[::2] for pair in cells[7].split(";"))
            place = (cells[0], int(cells[1]), cells[3], cells[4])
            yield int(cells[2]), told["GN"], told["VT"].replace("_", " "), *place


def effects_of(annotator, chromosome, position, reference, alternate):
    there = annotator.genome.lift("GRCh37", chromosome, position)
    if there is None:
        return ()
    return annotator.effects(there.chromosome, there.position, reference, alternate)


def test_the_five_named_traps_of_civic_are_disagreements(shared_data, annotator):
    rows = {row[0]: row for row in civic(shared_data) if row[0] in CIVIC}
    assert len(rows) == 5
    for number, (written, why, what) in CIVIC.items():
        _, gene, variant, *place = rows[number]
        assert variant.startswith(written)
        said = disagreement(written, effects_of(annotator, *place), gene)
        print(f"\nCIViC {number} {gene} {variant}: {said}", end="")  # noqa: T201
        assert why in said
        assert what in said


def test_the_other_substitutions_of_civic_agree(shared_data, annotator):
    """Every substitution of CIViC in the small reference; those that do not agree by number."""
    agree, differ = set(), {}
    for number, gene, variant, *place in civic(shared_data):
        change = re.match(r"[A-Z]\d+[A-Z*](?= |$)", variant)
        effects = effects_of(annotator, *place) if len(place[2]) == len(place[3]) == 1 else ()
        if not change or not any(effect.transcript.gene == gene for effect in effects):
            continue
        why = disagreement(change.group(), effects, gene)
        if why:
            differ[number] = why
        else:
            agree.add(number)
    assert set(differ) == set(CIVIC)
    assert len(agree) == 340


CLINVAR = {
    "NM_007294": "ENST00000357654", "NM_000059": "ENST00000380152", "NM_000551": "ENST00000256474",
    "NM_000222": "ENST00000288135", "NM_005228": "ENST00000275493", "NM_004958": "ENST00000361445",
    "NM_198253": "ENST00000310581", "NM_001127208": "ENST00000380013",
    "NM_181523": "ENST00000521381", "NM_006015": "ENST00000324856", "NM_014855": "ENST00000649063",
}  # fmt: skip
_GENOMIC = re.compile(
    r"NC_0000(01\.11|03\.12|04\.12|05\.10|07\.14|13\.11|17\.11|21\.9):g\.(\d+)(?:_(\d+))?(\S+)$"
)


def record(place, genome):
    """Chromosome, position, REF, ALT of a genomic HGVS of ClinVar; None for what is none."""
    chromosome = str(int(place.group(1)[:2]))
    first, last = int(place.group(2)), int(place.group(3) or place.group(2))
    bases, change = genome.sequence(chromosome, first, last), place.group(4)
    if re.match(r"[ACGT]>[ACGT]$", change):
        return chromosome, first, change[0], change[2]
    replaced = re.match(r"del[ACGT]*\d*ins([ACGT]+)$", change)
    if replaced:
        return chromosome, first, bases, replaced.group(1)
    if change.startswith("inv"):
        return chromosome, first, bases, reverse_complement(bases)
    if change.startswith("del"):
        return chromosome, first, bases, ""
    if change.startswith("dup"):
        return chromosome, last + 1, "", bases
    if re.match(r"ins[ACGT]+$", change):
        return chromosome, last, "", change[3:]
    return None


def without_bases(text):
    """HGVS without the bases that are deleted or doubled, which need not be said."""
    return re.sub(r"(del|dup|inv)[ACGT0-9]*(?=ins|$)", r"\1", text)


# ClinVar's text of 2017 is not moved to the 3' end there.
NOT_MOVED = {"c.3999_4001dup": "c.3977_3978insGCA", "c.1263_1265dup": "c.1261_1262insTCG"}


def test_clinvar_pairs_of_genome_and_transcript(shared_data, annotator):
    seen, moved = 0, 0
    with gzip.open(shared_data / "knowledge" / "hgvs_tests" / "clinvar.gz", "rt") as file:
        lines = [line.split() for line in file]
    for _, _, *texts in (line for line in lines if len(line) > 3):
        coding = [t.split(":") for t in texts if t.partition(".")[0] in CLINVAR]
        places = [place for place in map(_GENOMIC.match, texts) if place]
        one = record(places[0], annotator.genome) if coding and places else None
        if one is None:
            continue
        own = {CLINVAR[name.partition(".")[0]] for name, _ in coding}
        effects = annotator.effects(*one)
        effect = next(e for e in effects if e.transcript.id.partition(".")[0] in own)
        written = {without_bases(text) for _, text in coding}
        place = without_bases(places[0].group().split(":")[1])
        if effect.coding in NOT_MOVED:
            moved += 1
            assert NOT_MOVED[effect.coding] in written
        else:
            assert effect.coding in written
            assert genomic(annotator.genome, *one).split(":")[1] == place
        seen += 1
    assert (seen, moved) == (40, 2)


@pytest.mark.parametrize(
    ("position", "reference", "alternate", "kind", "protein"),
    [
        (55191822, "T", "G", Consequence.MISSENSE, "L858R"),
        (55174771, "AGGAATTAAGAGAAGC", "A", Consequence.INFRAME_DELETION, "E746_A750del"),
        (55174776, "TTAAGAGAAGCAACATCTC", "T", Consequence.DELINS, "L747_P753delinsS"),
        (55181308, "G", "GCCAGCGTGG", Consequence.INFRAME_INSERTION, "A767_V769dup"),
    ],
)
def test_named_changes_of_egfr(annotator, position, reference, alternate, kind, protein):
    effect = annotator.effects("7", position, reference, alternate)[0]
    assert effect.transcript.id == "ENST00000275493.7"
    assert (effect.kind, effect.protein) == (kind, protein)
