"""``onkos knowledge diff`` and ``freeze``: what changed in a source between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from onkos.errors import UsageError

if TYPE_CHECKING:
    from onkos.cli.facts import Facts
    from onkos.model import Claim, Knowledge, Unread
    from onkos.model.change import ClaimChange


class State(NamedTuple):
    """One source on one day."""

    name: str
    source: str
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...]


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--gene", metavar="SYMBOL", help="Claims that speak of this gene alone.")
@click.option("--disease", "-d", help="Claims that hold, or may hold, for this diagnosis alone.")
@click.option("--drug", metavar="NAME", help="Claims about regimens with this drug alone.")
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Also those of which only a citation or a note is written otherwise.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="What to print.")  # fmt: skip
def diff(
    before: str,
    after: str,
    gene: str | None,
    disease: str | None,
    drug: str | None,
    every: bool,
    form: str,
) -> None:
    """List what changed between two states of one source: A, then B.

    A and B are kept snapshots, SOURCE@DATE (onkos knowledge snapshots lists them), or SOURCE for
    the one that is read. onkos@DATE is an edition of the built-in knowledge that onkos knowledge
    freeze kept; onkos alone is the present one. Counts come first, withdrawn approvals before all
    else. Of hotspots, roles and known changes those that differ are listed by name; records of an
    archive are counted, and not compared one by one.

    \b
    onkos knowledge diff civic@2021-08-01 civic@2026-05-29 --gene EGFR --disease NSCLC
    onkos knowledge diff onkos@2026-11-21 onkos
    """
    from onkos import pipeline
    from onkos.report.changes_view import change_json
    from onkos.report.changes_view import counts as counts_of
    from onkos.sources.knowledge import builtin

    known = builtin()
    if _no_claims(before, after, known, gene, disease, drug, every, form):
        return
    old, new = state_of(before, known), state_of(after, known)
    _refuse_two(old, new)
    made = pipeline.claim_changes(old.claims, new.claims, old.unread, new.unread)
    made = tuple(_chosen(made, known, gene, disease, drug))
    listed = tuple(change for change in made if every or not change.wording)
    if form == "json":
        import json

        told = {
            "from": old.name,
            "to": new.name,
            "counts": counts_of(made),
            "changes": [change_json(change) for change in listed],
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _print(old, new, made, listed, known)


def _no_claims(
    before: str, after: str, known: Knowledge, gene: str | None, disease: str | None,
    drug: str | None, every: bool, form: str,
) -> bool:  # fmt: skip
    """Show two states of a source that is no list of claims; False where it is one."""
    from onkos.cli.facts import facts_of, refuse_of_claims, show

    old, new = facts_of(before, known), facts_of(after, known)
    if old is None or new is None:
        return False
    _refuse_two(old, new)
    refuse_of_claims(new.kind, disease, drug)
    symbol = known.vocabulary.symbol_by_name.get(gene.upper(), gene.upper()) if gene else ""
    show(old, new, symbol, every, form)
    return True


def _refuse_two(old: State | Facts, new: State | Facts) -> None:
    if old.source != new.source:
        raise UsageError(
            f"{old.name} and {new.name} are two sources: onkos knowledge compare sets them side "
            "by side"
        )


def _print(
    old: State,
    new: State,
    made: tuple[ClaimChange, ...],
    listed: tuple[ClaimChange, ...],
    known: Knowledge,
) -> None:
    from onkos.report.changes_view import counts, lines, parts

    click.secho(f"{old.name} -> {new.name}", bold=True)
    click.echo(f"  {len(old.claims)} claims -> {len(new.claims)} claims")
    for what, number in counts(made).items():
        click.echo(f"{number:>6}  {what}")
    for part, number in parts(made).items():
        click.echo(f"{'':<8}{number:>6}  {part}")
    for line in lines(listed, known.vocabulary.tree):
        click.echo(line) if line.startswith(" ") else click.secho(line, bold=True)


def state_of(name: str, known: Knowledge) -> State:
    """The claims of a snapshot, of a kept edition, or of the present built-in knowledge.

    Raises
    ------
    KnowledgeError
        Where it is not kept, or cannot be read.
    """
    from onkos.sources.knowledge.editions import edition
    from onkos.sources.knowledge.snapshots import compiled_snapshot
    from onkos.sources.knowledge.store import BUILT_IN, snapshot

    if name == BUILT_IN:
        return State("onkos, the present edition", BUILT_IN, known.claims, ())
    page = snapshot(name)
    if page.source == BUILT_IN:
        return State(page.name, BUILT_IN, edition(page).claims, ())
    compiled = compiled_snapshot(page, known)
    return State(page.name, page.source, compiled.claims, compiled.unread)


def _chosen(
    made: Iterable[ClaimChange],
    known: Knowledge,
    gene: str | None,
    disease: str | None,
    drug: str | None,
) -> Iterator[ClaimChange]:
    """Changes of which one side speaks of all that was asked for."""
    from onkos.model import Answer
    from onkos.model.criterion import genes_named

    words = known.vocabulary
    symbol = words.symbol_by_name.get(gene.upper(), gene.upper()) if gene else ""
    code = words.tree.resolve(disease) if disease else ""
    wanted = set(words.therapy(drug)) if drug else set()
    for change in made:
        for claim in change.sides:
            if symbol and symbol not in genes_named(claim.when):
                continue
            if not wanted <= set(claim.therapy):
                continue
            answer, _ = words.tree.judge(code, claim.disease, claim.disease_except) if code else (
                Answer.MET, "")  # fmt: skip
            if answer is not Answer.UNMET:
                yield change
                break


@click.command()
@click.option("--date", "on", metavar="YYYY-MM-DD",
              help="The day to keep it under. [default: its own date]")  # fmt: skip
def freeze(on: str | None) -> None:
    """Keep the present built-in knowledge, so that a later onkos can say what changed since.

    Nothing is kept unasked. Do this before an upgrade: onkos knowledge diff onkos@DATE onkos and
    onkos recheck --from onkos@DATE then tell what the upgrade changes.
    """
    from onkos.cli.snapshots import day_of
    from onkos.sources.knowledge.editions import freeze as freeze_edition

    page = freeze_edition(day_of(on) if on else None)
    click.echo(f"{page.name}: the built-in knowledge is kept ({page.files[0].size / 1e6:.1f} MB)")
