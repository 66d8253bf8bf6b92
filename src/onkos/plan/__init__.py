"""Rank what can be offered, keep what speaks against it, say what to test next."""

from onkos.plan.basis import with_diagnostics
from onkos.plan.explain import explain
from onkos.plan.gaps import with_gaps
from onkos.plan.rank import WITHHELD, rank
from onkos.plan.recheck import recheck

__all__ = ["WITHHELD", "explain", "rank", "recheck", "with_diagnostics", "with_gaps"]
