"""Fits the weights of one kind of claim to examples. Needs scikit-learn, the extra `learn`.

A logistic regression over the answers, with an L2 penalty, gives each answer a weight. It is fitted to all
sets but one and asked about that one, for each set in turn; what it says of claims that its rules made when
nobody had mended them for their article is what a line through the log-odds is fitted to (Platt). So no
article judges itself, neither by the rules nor by the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from extract.vocabulary.weights import Weights
from pipelines.command.errors import InputError
from pipelines.quality.examples import Example

#: An answer that fewer sets have is one hand's way of writing.
MIN_SETS = 2
#: Inverse strength of the penalty: of claims that rules made, of which few are wrong, and of candidates that
#: they left out. Of 0.01 to 1 these gave the least log loss on sets left out (docs/decisions.md).
C_MADE, C_LEFT_OUT = 0.3, 0.1
#: Strength with which the line through the log-odds holds on to the slope 1; the least and most it may be.
SLOPE_PRIOR = 1.0
SLOPES = (0.05, 2.0)
#: What was right in `n` of `n` cases is right again with (n + 1) / (n + 2), Laplace's rule; never surer.
MOST = 0.995
#: Log-odds and shares that are right and wrong where nothing at all was learned: as all kinds together were
#: when they were first read, 97 of 100.
PRIOR_RIGHT, PRIOR_WRONG = 0.97, 0.03
#: Examples as many as which the prior counts.
PRIOR_STRENGTH = 4.0
DECIMALS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights, and what they say of each example when its set is left out; in the order of the examples."""

    weights: Weights
    held_out: list[float]  # probabilities


def fit(examples: Sequence[Example]) -> Fitted:
    """The weights of examples of one kind, all made by rules or all left out by them."""
    judged = [e for e in examples if e.unseen] or list(examples)
    right = sum(e.right for e in judged)
    most = min(MOST, (right + 1) / (right + 2))
    if len({e.right for e in examples}) < 2:
        weights = _constant(examples, right, len(judged) - right, most)
        return Fitted(weights=weights, held_out=[weights.probability(())] * len(examples))
    strength = C_LEFT_OUT if examples[0].left_out else C_MADE
    scores = _cross_fit(examples, strength)
    slope, shift = _calibrate(
        [
            score
            for score, e in zip(scores, examples, strict=True)
            if e.unseen or len(judged) == len(examples)
        ],
        [e.right for e in judged],
    )
    constant, answers = _regress(examples, strength)
    weights = Weights(
        constant=round(slope * constant + shift, DECIMALS),
        most=round(most, DECIMALS),
        right=right,
        wrong=len(judged) - right,
        answers={
            name: round(slope * weight, DECIMALS)
            for name, weight in sorted(answers.items())
            if abs(slope * weight) >= 10**-DECIMALS
        },
    )
    held_out = [min(most, max(1 - most, _share(slope * score + shift))) for score in scores]
    return Fitted(weights=weights, held_out=held_out)


def _constant(examples: Sequence[Example], right: int, wrong: int, most: float) -> Weights:
    """Weights of a kind of which nothing was ever wrong, or nothing is annotated: one share for all."""
    share = (right + PRIOR_RIGHT * PRIOR_STRENGTH) / (right + wrong + PRIOR_STRENGTH)
    return Weights(
        constant=round(math.log(share / (1 - share)), DECIMALS),
        most=round(most if examples else PRIOR_RIGHT, DECIMALS),
        right=right,
        wrong=wrong,
    )


def _cross_fit(examples: Sequence[Example], strength: float) -> list[float]:
    """The log-odds of each example by weights that were fitted without its set."""
    scores = [0.0] * len(examples)
    for group in sorted({e.group for e in examples}):
        others = [e for e in examples if e.group != group]
        constant, answers = _regress(others, strength)
        for number, example in enumerate(examples):
            if example.group == group:
                scores[number] = constant + sum(answers.get(name, 0.0) for name in example.answers)
    return scores


def _regress(examples: Sequence[Example], strength: float) -> tuple[float, dict[str, float]]:
    """The constant and the answers' weights of a logistic regression."""
    try:
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise InputError(
            "learning needs scikit-learn, which is not installed: pip install 'pantau-berdaya[learn]'"
        ) from None
    right = [e.right for e in examples]
    names = _shared_answers(examples)
    if len(set(right)) < 2 or not names:
        share = (sum(right) + 1) / (len(right) + 2)
        return math.log(share / (1 - share)), {}
    column = {name: number for number, name in enumerate(names)}
    rows, columns = [], []
    for number, example in enumerate(examples):
        for name in sorted(example.answers):
            if name in column:
                rows.append(number)
                columns.append(column[name])
    matrix = csr_matrix(([1.0] * len(rows), (rows, columns)), shape=(len(examples), len(names)))
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(matrix, right, sample_weight=[e.weight for e in examples])
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def _shared_answers(examples: Sequence[Example]) -> list[str]:
    """The answers that several sets have, in order."""
    sets: dict[str, set[str]] = {}
    for example in examples:
        for name in example.answers:
            sets.setdefault(name, set()).add(example.group)
    return sorted(name for name, groups in sets.items() if len(groups) >= MIN_SETS)


def _calibrate(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift of the line that makes log-odds of held-out scores true; Platt's smoothed targets."""
    from scipy.optimize import minimize

    hits = sum(right)
    goals = [(hits + 1) / (hits + 2) if yes else 1 / (len(right) - hits + 2) for yes in right]

    def loss(line: Sequence[float]) -> float:
        slope, shift = line
        total = SLOPE_PRIOR * (slope - 1) ** 2
        for score, goal in zip(scores, goals, strict=True):
            odds = slope * score + shift
            total += max(odds, 0) + math.log1p(math.exp(-abs(odds))) - goal * odds
        return total

    found = minimize(loss, [1.0, 0.0], method="L-BFGS-B", bounds=[SLOPES, (-20, 20)])
    return float(found.x[0]), float(found.x[1])


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
