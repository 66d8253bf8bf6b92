"""``onkos completion``: what a shell needs to complete the command line."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from onkos.errors import UsageError

INSTALL = """\b
To install:
  bash  echo 'eval "$(onkos completion bash)"' >> ~/.bashrc
  zsh   echo 'eval "$(onkos completion zsh)"' >> ~/.zshrc
  fish  onkos completion fish > ~/.config/fish/completions/onkos.fish"""


@click.command(epilog=INSTALL)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a shell's completion script."""
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"no completion for {shell}")
    whole = ctx.find_root().command
    click.echo(kind(whole, {}, "onkos", "_ONKOS_COMPLETE").source())
