"""Every command is described, and described the same everywhere."""

import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onkos.cli import main
from onkos.cli.lazy import LazyGroup

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEAVY = ("lark", "rich", "jinja2", "pysam", "rapidfuzz", "msgspec", "platformdirs")


def commands(group=main, path="onkos"):
    """Every command with the words that call it and the mapping's help, if it has one."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        told = group.lazy[name].help if isinstance(group, LazyGroup) else ""
        yield f"{path} {name}", command, told
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


ALL = list(commands())


@pytest.mark.parametrize(("path", "command", "told"), ALL, ids=[path for path, *_ in ALL])
def test_each_command_and_each_option_has_help(path, command, told):
    assert told
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.opts[0]}"


@pytest.mark.parametrize(("path", "command", "told"), ALL, ids=[path for path, *_ in ALL])
def test_each_command_has_its_section_in_the_page(path, command, told):
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"### {path}\n" in page


def test_the_reference_in_the_page_is_that_of_the_commands():
    script = runpy.run_path(str(DOCS / "cli_reference.py"))
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert page == script["written"](), "run: python docs/cli_reference.py"


@pytest.mark.parametrize(("path", "command", "told"), ALL, ids=[path for path, *_ in ALL])
def test_help_of_each_command_is_shown(run, path, command, told):
    shown = run(*path.split()[1:], "--help")
    assert shown.exit_code == 0
    assert shown.output.startswith("Usage: onkos")


def test_help_lists_the_commands_in_their_order(run):
    shown = run("--help").output
    places = [shown.index(f"\n  {name} ") for name in main.lazy]
    assert places == sorted(places)


def test_version(run):
    import onkos

    assert run("--version").output == f"onkos {onkos.__version__}\n"


def loaded_after(code: str) -> set[str]:
    """Modules that a fresh interpreter has loaded after running `code`."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, sep='\\n')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(shown.stdout.split())


def test_importing_the_command_imports_nothing_heavy():
    assert not loaded_after("import onkos.cli") & set(HEAVY)


def test_help_imports_no_command_and_no_room():
    code = "from onkos.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    allowed = {"onkos", "onkos.errors", "onkos.cli", "onkos.cli.entry", "onkos.cli.lazy",
               "onkos.cli.defects"}  # fmt: skip
    assert {name for name in loaded_after(code) if name.startswith("onkos")} <= allowed


def test_a_match_imports_neither_a_parser_nor_a_template_engine():
    """A plain match parses no expression and draws no page: what it costs, it need not."""
    code = (
        "from onkos.cli import main\n"
        "try: main(['match', 'EGFR L858R', '--disease', 'NSCLC'])\nexcept SystemExit: pass"
    )
    assert not loaded_after(code) & {"jinja2", "pysam", "rapidfuzz", "rich", "numpy"}


def test_a_chromosome_lost_that_looks_like_an_option_is_told_how_to_be_given(capsys):
    with pytest.raises(SystemExit):
        main.main(["match", "--disease", "AML", "-7"])
    assert "behind two dashes: -- -7" in capsys.readouterr().err
