"""What differs between two extractions: claims added, removed and changed, each with what made or lost it.

Two claims are the same when all that they say is the same. Of the others, two that rest on the same words are
one claim that changed: a role read otherwise, a kecamatan that is a pilot no more. The rest came or went.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from db.claim_kinds import CLAIM_TABLES
from db.records import Claim, Evidence, Facts
from db.store import Store
from db.tables.claims import key_fields, own_fields

ChangeKind = Literal["added", "removed", "changed"]

#: Fields between which a kecamatan moves when its status is read otherwise.
_KECAMATAN = ("pilot_kecamatan", "other_kecamatan")
#: What of the first evidence is compared: what a reader of the table sees.
_SEEN = tuple(f.name for f in dataclasses.fields(Evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A claim that differs. `field` is that of the new claim, `was` that of the old one; one side is None
    where the claim came or went."""

    kind: ChangeKind
    field: str
    was: str
    old: Claim | None
    new: Claim | None

    @property
    def claim(self) -> Claim:
        """The new claim, or the one that went."""
        claim = self.new or self.old
        assert claim is not None
        return claim

    def parts(self) -> Iterator[tuple[str, object, object]]:
        """(name, before, after) of what changed: the claim's own fields, then its first evidence."""
        if self.old is None or self.new is None:
            return
        if self.was != self.field:
            yield "field", self.was, self.field
        for name in dict.fromkeys((*_own(self.was), *_own(self.field), "confidence", "origin", "reason")):
            before, after = getattr(self.old, name, None), getattr(self.new, name, None)
            # What only one of two kinds of claim has did not change.
            if before != after and hasattr(self.old, name) and hasattr(self.new, name):
                yield name, before, after
        for name in _SEEN:
            before, after = getattr(self.old.evidence[0], name), getattr(self.new.evidence[0], name)
            if before != after:
                yield name, before, after


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDiff:
    """What differs in one article for one programme."""

    article: str
    url: str
    outlet: str
    title: str
    published_at: str | None
    rewritten: bool  # the outlet changed title or text between the two
    was_relevant: bool
    relevant: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDiff:
    """What differs for one programme; `only_old` and `only_new`: articles that one side alone extracted."""

    programme: str
    old_versions: tuple[str, ...]
    new_versions: tuple[str, ...]
    compared: int  # articles
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    articles: tuple[ArticleDiff, ...]  # those that differ, in the order of publication

    def counts(self) -> dict[str, dict[ChangeKind, int]]:
        """Field -> how many claims were added, removed, changed."""
        counts: dict[str, dict[ChangeKind, int]] = {
            field: {"added": 0, "removed": 0, "changed": 0} for field in CLAIM_TABLES
        }
        for article in self.articles:
            for change in article.changes:
                counts[change.field][change.kind] += 1
        return counts


def diff_stores(old: Store, new: Store, fields: Sequence[str] = tuple(CLAIM_TABLES)) -> list[ProgrammeDiff]:
    """What differs between two databases, a programme at a time; nothing is written."""
    programmes = sorted({*old.extracted_programmes(), *new.extracted_programmes()})
    return [_diff_programme(old, new, programme, fields) for programme in programmes]


def _diff_programme(old: Store, new: Store, programme: str, fields: Sequence[str]) -> ProgrammeDiff:
    before, after = old.extracted_articles(programme), new.extracted_articles(programme)
    both = sorted(before.keys() & after.keys())
    differing = [_diff_article(old, new, article, programme, fields) for article in both]
    return ProgrammeDiff(
        programme=programme,
        old_versions=tuple(sorted(set(before.values()))),
        new_versions=tuple(sorted(set(after.values()))),
        compared=len(both),
        only_old=tuple(sorted(before.keys() - after.keys())),
        only_new=tuple(sorted(after.keys() - before.keys())),
        articles=tuple(
            sorted((a for a in differing if a is not None), key=lambda a: (a.published_at or "", a.url))
        ),
    )


_ARTICLE = "SELECT id, url, outlet, title, published_at, text FROM articles WHERE id = ?"


def _diff_article(
    old: Store, new: Store, article: str, programme: str, fields: Sequence[str]
) -> ArticleDiff | None:
    before, after = old.facts_of(article, programme), new.facts_of(article, programme)
    if before is None or after is None:  # removed by a crawl while we read
        return None
    changes = diff_facts(before, after, fields)
    if not changes and before.relevant == after.relevant:
        return None
    then = old.db.execute(_ARTICLE, [article]).fetchone()
    now = new.db.execute(_ARTICLE, [article]).fetchone()
    return ArticleDiff(
        article=article,
        url=now["url"],
        outlet=now["outlet"],
        title=now["title"],
        published_at=now["published_at"],
        rewritten=(then["title"], then["text"]) != (now["title"], now["text"]),
        was_relevant=before.relevant,
        relevant=after.relevant,
        changes=tuple(changes),
    )


def diff_facts(old: Facts, new: Facts, fields: Sequence[str] = tuple(CLAIM_TABLES)) -> list[Change]:
    """What differs between two extractions of one article for one programme, in the order of the fields."""
    changes: list[Change] = []
    gone: dict[str, list[Claim]] = {}
    came: dict[str, list[Claim]] = {}
    for field in fields:
        before = {_identity(field, claim): claim for claim in getattr(old, field)}
        after = {_identity(field, claim): claim for claim in getattr(new, field)}
        for key in before.keys() & after.keys():
            change = Change(kind="changed", field=field, was=field, old=before[key], new=after[key])
            if any(change.parts()):
                changes.append(change)
        gone[field] = [claim for key, claim in before.items() if key not in after]
        came[field] = [claim for key, claim in after.items() if key not in before]
        changes += _pair(field, field, gone, came)
    if all(field in fields for field in _KECAMATAN):
        for was, field in (_KECAMATAN, _KECAMATAN[::-1]):
            changes += _pair(was, field, gone, came)
    for field in fields:
        changes += [Change(kind="removed", field=field, was=field, old=c, new=None) for c in gone[field]]
        changes += [Change(kind="added", field=field, was=field, old=None, new=c) for c in came[field]]
    order = {field: at for at, field in enumerate(fields)}
    return sorted(
        changes, key=lambda c: (order[c.field], _place(c.claim), c.kind, describe(c.field, c.claim))
    )


def _pair(was: str, field: str, gone: dict[str, list[Claim]], came: dict[str, list[Claim]]) -> list[Change]:
    """Takes claims that rest on the same words out of both lists, those that have most in common first."""
    shared = [name for name in _own(field) if name in _own(was)]
    alike = []
    for i, old in enumerate(gone[was]):
        for j, new in enumerate(came[field]):
            same = sum(getattr(old, n) == getattr(new, n) and getattr(old, n) is not None for n in shared)
            moved = was != field and getattr(old, "code", "") == getattr(new, "code", None)
            if moved or (same and was == field and _overlap(old, new)):
                alike.append((-same, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(alike):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    changes = [
        Change(kind="changed", field=field, was=was, old=gone[was][i], new=came[field][j])
        for i, j in pairs.items()
    ]
    gone[was] = [claim for i, claim in enumerate(gone[was]) if i not in pairs]
    came[field] = [claim for j, claim in enumerate(came[field]) if j not in pairs.values()]
    return changes


def _overlap(old: Claim, new: Claim) -> bool:
    return any(
        a.field == b.field and a.start < b.end and b.start < a.end for a in old.evidence for b in new.evidence
    )


def _own(field: str) -> tuple[str, ...]:
    return own_fields(CLAIM_TABLES[field])


def _identity(field: str, claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in key_fields(CLAIM_TABLES[field]))


def _place(claim: Claim) -> tuple[bool, int]:
    first = claim.evidence[0]
    return first.field == "text", first.start


def describe(field: str, claim: Claim) -> str:
    """A claim in one line, without its codes."""
    values = (getattr(claim, name) for name in _own(field) if name != "code")
    return " · ".join(str(value) for value in values if value not in (None, ""))
