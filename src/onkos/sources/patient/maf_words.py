"""The words of the MAF dialects: columns, classes, builds, filters and status.

Covers the GDC, MC3 and Firehose releases of TCGA, cBioPortal and its API, Oncotator and
GENIE. Column names: https://docs.gdc.cancer.gov/Data/File_Formats/MAF_Format/ and the
headers of those releases themselves.
"""

from __future__ import annotations

import re

from onkos.model import Consequence, Origin

COLUMNS = {
    "gene": ("Hugo_Symbol", "hugoGeneSymbol", "Gene_Symbol", "SYMBOL"),
    "class": ("Variant_Classification", "mutationType", "Mutation_Type"),
    "terms": ("Consequence", "One_Consequence"),
    "protein": (
        "HGVSp_Short", "Protein_Change", "proteinChange", "Amino_Acid_Change", "AAChange",
        "amino_acid_change_WU",
    ),
    "hgvsp": ("HGVSp",),
    "coding": ("HGVSc", "cDNA_Change", "cdnaChange"),
    "transcript": (
        "Transcript_ID", "Annotation_Transcript", "i_transcript_name", "refseqMrnaId", "Feature",
        "RefSeq",
    ),
    "exon": ("Exon_Number", "EXON", "Transcript_Exon"),
    "sample": ("Tumor_Sample_Barcode", "sampleId", "Sample_Id", "Sample", "Tumor_Sample"),
    "build": ("NCBI_Build", "ncbiBuild", "Genome_Build", "build"),
    "chromosome": ("Chromosome", "chr", "chrom"),
    "position": ("Start_Position", "startPosition", "Start", "pos"),
    "reference": ("Reference_Allele", "referenceAllele", "ref"),
    "allele2": ("Tumor_Seq_Allele2", "variantAllele", "alt"),
    "allele1": ("Tumor_Seq_Allele1",),
    "depth": ("t_depth", "tumor_depth"),
    "alt_reads": ("t_alt_count", "tumorAltCount", "t_alt_reads"),
    "ref_reads": ("t_ref_count", "tumorRefCount", "t_ref_reads"),
    "normal_allele1": ("Match_Norm_Seq_Allele1",),
    "normal_allele2": ("Match_Norm_Seq_Allele2",),
    "normal_depth": ("n_depth", "normal_depth", "normalDepth"),
    "normal_alt": ("n_alt_count", "normalAltCount", "n_alt_reads"),
    "normal_ref": ("n_ref_count", "normalRefCount", "n_ref_reads"),
    "normal_vaf": ("n_vaf", "n_AF", "normal_f", "i_normal_f"),
    "normal_percent": ("i_NormalVAF_WU", "NormalVAF_WU"),
    "vaf": ("t_vaf", "t_AF", "tumor_f", "i_tumor_f", "VAF", "allele_fraction"),
    "vaf_percent": ("i_TumorVAF_WU", "TumorVAF_WU", "VAF_percent"),
    "filter": ("FILTER", "i_judgement", "judgement"),
    "status": ("Mutation_Status", "mutationStatus"),
    "fusion": ("Fusion",),
    "distance": ("DISTANCE",),
}  # fmt: skip

POPULATION = re.compile(
    r"^(?:gnomad[a-z]*_(?:[a-z0-9]+_)*af(?:_[a-z0-9]+)*|gnomad_(?:exome|genome)_[a-z]+"
    r"|exac_af(?:_[a-z]+)*|exac_all|max_af|1000g[a-z0-9_]*_af|1000g[0-9a-z]*_all)$",
    re.IGNORECASE,
)

# Classes by their word without case and punctuation: what it is, and why it is left out
# where it changes no protein. The terms of Ensembl VEP stand beside those of the MAF.
SYNONYMOUS = (Consequence.SYNONYMOUS, "synonymous")
INTRONIC = (Consequence.INTRONIC, "intronic")
SPLICE_REGION = (Consequence.SPLICE_REGION, "splice region")
UPSTREAM = (Consequence.NONCODING, "upstream of a gene")
DOWNSTREAM = (Consequence.NONCODING, "downstream of a gene")
UTR = (Consequence.UTR, "untranslated region")
NEW_START = (Consequence.UTR, "new start in the untranslated region")
RNA = (Consequence.NONCODING, "non-coding RNA")
BETWEEN = (Consequence.NONCODING, "between genes")

CLASSES: dict[str, tuple[Consequence, str]] = {
    "missensemutation": (Consequence.MISSENSE, ""),
    "missense": (Consequence.MISSENSE, ""),
    "missensevariant": (Consequence.MISSENSE, ""),
    "nonsensemutation": (Consequence.NONSENSE, ""),
    "nonsense": (Consequence.NONSENSE, ""),
    "stopgained": (Consequence.NONSENSE, ""),
    "nonstopmutation": (Consequence.STOP_LOST, ""),
    "stoplost": (Consequence.STOP_LOST, ""),
    "stopcodondel": (Consequence.STOP_LOST, ""),
    "stopcodonsnp": (Consequence.UNKNOWN, ""),
    "stopcodonins": (Consequence.UNKNOWN, ""),
    "frameshiftins": (Consequence.FRAMESHIFT, ""),
    "frameshiftdel": (Consequence.FRAMESHIFT, ""),
    "frameshiftindel": (Consequence.FRAMESHIFT, ""),
    "frameshift": (Consequence.FRAMESHIFT, ""),
    "frameshiftvariant": (Consequence.FRAMESHIFT, ""),
    "inframeins": (Consequence.INFRAME_INSERTION, ""),
    "inframeinsertion": (Consequence.INFRAME_INSERTION, ""),
    "inframedel": (Consequence.INFRAME_DELETION, ""),
    "inframedeletion": (Consequence.INFRAME_DELETION, ""),
    "splicesite": (Consequence.SPLICE, ""),
    "splicesitesnp": (Consequence.SPLICE, ""),
    "splicesitedel": (Consequence.SPLICE, ""),
    "splicesiteins": (Consequence.SPLICE, ""),
    "splicedonorvariant": (Consequence.SPLICE, ""),
    "spliceacceptorvariant": (Consequence.SPLICE, ""),
    "spliceregion": SPLICE_REGION,
    "spliceregionvariant": SPLICE_REGION,
    "splicedonorregionvariant": SPLICE_REGION,
    "splicedonor5thbasevariant": SPLICE_REGION,
    "splicepolypyrimidinetractvariant": SPLICE_REGION,
    "translationstartsite": (Consequence.START_LOST, ""),
    "startlost": (Consequence.START_LOST, ""),
    "startcodondel": (Consequence.START_LOST, ""),
    "startcodonsnp": (Consequence.START_LOST, ""),
    "startcodonins": (Consequence.UNKNOWN, ""),
    "targetedregion": (Consequence.UNKNOWN, ""),
    "proteinalteringvariant": (Consequence.UNKNOWN, ""),
    "codingsequencevariant": (Consequence.UNKNOWN, ""),
    "silent": SYNONYMOUS,
    "synonymousvariant": SYNONYMOUS,
    "stopretainedvariant": SYNONYMOUS,
    "startretainedvariant": SYNONYMOUS,
    "intron": INTRONIC,
    "intronvariant": INTRONIC,
    "rna": RNA,
    "lincrna": RNA,
    "noncodingtranscriptexonvariant": RNA,
    "noncodingtranscriptvariant": RNA,
    "3utr": UTR,
    "5utr": UTR,
    "3primeutrvariant": UTR,
    "5primeutrvariant": UTR,
    "denovostartoutofframe": NEW_START,
    "denovostartinframe": NEW_START,
    "igr": BETWEEN,
    "intergenic": BETWEEN,
    "intergenicvariant": BETWEEN,
    "5flank": UPSTREAM,
    "promoter": UPSTREAM,
    "upstreamgenevariant": UPSTREAM,
    "3flank": DOWNSTREAM,
    "downstreamgenevariant": DOWNSTREAM,
}
FUSION_CLASSES = frozenset({"fusion", "structuralvariant"})

# What a protein column may not say beside a class: one of the two is about another change.
CONTRADICTIONS: dict[Consequence, frozenset[Consequence]] = {
    Consequence.MISSENSE: frozenset(
        {
            Consequence.SYNONYMOUS,
            Consequence.NONSENSE,
            Consequence.FRAMESHIFT,
            Consequence.INFRAME_DELETION,
            Consequence.INFRAME_INSERTION,
        }
    ),
    Consequence.NONSENSE: frozenset({Consequence.MISSENSE, Consequence.SYNONYMOUS}),
    Consequence.FRAMESHIFT: frozenset(
        {
            Consequence.MISSENSE,
            Consequence.SYNONYMOUS,
            Consequence.INFRAME_DELETION,
            Consequence.INFRAME_INSERTION,
        }
    ),
    Consequence.INFRAME_DELETION: frozenset(
        {Consequence.MISSENSE, Consequence.SYNONYMOUS, Consequence.FRAMESHIFT}
    ),
    Consequence.INFRAME_INSERTION: frozenset(
        {Consequence.MISSENSE, Consequence.SYNONYMOUS, Consequence.FRAMESHIFT}
    ),
    Consequence.SYNONYMOUS: frozenset(
        {
            Consequence.MISSENSE,
            Consequence.NONSENSE,
            Consequence.FRAMESHIFT,
            Consequence.INFRAME_DELETION,
            Consequence.INFRAME_INSERTION,
            Consequence.DELINS,
        }
    ),
}

PASSING = frozenset({"PASS", "KEEP", ".", "", "NA"})
# Whole-genome amplified DNA: MC3 marks nearly all of LAML and OV so and keeps them in its
# analyses; Ellrott 2018, doi:10.1016/j.cels.2018.03.002.
AMPLIFIED_DNA = frozenset({"wga", "native_wga_mix"})

ORIGINS = {"somatic": Origin.SOMATIC, "germline": Origin.GERMLINE}
NO_MUTATION = {
    "none": "no mutation (status none)",
    "wildtype": "no mutation (status wild type)",
    "post-transcriptional modification": "post-transcriptional modification",
}

_BUILD = re.compile(r"^(?:ncbi|grch|hg|b|hs)?(36|37|38|18|19)(?:d5)?(?:[-._].*)?$", re.IGNORECASE)
_BUILDS = {"37": "GRCh37", "19": "GRCh37", "38": "GRCh38", "36": "NCBI36", "18": "NCBI36"}


def assembly(text: str) -> str | None:
    """The reference assembly that a build's name means; None where it means none.

    >>> assembly("hg19"), assembly("37"), assembly("GRCh38.p13"), assembly("mm10")
    ('GRCh37', 'GRCh37', 'GRCh38', None)
    """
    found = _BUILD.match(text.strip())
    return _BUILDS[found.group(1)] if found else None
