"""The generic reader beside trafilatura on pages with their true bodies, read without outlet files.

The folder is in the form of article-extraction-benchmark: `ground-truth.json` (page -> `articleBody`, `url`)
and `html/PAGE.html.gz`. F1 of runs of four words, as that benchmark counts them, over all pages and over the
half that nobody looks at while writing rules: those whose names begin with an odd digit of base 36.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trafilatura import extract

from crawler.html.markup import decode_page
from crawler.page.article import read_article
from crawler.page.body import part_body
from db.records import Article, Page
from pipelines.outlet.look import build_guess

RUN = 4  # words
Counts = tuple[float, float]  # precision and recall


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with its true body; `held` pages are only scored."""

    page: Page
    body: str
    held: bool


def load_folder(folder: Path) -> list[Sample]:
    """The pages of a folder; raises OSError or ValueError where it is none of that form."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    samples = []
    for number, (name, entry) in enumerate(sorted(truth.items())):
        html = decode_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        url = entry.get("url") or f"https://outlet.example/{number}"
        # A listing would have told a day and a headline: a page without them is read all the same.
        hints = {"published_at": "2000-01-01", "title": "-"}
        page = Page(url=url, outlet="bench", fetched_at=datetime.now(UTC), html=html, hints=hints)
        held = bool(re.match(r"[13579bdfhjlnprtvxz]", name, re.IGNORECASE))
        samples.append(Sample(page, entry["articleBody"], held))
    return samples


def read_ours(page: Page) -> str:
    """The text that we read; of a page that is not free to read its teaser, "" of any other that we refuse.

    A teaser is no article, as what follows it may say otherwise: a crawl leaves such a page out by the name
    `premium`. Whether it was found is the reader's work all the same, and the truth of these pages holds it.
    """
    outlet = build_guess(page.url)
    result = read_article(page, outlet)
    if isinstance(result, Article):
        return result.text
    return "\n\n".join(part_body(page, outlet).blocks) if result.reason == "premium" else ""


def _trafilatura(*, precision: bool) -> Callable[[Page], str]:
    return lambda page: extract(page.html, include_comments=False, favor_precision=precision) or ""


READERS: dict[str, Callable[[Page], str]] = {
    "ours": read_ours,
    "trafilatura": _trafilatura(precision=False),
    "trafilatura, precision": _trafilatura(precision=True),
}


def score_runs(found: str, wanted: str) -> Counts:
    """(precision, recall) of runs of four words; 1.0 where nothing is to be found, or nothing was."""
    have, want = _count_runs(found), _count_runs(wanted)
    shared = (have & want).total()
    return (shared / have.total() if have else 1.0), (shared / want.total() if want else 1.0)


def _count_runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) < RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def join_scores(scores: list[Counts]) -> float:
    """F1 of the means of precision and recall over pages."""
    precision, recall = (sum(values) / len(scores) for values in zip(*scores, strict=True))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(folder: Path) -> dict[str, float]:
    """F1 of each reader on all pages and on the held half, and milliseconds a page."""
    samples = load_folder(folder)
    figures: dict[str, float] = {"pages": len(samples)}
    for name, read in READERS.items():
        read(samples[0].page)  # imports and caches are none of a page's time
        start = time.process_time()
        texts = [read(sample.page) for sample in samples]
        spent = time.process_time() - start
        scores = [score_runs(text, one.body) for text, one in zip(texts, samples, strict=True)]
        held = [score for score, one in zip(scores, samples, strict=True) if one.held]
        figures[f"{name}: F1 of runs of four words"] = join_scores(scores)
        if held:
            figures[f"{name}: F1 on the held half"] = join_scores(held)
        figures[f"{name}: ms a page"] = spent / len(samples) * 1000
    return figures
