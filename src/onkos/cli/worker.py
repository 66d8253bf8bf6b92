"""What plans one chunk of cases; runs in a process of its own, or in the first one."""

from __future__ import annotations

import gc
import os
import signal
import threading
from multiprocessing import connection, parent_process
from typing import NamedTuple

import msgspec

from onkos import pipeline
from onkos.cli.defects import defect
from onkos.cli.lines import Line
from onkos.errors import InputError, OnkosError
from onkos.model import Case
from onkos.report import error_form, to_json_bytes
from onkos.sources.knowledge import builtin
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
    """

    fuzzy: bool
    regulators: tuple[str, ...] | None
    encoded: bool = False


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
        self._knowledge = builtin()
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
