"""How much each answer speaks for a claim: weights as `pantau learn` writes them, one file a kind.

An additive model: the log-odds of a claim are a constant and the sum of the weights of its answers. An answer
without a weight says nothing. docs/decisions.md tells what the weights are learned from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from db.toml_records import Filled, Must, Natural


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value < 1


Number = Annotated[float, Must("a number with a point", _is_number)]
Share = Annotated[float, Must("a number between 0.0 and 1.0", _is_share)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A table of a file of weights."""

    constant: Number  # log-odds of a claim without any answer
    most: Share  # as far as so many examples can show, nothing is surer
    right: Natural  # examples that were right
    wrong: Natural
    answers: Mapping[str, Number] = field(default_factory=dict)

    def log_odds(self, answers: Iterable[str]) -> float:
        """The sum of the constant and the answers' weights."""
        known = self.answers
        return self.constant + sum(known[answer] for answer in answers if answer in known)

    def probability(self, answers: Iterable[str]) -> float:
        """How likely a claim with these answers is right, with three decimals."""
        odds = self.log_odds(answers)
        share = 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))
        return round(min(self.most, max(1 - self.most, share)), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWeights:
    """A file of weights: of the claims of one kind that a rule makes, and of those that rules leave out."""

    kind: Filled  # the field of `Facts`
    learned_from: Filled  # digest of the examples
    made: Weights
    left_out: Weights | None = None


#: Of a kind of claim that nothing was learned of: nine of ten, what annotated kinds had at the least but one
#: when they were first read.
UNLEARNED = Weights(constant=2.1972, most=0.9, right=0, wrong=0)
