"""How the pages of one crawl were read, as figures that the next crawls are held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import fmean

from db.records import Article, Source

#: Fields whose share is measured; a fall shows a layout that changed.
MEASURED = ("authors", "editor", "section", "tags", "dateline", "modified_at")
#: Fields of which it is told what answered: another source than usual shows a part of a layout that changed.
TRACED = ("title", "published_at", "authors")


class Measures:
    """Counts while a crawl reads; `sampled` pages are also read in other ways."""

    def __init__(self, sampled: int) -> None:
        self.sampled = sampled
        self.read = 0
        self.filled: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()  # "title/json-ld" -> pages
        self.bodies: Counter[str] = Counter()
        self.agreement: defaultdict[str, list[float]] = defaultdict(list)

    def samples(self, article: Article) -> bool:
        """Whether the page of this article is to be read in other ways, too."""
        wanted = self.sampled > 0 and article.answered.get("text", "none") != "wp-json"
        self.sampled -= wanted
        return wanted

    def add(self, article: Article, agreement: Mapping[Source, float]) -> None:
        """Count one article that was read, and how far other ways to read it agree."""
        self.read += 1
        self.filled.update(name for name in MEASURED if getattr(article, name))
        self.sources.update(f"{name}/{article.answered.get(name, 'none')}" for name in TRACED)
        self.bodies[article.answered.get("text", "none")] += 1
        for other, share in agreement.items():
            self.agreement[other].append(share)

    def figures(self, offered: int) -> dict[str, float]:
        """The measures of a crawl's report."""
        found: dict[str, float] = {"offered": offered, "read": self.read}
        if self.read:
            found |= {f"filled/{name}": round(self.filled[name] / self.read, 3) for name in MEASURED}
            found |= {f"body/{source}": round(n / self.read, 3) for source, n in self.bodies.items()}
            found |= {f"from/{name}": round(n / self.read, 3) for name, n in self.sources.items()}
            found |= {f"agreement/{source}": round(fmean(v), 3) for source, v in self.agreement.items()}
        return found
