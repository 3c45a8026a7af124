"""A crawl that is interrupted or killed loses no article and stores none twice."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from crawler.archive.read import open_archive
from db.store import Store
from tests.crawler.conftest import Newsroom, Site

ROOT = Path(__file__).parents[3]
COUNT = 16
LATEST = 12  # articles that are asked for before the kill at most: a busy machine is late with it

DRIVER = """
import sys
from pathlib import Path
from db.store import Store
from pipelines.crawl.run import run_crawl
from tests.crawler.conftest import FAST, Newsroom

folder = Path(sys.argv[1])
with Store(folder / "pantau.db") as store:
    room = Newsroom(folder, store)
    settings = FAST | {"DOWNLOAD_DELAY": 0.1}
    (report,) = run_crawl(store, room.scope(), overrides=settings, topic=lambda text: True)
print(report.finish_reason)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DRIVER, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(site: Site, articles: int, is_alive: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not site.asked or sum(p.startswith("/berita/") for p in site.paths()) < articles:
        assert is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    with Store(tmp_path / "pantau.db") as store:
        Newsroom(tmp_path, store).describe(site)
    site.list(*range(1, COUNT + 1))
    for number in range(1, COUNT + 1):
        site.write(number)
    return tmp_path


def stored(folder: Path) -> list[str]:
    with Store(folder / "pantau.db") as store:
        return [article.id for article in store.articles()]


def finish(folder: Path) -> None:
    with Store(folder / "pantau.db") as store:
        assert Newsroom(folder, store).crawl().finish_reason == "finished"


def crawl(folder: Path) -> None:
    """What the killed process does."""
    with Store(folder / "pantau.db") as store:
        Newsroom(folder, store).crawl(settings={"DOWNLOAD_DELAY": 0.1})


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that begin with everything imported: of twenty, each would take seconds for it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["pipelines.crawl.run", "pipelines.crawl.health", "pipelines.crawl.seen", __name__]
    )
    return context


def test_an_interrupt_ends_it_after_the_requests_under_way(site: Site, folder: Path) -> None:
    process = start(folder)
    wait_for(site, 3, lambda: process.poll() is None)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert out.strip() == "shutdown", err
    before = stored(folder)
    assert 1 <= len(before) < COUNT
    with Store(folder / "pantau.db") as store:
        (report,) = store.last_crawls("kabar_uji")
    assert report.finish_reason == "shutdown"
    assert report.counts == {"stored": len(before)}
    finish(folder)
    assert sorted(stored(folder)) == sorted(f"kabar_uji:{n}" for n in range(1, COUNT + 1))


#: After so many articles that were asked for, and so many seconds more. 0: robots.txt was asked for, no more.
DICE = random.Random(20251210)
MOMENTS = [(DICE.randrange(LATEST), round(DICE.uniform(0, 0.15), 3)) for _ in range(20)]


@pytest.mark.parametrize(("after", "seconds"), MOMENTS)
def test_a_killed_crawl_is_gone_on_with(
    site: Site, folder: Path, processes: ForkServerContext, after: int, seconds: float
) -> None:
    process = processes.Process(target=crawl, args=(folder,))
    process.start()
    wait_for(site, after, process.is_alive)
    time.sleep(seconds)
    process.kill()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    before = stored(folder)
    assert len(before) == len(set(before)) < COUNT
    # Every article that was stored has its response in the archive, which is readable up to the cut.
    replay = open_archive([folder / "warc"])
    with Store(folder / "pantau.db") as store:
        assert all(article.url in replay for article in store.articles())
        (report,) = store.last_crawls("kabar_uji")
        assert report.finished_at is None
    site.asked.clear()
    finish(folder)
    assert sorted(stored(folder)) == sorted(f"kabar_uji:{n}" for n in range(1, COUNT + 1))
    again = [p for p in site.paths() if p.startswith("/berita/")]
    assert len(again) == COUNT - len(before)  # what was stored is not asked for again
