"""The frame of the command line: help, usage, exit codes, one line an error."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from pipelines import cli
from pipelines.cli import pantau as group
from pipelines.crawl.scope import CrawlScope
from pipelines.verbs.verb import run_group
from tests.pipelines.invented import Pantau, make_line, to_jsonl
from tests.pipelines.newsroom import ROOT

VERBS = ("run", "crawl", "reparse", "extract", "publish", "serve", "status", "score")


def test_verbs_of_the_contract_are_there() -> None:
    assert set(VERBS) <= set(group.commands)


@pytest.mark.parametrize("verb", list(group.commands))
def test_help_has_example_and_common_options(verb: str, pantau: Pantau) -> None:
    outcome = pantau(verb, "--help")
    assert outcome.code == 0
    _, _, example = outcome.out.partition("Example:\n")
    assert example.strip().startswith(f"pantau {verb}")
    for option in ("--db", "--quiet", "--verbose"):
        assert option in outcome.out


def test_help_lists_every_verb_under_what_it_is_for(pantau: Pantau) -> None:
    outcome = pantau("--help")
    assert outcome.code == 0
    assert [verb for verbs in cli.SECTIONS.values() for verb in verbs] == list(group.commands.values())
    for title, verbs in cli.SECTIONS.items():
        _, _, below = outcome.out.partition(f"{title}:\n")
        shown = [line.split()[0] for line in below.split("\n\n")[0].splitlines()]
        assert shown == [verb.name for verb in verbs]  # a line each


@pytest.mark.parametrize("verb", list(group.commands))
def test_summary_fits_the_list_of_verbs(verb: str) -> None:
    assert not group.commands[verb].get_short_help_str(limit=68).endswith("...")


def test_help_waits_for_no_heavy_package() -> None:
    heavy = ["scrapy", "twisted", "spacy", "numpy", "datasette", "sqlite_utils", "datasketch", "bs4", "lokal"]
    code = f"import sys, pipelines.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_no_verb_shows_help_and_is_wrong_usage(pantau: Pantau) -> None:
    outcome = pantau()
    assert outcome.code == 2
    assert "The whole job:" in outcome.err
    assert outcome.out == ""


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["crwal"], "crwal"),
        (["crawl", "--sinc", "2025-10-01"], "--sinc"),
        (["crawl", "--since", "2025-13-01"], "'2025-13-01' is no date; write it as 2025-10-30"),
        (["crawl", "--since", "20251030"], "'20251030' is no date"),
        (["crawl", "--until", "kemarin"], "'kemarin' is no date"),
        (["crawl", "--since", "2025-11-02", "--until", "2025-11-01"], "swap them"),
        (["crawl", "--limit", "0"], "--limit"),
        (["crawl", "--replay", "nowhere.warc.gz"], "nowhere.warc.gz"),
        (["crawl", "--outlets", "nowhere"], "nowhere"),
        (["crawl", "--quiet", "--verbose"], "exclude each other"),
        (["extract", "--output", "records.jsonl"], "--input"),
        (["extract", "--input", "a.jsonl", "--all"], "--all"),
        (["extract", "--input", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["serve", "--port", "99999"], "99999"),
        (["score", "nowhere.jsonl"], "nowhere.jsonl"),
        (["status", "--db", "nowhere.db"], "nowhere.db"),
        (["extract", "--db", "nowhere.db"], "nowhere.db does not exist"),
        (["publish", "--db", "nowhere.db"], "nowhere.db does not exist"),
        (["reparse", "--db", "nowhere.db"], "nowhere.db does not exist"),
        (["serve", "--db", "nowhere.db"], "nowhere.db does not exist"),
    ],
)
def test_wrong_usage_is_one_line_and_makes_nothing(
    args: list[str], words: str, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = pantau(*args)
    assert outcome.code == 2
    assert outcome.out == ""
    [line] = outcome.complaints
    assert line.startswith("pantau: error: ")
    assert words in line
    assert list(tmp_path.iterdir()) == []


def _group_that_raises(error: BaseException) -> click.Group:
    @click.group()
    def broken() -> None:
        logging.basicConfig(level=logging.INFO, force=True)

    @broken.command()
    def work() -> None:
        raise error

    return broken


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyError("x"), 1, "KeyError: 'x' (a defect"),
        (PermissionError(13, "Permission denied", "/some/file"), 2, "/some/file: Permission denied; check"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_whatever_happens_is_one_line(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_group(_group_that_raises(error), ["work"]) == code
    [line] = capsys.readouterr().err.strip().splitlines()
    assert words in line


def test_traceback_with_verbose_alone(
    tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*args: object, **kwargs: object) -> int:
        raise RuntimeError("the roof is down")

    monkeypatch.setattr("pipelines.operate.status.show_status", break_down)
    plain, verbose = pantau("status"), pantau("status", "--verbose")
    assert plain.code == verbose.code == 1
    assert "Traceback" not in plain.err
    assert "RuntimeError: the roof is down" in plain.err
    assert "Traceback" in verbose.err
    assert "break_down" in verbose.err


def test_a_reader_that_leaves_ends_it_quietly(
    pantau_process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_bytes(to_jsonl(*(make_line(number) for number in range(50))))
    with pantau_process("extract", "--quiet", "--input", articles) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_a_warc_pattern_that_the_shell_spread_is_no_slug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{letter}.warc.gz" for letter in "abc"]
    for file in files:
        file.touch()
    seen = []

    def note(db: Path, scope: CrawlScope, **rest: object) -> int:
        seen.append(scope)
        return 0

    monkeypatch.setattr("pipelines.steps.crawl", note)
    assert cli.main(["crawl", "contoh_post", "--limit", "3", "--replay", *map(str, files)]) == 0
    [scope] = seen
    assert scope.slugs == ("contoh_post",)
    assert list(scope.replay) == files
    assert scope.limit == 3
