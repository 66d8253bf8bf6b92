"""YAML as plain text: every scalar a string, aliases and depth bounded, lines kept.

Built from the parser's events without recursion, so that no document can exhaust the stack or,
by aliases of aliases, the memory. No scalar is guessed to be a number, a date or a truth value:
a gene ``NO`` stays a gene.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from onkos.errors import InputError, MissingExtra

DEEPEST = 60  # levels; a trial has about a dozen
MOST_NODES = 1_000_000  # with everything that an alias stands for counted again
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class Block(dict[str, Any]):
    """A mapping that knows the line on which it begins, from 1."""

    line: int = 0


def read_yaml(text: str) -> Any:
    """The one document of a text: mappings, lists, strings and None.

    Raises
    ------
    InputError
        Where it is not YAML, holds two documents, names a key twice, or passes the bounds.
    MissingExtra
        Where PyYAML is not installed.
    """
    try:
        import yaml
    except ImportError as error:
        raise MissingExtra("YAML needs PyYAML: pip install pyyaml") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {_where(error)}") from error
    return builder.root


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "cannot be read"
    return f"line {mark.line + 1}, column {mark.column + 1}: {said}" if mark else str(said)


class _Open(NamedTuple):
    """A mapping or list that has begun, with the counts before it."""

    node: Any
    key: list[str]
    nodes: int
    aliases: int
    anchor: str | None


class _Builder:
    """Puts a document together, event after event."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}  # node, and how many nodes it is
        self._nodes = self._aliases = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise InputError(f"line {_line(event)}: a second document; give one a file")
        elif kind == "ScalarEvent":
            plain = event.implicit[0] and event.value in _NOTHING
            self._close(None if plain else event.value, event, 1, event.anchor)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._begin(Block() if kind[0] == "M" else [], event)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            done = self._open.pop()
            nested = self._aliases > done.aliases
            anchor = None if nested else done.anchor  # an alias of aliases is refused
            self._close(done.node, event, self._nodes - done.nodes, anchor)
        elif kind == "AliasEvent":
            self._alias(event)

    def _begin(self, node: Any, event: Any) -> None:
        if len(self._open) >= DEEPEST:
            raise InputError(f"line {_line(event)}: nested deeper than {DEEPEST} levels")
        if isinstance(node, Block):
            node.line = _line(event)
        self._open.append(_Open(node, [], self._nodes, self._aliases, event.anchor))
        self._count(1, event)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise InputError(f"line {_line(event)}: an alias of itself or of other aliases")
        self._aliases += 1
        node, size = self._anchors[event.anchor]
        self._close(node, event, size, None)
        self._count(size - 1, event)

    def _close(self, node: Any, event: Any, size: int, anchor: str | None) -> None:
        """A whole node: into what holds it."""
        if isinstance(node, (str, type(None))):
            self._count(1, event)
        if anchor:
            self._anchors[anchor] = (node, size)
        if not self._open:
            self.root = node
            return
        holder, key = self._open[-1][:2]
        if isinstance(holder, list):
            holder.append(node)
        elif key:
            name = key.pop()
            if name in holder:
                raise InputError(f"line {_line(event)}: {name} stands twice in one mapping")
            holder[name] = node
        elif isinstance(node, str):
            key.append(node)
        else:
            raise InputError(f"line {_line(event)}: a key that is not a word")

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise InputError(f"line {_line(event)}: more than {MOST_NODES} values")


def _line(event: Any) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 0
