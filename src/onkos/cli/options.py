"""The options with which a case is told on the command line, shared by three commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
FORMATS = ("text", "json", "md", "html")

_CASE = (
    click.option("--disease", "-d", help="The diagnosis: an OncoTree code, a name or a synonym."),
    click.option("--measurement", "-m", "measurements", multiple=True, metavar="TEXT",
                 help="A measured value, such as 'TMB 12', MSI-H, 'PD-L1 TPS 60', 'ECOG 1'. "
                 "May be repeated."),
    click.option("--prior", multiple=True, metavar="TEXT",
                 help="A therapy already given, such as 'osimertinib (progressed)'; none says "
                 "that there was none. May be repeated."),
    click.option("--comedication", multiple=True, metavar="DRUG",
                 help="Another medicine that the patient takes; none says that there is none. "
                 "May be repeated."),
    click.option("--assay", multiple=True, metavar="NAME",
                 help="The test that was done, such as WES or FoundationOne CDx: it tells "
                 "negative from not tested. May be repeated."),
    click.option("--material", metavar="TEXT", help="tissue, plasma, blood or marrow."),
    click.option("--purity", type=float, help="Tumour content of the tissue, 0 to 1."),
    click.option("--tumour-fraction", type=float,
                 help="Tumour content of the cell-free DNA, 0 to 1."),
    click.option("--age", type=float, help="Age in years."),
    click.option("--sex", metavar="TEXT", help="female or male."),
    click.option("--stage", metavar="TEXT", help="Stage, 0 to IV with its letter."),
    click.option("--line", type=int, help="The line of therapy that is to be chosen, from 1."),
    click.option("--setting", "settings", multiple=True, metavar="TEXT",
                 help="Where treatment stands, such as metastatic or adjuvant. May be repeated."),
    click.option("--id", metavar="TEXT", help="An opaque id for the case; never a name."),
    click.option("--as-of", metavar="DATE", help="The day that the case speaks of."),
    click.option("--sample", metavar="NAME",
                 help="Which sample of a MAF or VCF that holds several."),
    click.option("--assembly", type=click.Choice(["GRCh37", "GRCh38"]),
                 help="Of a MAF or VCF, where the file does not say, or says what is not so."),
    click.option("--territory", metavar="FILE",
                 help="What the assay of a MAF or VCF reads, as BED or interval list: its size "
                 "counts for the TMB."),
    click.option("--whole-report", is_flag=True, default=None,
                 help="The MAF or VCF is all that the laboratory reports of the assay: what it "
                 "does not list, fusions and copies among it, was looked for and is absent."),
)  # fmt: skip

_RUN = (
    click.option("--germline", type=click.Choice(["report", "withhold"]),
                 help="Whether inherited findings may be told; what the case itself withholds "
                 "stays withheld. [default: as the case says, else those that the laboratory "
                 "calls germline]"),
    click.option("--regulators", metavar="LIST",
                 help="Whose approvals count here, separated by commas. [default: FDA,EMA]"),
    click.option("--fuzzy", is_flag=True,
                 help="Take a plainly misspelt disease for the nearest one, and say so."),
)  # fmt: skip


_REFERENCE = (
    click.option("--reference", metavar="NAME",
                 help="The genome that raw calls are described by (onkos reference list), or "
                 "none. [default: the one that was added for the calls' assembly]"),
)  # fmt: skip


_FILE = click.Path(path_type=Path)
_SNAPSHOTS = (
    click.option("--knowledge", "snapshots", multiple=True, metavar="NAME@DATE",
                 help="A kept snapshot of somebody else's knowledge to read, or none. May be "
                 "repeated. [default: the current one of each source that was added]"),
)  # fmt: skip

_FILES = (
    click.option("--signatures", type=_FILE, multiple=True, metavar="FILE",
                 help="A catalogue of mutational signatures, such as COSMIC's, that spectra are "
                 "fitted to. May be repeated, one for each kind."),
    click.option("--hotspots", type=_FILE, metavar="FILE",
                 help="Hotspots of cancerhotspots.org, in place of the built-in ones."),
    click.option("--roles", type=_FILE, metavar="FILE",
                 help="Roles of genes (IntOGen, CancerMine, or a table with gene and role), for "
                 "genes without a built-in one."),
    click.option("--burden-cohort", type=_FILE, multiple=True, metavar="FILE",
                 help="Tumour mutational burdens of a cohort to compare with: a table of sample, "
                 "TMB (as an exome counts) and, at will, disease. May be repeated."),
    click.option("--expression-cohort", type=_FILE, multiple=True, metavar="FILE",
                 help="Expression of a cohort to compare the tumour's with: genes by tumours, TPM "
                 "of all genes. May be repeated."),
    click.option("--studies", type=_FILE, metavar="FILE",
                 help="Functional studies: a table of gene, change, effect and source."),
    click.option("--changes", type=_FILE, metavar="FILE",
                 help="Known changes of DNA (a MAF, or a table with place, bases, gene and HGVS), "
                 "beside the built-in ones: calls that are not annotated are matched to them."),
    click.option("--changes-assembly", type=click.Choice(["GRCh37", "GRCh38"]),
                 help="Of that table, where it does not say."),
)  # fmt: skip


def added_options(function: Function) -> Function:
    """Add the options that name snapshots and files of knowledge."""
    return _with((*_SNAPSHOTS, *_FILES), function)


def file_options(function: Function) -> Function:
    """Add the options that name files of knowledge, where snapshots are named otherwise."""
    return _with(_FILES, function)


def reference_option(function: Function) -> Function:
    """Add the option that names a genome."""
    return _with(_REFERENCE, function)


def case_options(function: Function) -> Function:
    """Add the options that tell a case."""
    return _with(_CASE, function)


def run_options(function: Function) -> Function:
    """Add the options that say how a case is planned."""
    return _with(_RUN, function)


def _with(options: tuple[Callable[[Function], Function], ...], function: Function) -> Function:
    for option in reversed(options):
        function = option(function)
    return function
