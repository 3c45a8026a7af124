"""How the pages of one crawl were read, as figures that the next crawls are held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean

from crawler.outlet.load import Outlet
from crawler.page.agreement import compare_bodies
from db.records import Article, Page

#: Fields whose share is measured; a fall shows a layout that changed.
MEASURED = ("authors", "editor", "section", "tags", "dateline", "modified_at")


class Measures:
    """Counts while a crawl reads; `sampled` pages are also read in other ways."""

    def __init__(self, sampled: int) -> None:
        self.sampled = sampled
        self.read = 0
        self.filled: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()
        self.agreement: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, article: Article, page: Page, outlet: Outlet) -> None:
        """Count one article that was read."""
        self.read += 1
        self.filled.update(name for name in MEASURED if getattr(article, name))
        source = article.answered.get("text", "none")
        self.bodies[source] += 1
        if self.sampled > 0 and source != "wp-json":
            self.sampled -= 1
            for other, share in compare_bodies(page, outlet).items():
                self.agreement[other].append(share)

    def figures(self, offered: int) -> dict[str, float]:
        """The measures of a crawl's report."""
        found: dict[str, float] = {"offered": offered, "read": self.read}
        if self.read:
            found |= {f"filled/{name}": round(self.filled[name] / self.read, 3) for name in MEASURED}
            found |= {f"body/{source}": round(n / self.read, 3) for source, n in self.bodies.items()}
            found |= {f"agreement/{source}": round(fmean(v), 3) for source, v in self.agreement.items()}
        return found
