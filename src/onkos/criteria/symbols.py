"""What the words of the language mean: keywords, and the symbols of one vocabulary."""

from __future__ import annotations

from functools import cached_property

from onkos.model import Vocabulary
from onkos.model.names import name_key

KEYWORDS = {
    "and": "AND", "or": "OR", "not": "NOT", "no": "NOT", "count": "COUNT",
    "exon": "EXON", "exons": "EXONS", "codon": "CODON", "codons": "CODONS",
    "lost": "LOST", "skipping": "SKIPPING", "except": "EXCEPT",
    "loss of function": "LOSS_OF_FUNCTION", "loss-of-function": "LOSS_OF_FUNCTION",
    "amplification": "AMPLIFICATION", "gain": "GAIN", "copies": "COPIES",
    "heterozygous loss": "HETEROZYGOUS_LOSS",
    "fusion": "FUSION", "rearrangement": "REARRANGEMENT",
    "protein loss": "PROTEIN_LOSS", "protein overexpression": "PROTEIN_OVEREXPRESSION",
    "promoter": "PROMOTER", "methylation": "METHYLATION", "vaf": "VAF",
    "mutation": "MUTATION", "oncogenic mutation": "ONCOGENIC_MUTATION",
    "activating mutation": "ONCOGENIC_MUTATION",
    "missense": "MISSENSE", "missense mutation": "MISSENSE",
    "truncating mutation": "TRUNCATING", "truncating": "TRUNCATING",
    "nonsense": "NONSENSE", "nonsense mutation": "NONSENSE",
    "frameshift": "FRAMESHIFT", "frameshift mutation": "FRAMESHIFT",
    "in-frame mutation": "INFRAME", "in-frame deletion": "DELETION", "deletion": "DELETION",
    "homozygous deletion": "DELETION", "in-frame insertion": "INSERTION",
    "insertion": "INSERTION", "splice mutation": "SPLICE", "reversion mutation": "REVERSION",
    "wild-type": "WILD_TYPE", "wild type": "WILD_TYPE", "wildtype": "WILD_TYPE",
    "in cis with": "IN_CIS", "in trans with": "IN_TRANS",
    "germline": "GERMLINE", "somatic": "SOMATIC", "biallelic": "BIALLELIC",
    "at": "AT", "sex": "SEX", "stage": "STAGE", "setting": "SETTING",
    "line": "LINE", "lines": "LINES", "prior": "PRIOR", "prior lines of": "PRIOR_LINES",
    "progressed on": "PROGRESSED", "class": "CLASS", "disease": "DISEASE",
    "comedication": "COMEDICATION",
}  # fmt: skip

EVENT_SUFFIXES = ("ITD", "PTD")
SPLICE_VARIANTS = {"AR-V7": ("AR", "V7"), "EGFR-vIII": ("EGFR", "vIII")}


class Symbols:
    """Tables of one vocabulary that the lexer looks words up in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.keywords = KEYWORDS
        self.genes = {symbol: symbol for symbol in vocabulary.gene_by_symbol}
        for group in vocabulary.groups:
            self.genes.setdefault(group.name, group.name)
        self.drugs = {key: drug.name for key, drug in vocabulary.drug_by_name.items()}
        self.classes = vocabulary.drug_classes
        self.settings = {key: s.name for key, s in vocabulary.setting_by_name.items()}
        self.diseases = frozenset(vocabulary.tree.by_code) | frozenset(vocabulary.tree.groups)
        self.karyotypes = {
            key: word.name
            for key, word in vocabulary.karyotype_by_name.items()
            if key[0] not in "+-"  # "-7" is also the end of "exons 2-7"
        }
        self.longest_karyotype = max(map(len, self.karyotypes), default=0) + 4

    @cached_property
    def domains(self) -> dict[str, dict[str, str]]:
        """Gene to its domains by lower-case name."""
        return {
            gene.symbol: {name.casefold(): name for name in gene.domains}
            for gene in self.vocabulary.genes
        }

    @cached_property
    def measures(self) -> dict[str, str]:
        """Measures by lower-case name and alias."""
        return {
            " ".join(name.casefold().split()): measure.name
            for measure in self.vocabulary.measures
            for name in (*measure.aliases, measure.name)
        }

    @cached_property
    def statuses(self) -> dict[str, dict[str, str]]:
        """Measure to its statuses by key."""
        return {
            measure.name: {
                **{name_key(a): s for a, s in measure.status_aliases.items()},
                **{name_key(status): status for status in measure.statuses},
            }
            for measure in self.vocabulary.measures
        }

    @cached_property
    def bare(self) -> dict[str, str]:
        """Statuses that stand without their measure, by lower-case word."""
        return {word.casefold(): word for m in self.vocabulary.measures for word in m.bare}

    @cached_property
    def measure_of_bare(self) -> dict[str, str]:
        """The measure of each bare status."""
        return {word: m.name for m in self.vocabulary.measures for word in m.bare}

    @cached_property
    def events(self) -> frozenset[str]:
        """Written events: every gene with ITD or PTD, and the named splice variants."""
        named = {f"{gene}-{suffix}" for gene in self.genes for suffix in EVENT_SUFFIXES}
        return frozenset(named | set(SPLICE_VARIANTS))

    @cached_property
    def longest(self) -> int:
        """Length of the longest phrase."""
        words = [*self.keywords, *self.measures, *self.bare, *self.genes]
        words += [name for domains in self.domains.values() for name in domains]
        return max(map(len, words), default=0)

    @cached_property
    def all_words(self) -> list[str]:
        """Every word that may stand in an expression, for suggestions."""
        return [*self.genes, *self.keywords, *self.measures, *self.bare, *self.karyotypes.values()]
