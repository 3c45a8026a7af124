"""Whatever an item does to the process that works on it, it costs one item and the rest goes on."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.worker.worker import OverBudgetError, Worker

BUDGET = 0.3


def work(item: Any) -> Any:
    if item == "loop":
        while True:
            pass
    if item == "regex":  # one call into C that does not come back
        re.match(r"(a+)+$", "a" * 64 + "b")
    if item == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "gone":
        os._exit(3)
    if item == "deep":
        work_deeper(0)
    if item == "hungry":
        raise MemoryError
    if item == "defect":
        raise ZeroDivisionError("counting nothing")
    if item == "told":
        logging.getLogger("pantau").warning("a word from the %s", "worker")
    return item * 2


def work_deeper(depth: int) -> int:
    return work_deeper(depth + 1) + 1


@pytest.fixture
def worker() -> Iterator[Worker[Any, Any]]:
    with Worker(work, seconds=BUDGET) as made:
        yield made


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("loop", "took more than 0.3 s"),
        ("regex", "took more than 0.3 s"),
        ("killed", "was ended by SIGKILL"),
        ("gone", "ended with 3"),
        ("deep", "RecursionError"),
        ("hungry", "MemoryError"),
    ],
)
def test_what_goes_over_the_budget_is_one_item(item: str, words: str, worker: Worker[Any, Any]) -> None:
    assert worker.call("a") == "aa"
    with pytest.raises(OverBudgetError, match=words):
        worker.call(item)
    assert worker.call("b") == "bb"


def test_many_items_in_order_with_their_answers(worker: Worker[Any, Any]) -> None:
    items = ["a", "loop", "b", "defect", "killed", "c" * 500_000]
    answers = dict(worker.map(items))
    assert list(answers) == items
    assert (answers["a"].get(), answers["b"].get(), len(answers[items[-1]].get())) == ("aa", "bb", 1_000_000)
    for item, kind in (("loop", OverBudgetError), ("defect", ZeroDivisionError), ("killed", OverBudgetError)):
        with pytest.raises(kind):
            answers[item].get()


def test_items_that_ask_the_worker_themselves_and_a_caller_that_leaves(worker: Worker[Any, Any]) -> None:
    answers = worker.map(worker.call(letter) for letter in "abc")
    assert next(answers)[1].get() == "aaaa"
    answers.close()  # type: ignore[attr-defined]  # a generator
    assert worker.call("d") == "dd"


def test_a_defect_says_where_it_was(worker: Worker[Any, Any]) -> None:
    with pytest.raises(ZeroDivisionError, match="counting nothing") as caught:
        worker.call("defect")
    assert any("in work" in note for note in caught.value.__notes__)


def test_log_lines_go_where_those_of_the_parent_go(
    worker: Worker[Any, Any], caplog: pytest.LogCaptureFixture
) -> None:
    worker.call("told")
    assert [record.getMessage() for record in caplog.records] == ["a word from the worker"]


def test_without_a_budget_there_is_none() -> None:
    with Worker(work, seconds=0) as worker:
        assert worker.call("a") == "aa"


def test_stopped_from_another_thread() -> None:
    with Worker(work, seconds=60) as worker:
        worker.call("a")
        threading.Timer(0.1, worker.stop).start()
        with pytest.raises(RuntimeError, match="closed"):
            worker.call("loop")


def test_nothing_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    """Not even in an endless loop, nor the lock that the parent held."""
    script = (
        "import os, sys\n"
        "from filelock import FileLock\n"
        "from pipelines.worker.worker import Worker\n"
        f"FileLock({str(tmp_path / 'lock')!r}).acquire()\n"
        "def work(item):\n"
        "    if item:\n"
        "        print(os.getpid(), flush=True)\n"
        "        while True: pass\n"
        "Worker(work, seconds=1).call(True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline())
        process.kill()
        subprocess.run(["flock", "--nonblock", tmp_path / "lock", "true"], check=True, timeout=10)
        assert process.stdout.read() == b""  # ends when the last of them has
