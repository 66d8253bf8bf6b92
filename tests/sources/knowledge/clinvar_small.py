"""A small VCF in the form of ClinVar's: its own header lines, known alleles, made-up messy rows.

What is said of an allele here is for the tests alone, and is not what ClinVar says of it.
"""

import gzip

HEAD = """\
##fileformat=VCFv4.1
##fileDate={day}
##source=ClinVar
##reference={assembly}
##ID=<Description="ClinVar Variation ID">
##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description="the ClinVar Allele ID">
##INFO=<ID=CLNDN,Number=.,Type=String,Description="ClinVar's preferred disease name for the \
concept specified by disease identifiers in CLNDISDB">
##INFO=<ID=CLNHGVS,Number=.,Type=String,Description="Top-level (primary assembly, alt, or patch) \
HGVS expression.">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="ClinVar review status of germline \
classification for the Variation ID">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Aggregate germline classification for this \
single variant; multiple values are separated by a vertical bar">
##INFO=<ID=CLNSIGCONF,Number=.,Type=String,Description="Conflicting germline classification for \
this single variant; multiple values are separated by a vertical bar">
##INFO=<ID=CLNSIGINCL,Number=.,Type=String,Description="Germline classification for a haplotype \
or genotype that includes this variant. Reported as pairs of VariationID:classification; multiple \
values are separated by a vertical bar">
##INFO=<ID=GENEINFO,Number=1,Type=String,Description="Gene(s) for the variant reported as gene \
symbol:gene id. The gene symbol and id are delimited by a colon (:) and each pair is delimited by \
a vertical bar (|)">
##INFO=<ID=ONCDN,Number=.,Type=String,Description="ClinVar's preferred disease name for the \
concept specified by disease identifiers in ONCDISDB">
##INFO=<ID=ONC,Number=.,Type=String,Description="Aggregate oncogenicity classification for this \
single variant; multiple values are separated by a vertical bar">
##INFO=<ID=ONCINCL,Number=.,Type=String,Description="Oncogenicity classification for a haplotype \
or genotype that includes this variant. Reported as pairs of VariationID:classification; multiple \
values are separated by a vertical bar">
##INFO=<ID=ONCREVSTAT,Number=.,Type=String,Description="ClinVar review status of oncogenicity \
classification for the Variation ID">
##INFO=<ID=ONCCONF,Number=.,Type=String,Description="Conflicting oncogenicity classification for \
this single variant; multiple values are separated by a vertical bar">
##INFO=<ID=SCIDN,Number=.,Type=String,Description="ClinVar's preferred disease name for the \
concept specified by disease identifiers in SCIDISDB">
##INFO=<ID=SCIREVSTAT,Number=.,Type=String,Description="ClinVar review status of somatic clinical \
impact for the Variation ID">
##INFO=<ID=SCI,Number=.,Type=String,Description="Aggregate somatic clinical impact for this \
single variant; multiple values are separated by a vertical bar">
##INFO=<ID=SCIINCL,Number=.,Type=String,Description="Somatic clinical impact classification for a \
haplotype or genotype that includes this variant. Reported as pairs of \
VariationID:classification; multiple values are separated by a vertical bar">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""

ONE, TWO, PANEL, NONE, GUIDE = (
    "criteria_provided,_single_submitter",
    "criteria_provided,_multiple_submitters,_no_conflicts",
    "reviewed_by_expert_panel",
    "no_assertion_criteria_provided",
    "practice_guideline",
)

# Chromosome, place on GRCh38 and on GRCh37 (0: not on it), number, bases, what is said.
ROWS = [
    ("7", 55191822, 55259515, 16609, "T", "G",
     f"CLNDN=Nonsmall_cell_lung_cancer,_response_to_tyrosine_kinase_inhibitor_in,_somatic|not_provided;"
     f"CLNHGVS=NC_000007.14:g.55191822T>G;CLNREVSTAT={PANEL};CLNSIG=drug_response;"
     f"ONC=Oncogenic;ONCDN=Neoplasm;ONCREVSTAT={ONE};SCI=Tier_I_-_Strong;"
     "SCIDN=Non-small_cell_lung_carcinoma|Lung_adenocarcinoma;"
     "SCIREVSTAT=criteria_provided,_multiple_submitters"),
    ("7", 140753336, 140453136, 13961, "A", "T",
     f"CLNDN=Cardio-facio-cutaneous_syndrome|Melanoma;CLNREVSTAT={TWO};CLNSIG=Pathogenic|drug_response;"
     f"ONC=Uncertain_significance;ONCDN=Neoplasm;ONCREVSTAT={TWO}"),
    ("12", 25245351, 25398285, 12578, "C", "A",
     "CLNREVSTAT=criteria_provided,_conflicting_classifications;"
     "CLNSIG=Conflicting_classifications_of_pathogenicity;"
     "CLNSIGCONF=Likely_pathogenic(1)|Uncertain_significance(3);"
     "ONC=Conflicting_classifications_of_oncogenicity;"
     "ONCCONF=Likely_oncogenic(1)|Uncertain_significance(1);"
     "ONCREVSTAT=criteria_provided,_conflicting_classifications"),
    ("17", 7675088, 7578406, 12374, "C", "T",
     f"CLNDN=Li-Fraumeni_syndrome|Hereditary_cancer|Colorectal_cancer|Sarcoma;CLNREVSTAT={PANEL};"
     f"CLNSIG=Pathogenic;ONC=Oncogenic;ONCREVSTAT={PANEL}"),
    ("13", 32338277, 32912414, 51650, "G", "T",
     f"CLNDN=Hereditary_breast_ovarian_cancer_syndrome;CLNREVSTAT={GUIDE};CLNSIG=Pathogenic"),
    ("17", 43057062, 41209079, 17677, "T", "TG",
     f"CLNDN=Hereditary_breast_ovarian_cancer_syndrome;CLNREVSTAT={PANEL};CLNSIG=Pathogenic;"
     "CLNHGVS=NC_000017.11:g.43057065dup"),
    ("7", 117559590, 117199644, 7105, "ATCT", "A",
     f"CLNHGVS=NC_000007.14:g.117559592_117559594del;CLNREVSTAT={GUIDE};CLNSIG=Pathogenic;"
     "CLNSIGINCL=634837:Pathogenic"),
    ("7", 117509035, 0, 7109, "G", "A",
     "CLNSIG=no_classification_for_the_single_variant;"
     "CLNREVSTAT=no_classification_for_the_single_variant;CLNSIGINCL=634838:Pathogenic|634839:Pathogenic;"
     "ONC=no_classification_for_the_single_variant;ONCINCL=99:Oncogenic;SCIINCL=99:Tier_I_-_Strong"),
    ("MT", 3243, 3243, 9589, "A", "G", f"CLNREVSTAT={PANEL};CLNSIG=Pathogenic"),
    ("X", 1000000, 0, 5, "A", "C", "CLNREVSTAT=a_new_status;CLNSIG=A_new_word"),
]  # fmt: skip
MESSY = [
    ("1", 100, 100, 900001, "G", ".", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("1", 101, 101, 900002, ".", "A", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("1", 102, 102, 900003, "A", "C,G", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("NW_003315925.1", 5, 5, 900004, "A", "C", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("1", 103, 103, 900005, "A", "N", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("1", 104, 104, 900006, "A", "<DEL>", f"CLNREVSTAT={NONE};CLNSIG=Benign"),
    ("1", 105, 105, 900007, "A", "T", "ALLELEID=1;GENEINFO=X:1"),
    ("1", 106, 106, "rs5", "A", "T", "CLNSIG=Benign"),
    ("1", "soon", "soon", 900008, "A", "T", "CLNSIG=Benign"),
    ("7", 55191822, 55259515, 16609, "T", "G", "CLNSIG=Benign"),
]


def text(assembly="GRCh38", day="2026-05-01", rows=(*ROWS, *MESSY), more=""):
    """The file's text; `more` are lines as they stand."""
    lines = [HEAD.format(day=day, assembly=assembly)]
    for chromosome, new, old, number, reference, alternate, info in rows:
        at = new if assembly == "GRCh38" else old
        if at:
            lines.append(f"{chromosome}\t{at}\t{number}\t{reference}\t{alternate}\t.\t.\t{info}\n")
    return "".join(lines) + more


def write(folder, name="clinvar_20260501.vcf.gz", **said):
    """The file, packed; its path."""
    path = folder / name
    path.write_bytes(gzip.compress(text(**said).encode(), mtime=0))
    return path
