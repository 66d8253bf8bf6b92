"""What tools predicted of a change, from the columns that annotators write."""

from __future__ import annotations

from collections.abc import Sequence

from onkos.model import Prediction, Predictor
from onkos.sources.patient.tables import ABSENT, column_key

_SEPARATORS = ("&", ";", ",")  # dbNSFP lists one value per transcript


class Predictions:
    """Reads the predictions of one file's rows.

    Parameters
    ----------
    names : sequence of str
        Names of the columns, in order.
    predictors : sequence of Predictor
        Tools that the vocabulary knows.
    """

    def __init__(self, names: Sequence[str], predictors: Sequence[Predictor]) -> None:
        places = {column_key(name): at for at, name in reversed(list(enumerate(names)))}
        self._read: list[tuple[Predictor, tuple[int, ...]]] = []
        self._known: dict[tuple[str, ...], tuple[Prediction, ...]] = {}
        for predictor in predictors:
            keys = (column_key(name) for name in predictor.columns)
            found = tuple(places[key] for key in keys if key in places)
            if found:
                self._read.append((predictor, found))
        self._places = tuple(at for _, found in self._read for at in found)

    def __call__(self, cells: Sequence[str]) -> tuple[Prediction, ...]:
        """What the tools of a row say; a tool that says nothing readable is left out."""
        if not self._places:
            return ()
        key = tuple(cells[at].strip() if at < len(cells) else "" for at in self._places)
        if key not in self._known:
            self._known[key] = tuple(self._of_row(key))
        return self._known[key]

    def _of_row(self, texts: Sequence[str]) -> list[Prediction]:
        found, at = [], 0
        for predictor, places in self._read:
            own = texts[at : at + len(places)]
            at += len(places)
            said = says(predictor, [part for text in own for part in _parts(text)])
            if said:
                tool, kind = predictor.tool, predictor.kind
                found.append(Prediction(tool=tool, kind=kind, says=said))
        return found


def says(predictor: Predictor, values: Sequence[str]) -> str:
    """What the values of one tool amount to; empty where none is readable.

    Words that disagree are ``"between"``; of numbers the highest counts.

    Examples
    --------
    >>> sift = Predictor(tool="SIFT", kind="protein", columns=("SIFT",),
    ...                  damaging=("deleterious",), neutral=("tolerated",))
    >>> says(sift, ["deleterious(0.01)"]), says(sift, ["tolerated", "deleterious"])
    ('damaging', 'between')
    """
    words = [value.partition("(")[0].strip().casefold() for value in values]
    told = {_word(predictor, word) for word in words} - {""}
    if told:
        return told.pop() if len(told) == 1 else "between"
    numbers = [number for value in values if (number := _number(value)) is not None]
    if not numbers or predictor.damaging_from is None or predictor.neutral_to is None:
        return ""
    highest = max(numbers)
    if highest >= predictor.damaging_from:
        return "damaging"
    return "neutral" if highest <= predictor.neutral_to else "between"


def _word(predictor: Predictor, word: str) -> str:
    if word in predictor.damaging:
        return "damaging"
    return "neutral" if word in predictor.neutral else ""


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value else None  # NaN equals nothing


def _parts(text: str) -> list[str]:
    for mark in _SEPARATORS:
        text = text.replace(mark, "&")
    return [part.strip() for part in text.split("&") if part.strip() not in ABSENT]
