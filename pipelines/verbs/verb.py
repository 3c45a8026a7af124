"""What all verbs of `pantau` share: options, an example under the help, dates, errors in one line."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from pipelines.command import errors
from pipelines.command.calls import Call
from pipelines.command.console import complain, log, setup_logging
from pipelines.config.load import Config, load_config

#: Where a run keeps things unless told otherwise, from the folder in which it is called.
DEFAULT_DB = Path("data/pantau.db")
DEFAULT_ARCHIVE = Path("data/warc")


#: Options that have the name of the setting from which they take their default.
_FROM_CONFIG = {
    name: name for name in ("db", "archive", "outlets", "corrections", "vocabulary", "log_format")
}


def _read_config(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Load the configuration before the other options, whose defaults come from it."""
    if isinstance(ctx.command, Verb) and not ctx.resilient_parsing:
        ctx.command.configure(ctx, value)
    return value


class Verb(click.Command):
    """A verb. Its function returns the exit code; what all verbs share is dealt with here.

    `config` maps further options to the settings that give their defaults. Without `reads_config` the file
    is left unread, and the function is told which it would be. `default_db` is for a verb with a database of
    its own.
    """

    def __init__(
        self,
        *args: Any,
        example: str,
        config: Mapping[str, str] | None = None,
        reads_config: bool = True,
        default_db: Path = DEFAULT_DB,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.example = example
        self.reads_config = reads_config
        self.from_config = {**_FROM_CONFIG, **(config or {})}
        self.params += [
            click.Option(
                ["--config", "config_file"],
                type=click.Path(dir_okay=False, path_type=Path),
                is_eager=True,
                callback=_read_config,
                help="The configuration.  [default: pantau.toml, if there is one]",
            ),
            click.Option(
                ["--db"],
                type=click.Path(dir_okay=False, path_type=Path),
                default=default_db,
                show_default=True,
                help="The database.",
            ),
            click.Option(["--quiet"], is_flag=True, help="Say nothing but warnings and errors."),
            click.Option(["--verbose"], is_flag=True, help="Say every detail; show tracebacks."),
            click.Option(
                ["--log-format"],
                type=click.Choice(["text", "json"]),
                default="text",
                show_default=True,
                help="Log lines for people, or one JSON object a line.",
            ),
        ]

    def configure(self, ctx: click.Context, file: Path | None) -> None:
        """Make the settings the defaults of this call's options; `current_config` gives the rest."""
        if not self.reads_config:
            return
        config = load_config(file)
        ctx.meta["pantau.config"] = config
        given = {option: getattr(config, name) for option, name in self.from_config.items()}
        # What nobody set keeps the option's own default, which its help shows.
        ctx.default_map = {
            option: value
            for option, value in given.items()
            if value is not None and self.from_config[option] in config.origins
        }

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, below the options."""
        with formatter.section("Example"):
            for line in self.example.splitlines():
                # Not wrapped: it is to be copied into a shell.
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; a reader of standard output who has left ends it quietly."""
        quiet, verbose = ctx.params.pop("quiet"), ctx.params.pop("verbose")
        as_json = ctx.params["log_format"] == "json"
        if self.reads_config:  # the others deal with the configuration themselves
            del ctx.params["config_file"], ctx.params["log_format"]
        if quiet and verbose:
            raise click.UsageError("--quiet and --verbose exclude each other; give one", ctx)
        config: Config | None = ctx.meta.get("pantau.config")
        call = _call_of(ctx)
        setup_logging(
            quiet=quiet,
            verbose=verbose,
            as_json=as_json,
            run=call.run,
            verb=ctx.info_name or "",
            folder=config.logs if config else None,
        )
        call.begin(ctx.info_name or "", ctx.params.get("db"))
        ctx.meta["pantau.quiet"] = quiet
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The interpreter flushes once more when it ends; what is left then has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return errors.EXIT_READER_GONE
        return code


class Verbs(click.Group):
    """The verbs by what they are for, in the order in which they are written and not that of the alphabet."""

    def __init__(
        self, *args: Any, sections: Mapping[str, Sequence[click.Command]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections or {}
        for verbs in self.sections.values():
            for verb in verbs:
                self.add_command(verb)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the verbs."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs below the options, a section each."""
        width = max(map(len, self.commands), default=0)
        for title, verbs in self.sections.items():
            with formatter.section(title):
                # Names of one width, so that the summaries of all sections stand below each other.
                rows = [(f"{v.name or '':{width}}", v.get_short_help_str(limit=72)) for v in verbs]
                formatter.write_dl(rows)


def current_config() -> Config:
    """The configuration that the verb of the moment was called with."""
    config = click.get_current_context().meta.get("pantau.config")
    return config if isinstance(config, Config) else Config()


def current_run() -> str:
    """The id of this call: in each log line, and of the crawls that it makes."""
    return _call_of(click.get_current_context()).run


def _call_of(ctx: click.Context) -> Call:
    return ctx.ensure_object(Call)


def say(message: str) -> None:
    """One line of result on standard output, unless `--quiet`, and in the log file."""
    ctx = click.get_current_context()
    _call_of(ctx).tell(message)
    if not ctx.meta.get("pantau.quiet"):
        click.echo(message)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Take SIGTERM, and a terminal that is closed, for Ctrl-C: what is half done is put away on both.

    A signal that somebody ignores (nohup) or handles already is left alone.
    """

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    taken = []
    for number in (signal.SIGTERM, signal.SIGHUP):
        with suppress(ValueError):  # not in the main thread
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, interrupt)
                taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def run_group(group: click.Group, argv: list[str] | None) -> int:
    """Run a verb and turn whatever happens into an exit code, every error into one line."""
    setup_logging(quiet=False, verbose=False)  # until the verb knows better, and whatever ran before it
    call = Call()
    code = _run(group, argv, call)
    call.end(code)
    return code


def _run(group: click.Group, argv: list[str] | None, call: Call) -> int:
    try:
        with _interruptible():
            return (
                group.main(args=argv, prog_name="pantau", standalone_mode=False, obj=call) or errors.EXIT_DONE
            )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return errors.EXIT_UNUSABLE_INPUT
    except click.ClickException as error:
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "pantau"
        return _complain(
            f"{error.format_message().rstrip('.')}; see '{path} --help'", errors.EXIT_UNUSABLE_INPUT
        )
    except Exception as error:  # noqa: BLE001 - the last resort: it is told and ends the run as failed
        failure = errors.classify(error)
        return _complain(failure.message, failure.code)


def _complain(message: object, code: int) -> int:
    if log.isEnabledFor(logging.DEBUG) and sys.exc_info()[0] not in (click.Abort, None):
        log.debug("where it happened", exc_info=True)
    complain(message)
    return code
