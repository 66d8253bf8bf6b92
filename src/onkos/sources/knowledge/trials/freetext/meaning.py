"""What a group of genes and classes says, in the criteria language."""

from __future__ import annotations

from functools import lru_cache

from onkos.criteria import parse
from onkos.errors import OnkosError
from onkos.model import Criterion, Vocabulary
from onkos.model.criterion import And, Or, WildType
from onkos.sources.knowledge.trials.freetext.islands import Group
from onkos.sources.knowledge.trials.freetext.words import Word, Words

_PLAIN = {
    "amplification": "amplification", "rearrangement": "rearrangement",
    "loss of function": "loss of function", "overexpression": "protein overexpression",
    "insertion": "insertion", "wild-type": "wild-type", "gain": "gain",
    "protein loss": "protein loss",
}  # fmt: skip
_ANY = ("mutation", "amplification", "deletion", "rearrangement")
_LOSSES = ("loss of function", "deletion", "protein loss")
_DENIALS = frozenset({"negative", "wild-type"})
_SPECIFIC = frozenset({"CHANGE", "EXON"})
ANY_NOTE = "any alteration read as mutation, amplification, homozygous deletion or rearrangement"
LOSS_NOTE = "loss read as loss of function, homozygous deletion or loss of the protein"
USAGE_NOTE = "positive read as what is meant by usage"
ONCOGENIC_NOTE = "read as an oncogenic mutation"


class NotRead(Exception):
    """A group that the language cannot say; says why."""


class Said:
    """A group in the language.

    Attributes
    ----------
    criterion : Criterion
    negated : bool
        Whether the words deny it.
    note : str
    """

    def __init__(self, criterion: Criterion, negated: bool, note: str) -> None:
        self.criterion, self.negated, self.note = criterion, negated, note


class _Key:
    """An expression with its vocabulary, equal by the expression."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.vocabulary = text, vocabulary

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Key):
            return False
        return other.text == self.text and other.vocabulary is self.vocabulary


@lru_cache(maxsize=4096)
def _parsed(key: _Key) -> Criterion | str:
    try:
        return parse(key.text, key.vocabulary)
    except OnkosError as error:
        return str(error).splitlines()[0]


def expression(text: str, vocabulary: Vocabulary) -> Criterion:
    """The criterion of an expression.

    Raises
    ------
    NotRead
        Where the language refuses it.
    """
    found = _parsed(_Key(text, vocabulary))
    if isinstance(found, str):
        raise NotRead(found)
    return found


def meaning(group: Group, words: Words, oncogenic: bool) -> Said:
    """What a group says of the tumour.

    Raises
    ------
    NotRead
        Where it says nothing that the language has a word for.
    """
    group = _narrowed(_plainly_denied(group), words)
    negated = _denied(group)
    if any(name.kind == "PHRASE" for name in group.names):
        return Said(_of_phrases(group, words), negated, "")
    status = _status(group, words)
    if status:
        return status
    if not group.kinds:
        raise NotRead("a gene without what is asked of it")
    names = tuple(dict.fromkeys(n.value for n in group.names if n.kind == "GENE"))
    if not names:
        raise NotRead("a protein without what is asked of it")
    genes = tuple(dict.fromkeys(gene for name in names for gene in words.genes_of(name)))
    if {k.value for k in group.kinds} <= {"positive", "negative"}:
        _one_by_one(group, negated)
        return Said(_one_of(_by_usage(names, _origin(group), words)), negated, USAGE_NOTE)
    if _inherited(names, words):
        raise NotRead(f"{names[0]}: an inherited trait, not an alteration of the tumour")
    if negated:
        group = group._replace(kinds=tuple(k for k in group.kinds if k.value not in _DENIALS))
    origin = _origin(group)
    texts = _with_origin(_texts(group.kinds, names, words), origin, names)
    said = {k.value for k in group.kinds}
    note = ANY_NOTE if "alteration" in said else LOSS_NOTE if "loss" in said else ""
    if oncogenic and "mutation" in texts:
        texts = ["oncogenic mutation" if t == "mutation" else t for t in texts]
        note = ONCOGENIC_NOTE
    if origin and texts == ["wild-type"]:
        texts, negated = ["mutation"], True
    parts = [_of_domain(group, genes, text, origin, words) for text in dict.fromkeys(texts)]
    return Said(_one_of(parts), negated, note)


def _of_phrases(group: Group, words: Words) -> Criterion:
    """Names with an expression of their own."""
    if group.marks:
        return _event_or_domain(group, words)
    told = dict.fromkeys(name.value for name in group.names if name.kind == "PHRASE")
    return _one_of([expression(t, words.vocabulary) for t in told])


def _event_or_domain(group: Group, words: Words) -> Criterion:
    """An internal tandem duplication or mutations of a domain: "FLT3-ITD or TKD mutation".

    Raises
    ------
    NotRead
        Where an origin or a domain stands beside another name with a meaning of its own.
    """
    told = {name.value for name in group.names}
    gene, _, event = min(told).partition("-")
    domains = all(mark.kind == "DOMAIN" for mark in group.marks)
    if len(told) > 1 or event != "ITD" or group.joined != "or" or not domains:
        raise NotRead("an origin or a domain beside a name that has its own meaning")
    parts = [expression(min(told), words.vocabulary)]
    return _one_of([*parts, _of_domain(group, (gene,), "mutation", "", words)])


def _origin(group: Group) -> str:
    """What the language writes before the genes; both origins are no word."""
    told = {mark.value for mark in group.marks if mark.kind == "ORIGIN"}
    if {"germline", "somatic"} <= told:
        told -= {"germline", "somatic"}
    return " ".join(sorted(told, reverse=True))


def _with_origin(texts: list[str], origin: str, names: tuple[str, ...]) -> list[str]:
    """Classes that can have an origin: an inherited alteration at large is a mutation."""
    if not origin or texts == ["wild-type"]:
        return texts
    if texts == list(_ANY):
        return ["mutation"]
    if texts == list(_LOSSES):
        return ["loss of function"]
    return texts


def _of_domain(
    group: Group, genes: tuple[str, ...], text: str, origin: str, words: Words
) -> Criterion:
    """Mutations of genes, of the domain that is named."""
    domains = [mark.value.split() for mark in group.marks if mark.kind == "DOMAIN"]
    lead = f"{origin} " if origin else ""
    if not domains or "mutation" not in text:
        return _of_genes(genes, text, words, lead)
    for domain in domains[0]:
        try:
            return _of_genes(genes, f"{domain} {text}", words, lead)
        except NotRead:
            continue
    raise NotRead("a domain that the language does not name")


def _plainly_denied(group: Group) -> Group:
    """A group that has "non-amplified" with what is denied and the denial."""
    if [k.value for k in group.kinds] != ["no amplification"]:
        return group
    (kind,) = group.kinds
    said = (kind._replace(value="amplification"), kind._replace(value="negative"))
    return group._replace(kinds=said)


def _narrowed(group: Group, words: Words) -> Group:
    """A group of genes without its name where its genes follow: "FGFR fusions (FGFR2 or FGFR3)"."""
    wide = {n.value for n in group.names if len(words.genes_of(n.value)) > 1}
    single = {n.value for n in group.names} - wide
    kept = tuple(n for n in group.names
                 if n.value not in wide or not single & set(words.genes_of(n.value)))  # fmt: skip
    return group._replace(names=kept)


def split(group: Group) -> tuple[Group, ...]:
    """A list whose last gene alone has a change: that gene apart from those before it.

    "KRAS, NRAS or BRAF V600E mutation" speaks of one residue of one gene.
    """
    genes = [name for name in group.names if name.kind == "GENE"]
    changes = [k for k in group.kinds if k.kind == "CHANGE" or k.value == "skipping"]
    if not changes or len({name.value for name in genes}) < 2:
        return (group,)
    classes = tuple(k for k in group.kinds if k.kind == "CLASS" and k.value != "skipping")
    earlier = tuple(name for name in genes if name.value != genes[-1].value)
    before = group._replace(names=earlier, kinds=classes, leading=False, borrowed=True)
    return (before, group._replace(names=(genes[-1],), leading=False))


def _one_of(parts: list[Criterion]) -> Criterion:
    return parts[0] if len(parts) == 1 else Or(of=tuple(parts))


def _denied(group: Group) -> bool:
    """Whether "negative" denies the whole group.

    Raises
    ------
    NotRead
        Where it may deny the last of several alone.
    """
    values = [kind.value for kind in group.kinds]
    specific = any(kind.kind in _SPECIFIC for kind in group.kinds)
    if "wild-type" in values and (specific or group.names[0].kind == "PHRASE"):
        classes = {kind.value for kind in group.kinds if kind.kind == "CLASS"}
        if classes != {"wild-type"}:
            raise NotRead("what is said to be wild-type is not plain")
        return True
    if "negative" not in values:
        return False
    several = sum(kind.kind in _SPECIFIC for kind in group.kinds) > 1
    if several or "positive" in values or values[-1] != "negative":
        raise NotRead("what is said to be negative is not plain")
    return True


def _one_by_one(group: Group, negated: bool) -> None:
    """Nothing, where each gene of a group that is positive or negative may be taken alone.

    Raises
    ------
    NotRead
        Where all of them may be asked for, or where a domain is told.
    """
    said_so = any(kind.start != group.names[0].start for kind in group.kinds)
    if group.joined == "and" and not negated and said_so:
        raise NotRead("whether all of these are asked for is not told")
    if any(mark.kind != "ORIGIN" for mark in group.marks):
        raise NotRead("a domain of what is positive or negative")


def _by_usage(names: tuple[str, ...], origin: str, words: Words) -> list[Criterion]:
    """What genes that are told positive or negative have, or have not, by usage."""
    usage = words.said["positive"]
    strange = [n for n in names if n not in usage or (origin and usage[n] != "mutation")]
    if strange:
        raise NotRead(f"{strange[0]} positive or negative: of what is not said")
    lead = f"{origin} " if origin else ""
    return [_of_genes(words.genes_of(name), usage[name], words, lead) for name in names]


def _of_genes(genes: tuple[str, ...], text: str, words: Words, lead: str = "") -> Criterion:
    if text == "wild-type" and not lead:
        return WildType(genes=genes)
    if text in {"ITD"}:
        return _one_of([expression(f"{lead}{gene}-ITD", words.vocabulary) for gene in genes])
    if text.endswith("skipping"):
        return _one_of([expression(f"{lead}{gene} {text}", words.vocabulary) for gene in genes])
    return expression(f"{lead}{'/'.join(genes)} {text}", words.vocabulary)


def _status(group: Group, words: Words) -> Said | None:
    """Proteins that are told positive, negative or low."""
    told = next((k for k in group.kinds if k.value in {"positive", "negative", "low"}), None)
    if told is None or any(k.value not in {"positive", "negative", "low", "expression",
                                           "overexpression"} for k in group.kinds):  # fmt: skip
        return None
    found = [_protein(name, words.said["proteins_of_genes"]) for name in group.names]
    if not all(found):
        return None
    if told.value == "low":
        raise NotRead("low expression: the language has no such status of this protein")
    parts = [expression(f"{name} {told.value}", words.vocabulary) for name in dict.fromkeys(found)]
    every = group.joined == "and" or (told.value == "negative" and not group.joined)
    if len(parts) > 1 and every:
        return Said(And(of=tuple(parts)), False, "")
    return Said(_one_of(parts), False, "")


def _protein(name: Word, of_genes: dict[str, str]) -> str:
    return name.value if name.kind == "PROTEIN" else of_genes.get(name.value, "")


def _texts(kinds: tuple[Word, ...], names: tuple[str, ...], words: Words) -> list[str]:
    """Every class, change and exon that is told, as the language writes them."""
    found: list[str] = []
    exon = ""
    specific = any(k.kind in _SPECIFIC for k in kinds)
    for kind in kinds:
        if kind.kind == "CHANGE":
            exon = ""
            found.append(kind.value)
        elif kind.kind == "EXON":
            if exon:
                found.append(f"exon {exon} mutation")
            number, _, what = kind.value.partition(" ")
            exon = "" if what else number
            if what:
                found.append(f"exon {number} {'deletion' if what == 'del' else 'insertion'}")
        elif exon:
            found.append(_in_exon(exon, kind.value))
            exon = ""
        else:
            found += _class(kind.value, names, words, specific)
    if exon:
        found.append(f"exon {exon} mutation")
    if not found:
        raise NotRead(f"{kinds[0].value}: the language has no word for it")
    return found


def _in_exon(exon: str, what: str) -> str:
    if what in {"mutation", "deletion", "insertion", "skipping"}:
        return f"exon {exon} {what}"
    if what in {"alteration", "positive"}:
        return f"exon {exon} mutation"
    raise NotRead(f"exon {exon} {what}: the language has no word for it")


def _class(what: str, names: tuple[str, ...], words: Words, specific: bool) -> list[str]:
    if what in {"mutation", "alteration"} and specific:
        return []  # the changes that are named say which
    if what == "alteration":
        return list(_ANY)
    if what == "loss":
        return list(_LOSSES)
    if what in {"mutation", "deletion", "ITD"}:
        return [what]
    if what in _PLAIN:
        return [_PLAIN[what]]
    return []


def _inherited(names: tuple[str, ...], words: Words) -> bool:
    """Whether a gene of enzymes that handle drugs, or of an inherited illness, is among these."""
    ill = words.said["inherited"]["genes"]
    return bool(set(names) & {*words.vocabulary.pharmacogene_by_symbol.keys(), *ill})
