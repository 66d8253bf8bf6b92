"""Write the reference part of ``docs/cli.md`` from the commands themselves.

Run it after a command changes: ``python docs/cli_reference.py``. A test compares the two.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from onkos.cli import main

PAGE = Path(__file__).parent / "cli.md"
BEGIN = "<!-- reference: written by docs/cli_reference.py, do not edit -->"
CASE_COMMANDS = ("match", "report", "explain")
END = "<!-- end of reference -->"


def reference() -> str:
    """Every command with its arguments and options, as Markdown."""
    context = click.Context(main, info_name="onkos")
    commands = dict(walk(main, context))
    shared = options_of_all(*(commands[f"onkos {name}"] for name in CASE_COMMANDS))
    lines = ["### Options that tell a case\n", *table(shared.values())]
    for path, command in commands.items():
        lines += section(path, command, shared)
    return "\n".join(lines)


def options_of_all(*commands: click.Command) -> dict[str, click.Option]:
    """Options that every one of the commands has, by name."""
    names = set.intersection(*({str(p.name) for p in command.params} for command in commands))
    return {
        str(p.name): p
        for p in commands[0].params
        if isinstance(p, click.Option) and p.name in names - {"form"}
    }


def walk(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """All commands below a group, with the words that call them."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            raise LookupError(name)
        inner = click.Context(command, info_name=name, parent=context)
        yield inner.command_path, command
        if isinstance(command, click.Group):
            yield from walk(command, inner)


def section(path: str, command: click.Command, shared: dict[str, click.Option]) -> Iterator[str]:
    """One command; options that are told once for several are named only."""
    yield f"### {path}\n"
    arguments = (p for p in command.params if isinstance(p, click.Argument))
    words = [argument.make_metavar(click.Context(command)) for argument in arguments]
    tail = " COMMAND" if isinstance(command, click.Group) else ""
    options = [p for p in command.params if isinstance(p, click.Option)]
    yield f"`{' '.join([path, *(['[OPTIONS]'] if options else []), *words])}{tail}`\n"
    yield from paragraphs(command.help or "")
    if shared.keys() <= {option.name for option in options}:
        yield "All options that tell a case, and:\n"
        options = [option for option in options if option.name not in shared]
    yield from table(options)


def table(options: Iterable[click.Option]) -> Iterator[str]:
    """Options with their meaning; nothing where there are none."""
    rows = [row(option) for option in options]
    if rows:
        yield from ("| option | meaning |", "|---|---|", *rows, "")


def paragraphs(text: str) -> Iterator[str]:
    """The help text; what click keeps as it is becomes a block of code."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            yield "```\n" + paragraph.lstrip("\b\n") + "\n```\n"
        else:
            yield paragraph + "\n"


def row(option: click.Option) -> str:
    """One option."""
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len))
    kind = option.type
    value = "" if option.is_flag else f" {option.metavar or kind.name.upper()}"
    if isinstance(kind, click.Choice):
        value = " " + " or ".join(f"`{choice}`" for choice in kind.choices)
    return f"| {names}{value} | {(option.help or '').replace('|', chr(92) + '|')} |"


def written() -> str:
    """The page with its reference part made anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
