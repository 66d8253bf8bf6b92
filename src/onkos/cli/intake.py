"""From what stands on the command line to a case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from onkos.cli.choice import with_consent
from onkos.errors import OnkosError, Unreadable, UsageError
from onkos.model import Case, Knowledge, Unread

LISTS = frozenset({"measurements", "prior", "comedication", "assay", "settings"})
NONE = "none"
CASE_FILE = ".toml"
PATIENT_FILES = (CASE_FILE, ".maf", ".vcf", ".bcf", ".maf.gz", ".vcf.gz", ".vcf.bgz", ".maf.txt")
MOST_WARNINGS = 10
FEW_ROWS = 3  # not understood, as the only ones: still a file that was read
_OF_FILES_ONLY = ("sample", "territory", "assembly", "whole_report")

Said = Mapping[str, object]


def case_of(
    words: tuple[str, ...],
    said: Said,
    knowledge: Knowledge,
    fuzzy: bool,
    germline: str | None = None,
) -> Case:
    """The case that arguments and options tell.

    Parameters
    ----------
    words : tuple of str
        Alterations, or the path of one case file, MAF or VCF.
    said : mapping of str to object
        Options by name; those not given are None or empty.
    germline : str or None
        Whether inherited findings may be told, as the command line says.

    Raises
    ------
    OnkosError
        Where it cannot be read, or not one alteration of it can.
    """
    given = {name: _listed(name, value) for name, value in said.items() if value not in (None, ())}
    path = _file(words)
    if path is None:
        case = _typed(words, given, knowledge, fuzzy)
    elif path.suffix.casefold() == CASE_FILE:
        case = _from_page(path, given, knowledge, fuzzy)
    else:
        from onkos.cli.one_file import case_of_file

        case = case_of_file(path, _with_disease(given), knowledge, fuzzy)
    case = with_consent(case, germline)
    _something_read(case, words)
    return case


def _listed(name: str, value: object) -> object:
    """Several values as a list; the one word *none* as the empty list."""
    if name not in LISTS or not isinstance(value, tuple):
        return value
    said_none = len(value) == 1 and value[0].strip().casefold() == NONE
    return [] if said_none and name != "measurements" else list(value)


def _file(words: tuple[str, ...]) -> Path | None:
    """The one argument as a path, where it is one."""
    paths = [word for word in words if _is_path(word)]
    if not paths:
        return None
    if len(words) > 1:
        raise UsageError(
            f"{Path(paths[0]).name} is a file: give it alone, or name all files in a case file"
        )
    path = Path(paths[0])
    if not path.exists():
        raise UsageError(f"there is no file {path}")
    return path


def case_files(path: Path) -> list[Path]:
    """The case files that a path names: itself, or those below a folder; else none."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix.casefold() == CASE_FILE)
    return [path] if path.suffix.casefold() == CASE_FILE else []


def problem_of(page: Path, error: OnkosError) -> str:
    """What is wrong with a case file, its name left to who prints it."""
    return str(error).removeprefix(f"{page.name}: ")


def _is_path(word: str) -> bool:
    path = Path(word)
    return word.casefold().endswith(PATIENT_FILES) or path.is_file() or _is_run(path)


def _is_run(path: Path) -> bool:
    """Whether it is the folder of a run of PURPLE."""
    if not path.is_dir():
        return False
    from onkos.sources.patient.purple_run import is_run

    return is_run(path)


def _from_page(path: Path, given: Said, knowledge: Knowledge, fuzzy: bool) -> Case:
    from onkos.sources.patient.casefile import read_case

    if given:
        names = ", ".join(f"--{name.rstrip('s').replace('_', '-')}" for name in given)
        raise UsageError(f"{path.name} tells the whole case; write there what {names} would say")
    return read_case(path, knowledge, fuzzy)


def _typed(words: tuple[str, ...], given: Said, knowledge: Knowledge, fuzzy: bool) -> Case:
    from onkos.sources.patient.record import case_of_record

    if not words and not given.get("measurements"):
        raise UsageError("nothing to match: give an alteration, a measurement or a case file")
    for name in _OF_FILES_ONLY:
        if name in given:
            raise UsageError(f"--{name.replace('_', '-')} is for a MAF or VCF")
    record = {"id": "case", **_with_disease(given), "alterations": list(words)}
    return case_of_record(record, knowledge, fuzzy)


def _with_disease(given: Said) -> Said:
    if "disease" not in given:
        raise UsageError("say the diagnosis with --disease: a rank depends on it")
    return given


def _something_read(case: Case, words: tuple[str, ...]) -> None:
    """Refuse a case of which nothing at all could be read; of a file, a few bad rows are no case.

    Those few are told on the page, and nothing absent is concluded from the file.
    """
    few = FEW_ROWS if _file(words) is not None else 0
    read = ("alterations", "phases", "measurements", "calls", "segments", "profiles", "spectra")
    typed = any(not item.line for item in case.unread)
    if ((typed and case.unread) or len(case.unread) > few) and not any(
        getattr(case, name) for name in read
    ):
        problems = [sentence(unread, words) for unread in case.unread]
        if len(words) > 1 and not any(" " in word for word in words):
            problems.append(f'put what belongs together in quotes: "{words[0]} {words[1]}"')
        raise Unreadable(case.unread[0].source, problems)


def sentence(unread: Unread, words: tuple[str, ...] = ()) -> str:
    """Where, what, and the way out; without the patient's text.

    Parameters
    ----------
    words : tuple of str
        Alterations as they stand on the command line, told apart by their number.
    """
    typed = unread.source == "alterations" and unread.text in words
    place = (
        f"alteration {words.index(unread.text) + 1}" if typed else "",
        f"line {unread.line}" if unread.line and not typed else "",
        f"column {unread.column}" if unread.column else "",
    )
    where = ", ".join(part for part in place if part)
    way = f"; {unread.remedy}" if unread.remedy else ""
    return f"{f'{where}: ' if where else ''}{unread.reason}{way}"


def warn_of_unread(case: Case, words: tuple[str, ...]) -> None:
    """Say on standard error what of the case was not understood."""
    if not case.unread:
        return
    count = len(case.unread)
    click.secho(
        f"onkos: warning: {count} item{' was' if count == 1 else 's were'} not understood and "
        f"{'does' if count == 1 else 'do'} not count:",
        err=True,
        fg="yellow",
    )
    if case.withholds_germline:
        return  # a row may name what is withheld
    for unread in case.unread[:MOST_WARNINGS]:
        click.echo(f"  {unread.source}: {sentence(unread, words)}", err=True)
    if count > MOST_WARNINGS:
        click.echo(f"  and {count - MOST_WARNINGS} more; the report lists them all", err=True)
