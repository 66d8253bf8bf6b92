"""Rank what can be offered, keep what speaks against it, say what to test next."""

from onkos.plan.basis import with_diagnostics
from onkos.plan.explain import explain
from onkos.plan.gaps import with_gaps
from onkos.plan.rank import WITHHELD, rank

__all__ = ["WITHHELD", "explain", "rank", "with_diagnostics", "with_gaps"]
