"""The targets of `make fuzz`. A new one is a `Target` in a module of its own and a line here."""

from __future__ import annotations

from tests.fuzz.frame import Target
from tests.fuzz.pages import PAGES
from tests.fuzz.repeats import REPEATS
from tests.fuzz.texts import TEXTS

TARGETS = {target.name: target for target in (TEXTS, REPEATS, PAGES)}


def parts(count: int, targets: list[Target]) -> dict[str, int]:
    """How many of a run's inputs each target gets, by its share; at least one."""
    whole = sum(target.share for target in targets)
    return {target.name: max(1, count * target.share // whole) for target in targets}
