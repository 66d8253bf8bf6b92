"""Cases and changed knowledges for properties."""

import msgspec
from hypothesis import strategies as st

from onkos.model import (
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Fusion,
    Measurement,
    PriorTherapy,
    SmallVariant,
)
from onkos.model.protein import parse_protein

CHANGES = (
    ("EGFR", "L858R"), ("EGFR", "T790M"), ("EGFR", "C797S"), ("EGFR", "E746_A750del"),
    ("KRAS", "G12C"), ("KRAS", "G12D"), ("NRAS", "Q61K"), ("BRAF", "V600E"), ("KIT", "V560D"),
    ("PIK3CA", "H1047R"), ("IDH1", "R132H"), ("BRCA2", "S1982fs"), ("TP53", "R273H"),
    ("ERBB2", "Y772_A775dup"), ("ALK", "G1202R"), ("FLT3", "D835Y"), ("ABL1", "T315I"),
)  # fmt: skip
DISEASES = ("LUAD", "NSCLC", "COAD", "BRCA", "MEL", "SKCM", "CHOL", "GIST", "AML", "PRAD", "UEC")
FUSIONS = (("EML4", "ALK"), ("BCR", "ABL1"), ("ETV6", "NTRK3"), ("FGFR2", "BICC1"))


def small_variant(gene, protein):
    """A small variant as intake makes it."""
    change = parse_protein(protein)
    return SmallVariant(gene=gene, protein=change.text, consequence=change.consequence,
                        first=change.first, last=change.last)  # fmt: skip


variants = st.sampled_from(CHANGES).map(lambda pair: small_variant(*pair))
fusions = st.sampled_from(FUSIONS).map(lambda pair: Fusion(five=pair[0], three=pair[1]))
copies = st.sampled_from(["ERBB2", "MET"]).map(
    lambda gene: CopyNumber(gene=gene, call=CopyCall.AMPLIFICATION)
)
measurements = st.sampled_from(
    [
        Measurement(name="MSI", status="MSI-H"),
        Measurement(name="MSI", status="MSS"),
        Measurement(name="TMB", value=22.0),
        Measurement(name="PD-L1 TPS", value=60.0),
        Measurement(name="HER2 IHC", status="3+"),
    ]
)
priors = st.sampled_from(
    [
        None,
        (),
        (PriorTherapy(drugs=("osimertinib",), progressed=True, line=1),),
        (PriorTherapy(drugs=("cetuximab",)),),
    ]
)

cases = st.builds(
    Case,
    id=st.just("p"),
    disease=st.sampled_from(DISEASES),
    alterations=st.lists(st.one_of(variants, fusions, copies), max_size=6, unique_by=str).map(
        tuple
    ),
    measurements=st.lists(measurements, max_size=3, unique_by=lambda m: m.name).map(tuple),
    stage=st.sampled_from([None, "IV"]),
    line=st.sampled_from([None, 1, 2]),
    prior=priors,
)


def supporting_facts(claim):
    """Facts in favour of a claim of benefit, as (field, position)."""
    found = [("approvals", i) for i, a in enumerate(claim.approvals) if a.stands]
    found += [("guidelines", i) for i, g in enumerate(claim.guidelines) if g.recommends]
    found += [("studies", i) for i, s in enumerate(claim.studies) if s.positive]
    return found


def without(knowledge, claim, fact):
    """The knowledge with one fact less; a claim left with none is gone."""
    field, position = fact
    kept = tuple(f for i, f in enumerate(getattr(claim, field)) if i != position)
    rest = len(claim.facts) > 1
    less = msgspec.structs.replace(claim, **{field: kept}) if rest else None
    claims = tuple(
        (less if c.id == claim.id else c) for c in knowledge.claims if c.id != claim.id or less
    )
    return msgspec.structs.replace(knowledge, claims=claims)


SILENT = Consequence.SYNONYMOUS
