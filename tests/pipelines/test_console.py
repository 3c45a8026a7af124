"""Progress: a bar on a terminal, plain lines elsewhere, nothing with --quiet."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from pipelines import console
from pipelines.console import log, setup_logging, track


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
