"""Fusions from STAR-Fusion, Arriba, cBioPortal and plain tables of two genes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from onkos.errors import Unreadable
from onkos.model import Doubt, Fusion, Origin, Vocabulary
from onkos.sources.patient.accounting import account
from onkos.sources.patient.doubts import STRUCTURES, unread_doubts
from onkos.sources.patient.fusion_words import (
    LIKELY_FALSE,
    Partners,
    between,
    frame,
    hyphenated,
    inside,
    pair,
    told,
)
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "sample": ("Tumor_Sample_Barcode", "Sample_Id", "sampleId", "Sample"),
    "name": ("FusionName", "Fusion_Name", "FusionGene", "Fusion"),
    "left": ("LeftGene",),
    "right": ("RightGene",),
    "five": (
        "5prime", "five_prime", "5prime_gene", "5_prime_gene", "gene_5prime", "five_prime_gene",
        "upstream_gene", "Gene_1_symbol(5end_fusion_partner)", "geneStart", "GeneNameUp",
    ),
    "three": (
        "3prime", "three_prime", "3prime_gene", "3_prime_gene", "gene_3prime",
        "three_prime_gene", "downstream_gene", "Gene_2_symbol(3end_fusion_partner)", "geneEnd",
        "GeneNameDown",
    ),
    "gene1": ("gene1", "gene_1", "gene_a"),
    "gene2": ("gene2", "gene_2", "gene_b"),
    "site1": ("Site1_Hugo_Symbol", "site1HugoSymbol"),
    "site2": ("Site2_Hugo_Symbol", "site2HugoSymbol"),
    "region1": ("Site1_Region", "site1Region"),
    "region2": ("Site2_Region", "site2Region"),
    "gene": ("Hugo_Symbol",),
    "event": ("Event_Info", "eventInfo"),
    "frame": (
        "reading_frame", "Site2_Effect_On_Frame", "site2EffectOnFrame", "PROT_FUSION_TYPE",
        "Frame", "in_frame", "phased", "Predicted_effect",
    ),
    "junction": (
        "JunctionReadCount", "JunctionReads", "SplitReads", "split_reads1",
        "Tumor_Split_Read_Count", "tumorSplitReadCount", "reads", "supporting_reads",
        "Spanning_unique_reads", "SplitFrags",
    ),
    "junction2": ("split_reads2", "RealignedFrags"),
    "spanning": (
        "SpanningFragCount", "discordant_mates", "Tumor_Paired_End_Read_Count",
        "tumorPairedEndReadCount", "Spanning_pairs", "DiscordantFrags",
    ),
    "confidence": ("confidence",),
    "reported": ("reported", "Reportable"),
    "filter": ("Filter",),
    "tags": ("Fusion_description",),
    "type": ("type",),
    "break1": (
        "LeftBreakpoint", "breakpoint1", "Fusion_point_for_gene_1(5end_fusion_partner)",
        "geneContextStart", "PosUp",
    ),
    "break2": (
        "RightBreakpoint", "breakpoint2", "Fusion_point_for_gene_2(3end_fusion_partner)",
        "geneContextEnd", "PosDown",
    ),
    "chromosome1": ("ChrUp",),
    "chromosome2": ("ChrDown",),
    "status": ("SV_Status", "svStatus"),
}  # fmt: skip
REQUIRED = (("name", "five", "three", "gene1", "gene2", "site1", "site2"),)
BOTH = (("five", "three"), ("gene1", "gene2"), ("left", "right"))

_ORIGINS = {"somatic": Origin.SOMATIC, "germline": Origin.GERMLINE}
FILTERED, LOW = "filtered by the caller", "low confidence (Arriba)"
_NOT_SURE = (FILTERED, LOW)
_GENES = ("name", "gene", "five", "three", "gene1", "gene2", "site1", "site2", "left", "right")
_MISSING_COUNT = "-1"
_BETWEEN_GENES = "IGR"


def read_fusions(
    path: Path, vocabulary: Vocabulary, origin: Origin = Origin.UNKNOWN
) -> dict[str, Observed]:
    """Read a table of fusions; its columns tell which tool wrote it.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip.
    vocabulary : Vocabulary
        Partners need not be in it.
    origin : Origin
        Where the file does not say.

    Returns
    -------
    dict of str to Observed
        By sample; one key, ``""``, where the file has no column of samples.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, REQUIRED, separators="\t,") as table:
        if "geneStart" in table.header and "frame" not in table.columns:
            problem = "structural variants of LINX, not its fusions; give linx.fusion.tsv"
            raise Unreadable(path.name, [problem])
        halves = [both for both in BOTH if sum(name in table.columns for name in both) == 1]
        if halves:
            problems = [
                f"line 1: {one} and {two} go together; add the other" for one, two in halves
            ]
            raise Unreadable(path.name, problems)
        rows = FusionRows(table, vocabulary, origin)
        return account(table, rows, close=rows.close)


class FusionRows:
    """Reads one row of a table of fusions."""

    def __init__(self, table: Table, vocabulary: Vocabulary, origin: Origin) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._origin = origin
        self._seen: set[tuple[object, ...]] = set()
        self._vocabulary = vocabulary
        self._unread: Counter[int] = Counter()

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> Fusion | str:
        """The fusion of a row, or why it is left out."""
        try:
            outcome = self._read(observed, cells)
        except ValueError:
            self._unread[id(observed)] += 1
            self._open(observed, unread_doubts(*self._told(cells), about=STRUCTURES))
            raise
        if outcome in _NOT_SURE:
            found = unread_doubts(*self._told(cells), about=STRUCTURES)
            why = f"a call in {self._table.source} was left out as doubtful, and it may be this one"
            self._open(observed, [replace(one, reason=why) for one in found if one.gene])
        return outcome

    def close(self, observed: Observed) -> None:
        """Leave all genes open where a row had not its cells."""
        if len(observed.unread) > self._unread[id(observed)]:
            nowhere = unread_doubts(self._table.source, [], self._vocabulary, False, STRUCTURES)
            self._open(observed, nowhere)

    def _told(self, cells: list[str]) -> tuple[str, list[str], Vocabulary, bool]:
        """Known genes that a row names, for what it leaves open."""
        names = self._vocabulary.symbol_by_name
        columns = [self._table.columns[n] for n in _GENES if n in self._table.columns]
        words = re.findall(r"[A-Za-z0-9-]+", " ".join(cells[at] for at in columns))
        parts = [part for word in words for part in (word, *word.split("-"))]
        known = sorted({part for part in parts if part.upper() in names})
        germline = _ORIGINS.get(self._cell(cells, "status").casefold()) is Origin.GERMLINE
        return self._table.source, known, self._vocabulary, germline

    def _open(self, observed: Observed, doubts: list[Doubt]) -> None:
        observed.doubts += [one for one in doubts if one not in observed.doubts]

    def _read(self, observed: Observed, cells: list[str]) -> Fusion | str:
        left_out = self._left_out(cells)
        if left_out:
            return left_out
        five, three, ordered = self._partners(cells)
        five, three = self._gene(five, observed), self._gene(three, observed)
        if five == three:
            return inside(five, five in self._known) if five else "both ends between genes"
        read_through = "read-through" in self._table.cell(cells, "type")
        doubts = self._doubts(cells, read_through)
        if doubts and not {five, three} & self._known.keys():
            return "read-through transcript" if read_through else "likely false (FusionCatcher)"
        if self._table.cell(cells, "confidence").casefold() == "medium":
            doubts = (*doubts, "medium confidence")
        fusion = self._fusion(cells, five, three, ordered, doubts)
        if fusion.reads == 0:
            return "no supporting reads"
        return self._once(observed, fusion)

    def _left_out(self, cells: list[str]) -> str:
        """Why a caller's own words make a row no fusion; empty where they do not."""
        if self._table.cell(cells, "reported").casefold() == "false":
            return "fusion that LINX does not report"
        if self._table.cell(cells, "filter").casefold() not in {"", "pass"}:
            return FILTERED
        if self._table.cell(cells, "confidence").casefold() == "low":
            return LOW
        kind = self._table.cell(cells, "type")
        if "5'-5'" in kind or "3'-3'" in kind:
            return "like ends joined, no fusion transcript"
        if "antisense" in self._table.cell(cells, "event").casefold():
            return "antisense fusion"
        return ""

    def _partners(self, cells: list[str]) -> Partners:
        columns = self._table.columns
        if "site1" in columns or "site2" in columns:
            return self._sites(cells)
        if "five" in columns:
            return Partners(self._cell(cells, "five"), self._cell(cells, "three"), True)
        if "gene1" in columns:
            ordered = "confidence" in columns
            return Partners(self._cell(cells, "gene1"), self._cell(cells, "gene2"), ordered)
        name = self._cell(cells, "name")
        if "gene" in columns:
            gene = self._cell(cells, "gene")
            if not gene:
                raise Rejected("gene", "names no gene", remedy="fill in the gene")
            return told(name, gene, self._symbols.same)
        return self._named(cells, name)

    def _named(self, cells: list[str], name: str) -> Partners:
        """Partners from a name such as ``EML4--ALK``, which its breakpoints must bear out."""
        found = pair(name) or hyphenated(name)
        if found is None:
            remedy = "write the two genes as A::B, the 5' gene first"
            raise Rejected("name", "does not name two genes", text=name, remedy=remedy)
        if "left" not in self._table.columns:
            return found
        left, right = (self._cell(cells, side).partition("^")[0] for side in ("left", "right"))
        same = self._symbols.same
        if not (same(found.five, left) and same(found.three, right)):
            raise Rejected(
                "name",
                "the row contradicts itself: its name and the genes of its breakpoints differ",
                text=name,
                remedy="check the call; correct the name or the genes",
            )
        return found

    def _sites(self, cells: list[str]) -> Partners:
        """Partners of a structural variant; its sites have no order, its words may."""
        one, other = (self._cell(cells, name) for name in ("site1", "site2"))
        regions = [self._cell(cells, name).upper() for name in ("region1", "region2")]
        if _BETWEEN_GENES in regions and one and other:
            one, other = (
                "" if region == _BETWEEN_GENES else site
                for site, region in zip((one, other), regions, strict=True)
            )
            return Partners(one, other, False)
        event, same = self._cell(cells, "event"), self._symbols.same
        if one and other:
            return between(event, one, other, same)
        gene = one or other
        return told(event, gene, same) if gene else Partners("", "", False)

    def _gene(self, written: str, observed: Observed) -> str:
        """A partner's symbol; empty between genes, where Arriba lists the nearest ones."""
        symbol = written.partition("^")[0].strip()
        if not symbol or "," in symbol or "(" in symbol:
            return ""
        return self._symbols.approved(symbol, observed, column="name")

    def _fusion(
        self, cells: list[str], five: str, three: str, ordered: bool, doubts: tuple[str, ...]
    ) -> Fusion:
        breaks = [self._place(cells, end) for end in ("1", "2")]
        status = self._cell(cells, "status").casefold()
        return Fusion(
            five=five,
            three=three,
            ordered=ordered,
            in_frame=frame(self._table.cell(cells, "frame")),
            reads=self._reads(cells),
            breakpoints=" - ".join(place for place in breaks if place),
            filters=doubts,
            origin=_ORIGINS.get(status, self._origin),
        )

    def _doubts(self, cells: list[str], read_through: bool) -> tuple[str, ...]:
        """Words of the caller that make a fusion doubtful."""
        tags = self._table.cell(cells, "tags").casefold().split(",")
        told = tuple(tag for tag in tags if tag in LIKELY_FALSE)
        return ("read-through", *told) if read_through else told

    def _place(self, cells: list[str], end: str) -> str:
        chromosome, place = self._cell(cells, f"chromosome{end}"), self._cell(cells, f"break{end}")
        return f"{chromosome}:{place}" if chromosome and place else place

    def _reads(self, cells: list[str]) -> int | None:
        counts = [
            self._table.whole(cells, name)
            for name in ("junction", "junction2", "spanning")
            if self._cell(cells, name) != _MISSING_COUNT
        ]
        known = [count for count in counts if count is not None]
        return sum(known) if known else None

    def _once(self, observed: Observed, fusion: Fusion) -> Fusion | str:
        """The fusion, unless the sample has it already: tools list one per breakpoint."""
        order = (fusion.five, fusion.three) if fusion.ordered else frozenset(fusion.genes)
        key = (id(observed), order, fusion.in_frame)
        if key in self._seen:
            return "same fusion, another row"
        self._seen.add(key)
        return fusion

    def _cell(self, cells: list[str], name: str) -> str:
        return self._table.cell(cells, name)
