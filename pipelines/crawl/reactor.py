"""Runs Twisted's reactor as often as a process wants, and shows that it is at work."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from tqdm import tqdm

from pipelines.command.console import PROGRESS_EVERY, log, shows_progress

_LOOK_UPS = 10  # threads that look up names, at most; as many as Scrapy's own command has


def run_in_reactor(
    work: Callable[[], Awaitable[dict[str, BaseException]]], stop: Callable[[], Awaitable[None]]
) -> dict[str, BaseException]:
    """Run a coroutine to its end on Twisted's reactor, which stays alive for the next call.

    Twisted can't start a reactor twice, but its asyncio reactor is a loop, and a loop can be paused.
    """
    from twisted.internet import reactor as installed

    reactor: Any = installed  # the interface does not know what the asyncio one can do
    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop  # as Scrapy asks for it, too
    # Whoever called asyncio.run() in this process since has left it without a current loop.
    asyncio.set_event_loop(loop)
    task: asyncio.Future[dict[str, BaseException]] = asyncio.ensure_future(work(), loop=loop)
    task.add_done_callback(lambda _: loop.stop())
    stops: list[asyncio.Future[None]] = []
    # The run before has left it without any, and a name that is looked up by nobody is never found.
    reactor.getThreadPool().adjustPoolsize(0, _LOOK_UPS)

    def interrupt() -> None:
        if stops:
            task.cancel()  # asked twice: not even the requests under way are waited for
        else:
            log.warning("stopping; the requests under way are finished, again to stop at once")
            stops.append(asyncio.ensure_future(stop()))

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or on Windows
            handler = signal.getsignal(number)
            loop.add_signal_handler(number, interrupt)
            before[number] = handler
    try:
        if reactor.running:
            loop.run_forever()
        else:
            reactor.run(installSignalHandlers=False)
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)  # the loop would leave the system's own
        # Its threads look up names; one that idles would keep the process from ending.
        reactor.getThreadPool().adjustPoolsize(0, 0)
    if task.cancelled():
        raise KeyboardInterrupt
    return task.result()


async def tell_progress(read_stats: Callable[[], list[Mapping[str, Any]]]) -> None:
    """A line that is rewritten on a terminal, a log line every half minute elsewhere.

    `read_stats` gives Scrapy's stats of each crawl that is under way.
    """
    if not shows_progress():
        return
    terminal = sys.stderr.isatty()
    bar = tqdm(desc="crawl", unit=" requests", file=sys.stderr, leave=False) if terminal else None
    try:
        while True:
            await asyncio.sleep(1.0 if bar else PROGRESS_EVERY)
            seen = read_stats()
            requests = sum(s.get("pantau/requests", 0) for s in seen)
            stored = sum(s.get("pantau/reason/stored", 0) for s in seen)
            if bar:
                bar.update(requests - bar.n)
                bar.set_postfix_str(f"{len(seen)} outlets, {stored} new articles")
            else:
                log.info(
                    "crawl: %d outlets under way, %d requests, %d new articles", len(seen), requests, stored
                )
    finally:
        if bar:
            bar.close()
