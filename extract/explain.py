"""Why a claim was made and why another was not: the deciding rule, the answers, and what each weighed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.records import Claim
from db.toml_records import Filled, TomlReader
from extract.claims.pilots.clause import Listed, build_clause_rules
from extract.claims.pilots.words import PilotWords
from extract.facts import Read
from extract.probability.weigh import Answered, answer_all, probability, weights_of
from extract.vocabulary.load import KNOWLEDGE, VocabularyError


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """What a question asks, in both languages of the readers."""

    id: Filled
    en: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """An answer and how much it spoke for a claim, in log-odds."""

    answer: str
    weight: float
    words: str  # of the article, on which it rests

    def tell(self, questions: dict[str, InWords], language: str) -> str:
        """The answer in words; as it is where nothing says what its question asks."""
        question, _, of = self.answer.partition(":")
        known = questions.get(question)
        if known is None:
            return self.answer
        template = known.en if language == "en" else known.id
        return template.format(of=of, words=self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What the rules of a clause decided on a list, and the questions that they asked on the way."""

    sentence: str
    rule: str  # the deciding rule's id; "" where none held
    answers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One claim, or one that no rule made."""

    kind: str
    claim: Claim
    left_out: bool
    probability: float
    constant: float
    contributions: tuple[Contribution, ...]  # what told most, for or against, first
    clauses: tuple[Clause, ...] = ()  # of a kecamatan: each list that names it


def load_questions(path: Path = KNOWLEDGE / "questions.toml") -> dict[str, InWords]:
    """Question -> what it asks."""
    reader = TomlReader(path, VocabularyError)
    return {name: reader.record(InWords, table, name) for name, table in reader.load().items()}


def explain(read: Read) -> Iterator[Explanation]:
    """Every claim of an article that was read, then what rules left out."""
    vocabulary = read.view.vocabulary
    for answered in answer_all(read.view, read.sentences, read.facts):
        weights = weights_of(vocabulary, answered)
        if weights is None:
            continue
        told = [
            Contribution(answer=answer, weight=weights.answers[answer], words=words)
            for answer, words in answered.answers.items()
            if answer in weights.answers
        ]
        yield Explanation(
            kind=answered.kind,
            claim=answered.claim,
            left_out=answered.left_out,
            probability=probability(vocabulary, answered),
            constant=weights.constant,
            contributions=tuple(sorted(told, key=lambda one: (-abs(one.weight), one.answer))),
            clauses=tuple(_clauses(read, answered)),
        )


def _clauses(read: Read, answered: Answered) -> Iterator[Clause]:
    """What decided on each list that names a kecamatan."""
    code = getattr(answered.claim, "code", "")
    if answered.kind not in ("pilot_kecamatan", "other_kecamatan"):
        return
    view = read.view
    words = view.vocabulary.compiled(PilotWords)
    rules = view.vocabulary.compiled(build_clause_rules)
    for sentence in read.sentences:
        for group in sentence.groups:
            if code in group.codes:
                decision = rules.decide(Listed(view, sentence, group, words))
                yield Clause(
                    sentence=view.reading.quote(sentence.first, sentence.last),
                    rule=decision.rule.id if decision.rule else "",
                    answers=tuple(decision.answers.items()),
                )


def is_named(claim: Claim, place: str) -> bool:
    """Whether a claim names a place, by any of its areas, whatever its case."""
    areas = ("kecamatan", "regency", "region", "village", "name", "code")
    names = (getattr(claim, name, None) for name in areas)
    return any(place.casefold() in str(name).casefold() for name in names if name)
