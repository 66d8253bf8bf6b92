"""The folder of a run of PURPLE and its companions (LINX, LILAC, CHORD, PEACH, ...)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import CopyNumber, Origin, Vocabulary
from onkos.sources.patient.doubts import COPIES, DRIVERS, STRUCTURES
from onkos.sources.patient.expression import read_expression
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_catalogue import AGAIN, Catalogue
from onkos.sources.patient.purple_fit import Fields, read_fit
from onkos.sources.patient.purple_genes import read_purple_genes
from onkos.sources.patient.purple_others import (
    read_alleles,
    read_chord,
    read_haplotypes,
    read_quality_of_alleles,
    read_viruses,
)
from onkos.sources.patient.segments import read_segments
from onkos.sources.patient.tables import open_table
from onkos.sources.patient.vcf import read_vcf

PURITY = ".purple.purity.tsv"
_LISTED = {
    ".linx.fusion.tsv": STRUCTURES,
    ".isf.pass_fusions.tsv": STRUCTURES,
    ".purple.cnv.somatic.tsv": (COPIES,),
    ".purple.cnv.gene.tsv": (COPIES,),
    ".purple.driver.catalog.somatic.tsv": (COPIES,),
}
# A whole run has some sixty files; a folder of thousands is something else.
_MOST_FILES = 2000


def is_run(path: Path) -> bool:
    """Whether a folder holds a PURPLE run, itself or one folder down."""
    return path.is_dir() and any(
        True for pattern in (f"*{PURITY}", f"*/*{PURITY}") for _ in path.glob(pattern)
    )


def read_run(
    path: Path, vocabulary: Vocabulary, amplified_from: float | None = None, assembly: str = ""
) -> dict[str, Observed]:
    """Read a folder of a run; files that are not used are listed in a notice.

    Parameters
    ----------
    path : Path
        Folder, with one sample's files in it or in folders of it.
    amplified_from : float or None
        Of the laboratory; PURPLE's own calls are read without it.
    assembly : str
        Where the user told it.

    Raises
    ------
    Unreadable
        Where there is no run, or several, or a file of it cannot be read.
    """
    run = _Run(path, vocabulary, amplified_from, assembly)
    return {run.sample: run.read()}


class _Run:
    """One run: its files by their endings."""

    def __init__(
        self, path: Path, vocabulary: Vocabulary, amplified_from: float | None, assembly: str
    ) -> None:
        self._path = path
        self._vocabulary = vocabulary
        self._amplified_from = amplified_from
        self._assembly = assembly
        found = [file for file in sorted(path.rglob("*")) if file.is_file()]
        if len(found) > _MOST_FILES:
            raise Unreadable(path.name, [f"more than {_MOST_FILES} files; give one run's folder"])
        self._files = found
        self._used: set[Path] = set()
        fits = [file for file in found if file.name.endswith(PURITY)]
        if len(fits) != 1:
            what = "no file" if not fits else f"{len(fits)} files"
            raise Unreadable(path.name, [f"{what} *{PURITY}; give the folder of one run"])
        self.sample = fits[0].name.removesuffix(PURITY)

    def read(self) -> Observed:
        """Everything that the run tells, the fit first."""
        observed = Observed(thin=DRIVERS)
        self._fit(observed)
        self._tables(observed)
        self._drivers(observed)
        self._genes(observed)
        self._others(observed)
        rest = [file.name for file in self._files if file not in self._used]
        if rest:
            observed.notices.append(f"files of the run that are not read: {', '.join(rest)}")
        return observed

    def _file(self, *endings: str) -> Path | None:
        """The file with the first of these endings; marks all of them as used."""
        found = [f for ending in endings for f in self._files if f.name.endswith(ending)]
        self._used.update(found)
        return found[0] if found else None

    def _lists(self, observed: Observed, ending: str) -> None:
        """Note which classes of alterations a file of the run lists; of a run, were it empty."""
        observed.told |= dict.fromkeys(_LISTED.get(ending, ()), "")

    def _fit(self, observed: Observed) -> None:
        fields: dict[str, object] = {}
        quality = self._file(".purple.qc")
        if quality:
            fields |= _key_values(quality)
        fit = self._file(PURITY)
        if fit:
            rows = _rows(fit)
            if len(rows) != 1:
                raise Unreadable(fit.name, [f"{len(rows)} rows of a fit; one is wanted"])
            fields |= rows[0]
            observed.rows += 1
        status = str(fields.get("QCStatus", "PASS"))
        if status != "PASS":
            observed.notices.append(f"PURPLE: quality {status}")
        read_fit(fields, f"*{PURITY}", observed)

    def _tables(self, observed: Observed) -> None:
        """Tables that readers of their own exist for."""
        words = self._vocabulary
        readers: tuple[tuple[tuple[str, ...], Callable[[Path], dict[str, Observed]]], ...] = (
            (
                (".purple.cnv.somatic.tsv",),
                lambda file: read_segments(file, words, assembly=self._assembly),
            ),
            (
                (".purple.somatic.vcf.gz", ".purple.somatic.vcf"),
                lambda file: read_vcf(file, words, Origin.SOMATIC),
            ),
            ((".linx.fusion.tsv",), lambda file: read_fusions(file, words, Origin.SOMATIC)),
            ((".isf.pass_fusions.tsv",), lambda file: read_fusions(file, words, Origin.SOMATIC)),
            (
                (".isf.gene_data.csv", ".isf.gene_data.tsv"),
                lambda file: read_expression(file, words),
            ),
        )
        for endings, reader in readers:
            file = self._file(*endings)
            if file:
                self._lists(observed, endings[0])
                for one in reader(file).values():
                    one.notices = [f"{file.name}: {notice}" for notice in one.notices]
                    observed.add(one)

    def _drivers(self, observed: Observed) -> None:
        """Drivers of PURPLE and those that LINX adds to them; germline ones too."""
        for endings in (
            (".linx.driver.catalog.tsv", ".purple.driver.catalog.somatic.tsv"),
            (".purple.driver.catalog.germline.tsv",),
            (".linx.germline.driver.catalog.tsv",),
        ):
            file = self._file(*endings)
            if file is None:
                continue
            self._lists(observed, endings[-1])
            catalogue = Catalogue(observed, self._vocabulary, file.name)
            germline = "germline" in file.name
            for fields in _rows(file):
                catalogue.take(_of_germline(fields) if germline else fields)

    def _genes(self, observed: Observed) -> None:
        """Losses of known genes that are no drivers of the panel."""
        file = self._file(".purple.cnv.gene.tsv")
        if file is None:
            return
        self._lists(observed, ".purple.cnv.gene.tsv")
        called = {a.gene for a in observed.alterations if isinstance(a, CopyNumber)}
        found = read_purple_genes(file, self._vocabulary, Origin.SOMATIC, self._amplified_from)
        for one in found.values():
            new = [a for a in one.alterations if getattr(a, "gene", "") not in called]
            one.filtered[AGAIN] += len(one.alterations) - len(new)
            one.alterations = new
            one.notices = [f"{file.name}: {notice}" for notice in one.notices]
            observed.add(one)

    def _others(self, observed: Observed) -> None:
        """HLA, repair, pharmacogenes and viruses."""
        words = self._vocabulary
        alleles, typing = self._file(".lilac.tsv"), self._file(".lilac.qc.tsv")
        chord = self._file(".chord.prediction.tsv")
        peach, viruses = (
            self._file(".peach.haplotypes.best.tsv"),
            self._file(".virus.annotated.tsv"),
        )
        if alleles:
            read_alleles(_rows(alleles), alleles.name, observed)
        for fields in _rows(typing) if typing else ():
            read_quality_of_alleles(fields, ".lilac.qc.tsv", observed)
        for fields in _rows(chord) if chord else ():
            read_chord(fields, ".chord.prediction.tsv", observed)
        if peach:
            read_haplotypes(_rows(peach), peach.name, observed, words)
        if viruses:
            read_viruses(_rows(viruses), viruses.name, observed, words)


def _of_germline(fields: Fields) -> Fields:
    """The driver with its origin in its kind, where the file alone says it."""
    kind = str(fields.get("driver", ""))
    return fields if kind.startswith("GERMLINE_") else {**fields, "driver": f"GERMLINE_{kind}"}


def _rows(path: Path) -> list[Fields]:
    """Rows of a table by its own column names."""
    with open_table(path, {}, ()) as table:
        width = len(table.header)
        rows = []
        for line, cells in table.rows:
            if len(cells) != width:
                table.problems.append(f"line {line}: {len(cells)} cells, the header has {width}")
                continue
            rows.append(dict(zip(table.header, cells, strict=True)))
        return list[Fields](rows)


def _key_values(path: Path) -> Fields:
    """A table of two columns without a header."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        pairs = (line.rstrip("\n").partition("\t") for line in lines)
        return {key: value for key, tab, value in pairs if tab}
