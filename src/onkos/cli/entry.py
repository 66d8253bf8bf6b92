"""The command ``onkos``: which commands there are, and how an error becomes an exit code."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from onkos import __version__
from onkos.cli.defects import defect
from onkos.cli.lazy import Lazy, LazyGroup
from onkos.errors import OnkosError

FILE_ERROR = 74  # EX_IOERR of sysexits.h
DEFECT = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT, as shells count it
STOPPED_BY_SIGNAL = frozenset({INTERRUPTED, 143})  # 143: 128 + SIGTERM
PIPE_CLOSED = 141  # 128 + SIGPIPE

OBJECTS_BEFORE_COLLECTION = 100_000  # the knowledge is many objects, and no garbage

COMMANDS = {
    "match": Lazy("onkos.cli.match:match", "Rank what can be offered for one tumour."),
    "report": Lazy("onkos.cli.report:report", "Write one patient's report to a file."),
    "explain": Lazy("onkos.cli.explain:explain", "Say why a drug is, or is not, an option."),
    "batch": Lazy("onkos.cli.batch:batch", "Plan many cases, one JSON object a line."),
    "recheck": Lazy("onkos.cli.recheck:recheck", "List cases whose plan new knowledge changes."),
    "trials": Lazy("onkos.cli.trials:trials", "Match trials, and count patients for them."),
    "knowledge": Lazy("onkos.cli.knowledge:knowledge", "Show, search and check the knowledge."),
    "reference": Lazy("onkos.cli.reference:reference", "Add and list genomes for raw calls."),
    "schema": Lazy("onkos.cli.schema:schema", "Print the JSON schema of the output."),
    "completion": Lazy("onkos.cli.completion:completion", "Print a shell's completion script."),
}


_CHROMOSOME = re.compile(r"-(\d|[XY]$)")  # monosomy 7 and -7 look like an option


class ReaderGone(Exception):
    """What reads the output has gone; told apart from other errors before click sees it."""


class Command(LazyGroup):
    """The whole command: every error leaves it as one message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named, its output written to the end."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        return result

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run, print what went wrong on standard error, and exit."""
        gc.set_threshold(OBJECTS_BEFORE_COLLECTION)
        kwargs["standalone_mode"] = False
        kwargs.setdefault("prog_name", "onkos")
        code = exit_code_of(lambda: super(Command, self).main(*args, **kwargs))
        if code in STOPPED_BY_SIGNAL:
            _leave_workers(code)
        sys.exit(code)


def _leave_workers(code: int) -> None:
    """End at once where a pool was interrupted: its threads may wait for ever.

    Everything of ours is cleaned up by now; the workers were killed.
    """
    pool = sys.modules.get("onkos.cli.pool")
    if pool is not None and pool.STARTED.is_set():
        sys.stderr.flush()
        os._exit(code)


def exit_code_of(run: Callable[[], object]) -> int:
    """Run the command, say on standard error what went wrong, and give the exit code."""
    try:
        code = run()
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and _CHROMOSOME.match(error.option_name):
            lost = error.option_name
            click.echo(f"A chromosome lost is given behind two dashes: -- {lost}", err=True)
        return error.exit_code
    except OnkosError as error:
        click.echo(f"onkos: {error}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ReaderGone:
        return _closed_pipe()
    except OSError as error:
        click.echo(f"onkos: {error.filename or 'the output'}: {error.strerror or error}", err=True)
        return FILE_ERROR
    except Exception as error:  # noqa: BLE001  the last line of defence, where defects are named
        return _defect(error)
    return code if isinstance(code, int) else 0


def _closed_pipe() -> int:
    """The reader has gone: be quiet, also when the interpreter flushes at its end."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return PIPE_CLOSED


def _defect(error: Exception) -> int:
    if os.environ.get("ONKOS_DEBUG"):
        import traceback

        traceback.print_exception(error)
    click.echo(
        f"onkos: {defect(error)}. ONKOS_DEBUG=1 shows a traceback (which may hold patient data).",
        err=True,
    )
    return DEFECT


@click.group(
    "onkos",
    cls=Command,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Research use only. Each command has its own --help.",
)
@click.version_option(__version__, message="onkos %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """From what is known of a tumour to a ranked, cited and explained plan."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
