"""Whether the time of extraction grows with a text's length, and no faster."""

from __future__ import annotations

import gc
import time

from db.records import Article
from extract.facts import extract_facts
from tests.extract.reading import engine

#: Makes an article one about the programme, so that everything in it is read.
OPENING = "PURBALINGGA - Program Kecamatan Berdaya berjalan di Kabupaten Purbalingga. "
#: Characters of the shorter text, how much longer the other one is, and how much longer it may take:
#: twice and a half of what growth in proportion needs, far below what growth with the square would.
SHORT, LONGER, ALLOWED = 20_000, 4, 10.0


def measure(text: str, runs: int = 2, enough: float = 0.0) -> float:
    """Seconds of this process's own time: the least of a few runs, since other work only adds to it.

    No further run is made where one took less than `enough`. The garbage collector, which looks at all that
    the process holds, waits.
    """
    vocabulary, nlp = engine()
    article = Article(id="a", url="", outlet="", title="Kabar", text=text, published_at=None)
    least = float("inf")
    gc.disable()
    try:
        for _ in range(runs):
            start = time.process_time()
            extract_facts(article, nlp, vocabulary)
            least = min(least, time.process_time() - start)
            if least < enough:
                break
    finally:
        gc.enable()
    return least


def check_growth(unit: str) -> None:
    """Reads a unit repeated up to a length and up to a multiple of it; AssertionError if that is too slow."""

    def repeat(size: int) -> str:
        return OPENING + unit * (size // len(unit))

    measure(OPENING, runs=1)
    # What takes no time at all is measured too coarsely for a ratio.
    allowed = max(measure(repeat(SHORT)), 0.02) * ALLOWED
    took = measure(repeat(SHORT * LONGER), runs=3, enough=allowed)
    assert took < allowed, (
        f"{LONGER} times {SHORT} characters of {unit!r} take {took:.2f} s, not {allowed:.2f}"
    )
