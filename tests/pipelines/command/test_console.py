"""Progress: a bar on a terminal, plain lines elsewhere, nothing with --quiet."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from db.records import WIB
from pipelines.command import console
from pipelines.command.console import log, setup_logging, track
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
    assert "none.db does not exist" in lines[-2]
    assert "pantau publish ended with exit code 2" in lines[-1]
    runs = {line.split("[")[1].split("]")[0] for line in lines}
    assert len(runs) == 2


def _read_log(folder: Path) -> list[str]:
    [file] = folder.iterdir()
    return file.read_text("utf-8").splitlines()


def test_a_healthy_quiet_run_has_its_begin_counts_and_end(
    database: Path, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_LOGS", str(tmp_path / "logs"))
    outcome = pantau("extract", "--db", database, "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    lines = [line.partition("pantau: ")[2] for line in _read_log(tmp_path / "logs")]
    assert lines[0].startswith("pantau extract began: pid ")
    assert str(database) in lines[0]
    assert any("2 articles extracted" in line for line in lines)
    assert any(line.startswith("step extract ended with exit code 0 (done): ") for line in lines)
    assert lines[-1].startswith("pantau extract ended with exit code 0 after ")


def test_begin_steps_and_end_as_json(
    database: Path, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_LOGS", str(tmp_path / "logs"))
    monkeypatch.setenv("PANTAU_LOG_FORMAT", "json")
    pantau("extract", "--db", database, "--quiet")
    pantau("publish", "--db", database.with_name("none.db"), "--quiet")
    entries = [json.loads(line) for line in _read_log(tmp_path / "logs")]
    begin, *_, end = [entry for entry in entries if entry["verb"] == "extract"]
    assert (begin["event"], begin["pid"], begin["db"]) == ("begin", os.getpid(), str(database))
    assert (end["event"], end["exit_code"]) == ("end", 0)
    [step] = end["steps"]
    assert (step["step"], step["outcome"], step["counts"]["articles"]) == ("extract", "done", 2)
    assert (entries[-1]["event"], entries[-1]["exit_code"], entries[-1]["steps"]) == ("end", 2, [])
    assert begin["run"] == end["run"] != entries[-1]["run"]


def test_runs_sort_by_time_also_within_a_second() -> None:
    names = [console.new_run_id() for _ in range(200)]
    assert len({name.rpartition("-")[0] for name in names}) > 1
    assert [name.rpartition("-")[0] for name in names] == sorted(name.rpartition("-")[0] for name in names)
