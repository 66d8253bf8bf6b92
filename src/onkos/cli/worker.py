"""What plans one chunk of cases; runs in a process of its own, or in the first one."""

from __future__ import annotations

import gc
import os
import re
import signal
import threading
from multiprocessing import connection, parent_process
from typing import NamedTuple, Protocol

import msgspec

from onkos import pipeline
from onkos.cli.choice import with_consent
from onkos.cli.defects import defect
from onkos.cli.lines import Line
from onkos.errors import InputError, OnkosError
from onkos.model import Case, Dossier
from onkos.report import error_form, to_json_bytes
from onkos.sources.knowledge import builtin, with_snapshots
from onkos.sources.patient.record import case_of_record


class Orders(NamedTuple):
    """What every worker is told once.

    Attributes
    ----------
    fuzzy : bool
        Whether a plain misspelling is taken as the nearest name.
    regulators : tuple of str or None
        None for the pipeline's own choice.
    encoded : bool
        Whether lines hold cases of a study, encoded here, instead of JSON from outside.
    germline : str or None
        Whether inherited findings may be told; None for what each case says.
    snapshots : tuple of str
        Snapshots of others' knowledge to read, each with its day, or ``("none",)``.
    """

    fuzzy: bool
    regulators: tuple[str, ...] | None
    encoded: bool = False
    germline: str | None = None
    snapshots: tuple[str, ...] = ("none",)

    def worker(self) -> Worker:
        """What does it."""
        return Worker(self)


class Tasks(Protocol):
    """Orders of whatever kind: they know who carries them out."""

    def worker(self) -> Worker:
        """What does it."""


class Done(NamedTuple):
    """The answer to a chunk: lines of JSON, and what it took."""

    output: bytes
    cases: int
    errors: int
    size: int


class Worker:
    """Knowledge in hand, plans chunk after chunk."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._knowledge = with_snapshots(builtin(), orders.snapshots)
        # The knowledge lives as long as the process: no collection need visit it again.
        gc.collect()
        gc.freeze()

    def plan(self, chunk: tuple[Line, ...]) -> Done:
        """One line of output for each line of the chunk."""
        answers = [self._answer(line) for line in chunk]
        return Done(
            output=b"".join(answer + b"\n" for answer, _ in answers),
            cases=len(answers),
            errors=sum(failed for _, failed in answers),
            size=sum(line.size for line in chunk),
        )

    def _answer(self, line: Line) -> tuple[bytes, bool]:
        """The dossier or the error of one line; True where it is an error."""
        if line.problem:
            return _error(line.id or line.name, line.problem), True
        try:
            return self._planned(self._case(line)), False
        except OnkosError as error:
            return _error(_id_of(line) or line.name, str(error)), True
        except Exception as error:  # noqa: BLE001  one defect must not stop the other cases
            return _error(_id_of(line) or line.name, defect(error)), True

    def _planned(self, case: Case) -> bytes:
        return to_json_bytes(self._run(with_consent(case, self._orders.germline)))

    def _case(self, line: Line) -> Case:
        if self._orders.encoded:
            return msgspec.msgpack.decode(line.data, type=Case)
        try:
            record = msgspec.json.decode(line.data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{line.name} is not JSON{_where(error)}") from error
        except RecursionError as error:
            raise InputError(f"{line.name} is nested too deeply to be a case") from error
        return case_of_record(record, self._knowledge, self._orders.fuzzy)

    def _run(self, case: Case) -> Dossier:
        chosen = self._orders.regulators
        if chosen is None:
            return pipeline.run(case, self._knowledge)
        return pipeline.run(case, self._knowledge, chosen)


def _where(error: Exception) -> str:
    """The byte at which JSON ends to be one, where that is known."""
    found = re.search(r"\(byte (\d+)\)", str(error))
    return f", from byte {found[1]} on" if found else ""


def _error(id_: str, message: str) -> bytes:
    return msgspec.json.encode(error_form(id_, message))


class _Named(msgspec.Struct):
    """Only the id of a record, of whatever else it holds."""

    id: str = ""


def _id_of(line: Line) -> str:
    """The record's id, where that much can be read."""
    try:
        return line.id or msgspec.json.decode(line.data, type=_Named).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


_WORKERS: list[Worker] = []  # of this process: one, made by `start`


def start(orders: Tasks) -> None:
    """Make this process ready to plan chunks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _WORKERS[:] = [orders.worker()]


def _end_with_parent() -> None:
    """End when the first process does, also when it was killed."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def plan_chunk(chunk: tuple[Line, ...]) -> Done:
    """Plan a chunk in a process that was made ready."""
    return _WORKERS[0].plan(chunk)
