"""How an unexpected error is named: its class and place, never a patient's values."""

from __future__ import annotations

from pathlib import Path

import onkos


def defect(error: Exception) -> str:
    """The class of the error and the last line of onkos that it passed through.

    The error's own message is left out: it may hold what a patient's file held.
    """
    place, trace, house = "", error.__traceback__, Path(onkos.__file__).parent
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(house):
            place = f" in {path.relative_to(house)} line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}: this is a defect of onkos"
