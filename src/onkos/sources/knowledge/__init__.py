"""Public knowledge, each source pinned by date, licence and hash."""

from onkos.sources.knowledge.builtin import builtin
from onkos.sources.knowledge.lint import lint
from onkos.sources.knowledge.snapshots import NONE, named_now, with_snapshots

__all__ = ["NONE", "builtin", "lint", "named_now", "with_snapshots"]
