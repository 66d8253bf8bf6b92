"""The language that every rule is written in: parse, and evaluate to met, unmet or unknown."""

from typing import TYPE_CHECKING

from onkos.criteria.evaluate import evaluate, evaluate_in
from onkos.criteria.subjects import subjects
from onkos.criteria.view import CaseView

if TYPE_CHECKING:
    from onkos.criteria.expression import parse

__all__ = ["CaseView", "evaluate", "evaluate_in", "parse", "subjects"]


def __getattr__(name: str) -> object:
    """``parse`` brings lark, which a match on compiled knowledge does without."""
    if name == "parse":
        from onkos.criteria.expression import parse

        globals()["parse"] = parse
        return parse
    raise AttributeError(name)
