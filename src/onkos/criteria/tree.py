"""From lark's parse tree to the syntax tree of ``onkos.model.criterion``."""

from __future__ import annotations

from typing import Any

from lark import Token, Transformer

from onkos.criteria.symbols import SPLICE_VARIANTS, Symbols
from onkos.errors import CriterionError
from onkos.model import CopyCall, Event, Origin
from onkos.model import criterion as c

_WORDS = {
    "MUTATION": "mutation", "ONCOGENIC_MUTATION": "oncogenic mutation", "MISSENSE": "missense",
    "TRUNCATING": "truncating mutation", "NONSENSE": "nonsense", "FRAMESHIFT": "frameshift",
    "INFRAME": "in-frame mutation", "DELETION": "deletion", "INSERTION": "insertion",
    "SPLICE": "splice mutation", "REVERSION": "reversion mutation",
}  # fmt: skip


class TreeBuilder(Transformer[Token, Any]):
    """Builds criteria bottom up; raises ``CriterionError`` with the column.

    Parameters
    ----------
    text : str
        The expression, for messages.
    symbols : Symbols
    """

    def __init__(self, text: str, symbols: Symbols) -> None:
        super().__init__()
        self.text, self.symbols = text, symbols

    # --- logic ---

    def start(self, items: list[Any]) -> Any:
        return items[0][0]

    def joiner(self, items: list[Token]) -> Token:
        return items[0]

    def negated(self, items: list[Any]) -> tuple[Any, str]:
        return c.Not(of=_tree(items[1])), "not"

    def bracketed(self, items: list[Any]) -> tuple[Any, str]:
        return _tree(items[1]), "bracketed"

    def chain(self, items: list[Any]) -> tuple[Any, str]:
        parts, joiners = items[::2], items[1::2]
        if not joiners:
            return items[0] if isinstance(items[0], tuple) else (items[0], "")
        if len({joiner.type for joiner in joiners}) > 1:
            raise self._mixed(parts, joiners)
        self._refuse_loose_not(parts, joiners)
        kind = c.And if joiners[0].type == "AND" else c.Or
        return kind(of=tuple(_tree(part) for part in parts)), ""

    def _mixed(self, parts: list[Any], joiners: list[Token]) -> CriterionError:
        first = next(i for i, j in enumerate(joiners) if j.type != joiners[0].type)
        words = [str(_tree(part)) for part in parts]
        links = [joiner.type.lower() for joiner in joiners]
        left, right = _readings(words, links)
        return CriterionError(
            self.text,
            joiners[first].column or 1,
            f"'and' mixed with 'or' needs parentheses: either {left} or else {right}",
        )

    def _refuse_loose_not(self, parts: list[Any], joiners: list[Token]) -> None:
        for part, joiner in zip(parts, joiners, strict=False):
            if isinstance(part, tuple) and part[1] == "not" and joiner.type == "OR":
                inner = str(part[0].of)
                raise CriterionError(
                    self.text,
                    joiner.column or 1,
                    f"'not A or B' needs parentheses: either (not {inner}) or ..., "
                    f"else not ({inner} or ...)",
                )

    # --- genes ---

    def origin(self, items: list[Token]) -> Origin:
        return Origin.GERMLINE if items[0].type == "GERMLINE" else Origin.SOMATIC

    def biallelic(self, items: list[Token]) -> str:
        return "biallelic"

    def genes(self, items: list[Token]) -> tuple[str, ...]:
        names: list[str] = []
        for token in items:
            if token.type != "GENE":
                continue
            group = self.symbols.vocabulary.group_by_name.get(token.upper())
            alone = token in self.symbols.vocabulary.gene_by_symbol
            names += group.genes if group and not alone else [str(token)]
        return tuple(dict.fromkeys(names))

    def gene_atom(self, items: list[Any]) -> c.Criterion:
        origin = next((i for i in items if isinstance(i, Origin)), None)
        genes = next(
            i for i in items if isinstance(i, tuple) and all(isinstance(g, str) for g in i)
        )
        tail = next(i for i in items if isinstance(i, _Tail))
        excepted = next((i.changes for i in items if isinstance(i, _Except)), ())
        return tail.make(self, genes, origin, "biallelic" in items, excepted)

    def except_(self, items: list[Token]) -> _Except:
        return _Except(tuple(str(t) for t in items if t.type == "CHANGE"))

    def change(self, items: list[Token]) -> _Tail:
        return _Tail("mutation", change=str(items[0]), token=items[0])

    def mutation_word(self, items: list[Token]) -> Token:
        return items[0]

    def mutation(self, items: list[Any]) -> _Tail:
        word = items[-1]
        place = items[0] if len(items) > 1 else {}
        if word.type == "DELETION" and not place:
            return _Tail("deletion", token=word)
        return _Tail("mutation", what=_WORDS[word.type], token=word, **place)

    def exon(self, items: list[Token]) -> dict[str, Any]:
        return {"exons": (int(items[1]), int(items[1]))}

    def exon_range(self, items: list[Token]) -> dict[str, Any]:
        return {"exons": (int(items[1]), int(items[3]))}

    def codon(self, items: list[Token]) -> dict[str, Any]:
        return {"codons": ((int(items[1]), int(items[1])),)}

    def codon_span(self, items: list[Token]) -> tuple[int, int]:
        return int(items[0]), int(items[-1])

    def codons(self, items: list[Any]) -> dict[str, Any]:
        return {"codons": tuple(i for i in items if isinstance(i, tuple))}

    def promoter(self, items: list[Token]) -> dict[str, Any]:
        return {"promoter": True}

    def domain(self, items: list[Token]) -> dict[str, Any]:
        return {"domain": str(items[0])}

    def exons_lost(self, items: list[Token]) -> _Tail:
        return _Tail("event", event=Event.EXONS_LOST, span=(int(items[1]), int(items[3])))

    def skipping(self, items: list[Token]) -> _Tail:
        return _Tail("event", event=Event.SKIPPING, span=(int(items[1]), int(items[1])))

    def copies(self, items: list[Token]) -> _Tail:
        return _Tail("copies", op=str(items[1]), value=float(items[2]))

    def vaf(self, items: list[Token]) -> _Tail:
        return _Tail("vaf", op=str(items[1]), value=float(items[2]))

    def loss_of_function(self, items: list[Token]) -> _Tail:
        return _Tail("loss of function")

    def amplification(self, items: list[Token]) -> _Tail:
        return _Tail("copy", call=CopyCall.AMPLIFICATION)

    def gain(self, items: list[Token]) -> _Tail:
        return _Tail("copy", call=CopyCall.GAIN)

    def heterozygous_loss(self, items: list[Token]) -> _Tail:
        return _Tail("copy", call=CopyCall.LOSS)

    def fusion(self, items: list[Token]) -> _Tail:
        return _Tail("fusion", rearrangement=False)

    def rearrangement(self, items: list[Token]) -> _Tail:
        return _Tail("fusion", rearrangement=True)

    def protein_loss(self, items: list[Token]) -> _Tail:
        return _Tail("protein", level="loss")

    def protein_overexpression(self, items: list[Token]) -> _Tail:
        return _Tail("protein", level="overexpression")

    def methylation(self, items: list[Token]) -> _Tail:
        return _Tail("methylation")

    def fusion_pair(self, items: list[Token]) -> c.FusionIs:
        rearrangement = items[-1].type == "REARRANGEMENT"
        return c.FusionIs(five=str(items[0]), three=str(items[2]), rearrangement=rearrangement)

    def wild_type(self, items: list[Any]) -> c.WildType:
        codons = tuple(int(i) for i in items[1:] if isinstance(i, Token) and i.type == "NUMBER")
        names = items[0]
        if not codons:
            groups = self.symbols.vocabulary.groups
            codons = next((g.codons for g in groups if g.genes == names), ())
        return c.WildType(genes=names, codons=codons)

    def phase(self, items: list[Any]) -> c.PhaseIs:
        first, link, second = items
        if not isinstance(first, c.Mutation) or not isinstance(second, c.Mutation):
            raise CriterionError(self.text, link.column or 1, "phase needs two small variants")
        return c.PhaseIs(first=first, second=second, cis=link.type == "IN_CIS")

    def event(self, items: list[Token]) -> c.EventIs:
        word = str(items[0])
        if word in SPLICE_VARIANTS:
            gene, name = SPLICE_VARIANTS[word]
            return c.EventIs(gene=gene, event=Event.SPLICE_VARIANT, name=name)
        gene, _, kind = word.rpartition("-")
        return c.EventIs(gene=gene, event=Event(kind))

    def cytogenetic(self, items: list[Token]) -> c.CytogeneticIs:
        return c.CytogeneticIs(name=str(items[0]))

    def hla(self, items: list[Token]) -> c.HlaIs:
        return c.HlaIs(allele=str(items[0]))

    def count(self, items: list[Any]) -> c.CountIs:
        inner = items[2]
        if not isinstance(inner, c.Mutation):
            raise CriterionError(self.text, items[0].column or 1, "count takes small variants only")
        return c.CountIs(of=inner, op=str(items[4]), value=int(items[5]))

    # --- measures and clinic ---

    def at(self, items: list[Token]) -> _At:
        return _At(str(items[1]))

    def compare(self, items: list[Any]) -> c.Compare:
        at = next((i.word for i in items if isinstance(i, _At)), "")
        measure = self.symbols.vocabulary.measure_by_name
        value = float(items[2])
        name = str(items[0])
        known = next((m for m in measure.values() if m.name == name), None)
        low, high = (known.lowest, known.highest) if known else (None, None)
        if (low is not None and value < low) or (high is not None and value > high):
            raise CriterionError(
                self.text, items[2].column or 1, f"{name} lies between {low:g} and {high:g}"
            )
        return c.Compare(name=name, op=str(items[1]), value=value, at=at)

    def status(self, items: list[Token]) -> c.Status:
        return c.Status(name=str(items[0]), status=str(items[1]))

    def bare_status(self, items: list[Token]) -> c.Status:
        word = str(items[0])
        return c.Status(name=self.symbols.measure_of_bare[word], status=word, bare=True)

    def sex(self, items: list[Token]) -> c.SexIs:
        return c.SexIs(sex=str(items[1]))

    def stage(self, items: list[Token]) -> c.StageIs:
        return c.StageIs(stage=str(items[1]))

    def setting(self, items: list[Token]) -> c.SettingIs:
        return c.SettingIs(setting=str(items[1]))

    def line(self, items: list[Token]) -> c.LineIs:
        return c.LineIs(op="=", value=int(items[1]))

    def lines(self, items: list[Token]) -> c.LineIs:
        return c.LineIs(op=str(items[1]), value=self._lines(items[2]))

    def prior_drug(self, items: list[Token]) -> c.PriorIs:
        return c.PriorIs(drug=str(items[1]), progressed=items[0].type == "PROGRESSED")

    def prior_class(self, items: list[Token]) -> c.PriorIs:
        return c.PriorIs(drug_class=str(items[2]), progressed=items[0].type == "PROGRESSED")

    def prior_lines_drug(self, items: list[Token]) -> c.PriorLinesIs:
        return self._lines_of(items, drug=str(items[1]))

    def prior_lines_class(self, items: list[Token]) -> c.PriorLinesIs:
        return self._lines_of(items, drug_class=str(items[2]))

    def _lines_of(self, items: list[Token], **what: str) -> c.PriorLinesIs:
        return c.PriorLinesIs(op=str(items[-2]), value=self._lines(items[-1]), **what)

    def _lines(self, number: Token) -> int:
        if not number.isdigit():
            raise CriterionError(self.text, number.column or 1, "lines are whole numbers")
        return int(number)

    def comedication_drug(self, items: list[Token]) -> c.ComedicationIs:
        return c.ComedicationIs(drug=str(items[1]))

    def comedication_class(self, items: list[Token]) -> c.ComedicationIs:
        return c.ComedicationIs(drug_class=str(items[2]))

    def disease(self, items: list[Token]) -> c.DiseaseIs:
        return c.DiseaseIs(code=str(items[1]))


class _At:
    def __init__(self, word: str) -> None:
        self.word = word


class _Except:
    def __init__(self, changes: tuple[str, ...]) -> None:
        self.changes = changes


class _Tail:
    """What stands behind the gene, waiting for the gene and its prefixes."""

    def __init__(self, kind: str, **fields: Any) -> None:
        self.kind, self.fields = kind, fields
        self.token = fields.pop("token", None)

    def make(
        self,
        builder: TreeBuilder,
        genes: tuple[str, ...],
        origin: Origin | None,
        biallelic: bool,
        excepted: tuple[str, ...],
    ) -> c.Criterion:
        """The finished atom.

        Raises
        ------
        CriterionError
            Where a prefix or a list of exceptions has no meaning for this kind.
        """
        if self.kind == "mutation":
            self._check_exons(builder, genes)
            return c.Mutation(
                genes=genes, origin=origin, biallelic=biallelic, excepted=excepted, **self.fields
            )
        if self.kind == "loss of function" and not excepted:
            return c.LossOfFunction(genes=genes, origin=origin, biallelic=biallelic)
        if origin or biallelic or excepted:
            raise CriterionError(
                builder.text, 1, f"germline, somatic, biallelic, except: not with {self.kind}"
            )
        return self._plain(builder, genes)

    def _plain(self, builder: TreeBuilder, genes: tuple[str, ...]) -> c.Criterion:
        fields = self.fields
        match self.kind:
            case "deletion":
                return c.CopyNumberIs(genes=genes, call=CopyCall.DELETION)
            case "copy":
                return c.CopyNumberIs(genes=genes, **fields)
            case "copies":
                return c.Copies(genes=genes, **fields)
            case "fusion":
                return c.FusionIs(genes=genes, **fields)
            case "protein":
                return c.ProteinIs(genes=genes, **fields)
        if len(genes) != 1:
            raise CriterionError(builder.text, 1, f"{self.kind} takes one gene")
        match self.kind:
            case "event":
                first, last = fields["span"]
                return c.EventIs(
                    gene=genes[0], event=fields["event"], first_exon=first, last_exon=last
                )
            case "methylation":
                return c.MethylationIs(gene=genes[0])
            case _:
                return c.AlleleFraction(gene=genes[0], **fields)

    def _check_exons(self, builder: TreeBuilder, genes: tuple[str, ...]) -> None:
        exons: tuple[int, int] = self.fields.get("exons") or (0, 0)
        for symbol in genes if exons[0] else ():
            gene = builder.symbols.vocabulary.gene(symbol)
            known = gene.exons if gene else {}
            if not all(str(exon) in known for exon in range(exons[0], exons[1] + 1)):
                raise CriterionError(
                    builder.text,
                    self.token.column if self.token else 1,
                    f"the vocabulary does not know the codons of {symbol} "
                    f"exon {exons[0]}{'-' + str(exons[1]) if exons[1] != exons[0] else ''}",
                )


def _tree(part: Any) -> Any:
    return part[0] if isinstance(part, tuple) else part


def _readings(words: list[str], links: list[str]) -> tuple[str, str]:
    """Both ways to bracket a mixed chain: 'and' first, 'or' first."""
    return _bracket(words, links, "and", "or"), _bracket(words, links, "or", "and")


def _bracket(words: list[str], links: list[str], tight: str, loose: str) -> str:
    groups: list[list[str]] = [[words[0]]]
    for link, word in zip(links, words[1:], strict=True):
        if link == tight:
            groups[-1].append(word)
        else:
            groups.append([word])
    inner = [f" {tight} ".join(g) if len(g) == 1 else f"({f' {tight} '.join(g)})" for g in groups]
    return f" {loose} ".join(inner)
