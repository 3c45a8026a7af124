"""Verbs for the shell in which `pantau` is typed: completion and the manual page."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import click
from click.shell_completion import get_completion_class

from pipelines.verbs.verb import Verb, Verbs


@click.command(
    cls=Verb,
    example="pantau completion bash >> ~/.bashrc\npantau completion zsh >> ~/.zshrc\n"
    "pantau completion fish > ~/.config/fish/completions/pantau.fish",
    reads_config=False,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def completion(shell: str, **_: Any) -> int:
    """Print what makes a shell complete verbs, options and files.

    It asks pantau at each press of the key, so that it need not be printed again after an upgrade.
    """
    kind = get_completion_class(shell)
    assert kind is not None  # click has these three
    group = click.get_current_context().find_root().command
    script = kind(group, {}, "pantau", "_PANTAU_COMPLETE")
    # Not source(): for bash it first asks the bash of this machine for its version.
    click.echo(script.source_template % script.source_vars())
    return 0


@click.command(
    cls=Verb,
    example="pantau man > pantau.1 && man ./pantau.1\n"
    "pantau man > ~/.local/share/man/man1/pantau.1   (then: man pantau)",
    reads_config=False,
)
def man(**_: Any) -> int:
    """Print the manual page, for man.

    It has every verb with its options and example, as --help shows them.
    """
    from pipelines.command.man_page import format_man_page

    group = click.get_current_context().find_root().command
    assert isinstance(group, Verbs)
    click.echo("\n".join(format_man_page(group, group.sections, version("pantau-berdaya"))))
    return 0
