"""The manual page of `pantau`, from the same words as its help: man(7) macros, for `man` and `mandoc`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from inspect import cleandoc

import click

_FILES = {
    "pantau.toml": "the settings, read from the folder of the call; 'pantau config init' writes it",
    "data/pantau.db": "the database, unless --db or the settings name another",
    "data/public.db": "what may be shown: facts, quotes and links",
    "data/warc": "every answer of an outlet, as it came",
}


def format_man_page(
    group: click.Group, sections: Mapping[str, Sequence[click.Command]], version: str
) -> Iterator[str]:
    """Lines of the page: each verb with its help, options and example, what all share said once."""
    top = click.Context(group, info_name="pantau")
    first, _, rest = cleandoc(group.help or "").partition("\n\n")
    yield f'.TH PANTAU 1 "" "pantau-berdaya {_plain(version)}" "Pantau Berdaya"'
    yield from (".SH NAME", f"pantau \\- {_plain(first.rstrip('.'))}")
    yield from (".SH SYNOPSIS", ".B pantau", "\\fIverb\\fR [\\fIoption\\fR ...] [\\fIargument\\fR ...]")
    yield from (".SH DESCRIPTION", *_paragraphs(rest))
    shared = _shared_options([verb for verbs in sections.values() for verb in verbs])
    shown: set[str] = set()
    for title, verbs in sections.items():
        yield f'.SH "{_plain(title.upper())}"'
        for verb in verbs:
            yield from _verb(verb, click.Context(verb, info_name=verb.name, parent=top), shared)
    yield from (".SH OPTIONS", "Every verb has these.")
    for verb in (verb for verbs in sections.values() for verb in verbs):
        for option in verb.params:
            if option.name in shared and option.name not in shown:
                shown.add(option.name or "")
                yield from _option(option, click.Context(verb, info_name=verb.name, parent=top))
    yield ".SH FILES"
    for name, words in _FILES.items():
        yield from (".TP", f".I {_plain(name)}", _plain(words))


def _shared_options(verbs: Sequence[click.Command]) -> set[str]:
    """Names of the options that all verbs have."""
    names = [{option.name or "" for option in verb.params} for verb in verbs]
    return set.intersection(*names) if names else set()


def _verb(verb: click.Command, ctx: click.Context, shared: set[str]) -> Iterator[str]:
    usage = " ".join(verb.collect_usage_pieces(ctx))
    yield f'.SS "pantau {_plain(verb.name or "")} {_plain(usage)}"'
    yield from _paragraphs(cleandoc(verb.help or ""))
    for option in verb.params:
        if option.name not in shared:
            yield from _option(option, ctx)
    if example := getattr(verb, "example", ""):
        yield from (".PP", "Example:", ".PP", ".nf", ".RS 4")
        yield from (_plain(line) for line in example.splitlines())
        yield from (".RE", ".fi")


def _option(option: click.Parameter, ctx: click.Context) -> Iterator[str]:
    record = option.get_help_record(ctx)
    if record is not None and isinstance(option, click.Option):  # arguments stand in the line of usage
        names, words = record
        yield from (".TP", f"\\fB{_plain(names)}\\fR", _plain(words))


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of a help text; one that begins with click's mark keeps its lines."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        kept = paragraph.startswith("\b")
        lines = [_plain(line) for line in paragraph.removeprefix("\b").strip("\n").splitlines()]
        yield from (".PP",) if number else ()
        yield from (".nf", *lines, ".fi") if kept else lines


def _plain(text: str) -> str:
    """Text that troff shows as it is: no escapes, no request at the start of a line, hyphens to copy."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{text}" if text.startswith((".", "'")) else text
