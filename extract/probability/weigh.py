"""Gives every claim of an article its probability, and finds what is likely though no rule says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.records import LEFT_OUT, Claim, Facts, Likely, OtherKecamatan, PilotKecamatan
from extract.article.view import View
from extract.claims.pilots.groups import Sentence
from extract.probability.answers import CUE_FILES, Answers, answer_claims
from extract.probability.kecamatan import Kecamatan
from extract.probability.passages import Passages
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.weights import UNLEARNED, Weights

#: What is at least so likely is kept for people to look at, though no rule says so.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim, or what could be one, with what was answered of it."""

    kind: str  # the field of `Facts`
    claim: Claim
    answers: Answers
    left_out: bool = False  # whether no rule makes it


def answer_all(view: View, sentences: Sequence[Sentence], facts: Facts) -> Iterator[Answered]:
    """Every claim of every kind, and every candidate that rules left out, with its answers."""
    kecamatan = Kecamatan(Passages(view), sentences)
    for kind in CUE_FILES:
        yield from _answer_kind(kecamatan, facts, kind)
    for other in facts.other_kecamatan if facts.relevant else ():
        yield Answered("pilot_kecamatan", _as_pilot(other), kecamatan.answer_left_out(other.code), True)


def answer_told(view: View, sentences: Sequence[Sentence], facts: Facts, kind: str) -> Iterator[Answered]:
    """The claims of one kind with their answers."""
    return _answer_kind(Kecamatan(Passages(view), sentences), facts, kind)


def _answer_kind(kecamatan: Kecamatan, facts: Facts, kind: str) -> Iterator[Answered]:
    for claim, answers in answer_claims(kecamatan.passages, facts, kind):
        if isinstance(claim, PilotKecamatan | OtherKecamatan):
            answers |= kecamatan.answer_told(claim)
        yield Answered(kind, claim, answers)


def answer_as_left_out(view: View, sentences: Sequence[Sentence], facts: Facts) -> Iterator[Answered]:
    """The pilots that a rule made, as they would be asked had none made them: for learning."""
    kecamatan = Kecamatan(Passages(view), sentences)
    for pilot in facts.pilot_kecamatan:
        yield Answered("pilot_kecamatan", pilot, kecamatan.answer_left_out(pilot.code), True)


def _as_pilot(other: OtherKecamatan) -> PilotKecamatan:
    return PilotKecamatan(
        kecamatan=other.kecamatan,
        regency=other.regency,
        code=other.code,
        evidence=tuple(replace(evidence, rule=LEFT_OUT) for evidence in other.evidence),
    )


def weigh(view: View, sentences: Sequence[Sentence], facts: Facts) -> Facts:
    """The facts with the probability of each claim, and with what is likely beside them."""
    weighed: dict[str, list[Claim]] = {kind: [] for kind in CUE_FILES}
    likely: list[Likely] = []
    for answered in answer_all(view, sentences, facts):
        share = probability(view.vocabulary, answered)
        if not answered.left_out:
            weighed[answered.kind].append(replace(answered.claim, confidence=share))
        elif share >= LIKELY:
            likely.append(Likely(kind=answered.kind, claim=replace(answered.claim, confidence=share)))
    kept: Mapping[str, Any] = {kind: tuple(claims) for kind, claims in weighed.items()}
    return replace(facts, **kept, likely=tuple(sorted(likely, key=lambda one: -one.claim.confidence)))


def weights_of(vocabulary: Vocabulary, answered: Answered) -> Weights | None:
    """What weighs a claim; None for a candidate of a kind that has no weights for such."""
    weights = vocabulary.weights.get(answered.kind)
    if answered.left_out:
        return weights.left_out if weights else None
    return weights.made if weights else UNLEARNED


def probability(vocabulary: Vocabulary, answered: Answered) -> float:
    """How likely a claim is right; 0 for a candidate of a kind that has no weights for such."""
    weights = weights_of(vocabulary, answered)
    return weights.probability(answered.answers) if weights else 0.0
