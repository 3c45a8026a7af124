"""Decisions as ordered rules in a file: the first rule whose questions are all answered as it asks decides.

A file of `knowledge/rules/` holds `[[rule]]` tables: `id`; `when`, each entry a question, `!question` or
several joined by "or", all of which must hold; `then`, what is decided ("" or left out: that nothing is);
`rule`, under which the claim is stored; `says`, sentences that it must decide, and `never`, sentences that it
must not. Both are tested: tests/extract/vocabulary/test_rules.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from db.toml_records import Filled

T = TypeVar("T")

#: One entry of `when`: any of these questions has this answer.
Term = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of a file of rules, as it is written."""

    id: Filled
    when: tuple[Filled, ...]
    then: str = ""
    rule: str = ""
    says: tuple[Filled, ...] = ()
    never: tuple[Filled, ...] = ()

    def terms(self) -> tuple[Term, ...]:
        """`when`, taken apart."""
        return tuple(
            tuple(
                (name.strip().lstrip("!"), not name.strip().startswith("!")) for name in entry.split(" or ")
            )
            for entry in self.when
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """Which rule decided, if one did, and every answer that was asked for on the way."""

    rule: Rule | None
    answers: Mapping[str, bool]


class RuleBook(Generic[T]):
    """Rules over questions: functions of the one thing that is decided on."""

    def __init__(self, rules: Iterable[Rule], questions: Mapping[str, Callable[[T], bool]]) -> None:
        """Raises KeyError for a rule that asks what there is no question for."""
        self._rules: list[tuple[Rule, list[list[tuple[str, Callable[[T], bool], bool]]]]] = []
        for rule in rules:
            for name, _ in (pair for term in rule.terms() for pair in term):
                if name not in questions:
                    raise KeyError(
                        f"rule {rule.id!r}: there is no question {name!r}; add it or mend the name"
                    )
            asked = [[(name, questions[name], wanted) for name, wanted in term] for term in rule.terms()]
            self._rules.append((rule, asked))

    def decide(self, thing: T) -> Decision:
        """Asks each question at most once, and only while it matters."""
        answers: dict[str, bool] = {}
        for rule, terms in self._rules:
            for term in terms:
                for name, ask, wanted in term:
                    answer = answers.get(name)
                    if answer is None:
                        answers[name] = answer = ask(thing)
                    if answer is wanted:
                        break
                else:
                    break  # no alternative of this term holds
            else:
                return Decision(rule, answers)
        return Decision(None, answers)
