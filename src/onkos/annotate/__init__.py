"""Say of each change whether it drives cancer, and by which rule."""

from onkos.annotate.calls import brought, counted, offered
from onkos.annotate.consent import uncounted
from onkos.annotate.describe import describe
from onkos.annotate.with_records import searched, with_records

__all__ = ["brought", "counted", "describe", "offered", "searched", "uncounted", "with_records"]
