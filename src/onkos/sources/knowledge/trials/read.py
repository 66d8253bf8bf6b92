"""Trials of a file or folder, whichever of the two forms they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onkos.errors import InputError, OnkosError
from onkos.model import Unread, Vocabulary
from onkos.model.trial import Trial
from onkos.sources.knowledge.json_file import plain_error
from onkos.sources.knowledge.trials import ctgov, ctml
from onkos.sources.knowledge.trials.eligibility import Extractor, unparsed
from onkos.sources.knowledge.trials.safe_yaml import read_yaml

ENDINGS = (".yaml", ".yml", ".json")
LARGEST = 64 * 2**20  # bytes; a page of a thousand studies takes about thirty million


def read_trials(
    paths: Iterable[Path], vocabulary: Vocabulary, extract: Extractor = unparsed
) -> Iterator[Trial | Unread]:
    """Every trial of files and folders, each once, in the order of their names.

    Parameters
    ----------
    extract : callable
        Eligibility text of a registry to criteria; the default leaves it unread.

    Yields
    ------
    Trial or Unread
        First what was not read: a file or a study that is no trial stops nothing. A trial that
        stands twice comes once, as told later, or more fully.
    """
    kept: dict[str, Trial] = {}
    paths = tuple(paths)
    yield from _empty(paths)
    for path in _files(paths):
        for found in _of_file(path, vocabulary, extract):
            if isinstance(found, Unread):
                yield found
                continue
            other = kept.get(found.id)
            if other is None:
                kept[found.id] = found
                continue
            newer = kept[found.id] = max(other, found, key=_fullness)
            older = other if newer is found else found
            reason = f"{found.id} is told more fully or later in {newer.source}"
            yield Unread(source=older.source, text=found.id, reason=reason)
    yield from kept.values()


def _fullness(trial: Trial) -> tuple[str, int]:
    return trial.updated, len(trial.eligibility)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.casefold() in ENDINGS)
        else:
            yield path


def _empty(paths: Iterable[Path]) -> Iterator[Unread]:
    """Folders that hold nothing that could be a trial."""
    for path in paths:
        if path.is_dir() and not any(_files([path])):
            reason = f"a folder without a file of trials ({', '.join(ENDINGS)})"
            yield Unread(source=path.name, reason=reason)


def _of_file(path: Path, vocabulary: Vocabulary, extract: Extractor) -> Iterator[Trial | Unread]:
    try:
        documents = _documents(path)
    except (OSError, UnicodeDecodeError, InputError, RecursionError) as error:
        yield Unread(source=path.name, reason=_plainly(error))
        return
    if not documents:
        yield Unread(source=path.name, reason="an empty list, without a trial")
    for document in documents:
        try:
            if ctml.is_ctml(document):
                yield ctml.trial_of(document, path.name, vocabulary)
            elif ctgov.is_study(document):
                yield ctgov.trial_of(document, path.name, vocabulary, extract)
            else:
                raise InputError("neither a trial in CTML nor a study of ClinicalTrials.gov v2")
        except (OnkosError, ValueError, TypeError, RecursionError) as error:
            yield Unread(source=path.name, text=_name(document), reason=_plainly(error))


def _plainly(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _name(document: Any) -> str:
    if not isinstance(document, dict):
        return ""
    return str(document.get("nct_id") or document.get("protocol_no") or "")


def _documents(path: Path) -> list[Any]:
    size = path.stat().st_size
    if not path.is_file():
        raise InputError("no plain file")  # a device or a pipe has no end
    if size > LARGEST:
        raise InputError(f"larger than {LARGEST // 2**20} MB")
    data = path.read_bytes()
    if path.suffix.casefold() != ".json":
        return [read_yaml(data.decode("utf-8-sig"))]
    try:
        document = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise InputError(f"not JSON: {plain_error(error)}") from error
    studies = ctgov.studies_in(document)
    if studies is not None:
        return studies
    return document if isinstance(document, list) else [document]
