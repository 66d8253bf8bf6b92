"""Random criteria over the built-in vocabulary."""

from hypothesis import strategies as st

from onkos.model import CopyCall, Event, Origin
from onkos.model import criterion as c

GENES = ("EGFR", "KRAS", "NRAS", "BRAF", "BRCA1", "BRCA2", "ERBB2", "MET", "ALK", "KIT", "FLT3")
LUTETIUM = "lutetium (177Lu) vipivotide tetraxetan"
RESIDUES = "ACDEFGHIKLMNPQRSTVWY"

genes = st.lists(st.sampled_from(GENES), min_size=1, max_size=3, unique=True).map(tuple)
numbers = st.integers(1, 900)
residues = st.sampled_from(RESIDUES)
ops = st.sampled_from([">=", "<=", ">", "<"])
origins = st.sampled_from([None, Origin.GERMLINE, Origin.SOMATIC])


@st.composite
def changes(draw):
    """A substitution, several letters, a residue, a frameshift or a deletion."""
    first, at = draw(residues), draw(numbers)
    others = draw(
        st.lists(residues.filter(lambda r: r != first), min_size=1, max_size=3, unique=True)
    )
    forms = [
        f"{first}{at}{others[0]}",
        f"{first}{at}{'/'.join(others)}",
        f"{first}{at}",
        f"{first}{at}fs",
        f"{first}{at}_{others[0]}{at + 5}del",
        f"{first}{at}_{others[0]}{at + 1}ins{first}{others[0]}",
        f"{first}{at}*",
    ]
    return draw(st.sampled_from(forms))


@st.composite
def mutations(draw):
    """A small-variant atom in one of its shapes."""
    shape = draw(st.integers(0, 3))
    origin, biallelic = draw(origins), draw(st.booleans())
    if shape == 0:
        excepted = ()
        return c.Mutation(genes=draw(genes), change=draw(changes()), origin=origin,
                          biallelic=biallelic, excepted=excepted)  # fmt: skip
    what = draw(st.sampled_from(c.WORDS_OF_MUTATION))
    if shape == 1:
        start = draw(numbers)
        codons = draw(st.sampled_from([((start, start),), ((start, start + 9),),
                                       ((start, start), (start + 3, start + 7))]))  # fmt: skip
        return c.Mutation(genes=draw(genes), what=what, codons=codons, origin=origin,
                          biallelic=biallelic)  # fmt: skip
    if shape == 2:
        exon = draw(st.sampled_from([19, 20, 21]))
        excepted = tuple(draw(st.lists(changes(), max_size=2, unique=True)))
        return c.Mutation(genes=("EGFR",), what=what, exons=(exon, exon), excepted=excepted,
                          origin=origin, biallelic=biallelic)  # fmt: skip
    if what == "deletion":  # without a place it is a deletion of the gene
        what = "oncogenic mutation"
    return c.Mutation(genes=draw(genes), what=what, origin=origin, biallelic=biallelic)


atoms = st.one_of(
    mutations(),
    st.builds(c.LossOfFunction, genes=genes, origin=origins, biallelic=st.booleans()),
    st.builds(c.CopyNumberIs, genes=genes,
              call=st.sampled_from([CopyCall.AMPLIFICATION, CopyCall.DELETION, CopyCall.GAIN,
                                    CopyCall.LOSS])),
    st.builds(c.Copies, genes=genes, op=ops, value=st.integers(0, 60).map(float)),
    st.builds(c.FusionIs, genes=genes, rearrangement=st.booleans()),
    st.builds(c.FusionIs, five=st.just("EML4"), three=st.just("ALK"), rearrangement=st.booleans()),
    st.builds(c.ProteinIs, genes=genes, level=st.sampled_from(["loss", "overexpression"])),
    st.builds(c.EventIs, gene=st.just("FLT3"), event=st.just(Event.ITD)),
    st.builds(c.EventIs, gene=st.just("MET"), event=st.just(Event.SKIPPING),
              first_exon=st.just(14), last_exon=st.just(14)),
    st.builds(c.WildType, genes=genes.filter(lambda g: g != ("KRAS", "NRAS")),
              codons=st.sampled_from([(), (12, 13), (12, 13, 61)])),
    st.builds(c.CytogeneticIs, name=st.sampled_from(["del(17p)", "t(11;14)", "complex karyotype"])),
    st.builds(c.HlaIs, allele=st.sampled_from(["HLA-A*02:01", "HLA-B*57:01"])),
    st.builds(c.Compare, name=st.sampled_from(["TMB", "PD-L1 TPS", "age", "ECOG"]), op=ops,
              value=st.integers(0, 5).map(float)),
    st.builds(c.Compare, name=st.just("FOLR1 IHC"), op=ops, value=st.just(75.0), at=st.just("2+")),
    st.builds(c.Status, name=st.just("MSI"), status=st.just("MSI-H"), bare=st.just(True)),
    st.builds(c.Status, name=st.just("HER2 IHC"), status=st.sampled_from(["0", "1+", "2+", "3+"])),
    st.builds(c.Status, name=st.just("ER"), status=st.just("positive")),
    st.builds(c.AlleleFraction, gene=st.sampled_from(GENES), op=ops, value=st.just(0.05)),
    st.builds(c.CountIs, of=mutations(), op=ops, value=st.integers(0, 5)),
    st.builds(c.SexIs, sex=st.sampled_from(["female", "male"])),
    st.builds(c.StageIs, stage=st.sampled_from(["I", "II", "III", "IV", "IIIA"])),
    st.builds(c.SettingIs, setting=st.sampled_from(["adjuvant", "newly diagnosed"])),
    st.builds(c.LineIs, op=st.just("="), value=st.integers(1, 5)),
    st.builds(c.LineIs, op=ops, value=st.integers(1, 5)),
    st.builds(c.PriorIs, drug=st.sampled_from(["osimertinib", LUTETIUM]),
              progressed=st.booleans()),
    st.builds(c.PriorIs, drug_class=st.just("EGFR TKI"), progressed=st.booleans()),
    st.builds(c.PriorLinesIs, drug=st.sampled_from(["osimertinib", LUTETIUM]), op=ops,
              value=st.integers(0, 5)),
    st.builds(c.PriorLinesIs, drug_class=st.just("chemotherapy"), op=st.one_of(ops, st.just("=")),
              value=st.integers(0, 5)),
    st.builds(c.ComedicationIs, drug=st.sampled_from(["osimertinib", LUTETIUM])),
    st.builds(c.ComedicationIs, drug_class=st.just("EGFR TKI")),
    st.builds(c.DiseaseIs, code=st.sampled_from(["NSCLC", "BRCA"])),
)  # fmt: skip


def _joined(children):
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(c.Not, of=children), st.builds(c.And, of=several), st.builds(c.Or, of=several)
    )


criteria = st.recursive(atoms, _joined, max_leaves=8)
