"""What each source says of a change: its place on GRCh37, its gene, and its HGVS."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from onkos.model.protein import ProteinChange, parse_protein

_G = re.compile(
    r"(?:chr)?(\w+):g\.(\d+)(?:_(\d+))?(?:([ACGT]+)>([ACGT]+)|del([ACGT]+)ins([ACGT]+))$"
)
_WORDS = re.compile(r"DELINS|DEL|DUP|INS|FS")
_CLINVAR = re.compile(r"NC_0000(\d\d)\.(\d+):g\.(\d+)([ACGT])>([ACGT])")
_VERSION_37 = dict(
    enumerate("10 11 11 11 9 11 13 10 11 10 9 11 10 8 9 9 10 9 9 10 8 10 10 9".split(), 1)
)


class Row(NamedTuple):
    """One change as one source has it.

    Attributes
    ----------
    source : str
        With the source's own number, where it has one.
    start : int
        First base on GRCh37; of an insertion the base that it goes before.
    protein, coding : str
        As written; empty where the source says none.
    samples : int
        Tumours in it, of a table of tumours.
    """

    source: str
    gene: str
    chromosome: str
    start: int
    reference: str
    alternate: str
    protein: str
    coding: str = ""
    transcript: str = ""
    samples: int = 0

    @property
    def key(self) -> tuple[str, int, str, str]:
        """Place and bases."""
        return self.chromosome, self.start, self.reference, self.alternate

    @property
    def change(self) -> ProteinChange | None:
        """The protein change; None where it is not one."""
        try:
            return parse_protein(self.protein) if self.protein else None
        except ValueError:
            return None


def trimmed(start: int, reference: str, alternate: str) -> tuple[int, str, str]:
    """Without the bases that both alleles share."""
    while reference and alternate and reference[-1] == alternate[-1]:
        reference, alternate = reference[:-1], alternate[:-1]
    while reference and alternate and reference[0] == alternate[0]:
        start, reference, alternate = start + 1, reference[1:], alternate[1:]
    return start, reference, alternate


def _table(path: Path, quoting: int = csv.QUOTE_NONE) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=quoting)


def civic(shared: Path) -> Iterator[Row]:
    """CIViC, release of August 2021 (CC0)."""
    path = shared / "knowledge" / "civic" / "2021-08-01" / "01-Aug-2021-VariantSummaries.tsv"
    for row in _table(path):
        bases = row["reference_bases"], row["variant_bases"]
        if not any(bases) or row["reference_build"] not in {"GRCh37", ""}:
            continue
        if not all(set(one) <= set("ACGT") for one in bases) or row["chromosome2"]:
            continue
        told = re.findall(r"ENST\d+\.\d+:c\.[^,\s]+", row["hgvs_expressions"])
        proteins = re.findall(r"NP_\d+\.\d+:(p\.[^,\s]+)", row["hgvs_expressions"])
        start = int(row["start"]) + (not bases[0])
        at, reference, alternate = trimmed(start, *bases)
        name = _WORDS.sub(lambda word: word[0].lower(), row["variant"].partition(" ")[0])
        transcript, _, coding = (told[0] if told else "").partition(":")
        protein = proteins[0] if proteins else f"p.{name}"
        yield Row(f"CIViC:{row['variant_id']}", row["gene"], row["chromosome"], at, reference,
                  alternate, protein, coding, transcript.partition(".")[0])  # fmt: skip


def docm(shared: Path) -> Iterator[Row]:
    """The Database of Curated Mutations (CC BY 4.0)."""
    for row in _table(shared / "knowledge" / "docm" / "variants.tsv.gz"):
        bases = (row["read"].replace("-", ""), row["variant"].replace("-", ""))
        start = int(row["start"]) + (not bases[0])
        at, reference, alternate = trimmed(start, *bases)
        transcript, _, coding = row["hgvs"].partition(":")
        pmid = row["pubmed_sources"].partition(",")[0]
        yield Row(f"DoCM:PMID{pmid}", row["gene"], row["chromosome"], at, reference, alternate,
                  row["amino_acid"], coding, transcript)  # fmt: skip


def cgi(shared: Path) -> Iterator[Row]:
    """Cancer Genome Interpreter, biomarkers by variant."""
    for row in _table(shared / "knowledge" / "cgi" / "cgi_biomarkers_per_variant.tsv"):
        found = _G.match(row["gDNA"])
        if not found:
            continue
        reference, alternate = found[4] or found[6], found[5] or found[7]
        at, reference, alternate = trimmed(int(found[2]), reference, alternate)
        protein = "p." + row["individual_mutation"].partition(":")[2]
        yield Row("CGI", row["Gene"], found[1], at, reference, alternate, protein, row["cDNA"],
                  row["transcript"])  # fmt: skip


def clinvar(shared: Path) -> Iterator[Row]:
    """ClinVar's substitutions in the tests of the hgvs package; no protein change is told."""
    for row in _table(shared / "knowledge" / "hgvs_tests" / "clinvar.gz"):
        for chromosome, version, at, reference, alternate in _CLINVAR.findall(
            row["hgvs_variants"] or ""
        ):
            number = int(chromosome)
            if version != _VERSION_37.get(number):
                continue
            name = {23: "X", 24: "Y"}.get(number, str(number))
            coding = re.search(r"NM_\d+\.\d+:(c\.\S+)", row["hgvs_variants"])
            yield Row(f"ClinVar:{row['variation_id']}", row["gene"], name, int(at), reference,
                      alternate, "", coding[1] if coding else "")  # fmt: skip


def tcga(shared: Path, genes: Mapping[str, object], names: Mapping[str, str]) -> Iterator[Row]:
    """The MAFs of TCGA (MC3 and Firehose), by change, with the tumours that have it."""
    for path in sorted((shared / "patients" / "tcga").glob("*.maf.gz")):
        source = "TCGA-MC3" if "MC3" in path.name else "TCGA-Firehose"
        for row in _table(path):
            gene = names.get(row["Hugo_Symbol"].upper(), "")
            if gene not in genes or row["NCBI_Build"] not in {"GRCh37", "37"}:
                continue
            reference = row["Reference_Allele"].replace("-", "")
            alternate = row["Tumor_Seq_Allele2"].replace("-", "")
            start = int(row["Start_Position"]) + (not reference)
            at, reference, alternate = trimmed(start, reference, alternate)
            protein = row["HGVSp_Short"].strip()
            coding = row.get("HGVSc", "")
            yield Row(source, gene, row["Chromosome"], at, reference, alternate,
                      protein if protein not in {".", "NA"} else "",
                      coding if coding.startswith("c.") else "",
                      row.get("Transcript_ID", ""), 1)  # fmt: skip


def oncovi(shared: Path) -> Iterator[tuple[str, int, str, str]]:
    """Places on GRCh38 of ClinVar's somatic changes, without gene or protein change."""
    path = shared / "knowledge" / "oncovi" / "onco_som_GRCh38_ClinVar_vep_input.vcf"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 5 or not cells[1].isdecimal():
            continue
        if set(cells[3] + cells[4]) <= set("ACGT"):
            yield (cells[0], *trimmed(int(cells[1]), cells[3], cells[4]))
