"""Every command that a document or a help text shows is one that `pantau` takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipelines.cli import pantau as group
from pipelines.verbs.verb import Verb
from tests.pipelines.newsroom import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "corrections" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(pantau [^`\n]+)`")
_CALL = re.compile(r"(?:^|(?<=[;&| ]))(?:\.venv/bin/|[\w/.]*/bin/)?pantau (?=[a-z])")
#: What ends a command in a shell, or begins what a document says of it.
_ENDS = {"|", "||", "&&", ";", ">", ">>", "<", "#", "…", "..."}


def find_commands(text: str) -> Iterator[list[str]]:
    """The arguments of each call of `pantau` in a shell's lines."""
    for line in text.splitlines():
        for call in _CALL.finditer(line):
            lexer = shlex.shlex(line[call.end() :], posix=True, punctuation_chars=";&|<>")
            lexer.whitespace_split = True
            words = []
            for word in lexer:
                if word in _ENDS or word.startswith("("):
                    break
                words.append(word)
            yield words


def check_command(words: list[str]) -> str:
    """What is wrong with a command; values are not looked at, since a document's are examples."""
    verb, *args = words
    command = group.commands.get(verb)
    if command is None:
        return f"pantau has no verb {verb!r}"
    if "…" in args or args == ["--help"]:
        return ""
    try:
        command.make_parser(click.Context(command)).parse_args(args)
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    shown = [*_BLOCK.findall(text), *_INLINE.findall(text)]
    commands = [words for part in shown for words in find_commands(part)]
    assert {" ".join(words): why for words in commands if (why := check_command(words))} == {}


@pytest.mark.parametrize("verb", list(group.commands))
def test_examples_of_the_help(verb: str) -> None:
    command = group.commands[verb]
    assert isinstance(command, Verb)
    commands = list(find_commands(command.example))
    assert commands
    assert {" ".join(words): why for words in commands if (why := check_command(words))} == {}


def test_what_is_wrong_is_found() -> None:
    found = list(
        find_commands("cd x && .venv/bin/pantau crawl a --sinc 1 | jq; pantau frob  # more\npantau export")
    )
    assert found == [["crawl", "a", "--sinc", "1"], ["frob"], ["export"]]
    assert "--sinc" in check_command(found[0])
    assert "no verb 'frob'" in check_command(found[1])
    assert check_command(found[2]) == ""
