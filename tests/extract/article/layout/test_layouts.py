"""Lists of every shape are read alike: floors of precision and recall for each generated layout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.article.layout.generated import LAYOUTS, Draft, Page
from tests.extract.article.layout.measure import measure
from tests.extract.article.layout.wordings import HELD, SEEN, Wordings

#: Articles of a layout, in each of the two sets of wordings.
SEEDS = range(40, 42)
#: (precision, recall) that pilots reach in a layout that doesn't reach both wholly.
FLOORS: dict[str, tuple[float, float]] = {
    "bulleted_buildings.pilots": (1.0, 0.94),
    "not_this_but_that.pilots": (1.0, 0.0),
}


@pytest.mark.parametrize("words", [SEEN, HELD], ids=["seen", "held"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_layout_is_read(layout: Callable[[Draft], Page], words: Wordings) -> None:
    for kind, tally in measure(layout, words, SEEDS).items():
        precision, recall = FLOORS.get(f"{layout.__name__}.{kind}", (1.0, 1.0))
        assert tally.precision >= precision, (kind, tally)
        assert tally.recall >= recall, (kind, tally)
