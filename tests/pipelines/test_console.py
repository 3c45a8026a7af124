"""Progress: a bar on a terminal, plain lines elsewhere, nothing with --quiet."""

from __future__ import annotations

import io
import json
import logging
import sys
from datetime import datetime
from pathlib import Path

import pytest

from db.records import WIB
from pipelines import console
from pipelines.console import log, setup_logging, track
from tests.pipelines.invented import Pantau


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error as a terminal; called inside a test, since pytest sets its own before that."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = open_terminal(monkeypatch)
    setup_logging(quiet=False, verbose=False)
    assert list(track(range(3), label="extract", total=3)) == [0, 1, 2]
    assert "extract:" in stderr.getvalue()
    assert "\r" in stderr.getvalue()


def test_plain_lines_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "PROGRESS_EVERY", 0.0)
    setup_logging(quiet=False, verbose=False)
    assert list(track("ab", label="extract", total=2)) == ["a", "b"]
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("INFO pantau: extract: 1 of 2 done")
    assert second.endswith("extract: 2 of 2 done")


def test_nothing_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = open_terminal(monkeypatch)
    setup_logging(quiet=True, verbose=False)
    assert list(track("ab", label="extract")) == ["a", "b"]
    log.info("unheard")
    assert stderr.getvalue() == ""
    log.warning("heard")
    assert "heard" in stderr.getvalue()


def test_an_exception_is_one_line_without_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    for verbose in (False, True):
        setup_logging(quiet=False, verbose=verbose)
        try:
            raise ValueError("two\nlines")
        except ValueError:
            log.exception("reading failed")
        err = capsys.readouterr().err
        assert ("Traceback" in err) == verbose
        if not verbose:
            assert len(err.splitlines()) == 1
            assert "reading failed: ValueError: two lines" in err


def test_a_line_of_a_library_is_one_short_line(capsys: pytest.CaptureFixture[str]) -> None:
    setup_logging(quiet=False, verbose=False)
    logging.getLogger("scrapy.core.scraper").error("Error processing %s", "<p>\n" * 5000)
    [line] = capsys.readouterr().err.splitlines()
    assert len(line) == console.LONGEST
    assert line.endswith("…")


def test_verbosity_of_others_is_bounded() -> None:
    setup_logging(quiet=False, verbose=True)
    assert log.isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("filelock").isEnabledFor(logging.DEBUG)


def test_json_lines_carry_run_verb_and_error(database: Path, pantau: Pantau) -> None:
    outcome = pantau("extract", "--db", database, "--log-format", "json", "--quiet")
    assert (outcome.code, outcome.err) == (0, "")
    outcome = pantau("extract", "--db", database.with_name("none.db"), "--log-format", "json")
    [entry] = [json.loads(line) for line in outcome.err.splitlines()]
    assert (outcome.code, entry["level"], entry["verb"]) == (2, "ERROR", "extract")
    assert "none.db does not exist" in entry["message"]
    assert datetime.fromisoformat(entry["time"]).tzinfo is not None
    assert len(entry["run"]) > 15
    try:
        raise RuntimeError("the roof\nis down")
    except RuntimeError:
        record = console.log.makeRecord("pantau", 40, "", 0, "article %s", ("a1",), sys.exc_info())
    line = console._JsonFormatter(verbose=False, run="r1", verb="run").format(record)
    assert json.loads(line)["error"] == "RuntimeError: the roof is down"


def test_a_log_file_that_cannot_be_written_is_told_once(
    database: Path, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_LOGS", str(tmp_path))
    (tmp_path / f"pantau-{datetime.now(WIB):%Y-%m-%d}.log").symlink_to("/dev/full")
    monkeypatch.setattr(console, "PROGRESS_EVERY", 0.0)  # so that there are lines
    outcome = pantau("extract", "--db", database)
    assert outcome.code == 0
    assert "2 articles extracted" in outcome.out
    assert "Traceback" not in outcome.err
    [line] = [line for line in outcome.err.splitlines() if "can't be written" in line]
    assert line.endswith(".log can't be written: No space left on device")


def test_a_log_file_a_day_with_the_run_in_each_line(
    database: Path, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_LOGS", str(tmp_path / "logs"))
    pantau("run", "jatengprov", "--db", database, "--replay", "/dev/null", "--quiet")
    pantau("publish", "--db", database.with_name("none.db"))
    [file] = (tmp_path / "logs").iterdir()
    lines = file.read_text("utf-8").splitlines()
    assert lines
    assert "none.db does not exist" in lines[-1]
    runs = {line.split("[")[1].split("]")[0] for line in lines}
    assert len(runs) == 2


def test_runs_sort_by_time_also_within_a_second() -> None:
    names = [console.new_run_id() for _ in range(200)]
    assert len({name.rpartition("-")[0] for name in names}) > 1
    assert [name.rpartition("-")[0] for name in names] == sorted(name.rpartition("-")[0] for name in names)
