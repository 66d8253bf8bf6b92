"""Two states of a source that is no list of claims: what each tells, by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from onkos.errors import UsageError

if TYPE_CHECKING:
    from onkos.model import Hotspot, Knowledge, PlacedChange
    from onkos.sources.knowledge.compiled import Compiled

NOT_COMPARED = "records are looked up by their alleles, and not compared one by one"
_LISTED = 40  # that differ, unless all are asked for


class Facts(NamedTuple):
    """What one snapshot tells.

    Attributes
    ----------
    kind : str
        ``"hotspots"``, ``"roles"``, ``"records"``...
    number : int
        How many there are.
    told : dict of str to str or None
        By name; None where they are not compared one by one.
    """

    name: str
    source: str
    kind: str
    number: int
    unread: int
    told: dict[str, str] | None


class Differing(NamedTuple):
    """Names that stand on one side alone, or on both with another content."""

    added: dict[str, str]
    removed: dict[str, str]
    changed: dict[str, tuple[str, str]]

    @property
    def numbers(self) -> dict[str, int]:
        """How many of each."""
        return {
            "added": len(self.added), "removed": len(self.removed), "changed": len(self.changed),
        }  # fmt: skip

    def only(self, gene: str) -> Differing:
        """Those whose name begins with a gene's symbol."""

        def own(name: str) -> bool:
            return name.partition(" ")[0] == gene

        return Differing(
            {name: v for name, v in self.added.items() if own(name)},
            {name: v for name, v in self.removed.items() if own(name)},
            {name: v for name, v in self.changed.items() if own(name)},
        )


def facts_of(name: str, known: Knowledge) -> Facts | None:
    """What a snapshot tells; None of claims and of the built-in knowledge.

    Raises
    ------
    KnowledgeError
        Where it is not kept, or cannot be read.
    """
    from onkos.model.source import CLAIMS
    from onkos.sources.knowledge.snapshots import compiled_snapshot
    from onkos.sources.knowledge.store import BUILT_IN, snapshot

    if name.partition("@")[0] == BUILT_IN:
        return None
    page = snapshot(name)
    source = next((one for one in known.sources if one.id == page.source), None)
    if source is None or source.kind == CLAIMS:
        return None
    compiled = compiled_snapshot(page, known)
    number = compiled.count(source.kind)
    if source.kind == "vocabulary":
        number = len(compiled.differences)
    return Facts(
        page.name,
        page.source,
        source.kind,
        number,
        compiled.not_understood,
        _told(source.kind, compiled),
    )


def _told(kind: str, compiled: Compiled) -> dict[str, str] | None:
    match kind:
        case "hotspots":
            return _joined((_residues(one), _tumours(one)) for one in compiled.hotspots)
        case "roles":
            return dict(compiled.roles)
        case "studies":
            return _joined(
                (f"{one.gene} {one.change}", f"{'damaging' if one.damaging else 'not damaging'}, "
                 f"{one.source}") for one in compiled.studies)  # fmt: skip
        case "changes":
            return _joined((_placed(one), _does(one)) for one in compiled.changes)
        case "vocabulary":
            return dict.fromkeys(compiled.differences, "")
        case _:
            return None


def _joined(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By name; what stands twice under one is told together."""
    found: dict[str, set[str]] = {}
    for name, content in rows:
        found.setdefault(name, set()).add(content)
    return {name: "; ".join(sorted(contents)) for name, contents in found.items()}


def _residues(one: Hotspot) -> str:
    last = f"-{one.last}" if one.last != one.first else ""
    return f"{one.gene} {one.reference}{one.first}{last}"


def _tumours(one: Hotspot) -> str:
    most_first = sorted(one.changes.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{change} {number}" for change, number in most_first)


def _placed(one: PlacedChange) -> str:
    place = f"{one.chromosome}:{one.grch38 or one.grch37}"
    return f"{one.gene} {place} {one.reference or '-'}>{one.alternate or '-'}"


def _does(one: PlacedChange) -> str:
    return f"{one.protein or one.coding or one.consequence} ({one.source})"


def differing(old: Facts, new: Facts) -> Differing | None:
    """What differs; None where they are not compared one by one."""
    if old.told is None or new.told is None:
        return None
    return Differing(
        added={name: v for name, v in sorted(new.told.items()) if name not in old.told},
        removed={name: v for name, v in sorted(old.told.items()) if name not in new.told},
        changed={
            name: (old.told[name], v)
            for name, v in sorted(new.told.items())
            if name in old.told and old.told[name] != v
        },
    )


def counted(old: Facts | None, new: Facts, why: str = "") -> str:
    """One line: how many, why rows were not understood, what differs from the one before."""
    line = f"{new.number} {_named(new)}, {new.unread} rows not understood{why}"
    if old is None:
        return line
    found = differing(old, new)
    if found is None:
        return f"{line}; since {old.name}: {old.number} then; {NOT_COMPARED}"
    told = ", ".join(f"{number} {what}" for what, number in found.numbers.items())
    return f"{line}; since {old.name}: {told}"


def _named(one: Facts) -> str:
    return "differences from the built-in vocabulary" if one.kind == "vocabulary" else one.kind


def show(old: Facts, new: Facts, gene: str, every: bool, form: str) -> None:
    """Print what differs between two states of one source."""
    found = differing(old, new)
    if found is not None and gene:
        found = found.only(gene)
    if form == "json":
        told = _as_json(old, new, found)
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.secho(f"{old.name} -> {new.name}", bold=True)
    click.echo(f"  {old.number} {_named(old)} -> {new.number} {_named(new)}")
    if found is None:
        click.echo(f"  {NOT_COMPARED}")
        return
    for what, number in found.numbers.items():
        click.echo(f"{number:>6}  {what}")
    lines = list(_lines(found))
    for line in lines if every else lines[:_LISTED]:
        click.echo(line)
    if not every and len(lines) > _LISTED:
        click.echo(f"  and {len(lines) - _LISTED} more; --all lists them")


def _lines(found: Differing) -> Iterator[str]:
    for name, content in found.removed.items():
        yield f"- {name}{f': {content}' if content else ''}"
    for name, content in found.added.items():
        yield f"+ {name}{f': {content}' if content else ''}"
    for name, (before, after) in found.changed.items():
        yield f"~ {name}: {before} -> {after}"


def _as_json(old: Facts, new: Facts, found: Differing | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "from": old.name, "to": new.name, "kind": new.kind,
        "counts": {"before": old.number, "after": new.number},
    }  # fmt: skip
    if found is None:
        return told | {"not_compared": NOT_COMPARED}
    told["counts"] |= found.numbers
    told["changes"] = [
        *({"change": "removed", "name": n, "before": v} for n, v in found.removed.items()),
        *({"change": "added", "name": n, "after": v} for n, v in found.added.items()),
        *({"change": "changed", "name": n, "before": a, "after": b}
          for n, (a, b) in found.changed.items()),
    ]  # fmt: skip
    return told


def refuse_of_claims(kind: str, disease: str | None, drug: str | None) -> None:
    """Refuse what chooses among claims alone.

    Raises
    ------
    UsageError
        Where a disease or a drug was given.
    """
    if disease or drug:
        raise UsageError(f"--disease and --drug choose among claims, and the source has {kind}")
