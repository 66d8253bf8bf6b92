"""Rank what can be offered, keep what speaks against it, say what to test next."""

from onkos.plan.explain import explain
from onkos.plan.rank import WITHHELD, rank
from onkos.plan.recheck import recheck

__all__ = ["WITHHELD", "explain", "rank", "recheck"]
