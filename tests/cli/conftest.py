"""The command, run inside this process."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from onkos.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run ``onkos`` with these arguments; `input` is standard input, `env` is added."""

    def run(*arguments: object, **options: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], **options)

    return run
