"""Dossiers made by hand: what the page must be able to say, each thing at least once."""

from datetime import date

import msgspec

from onkos.model import (
    Answer,
    Approval,
    ApprovalHere,
    Assay,
    Case,
    Claim,
    Consequence,
    CopyCall,
    CopyNumber,
    Cytogenetic,
    Dossier,
    Effect,
    Event,
    Expression,
    Finding,
    Fusion,
    Gene,
    GeneEvent,
    Grade,
    Grades,
    Guideline,
    Match,
    Measurement,
    Methylation,
    NextTest,
    NotAssessed,
    Oncogenicity,
    Option,
    Origin,
    Phase,
    Plan,
    PriorTherapy,
    Question,
    Sample,
    SmallVariant,
    Snapshot,
    Stated,
    StatedClass,
    Study,
    StudyKind,
    Unread,
    Verdict,
)
from onkos.model.criterion import LineIs, Mutation, SettingIs

GENES = {
    "EGFR": Gene(
        symbol="EGFR",
        length=1210,
        exons={"19": (729, 761), "20": (762, 823), "21": (824, 875)},
        domains={"extracellular": (25, 645), "kinase": (712, 979)},
    )
}
STRONG = Grades(
    amp=Grade(tier="I", level="A", clause="A1"),
    escat=Grade(tier="I-A", clause="randomised-survival"),
    oncokb_style=Grade(level="1", clause="fda"),
)
RESISTANT = Grades(
    amp=Grade(tier="I", level="A", clause="A2"),
    escat=Grade(clause="benefit-only"),
    oncokb_style=Grade(level="R1", clause="standard-care-resistance"),
)
FLAURA = Study(
    name="FLAURA",
    kind=StudyKind.RANDOMISED,
    nct="NCT02296125",
    pmid=29151359,
    n=556,
    comparator="erlotinib or gefitinib",
    endpoint="PFS",
    hazard_ratio=0.46,
    ci95=(0.37, 0.57),
    median_months=(18.9, 10.2),
    note="double blind",
)
L858R = Mutation(genes=("EGFR",), change="L858R")


def variant(gene, protein, position, **more):
    """A missense variant with what a report shows of it."""
    return SmallVariant(
        gene=gene,
        protein=protein,
        consequence=Consequence.MISSENSE,
        first=position,
        last=position,
        **more,
    )


def claim(id, therapy=("osimertinib",), **more):
    """A claim of benefit where EGFR is L858R, supported by FLAURA unless said otherwise."""
    given = {"effect": Effect.BENEFIT, "studies": (FLAURA,), "when": L858R, "disease": ("NSCLC",)}
    return Claim(id=id, therapy=therapy, **{**given, **more})


def match(of, alterations=("EGFR L858R",), *, disease=Answer.MET, grades=STRONG, **more):
    """The claim weighed, its criterion met."""
    reason = "Lung Adenocarcinoma is covered by Non-Small Cell Lung Cancer"
    if disease is Answer.UNMET:
        reason = "Lung Adenocarcinoma is not Thymoma"
    if disease is Answer.UNKNOWN:
        reason = "specify the diagnosis: Lung Adenocarcinoma is coarser than Enteric"
    return Match(
        claim=of,
        verdict=disease,
        biomarker=Verdict(
            answer=Answer.MET, reasons=("EGFR L858R: EGFR L858R",), alterations=alterations
        ),
        disease=disease,
        disease_reason=reason,
        setting=more.pop("setting", Verdict(answer=Answer.MET, reasons=("no setting named",))),
        grades=grades,
        **more,
    )


def option(rank, *matches, **more):
    """An option that rests on these matches."""
    approvals = tuple(a for m in matches for a in m.approvals)
    return Option(
        therapy=matches[0].claim.therapy,
        rank=rank,
        approved_here=any(m.approvals and m.disease is Answer.MET for m in matches),
        approvals=approvals,
        grades=matches[0].grades,
        matches=matches,
        reasons=("approved here by FDA 2018-04-18", "matches the very change"),
        **more,
    )


def here(regulator, on, verdict=Answer.MET, **more):
    """An approval that counts."""
    return ApprovalHere(regulator=regulator, on=on, setting_verdict=verdict, **more)


OSIMERTINIB = match(
    claim(
        "osimertinib-1l",
        setting=LineIs(op="=", value=1),
        approvals=(
            Approval(regulator="FDA", on=date(2018, 4, 18)),
            Approval(regulator="EMA", on=date(2018, 6, 8), unverified=True),
        ),
        guidelines=(
            Guideline(
                body="ESMO", title="metastatic", year=2023, doi="10.1016/j.annonc.2022.12.009"
            ),
        ),
    ),
    setting=Verdict(answer=Answer.MET, reasons=("line 1",)),
    approvals=(
        here("FDA", "2018-04-18", setting="line 1"),
        here("EMA", "2018-06-08", setting="line 1", unverified=True),
    ),
)
ADJUVANT = match(
    claim("osimertinib-adjuvant", setting=SettingIs(setting="adjuvant")),
    setting=Verdict(answer=Answer.UNMET, reasons=("setting adjuvant: metastatic",)),
    approvals=(here("FDA", "2020-12-18", Answer.UNMET, setting="setting adjuvant"),),
)
LATER = match(
    claim("amivantamab-later", ("amivantamab",)),
    approvals=(
        here(
            "FDA",
            "2021-05-21",
            Answer.UNKNOWN,
            accelerated=True,
            setting="prior carboplatin",
            setting_reasons=("prior carboplatin: prior therapy not given",),
        ),
    ),
)
WITHDRAWN = match(
    claim(
        "mobocertinib",
        ("mobocertinib",),
        approvals=(
            Approval(regulator="FDA", on=date(2021, 9, 15), withdrawn_on=date(2024, 7, 16)),
        ),
        studies=(
            Study(kind=StudyKind.SINGLE_ARM, name="one", nct="NCT02716116", response_rate=0.28),
            Study(
                kind=StudyKind.RANDOMISED,
                name="EXCLAIM-2",
                nct="NCT04129502",
                positive=False,
                n=354,
            ),
        ),
    )
)
BORROWED = [
    match(
        claim(f"borrowed-{name}", (name,), unverified=True, studies=(FLAURA,)),
        disease=Answer.UNMET,
    )
    for name in ("zanubrutinib", "acalabrutinib", "ibrutinib", "venetoclax")
]
DIAGNOSIS_OPEN = match(claim("enteric", ("cetuximab",)), disease=Answer.UNKNOWN)
T790M = match(
    claim(
        "t790m",
        ("gefitinib",),
        effect=Effect.RESISTANCE,
        mechanism="on-target",
        when=Mutation(genes=("EGFR",), change="T790M"),
        guidelines=(Guideline(body="NCCN", version="3.2024"),),
        studies=(Study(kind=StudyKind.CASE, doi="10.1056/NEJMoa044238"),),
    ),
    ("EGFR T790M",),
    grades=RESISTANT,
)


def meaning(effect, **more):
    """A claim that offers nothing but says something."""
    return match(
        claim(f"{effect}-tp53", (), effect=effect, **more), ("TP53 R273H",), grades=RESISTANT
    )


def lung():
    """A lung tumour with something to say in every part of the page."""
    plan = Plan(
        options=(
            option(1, OSIMERTINIB, ADJUVANT, cautions=("EGFR L858R was seen in plasma only",)),
            option(2, LATER, superseded_by=("osimertinib",), given=True),
            option(3, WITHDRAWN),
            option(4, DIAGNOSIS_OPEN),
            *(option(5 + i, m, unverified=True) for i, m in enumerate(BORROWED)),
        ),
        avoid=(
            Option(
                therapy=("gefitinib",),
                grades=RESISTANT,
                against=(T790M,),
                reasons=("EGFR T790M: resistance to gefitinib (guideline, on-target)",),
                given=True,
            ),
        ),
        prognosis=(meaning(Effect.WORSE_PROGNOSIS),),
        diagnosis=(meaning(Effect.DIAGNOSIS, condition="a diagnosis"),),
        predisposition=(meaning(Effect.PREDISPOSITION, condition="Li-Fraumeni syndrome"),),
        contrary=(
            match(claim("no-benefit", ("erlotinib",), effect=Effect.NO_BENEFIT), grades=RESISTANT),
        ),
        test_next=(
            NextTest(
                test="RNA fusion panel",
                material="tissue",
                cost=3,
                would_settle=tuple(
                    Question(kind="fusion", subject=gene, text=f"fusions of {gene}")
                    for gene in ("ALK", "ROS1")
                ),
                could_open=("alectinib", "crizotinib"),
                could_close=("osimertinib",),
                alternatives=("Whole transcriptome",),
                why="would confirm nothing else",
            ),
        ),
        statements=("No assay was given: whatever was not reported is unknown, not negative.",),
    )
    return Dossier(
        case=case(),
        disease_name="Lung Adenocarcinoma",
        findings=(
            Finding(name="TMB", value="TMB 6 mut/Mb", method="panel", note="of 1.1 Mb"),
            NotAssessed(name="fusions", reason="no assay given: absent is unknown"),
        ),
        plan=plan,
        version="0.1.0",
        pins=(
            Snapshot(
                source="onkos built-in knowledge",
                version="0.1.0",
                licence="Apache-2.0",
                sha256="ab" * 32,
                read_on="2026-10-01",
            ),
        ),
    )


def case():
    """What was observed: one alteration of every kind."""
    return Case(
        id="LUNG-1",
        disease="LUAD",
        alterations=(
            variant("EGFR", "L858R", 858, vaf=0.31, sample="T1",
                    oncogenicity=Oncogenicity.ONCOGENIC,
                    oncogenicity_reason="known change (PMID:29247016)", alt_reads=31, depth=100),
            variant("EGFR", "T790M", 790, vaf=0.29, sample="T1", filters=("strand_bias",)),
            variant("TP53", "R273H", 273, vaf=0.004, sample="T1", origin=Origin.GERMLINE,
                    population_af=0.001, biallelic=True),
            CopyNumber(gene="MET", call=CopyCall.AMPLIFICATION, copies=11.0),
            Fusion(five="EML4", three="ALK", in_frame=True),
            Fusion(three="RET", in_frame=False),
            GeneEvent(gene="FLT3", event=Event.ITD, allelic_ratio=0.6),
            Expression(gene="PTEN", level="loss"),
            Methylation(gene="MLH1", methylated=True),
            Stated(gene="KRAS", finding=StatedClass.MUTATION, present=False),
            Cytogenetic(name="del(17p)"),
        ),
        phases=(Phase(gene="EGFR", first="T790M", second="L858R", cis=True),),
        measurements=(
            Measurement(name="TMB", value=6.0, unit="mut/Mb"),
            Measurement(name="ECOG", value=1.0, interval=(0.0, 2.0), method="seen", at="visit"),
        ),
        samples=(
            Sample(id="T1", material="tissue", site="lung", collected="2026-09-14", purity=0.55,
                   assay=Assay(id="x", name="Panel X")),
            Sample(id="P2", material="plasma", tumour_fraction=0.1),
        ),
        prior=(PriorTherapy(drugs=("gefitinib",), progressed=True, line=1, setting="metastatic"),),
        comedication=("omeprazole",),
        age=61,
        sex="female",
        stage="IV",
        line=2,
        settings=("metastatic",),
        as_of="2026-10-01",
        earlier="LUNG-0",
        unread=(
            Unread(source="calls.maf", line=88, column="HGVSp_Short", text="p.W12X",
                   reason="X written for a stop", remedy="write * or Ter"),
        ),
        filtered={"silent": 61},
        rows=217,
        notices=("column t_alt_count was read",),
    )  # fmt: skip


def crowded(number=125):
    """A melanoma with many variants that nothing rests on."""
    extra = tuple(
        variant(f"GENE{i}", f"A{i + 1}V", i + 1, vaf=i / (2 * number)) for i in range(number)
    )
    dossier = lung()
    alterations = (*dossier.case.alterations, *extra)
    return msgspec.structs.replace(
        dossier, case=msgspec.structs.replace(dossier.case, alterations=alterations)
    )


def empty():
    """A tumour for which nothing matches."""
    return Dossier(
        case=Case(id="NIL", disease="THYM"),
        disease_name="Thymoma",
        plan=Plan(
            statements=("No biomarker-selected option; standard treatment is not listed here.",)
        ),
        version="0.1.0",
    )


HOSTILE = "<script>alert('x')</script>\"'&{{7*7}}</style>\x1b[31m|`"
_CHECKED = {"nct", "what", "analyte", "level", "tier", "kind", "endpoint", "call"}


def hostile(value):
    """The same noun with `HOSTILE` in every text that takes any text."""
    if type(value) is str:
        return f"{value}{HOSTILE}"
    if isinstance(value, tuple):
        return tuple(hostile(part) for part in value)
    if isinstance(value, dict):
        return {hostile(key): part for key, part in value.items()}
    if isinstance(value, msgspec.Struct):
        changed = {
            name: hostile(getattr(value, name))
            for name in value.__struct_fields__
            if name not in _CHECKED
        }
        return msgspec.structs.replace(value, **changed)
    return value
