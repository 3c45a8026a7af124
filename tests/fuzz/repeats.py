"""Any piece of prose repeated without end: the time of extraction grows with its length and no faster."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.extract.growth import check_growth
from tests.extract.reading import engine
from tests.fuzz.frame import Target, Trial
from tests.fuzz.grammar import GAPS, MARKS, Grammar

#: Characters of the longest unit.
LONGEST = 200


def _check(unit: str) -> Iterator[str]:
    check_growth(unit)
    yield "repeated units"


def _load() -> Trial:
    vocabulary, _ = engine()
    grammar = Grammar(vocabulary)

    def make(chance: random.Random) -> str:
        pieces = [
            *chance.choices(("", *MARKS), k=chance.randrange(3)),
            chance.choice((grammar.scraps, grammar.cue, chance.choice(grammar.kinds)))(chance)[:LONGEST],
            *chance.choices((*GAPS, *MARKS), k=1 + chance.randrange(2)),
        ]
        return "".join(chance.sample(pieces, chance.randrange(1, len(pieces) + 1))) or " "

    return Trial(make, _check)


REPEATS = Target(
    name="repeats",
    what="pieces of the same grammar and marks, each repeated to 20,000 and 80,000 characters",
    share=1,
    budget=60.0,
    load=_load,
)
