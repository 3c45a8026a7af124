"""Precision and recall by layout: `python -m tests.extract.article.layout.measure` prints them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from db.records import Article
from extract.facts import extract_facts
from tests.extract.article.layout.generated import LAYOUTS, Draft, Page, draw
from tests.extract.article.layout.wordings import HELD, SEEN, Wordings
from tests.extract.reading import engine

#: Seeds of a layout that a measurement by hand takes.
SEEDS = 12
KINDS = ("pilots", "figures", "buildings")


@dataclass
class Tally:
    """Claims that were found and are right, found, and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[Hashable], wanted: set[Hashable]) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def read_page(page: Page) -> dict[str, set[Hashable]]:
    """What extraction finds in a page, in the shape of its truth."""
    vocabulary, nlp = engine()
    article = Article(id="a", url="", outlet="", title=page.title, text=page.text, published_at=None)
    facts = extract_facts(article, nlp, vocabulary)
    return {
        "pilots": {(p.kecamatan, p.regency) for p in facts.pilot_kecamatan},
        "figures": {(q.measure, q.region, q.value) for q in facts.quantities},
        "buildings": {(f.pillar, f.kecamatan, f.regency) for f in facts.facilities},
    }


def render(layout: Callable[[Draft], Page], words: Wordings, seed: int) -> Page:
    """One page of a layout."""
    vocabulary, _ = engine()
    return layout(draw(vocabulary.areas, words, seed))


def measure(layout: Callable[[Draft], Page], words: Wordings, seeds: range) -> dict[str, Tally]:
    """The tallies of the kinds that a layout tells."""
    tallies: dict[str, Tally] = {}
    for seed in seeds:
        page = render(layout, words, seed)
        found = read_page(page)
        for kind in KINDS:
            wanted = getattr(page, kind)
            if wanted is not None:
                tallies.setdefault(kind, Tally()).add(found[kind], wanted)
    return tallies


def main() -> None:
    """Prints a line a layout; with "held" those of the wordings that no rule was written with."""
    words = HELD if "held" in sys.argv[1:] else SEEN
    whole = {kind: Tally() for kind in KINDS}
    for layout in LAYOUTS:
        tallies = measure(layout, words, range(SEEDS))
        for kind, tally in tallies.items():
            for key in ("right", "found", "wanted"):
                setattr(whole[kind], key, getattr(whole[kind], key) + getattr(tally, key))
        print(f"{layout.__name__:42}", _show(tallies))
    print(f"{'together':42}", _show(whole))


def _show(tallies: dict[str, Tally]) -> str:
    return "  ".join(f"{kind} {t.precision:.3f}/{t.recall:.3f}" for kind, t in tallies.items())


if __name__ == "__main__":
    main()
