"""What probabilities are learned from: claims and candidates of annotated articles, each right or wrong.

Three kinds of examples. What is read today, where rules were mended until little was wrong. What was wrong
when an article was read for the first time, from the file of first readings. And, of kecamatan, what rules
leave out, or would leave out if they had found nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.claim_kinds import KIND_OF_FIELD, KINDS
from db.records import Article, Claim, OtherKecamatan
from extract.facts import Read
from extract.probability.weigh import Answered, answer_all, answer_as_left_out, answer_told
from pipelines.claims.record import article_from_dict, facts_to_record
from pipelines.quality.first_readings import build_claim
from pipelines.quality.labels import label_entries
from pipelines.quality.score import Record

#: Reads an article for a programme, the first one for None.
Reader = Callable[[Article, str | None], Read]


@dataclass(frozen=True, slots=True)
class Example:
    """A claim or candidate with its answers, and whether it is right."""

    kind: str  # the field of `Facts`
    group: str  # articles of one hand, which are left out together: the name of their file
    article: str
    answers: frozenset[str]
    right: bool
    left_out: bool = False  # whether it is asked as one that no rule makes
    unseen: bool = False  # whether it was so when its article was read for the first time
    weight: float = 1.0


def build_examples(
    gold: Iterable[tuple[str, Record]],
    readings: Mapping[str, Record],
    read_article: Reader,
) -> Iterator[Example]:
    """The examples of annotated articles, given with the name of their set; `readings` by article."""
    for group, document in gold:
        article = article_from_dict({**document, "url": document.get("source_url")})
        read = read_article(article, None)
        source = _Document(group, document, article, read, readings.get(article.id))
        yield from source.read_today()
        yield from source.read_first()


@dataclass(frozen=True, slots=True)
class _Document:
    """One annotated article, as it is read today."""

    group: str
    gold: Record
    article: Article
    read: Read
    reading: Record | None  # its line of first readings

    def read_today(self) -> Iterator[Example]:
        """Every claim and candidate of today; of pilots also as if no rule had found them."""
        found = facts_to_record(self.article, self.read.facts)
        labels = {kind.field: label_entries(self.gold, found, kind.field) for kind in KINDS}
        seen = {kind: iter(rights) for kind, rights in labels.items()}
        for one in answer_all(self.read.view, self.read.sentences, self.read.facts):
            right = (
                _is_pilot(self.gold, one.claim) if one.left_out else next(seen.get(one.kind, iter(())), None)
            )
            if right is not None:
                yield self._example(one, right, unseen=self._stood_then(one, right))
        for one in answer_as_left_out(self.read.view, self.read.sentences, self.read.facts):
            right = _is_pilot(self.gold, one.claim)
            if right is not None:
                yield self._example(one, right, unseen=self._was_missed(one.kind, one.claim))

    def read_first(self) -> Iterator[Example]:
        """What was wrong at the first reading; and a pilot that it missed was wrongly called none."""
        for kind, rows in (self.reading or {"wrong": {}})["wrong"].items():
            for row in rows:
                claim = build_claim(kind, row, self.article.title, self.article.text)
                yield self._example(self._answer(kind, claim), False, unseen=True)
        for pilot in self.read.facts.pilot_kecamatan:
            if self._was_missed("pilot_kecamatan", pilot) and _is_pilot(self.gold, pilot):
                other = OtherKecamatan(
                    kecamatan=pilot.kecamatan,
                    regency=pilot.regency,
                    code=pilot.code,
                    status="mentioned",
                    evidence=tuple(replace(ev, rule="places.list") for ev in pilot.evidence),
                )
                yield self._example(self._answer("other_kecamatan", other), False, unseen=True)

    def _answer(self, kind: str, claim: Claim) -> Answered:
        more: dict[str, Any] = {kind: (*getattr(self.read.facts, kind), claim)}
        facts = replace(self.read.facts, **more)
        *_, last = answer_told(self.read.view, self.read.sentences, facts, kind)
        return last

    def _example(self, one: Answered, right: bool, *, unseen: bool) -> Example:
        return Example(
            kind=one.kind,
            group=self.group,
            article=self.article.id,
            answers=frozenset(one.answers),
            right=right,
            left_out=one.left_out,
            unseen=unseen,
        )

    def _stood_then(self, one: Answered, right: bool) -> bool:
        """Whether the first reading had a right claim too; what rules leave out today they left out then."""
        if self.reading is None:
            return False
        if one.left_out:
            return True
        return right and not self._was_missed(one.kind, one.claim)

    def _was_missed(self, kind: str, claim: Claim) -> bool:
        if self.reading is None or kind not in self.reading["missed"]:
            return False
        missed = {**self.gold, kind: self.reading["missed"][kind]}
        return label_entries(missed, {kind: [_entry(kind, claim)]}, kind) == [True]


def _entry(kind: str, claim: Claim) -> dict[str, Any]:
    return {key: getattr(claim, key) for key in KIND_OF_FIELD[kind].keys}


def _is_pilot(gold: Record, claim: Claim) -> bool | None:
    """Whether annotation has a kecamatan among the pilots; None where it leaves it open."""
    return label_entries(gold, {"pilot_kecamatan": [_entry("pilot_kecamatan", claim)]}, "pilot_kecamatan")[0]


def digest_examples(examples: Iterable[Example]) -> str:
    """12 hex digits of examples, in any order: what weights were learned from."""
    total = hashlib.sha256()
    lines = sorted(
        f"{e.kind} {e.article} {e.right} {e.left_out} {e.unseen} {e.weight} {' '.join(sorted(e.answers))}"
        for e in examples
    )
    for line in lines:
        total.update(f"{line}\n".encode())
    return total.hexdigest()[:12]
