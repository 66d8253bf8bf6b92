"""The dossier as one self-contained HTML page: no network, no script, nothing but the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from onkos.model import ANY_MARKER, Dossier, Gene
from onkos.report.burden_strip import burden_strips
from onkos.report.claim_view import ClaimView, StudyFact
from onkos.report.fusion_view import fusion_views
from onkos.report.gap_view import LEAD as GAPS_LEAD
from onkos.report.genome_view import genome_views
from onkos.report.links import address
from onkos.report.lollipop import lollipops
from onkos.report.notice import NOTICE, SHORT
from onkos.report.option_view import OptionView, Standing
from onkos.report.page import Page, page_of
from onkos.report.phrases import amp_badge, counted, escat_badge, oncokb_badge
from onkos.report.signature_view import signature_bars
from onkos.report.spectrum_view import spectra
from onkos.report.vaf_strip import vaf_strips

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_IDENTIFIER = re.compile(r"(PMID:\d+|NCT\d{8})")
_CONTAINS = re.compile(r"^contains [^:,]+: ")
FOLD_ABOVE = 3  # options borrowed from other diseases that stay open below better ones
MOST_QUESTIONS = 4  # of one test that stay open
_KEYS = {
    Standing.ON_LABEL: "full",
    Standing.OPEN_SETTING: "half",
    Standing.OTHER_SETTING: "empty",
}
_SETTING_WORDS = {"met": "setting met", "unknown": "setting unknown", "unmet": "other setting"}


class Count(NamedTuple):
    """One number of the answer, and where it is told in full."""

    number: int
    text: str
    target: str
    style: str


class Group(NamedTuple):
    """Neighbouring options of one standing."""

    standing: str
    key: str
    options: tuple[OptionView, ...]
    folded: bool

    @property
    def names(self) -> str:
        """How many, and which, in one line."""
        names = ", ".join(f"{option.rank} {option.name}" for option in self.options)
        return f"{counted(len(self.options), 'option')}: {names}"


def to_html(dossier: Dossier, genes: Mapping[str, Gene] | None = None) -> str:
    """The page.

    Parameters
    ----------
    genes : mapping of str to Gene, optional
        By symbol; with it, proteins are drawn.
    """
    from markupsafe import Markup

    page = page_of(dossier)
    proteins = lollipops(dossier, genes or {}, page.matched)
    fusions = fusion_views(dossier, genes or {}, page.matched)
    strips = vaf_strips(dossier, page.matched)
    pictures = (*proteins, *fusions, *strips, *genome_views(dossier))
    measured = (*burden_strips(dossier), *signature_bars(dossier), *spectra(dossier))
    template = environment().get_template("page.html.j2")
    return template.render(
        page=page,
        counts=tuple(_counts(page)),
        groups=tuple(_groups(page)),
        shared_cautions=shared_cautions(page.options),
        # svg.element has escaped every text of the pictures
        figures=[(Markup(picture), caption) for picture, caption in pictures],  # noqa: S704
        measure_figures=[(Markup(picture), caption) for picture, caption in measured],  # noqa: S704
        lollipop_count=len(proteins),
        notice=NOTICE,
        short_notice=SHORT,
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates, escaped by themselves, with the words that they use."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("onkos.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["css_string"] = css_string
    environment.filters["cited"] = cited
    environment.globals.update(_globals())
    return environment


def _globals() -> dict[str, Any]:
    return {
        "amp": amp_badge,
        "escat": escat_badge,
        "oncokb": oncokb_badge,
        "counted": counted,
        "any_marker": ANY_MARKER,
        "others": _others,
        "evidence_size": _evidence_size,
        "study_columns": _study_columns,
        "most_questions": MOST_QUESTIONS,
        "gaps_lead": GAPS_LEAD,
        "setting_words": _SETTING_WORDS,
    }


def cited(text: str) -> Markup:
    """Text, escaped, with the identifiers in it made links."""
    from markupsafe import Markup, escape

    parts = _IDENTIFIER.split(text)
    link = Markup('<a href="{}" rel="noreferrer">{}</a>')
    made = (
        link.format(address(part), part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
    return Markup("").join(made)


def css_string(text: str) -> str:
    r"""Text that may stand inside quotes in a style sheet, whatever it holds.

    >>> css_string('a"}')
    'a\\22 \\7d '
    """
    plain = (c if (c.isascii() and c.isalnum()) or c == " " else f"\\{ord(c):x} " for c in text)
    return "".join(plain)


def _counts(page: Page) -> Iterator[Count]:
    """Options by where they may be had, then what else there is."""
    if not page.options:
        yield Count(0, "biomarker-selected options", "options", "")
    tally = dict.fromkeys(Standing, 0)
    for option in page.options:
        tally[option.standing] += 1
    if page.options:
        here = tally[Standing.ON_LABEL]
        yield Count(here, "approved here, setting met", "options", "here")
    unsettled = tally[Standing.OPEN_SETTING] + tally[Standing.OPEN_DIAGNOSIS]
    if unsettled:
        yield Count(unsettled, "approved here, setting or diagnosis open", "options", "here")
    other = tally[Standing.OTHER_SETTING]
    if other:
        yield Count(other, "approved here, in another setting", "options", "")
    elsewhere = sum(
        tally[kind] for kind in (Standing.AT_HOME, Standing.OTHER_TIME, Standing.BORROWED)
    )
    if elsewhere:
        yield Count(elsewhere, "with evidence, not approved here", "options", "")
    if page.avoid:
        yield Count(len(page.avoid), "to avoid", "avoid", "avoid")
    if page.test_next:
        yield Count(len(page.test_next), "tests that would change the plan", "next", "next")


def _groups(page: Page) -> Iterator[Group]:
    """The groups in order of rank; a long tail borrowed from other diseases is folded away."""
    last = len(page.groups) - 1
    for number, one in enumerate(page.groups):
        borrowed = one.standing is Standing.BORROWED and 0 < number == last
        folded = borrowed and len(one.options) > FOLD_ABOVE
        yield Group(one.heading, _KEYS.get(one.standing, ""), one.options, folded)


def shared_cautions(options: Iterable[OptionView]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Every caution once, with the ranks of the options that it concerns."""
    table: dict[str, dict[int, None]] = {}
    for option in options:
        for caution in option.cautions:
            table.setdefault(_CONTAINS.sub("", caution), {})[option.rank] = None
    return tuple((caution, tuple(ranks)) for caution, ranks in table.items())


def _others(option: OptionView) -> str:
    """Approvals for settings that fit less well, counted."""
    number = sum(len(line.who) for line in option.other)
    settings = counted(len(option.other), "other setting")
    return f"and {counted(number, 'approval')} here for {settings}"


_STUDY_COLUMNS = (
    ("n", "n"),
    ("Against", "comparator"),
    ("Endpoint", "endpoint"),
    ("HR (95% CI)", "ratio"),
    ("Medians", "medians"),
    ("Response", "response"),
)


def _study_columns(studies: Iterable[StudyFact]) -> tuple[tuple[str, str], ...]:
    """Heading and field of the columns that any of these studies fills."""
    found = list(studies)
    return tuple(
        (name, field) for name, field in _STUDY_COLUMNS if any(getattr(s, field) for s in found)
    )


def _evidence_size(claims: Iterable[ClaimView]) -> str:
    found = list(claims)
    contrary = sum(claim.contrary or claim.against for claim in found)
    size = f"{counted(len(found), 'claim')}, {counted(sum(c.facts for c in found), 'fact')}"
    return f"{size}, {contrary} contrary" if contrary else size
