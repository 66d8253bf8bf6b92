# ruff: noqa: E501
"""Small VCFs as each caller writes them, from its documented header.

Made up: no patient is in them. Field definitions are those of the callers' own documentation or
source (GATK 4 and 3, Strelka's user guide, VarDict's var2vcf scripts, VarScan 2, DRAGEN's product
guide, Pisces, Torrent Suite, Sentieon's manual, freebayes, octopus, DeepSomatic, LoFreq). Columns
of the records stand apart by blanks here and by tabs in the files.
"""

from __future__ import annotations

from typing import NamedTuple


class Miniature(NamedTuple):
    """One file and what must be read of it.

    Attributes
    ----------
    calls : list of tuple
        Position, reference, alternate, reads with the change, reads in all.
    """

    caller: str
    tumour: str
    reads: str
    calls: list[tuple[int, str, str, int | None, int | None]]
    filtered: dict[str, int]
    text: str


def vcf(text: str) -> str:
    """The text of a file: blanks between columns made tabs."""
    lines = text.strip().splitlines()
    written = [line if line.startswith("##") else "\t".join(line.split()) for line in lines]
    return "\n".join(["##fileformat=VCFv4.2", *written, ""])


def fields(kind: str, text: str) -> str:
    """Definitions of fields written ``ID:Number:Type``."""
    lines = []
    for one in text.split():
        name, number, sort = one.split(":")
        lines.append(f'##{kind}=<ID={name},Number={number},Type={sort},Description="{name}">')
    return "\n".join(lines)


CONTIGS = """##contig=<ID=chr7,length=159345973,assembly=GRCh38>
##contig=<ID=chr17,length=83257441,assembly=GRCh38>"""
NAMES = "#CHROM POS ID REF ALT QUAL FILTER INFO"

MINIATURES = {
    "mutect2": Miniature(
        "Mutect2", "PT1", "AD",
        [(100, "A", "T", 40, 100), (301, "T", "G", 12, 82), (301, "TC", "T", 10, 82),
         (400, "GG", "AA", 25, 50)],
        {"caller filter: germline": 1, "caller filter: panel_of_normals": 1},
        f"""
##source=Mutect2
##MutectVersion=2.2
##normal_sample=PN1
##tumor_sample=PT1
##FILTER=<ID=germline,Description="Evidence indicates this site is germline, not somatic">
##FILTER=<ID=panel_of_normals,Description="Blacklisted site in panel of normals">
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:R:Integer AF:A:Float DP:1:Integer F1R2:R:Integer F2R1:R:Integer")}
{NAMES} FORMAT PN1 PT1
chr7 100 . A T . PASS DP=190 GT:AD:AF:DP:F1R2:F2R1 0/0:90,0:0.011:90:40,0:50,0 0/1:60,40:0.398:100:30,20:30,20
chr7 200 . C G . germline DP=100 GT:AD:AF:DP:F1R2:F2R1 0/0:30,20:0.4:50:9,9:9,9 0/1:25,25:0.5:50:9,9:9,9
chr7 250 . C G . panel_of_normals DP=100 GT:AD:AF:DP:F1R2:F2R1 0/0:50,0:0.01:50:9,9:9,9 0/1:45,5:0.1:50:9,9:9,9
chr7 300 . CTC CGC,CT . PASS DP=160 GT:AD:AF:DP:F1R2:F2R1 0/0:80,0,0:0.01,0.01:80:9,9,9:9,9,9 0/1/2:60,12,10:0.146,0.122:82:9,9,9:9,9,9
chr7 400 . GG AA . PASS DP=99 GT:AD:AF:DP:F1R2:F2R1 0/0:49,0:0.01:49:9,9:9,9 0/1:25,25:0.5:50:9,9:9,9
""",
    ),
    "mutect1": Miniature(
        "MuTect", "P1-T", "AD",
        [(100, "G", "A", 23, 134)],
        {"caller filter: REJECT": 1},
        f"""
##MuTect="analysis_type=MuTect input_file=[n.bam, t.bam] normal_sample_name=P1-N tumor_sample_name=P1-T"
##FILTER=<ID=REJECT,Description="Rejected as a confident somatic mutation">
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:.:Integer BQ:A:Float DP:1:Integer FA:A:Float SS:1:Integer")}
{fields("INFO", "SOMATIC:0:Flag VT:1:String")}
{NAMES} FORMAT P1-T P1-N
chr7 100 . G A . PASS SOMATIC;VT=SNP GT:AD:BQ:DP:FA:SS 0/1:111,23:30:134:0.172:2 0:97,0:.:96:0.00:0
chr7 200 . C T . REJECT . GT:AD:BQ:DP:FA 0/1:60,1:14:62:0.016 0:53,0:.:7:0.00
""",
    ),
    "strelka2 substitutions": Miniature(
        "Strelka2", "TUMOR", "AU, CU, GU, TU of tier 1",
        [(100, "A", "T", 18, 78), (200, "G", "C", 30, 40)],
        {"caller filter: LowEVS": 1},
        f"""
##source=strelka
##source_version=2.9.10
##content=strelka somatic snv calls
##FILTER=<ID=LowEVS,Description="Somatic Empirical Variant Score (SomaticEVS) is below threshold">
{CONTIGS}
{fields("FORMAT", "DP:1:Integer FDP:1:Integer SDP:1:Integer SUBDP:1:Integer AU:2:Integer "
        "CU:2:Integer GU:2:Integer TU:2:Integer")}
{fields("INFO", "SOMATIC:0:Flag QSS:1:Integer NT:1:String SGT:1:String SomaticEVS:1:Float")}
{NAMES} FORMAT NORMAL TUMOR
chr7 100 . A T . PASS SOMATIC;QSS=70;NT=ref;SGT=AA->AT;SomaticEVS=15 DP:FDP:SDP:SUBDP:AU:CU:GU:TU 60:1:0:0:59,61:0,0:0,0:0,0 80:1:0:0:60,63:0,0:1,1:18,20
chr7 200 . G C . PASS SOMATIC;QSS=70;NT=ref;SGT=GG->CG;SomaticEVS=15 DP:FDP:SDP:SUBDP:AU:CU:GU:TU 30:0:0:0:0,0:0,0:30,31:0,0 40:0:0:0:0,0:30,30:10,10:0,0
chr7 300 . A C . LowEVS SOMATIC;QSS=5;NT=ref;SGT=AA->AC;SomaticEVS=1 DP:FDP:SDP:SUBDP:AU:CU:GU:TU 60:1:0:0:59,61:0,0:0,0:0,0 80:1:0:0:78,80:2,2:0,0:0,0
""",
    ),
    "strelka2 insertions and deletions": Miniature(
        "Strelka2", "TUMOR", "TAR and TIR of tier 1",
        [(100, "AC", "A", 21, 71)],
        {},
        f"""
##source=strelka
##content=strelka somatic indel calls
{CONTIGS}
{fields("FORMAT", "DP:1:Integer DP2:1:Integer TAR:2:Integer TIR:2:Integer TOR:2:Integer")}
{fields("INFO", "SOMATIC:0:Flag QSI:1:Integer")}
{NAMES} FORMAT NORMAL TUMOR
chr7 100 . AC A . PASS SOMATIC;QSI=90 DP:DP2:TAR:TIR:TOR 55:55:54,54:0,0:1,1 80:80:50,52:21,22:9,9
""",
    ),
    "vardict": Miniature(
        "VarDict", "A77", "AD",
        [(100, "A", "T", 42, 150), (200, "C", "G", 60, 120)],
        {"caller filter: P0.05": 1},
        f"""
##source=VarDict_v1.8.3
##FILTER=<ID=P0.05,Description="Not significant with p-value 0.05">
{CONTIGS}
{fields("INFO", "STATUS:1:String SAMPLE:1:String TYPE:1:String SSF:1:Float")}
{fields("FORMAT", "GT:1:String DP:1:Integer VD:1:Integer ALD:2:Integer RD:2:Integer "
        "AD:R:Integer AF:A:Float BIAS:1:String")}
{NAMES} FORMAT A77 B12
chr7 100 . A T 120 PASS STATUS=StrongSomatic;SAMPLE=A77;TYPE=SNV;SSF=0 GT:DP:VD:ALD:RD:AD:AF:BIAS 0/1:150:42:20,22:50,57:107,42:0.28:2,2 0/0:90:0:0,0:45,45:90,0:0:2,0
chr7 200 . C G 120 PASS STATUS=Germline;SAMPLE=A77;TYPE=SNV;SSF=1 GT:DP:VD:ALD:RD:AD:AF:BIAS 0/1:120:60:30,30:30,30:60,60:0.5:2,2 0/1:90:45:22,23:22,23:45,45:0.5:2,2
chr7 300 . C G 120 P0.05 STATUS=LikelySomatic;SAMPLE=A77;TYPE=SNV;SSF=0.3 GT:DP:VD:ALD:RD:AD:AF:BIAS 0/1:120:4:2,2:58,58:116,4:0.0333:2,2 0/0:90:1:1,0:44,45:89,1:0.0111:2,0
""",
    ),
    "varscan2": Miniature(
        "VarScan2", "TUMOR", "RD and AD",
        [(100, "A", "T", 13, 104), (200, "C", "G", 51, 100)],
        {"caller filter: str10": 1},
        f"""
##source=VarScan2
##FILTER=<ID=str10,Description="Less than 10% of supporting reads on one strand">
##INFO=<ID=SS,Number=1,Type=String,Description="Somatic status of variant (0=Reference,1=Germline,2=Somatic,3=LOH, or 5=Unknown)">
{CONTIGS}
{fields("INFO", "DP:1:Integer SOMATIC:0:Flag SSC:1:String GPV:1:Float SPV:1:Float")}
{fields("FORMAT", "GT:1:String GQ:1:Integer DP:1:Integer RD:1:Integer AD:1:Integer FREQ:1:String "
        "DP4:1:String")}
{NAMES} FORMAT NORMAL TUMOR
chr7 100 . A T . PASS DP=190;SOMATIC;SS=2;SSC=40;GPV=1;SPV=1E-4 GT:GQ:DP:RD:AD:FREQ:DP4 0/0:.:86:86:0:0%:40,46,0,0 0/1:.:104:91:13:12.5%:45,46,6,7
chr7 200 . C G . PASS DP=190;SS=1;SSC=0;GPV=0;SPV=1 GT:GQ:DP:RD:AD:FREQ:DP4 0/1:.:90:44:46:51.11%:22,22,23,23 0/1:.:100:49:51:51%:24,25,25,26
chr7 300 . C G . str10 DP=190;SOMATIC;SS=2;SSC=20;GPV=1;SPV=1E-2 GT:GQ:DP:RD:AD:FREQ:DP4 0/0:.:90:90:0:0%:45,45,0,0 0/1:.:100:94:6:6%:47,47,6,0
""",
    ),
    "dragen": Miniature(
        "DRAGEN", "S-2", "AD",
        [(100, "A", "T", 30, 300)],
        {"caller filter: systematic_noise, weak_evidence": 1},
        f"""
##DRAGENVersion=<ID=dragen,Version="SW: 07.021.645.4.0.3, HW: 07.021.645">
##DRAGENCommandLine=<ID=dragen,Date="x",CommandLineOptions="--tumor-bam-input t.bam --bam-input n.bam --RGSM S-1 --RGSM-tumor S-2 --enable-variant-caller true">
##FILTER=<ID=weak_evidence,Description="Somatic variant score did not meet threshold">
##FILTER=<ID=systematic_noise,Description="Site filtered because of systematic noise">
{CONTIGS}
{fields("FORMAT", "GT:1:String SQ:1:Float AD:R:Integer AF:A:Float F1R2:R:Integer F2R1:R:Integer "
        "DP:1:Integer SB:4:Integer MB:4:Integer")}
{NAMES} FORMAT S-1 S-2
chr7 100 . A T . PASS . GT:SQ:AD:AF:F1R2:F2R1:DP:SB:MB 0/0:0.00:120,0:0.000:60,0:60,0:120:60,60,0,0:60,60,0,0 0/1:48.5:270,30:0.100:135,15:135,15:300:135,135,15,15:135,135,15,15
chr7 200 . A T . weak_evidence;systematic_noise . GT:SQ:AD:AF:F1R2:F2R1:DP:SB:MB 0/0:0.00:120,0:0.000:60,0:60,0:120:60,60,0,0:60,60,0,0 0/1:1.5:298,2:0.007:149,1:149,1:300:149,149,1,1:149,149,1,1
""",
    ),
    "tso500": Miniature(
        "Pisces", "Pool-1", "AD",
        [(100, "A", "T", 55, 1100)],
        {"no alternate allele": 1, "caller filter: LowSupport": 1},
        f"""
##source=Pisces 5.2.11.163
##Pisces_cmdline="-b Pool-1.bam -g genome -gVCF true"
##FILTER=<ID=LowSupport,Description="Too little support">
{CONTIGS}
{fields("INFO", "DP:1:Integer")}
{fields("FORMAT", "GT:1:String GQ:1:Integer AD:.:Integer DP:1:Integer VF:.:Float NL:1:Integer "
        "SB:1:Float US:12:Integer")}
{NAMES} FORMAT Pool-1
chr7 99 . A . 100 PASS DP=1100 GT:GQ:AD:DP:VF:NL:SB:US 0/0:100:1100:1100:0.00000:65:-100:0,0,0,0,0,0,0,0,0,0,0,0
chr7 100 . A T 100 PASS DP=1100 GT:GQ:AD:DP:VF:NL:SB:US 0/1:100:1044,55:1100:0.05000:65:-100:0,0,0,0,0,0,0,0,0,0,0,0
chr7 200 . A T 20 LowSupport DP=1100 GT:GQ:AD:DP:VF:NL:SB:US 0/1:20:1090,10:1100:0.00909:65:-100:0,0,0,0,0,0,0,0,0,0,0,0
""",
    ),
    "ion torrent": Miniature(
        "Torrent Variant Caller", "ION-9", "FAO, FRO and FDP",
        [(100, "A", "T", 200, 2000), (201, "A", "G", 300, 1990), (201, "AC", "A", 40, 1990)],
        {"caller filter: NOCALL": 1},
        f"""
##source="tvc 5.12-27 (5849b4d) - Torrent Variant Caller"
##FILTER=<ID=NOCALL,Description="Generic filter. Filtering details stored in FR info tag.">
{CONTIGS}
{fields("INFO", "AF:A:Float AO:A:Integer DP:1:Integer FAO:A:Integer FDP:1:Integer FRO:1:Integer "
        "RO:1:Integer")}
{fields("FORMAT", "GT:1:String GQ:1:Integer DP:1:Integer FDP:1:Integer RO:1:Integer "
        "FRO:1:Integer AO:A:Integer FAO:A:Integer AF:A:Float")}
{NAMES} FORMAT ION-9
chr7 100 . A T 999 PASS AF=0.1;AO=150;DP=1900;FAO=200;FDP=2000;FRO=1800;RO=1750 GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF 0/1:99:1900:2000:1750:1800:150:200:0.1
chr7 200 . CAC CGC,CA 999 PASS AF=0.15,0.02;AO=290,30;DP=1900;FAO=300,40;FDP=1990;FRO=1650;RO=1600 GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF 1/2:99:1900:1990:1600:1650:290,30:300,40:0.150754,0.0201005
chr7 300 . A T 1 NOCALL AF=0;AO=0;DP=3;FAO=0;FDP=3;FRO=3;RO=3 GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF ./.:0:3:3:3:3:0:0:0
""",
    ),
    "sentieon tnscope": Miniature(
        "TNscope", "lib2", "AD",
        [(100, "A", "T", 83, 26234)],
        {"caller filter: triallelic_site": 1},
        f"""
##SentieonCommandLine.TNscope=<ID=TNscope,Version="sentieon-genomics-202112",Date="x",CommandLine="sentieon driver -r ref.fa -i t.bam -i n.bam --algo TNscope --tumor_sample lib2 --normal_sample lib1 out.vcf.gz">
##FILTER=<ID=triallelic_site,Description="Site filtered because more than two alt alleles pass tumor LOD">
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:R:Integer AF:1:Float AFDP:1:Integer ALTHC:1:Integer "
        "DPHC:1:Integer QSS:.:Integer")}
{NAMES} FORMAT lib1 lib2
chr7 100 . A T 30 PASS . GT:AD:AF:AFDP:ALTHC:DPHC:QSS 0/0:900,0:0.000:900:0:900:27000,0 0/1:26151,83:0.003:26234:83:26164:972124,3019
chr7 200 . A T 30 triallelic_site . GT:AD:AF:AFDP:ALTHC:DPHC:QSS 0/0:900,0:0.000:900:0:900:27000,0 0/1:261,8:0.03:269:8:269:9721,301
""",
    ),
    "sentieon tnhaplotyper2": Miniature(
        "TNhaplotyper2", "lib2", "AD",
        [(100, "A", "T", 10, 100)],
        {},
        f"""
##SentieonCommandLine.TNhaplotyper2=<ID=TNhaplotyper2,Version="202112",CommandLine="sentieon driver --algo TNhaplotyper2 --tumor_sample lib2 --normal_sample lib1 out.vcf.gz">
##tumor_sample=lib2
##normal_sample=lib1
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:R:Integer AF:A:Float DP:1:Integer")}
{NAMES} FORMAT lib1 lib2
chr7 100 . A T . PASS . GT:AD:AF:DP 0/0:80,0:0.01:80 0/1:90,10:0.105:100
""",
    ),
    "freebayes": Miniature(
        "FreeBayes", "tumour_1", "AD",
        [(100, "A", "T", 25, 125), (200, "CAG", "TAT", 5, 50)],
        {},
        f"""
##source=freeBayes v1.3.6
##commandline="freebayes -f ref.fa --pooled-continuous t.bam n.bam"
{CONTIGS}
{fields("INFO", "DP:1:Integer AF:A:Float TYPE:A:String")}
{fields("FORMAT", "GT:1:String DP:1:Integer AD:R:Integer RO:1:Integer QR:1:Integer AO:A:Integer "
        "QA:A:Integer GL:G:Float")}
{NAMES} FORMAT normal_1 tumour_1
chr7 100 . A T 800 . DP=225;AF=0.25;TYPE=snp GT:DP:AD:RO:QR:AO:QA:GL 0/0:100:100,0:100:3500:0:0:0,-30,-300 0/1:125:100,25:100:3500:25:900:-60,0,-300
chr7 200 . CAG TAT 80 . DP=90;AF=0.25;TYPE=complex GT:DP:AD:RO:QR:AO:QA:GL 0/0:40:40,0:40:900:0:0:0,-12,-90 0/1:50:45,5:45:1500:5:170:-9,0,-99
""",
    ),
    "freebayes without AD": Miniature(
        "FreeBayes", "only1", "RO and AO",
        [(101, "T", "G", 9, 40), (101, "T", "C", 11, 40)],
        {},
        f"""
##source=freeBayes v0.9.21
{CONTIGS}
{fields("FORMAT", "GT:1:String DP:1:Integer RO:1:Integer QR:1:Integer AO:A:Integer QA:A:Integer")}
{NAMES} FORMAT only1
chr7 100 . AT AG,AC 800 . . GT:DP:RO:QR:AO:QA 1/2:40:20:700:9,11:300,390
""",
    ),
    "octopus": Miniature(
        "Octopus", "SAM2", "AD",
        [(100, "G", "A", 30, 120), (200, "A", "C", 55, 110)],
        {"caller filter: AF": 1},
        f"""
##octopus=<version=0.7.4,command="octopus -R ref.fa -I n.bam t.bam -N SAM1",options="--annotations AD ADP AF">
##FILTER=<ID=AF,Description="Allele frequency is low">
{CONTIGS}
{fields("INFO", "SOMATIC:0:Flag DP:1:Integer")}
{fields("FORMAT", "GT:1:String GQ:1:Integer DP:1:Integer PS:1:String PQ:1:Integer HSS:.:Integer "
        "AD:R:Integer ADP:1:Integer AF:R:Float")}
{NAMES} FORMAT SAM1 SAM2
chr7 100 . G A 90 PASS SOMATIC;DP=200 GT:GQ:DP:PS:PQ:HSS:AD:ADP:AF 0|0:90:80:100:99:0,0:80,0:80:1,0 1|0|0:90:120:100:99:1,0,0:90,30:120:0.75,0.25
chr7 200 . A C 90 PASS DP=200 GT:GQ:DP:PS:PQ:HSS:AD:ADP:AF 1|0:90:80:100:99:0,0:40,40:80:0.5,0.5 1|0|1|0:90:110:100:99:0,0,1,1:55,55:110:0.5,0.5
chr7 300 . A C 90 AF SOMATIC;DP=200 GT:GQ:DP:PS:PQ:HSS:AD:ADP:AF 0|0:90:80:300:99:0,0:80,0:80:1,0 0|0|1:90:110:300:99:0,0,1:109,1:110:0.99,0.01
""",
    ),
    "deepsomatic": Miniature(
        "DeepSomatic", "T0", "AD",
        [(100, "A", "T", 16, 80)],
        {"caller filter: GERMLINE": 1, "caller filter: RefCall": 1},
        f"""
##FILTER=<ID=RefCall,Description="Genotyping model thinks this site is reference.">
##FILTER=<ID=GERMLINE,Description="Non somatic variants">
##DeepVariant_version=1.7.0
{CONTIGS}
{fields("FORMAT", "GT:1:String GQ:1:Integer DP:1:Integer AD:R:Integer VAF:A:Float PL:G:Integer")}
{NAMES} FORMAT T0
chr7 100 . A T 40 PASS . GT:GQ:DP:AD:VAF:PL 1/1:40:80:64,16:0.2:40,40,0
chr7 200 . A T 1 GERMLINE . GT:GQ:DP:AD:VAF:PL 0/0:30:80:40,40:0.5:0,30,30
chr7 300 . A T 0 RefCall . GT:GQ:DP:AD:VAF:PL 0/0:30:80:78,2:0.025:0,30,30
""",
    ),
    "lofreq": Miniature(
        "LoFreq", "", "DP4",
        [(100, "A", "T", 25, 500)],
        {"caller filter: min_dp_10": 1},
        f"""
##source=lofreq call --call-indels -f ref.fa -o out.vcf t.bam
##FILTER=<ID=min_dp_10,Description="Minimum Coverage 10">
{CONTIGS}
{fields("INFO", "DP:1:Integer AF:1:Float SB:1:Integer DP4:4:Integer HRUN:1:Integer")}
{NAMES}
chr7 100 . A T 500 PASS DP=500;AF=0.05;SB=0;DP4=235,240,12,13
chr7 200 . A T 50 min_dp_10 DP=8;AF=0.25;SB=0;DP4=3,3,1,1
""",
    ),
    "haplotypecaller": Miniature(
        "GATK HaplotypeCaller", "B1", "AD",
        [(100, "A", "T", 30, 61)],
        {"genotype of the tumour is without the allele": 1},
        f"""
##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller --output o.vcf --input b.bam",Version="4.2.0.0">
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:R:Integer DP:1:Integer GQ:1:Integer PL:G:Integer")}
{NAMES} FORMAT B1
chr7 100 . A T 700 . . GT:AD:DP:GQ:PL 0/1:31,30:61:99:700,0,700
chr7 200 . A T 700 . . GT:AD:DP:GQ:PL 0/0:60,1:61:99:0,99,999
""",
    ),
    "sage": Miniature(
        "SAGE", "COLO829T", "AD",
        [(100, "A", "T", 70, 110)],
        {"caller filter: PON": 1},
        f"""
##sageVersion=3.4
##FILTER=<ID=PON,Description="Found in panel of normals">
{CONTIGS}
{fields("FORMAT", "GT:1:String AD:R:Integer AF:1:Float DP:1:Integer RC_CNT:7:Integer")}
{NAMES} FORMAT COLO829R COLO829T
chr7 100 . A T 700 PASS . GT:AD:AF:DP:RC_CNT 0/0:38,0:0:38:0,0,0,0,0,38,38 0/1:40,70:0.636:110:70,0,0,0,0,40,110
chr7 200 . A T 70 PON . GT:AD:AF:DP:RC_CNT 0/0:38,0:0:38:0,0,0,0,0,38,38 0/1:100,10:0.09:110:10,0,0,0,0,100,110
""",
    ),
}  # fmt: skip
