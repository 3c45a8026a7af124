"""Applies corrections to the facts of one article. Pure: facts in, facts and what met them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from db.claim_kinds import CLAIM_TABLES, CLAIM_TYPES, KIND_OF
from db.corrections.load import Correction
from db.records import Article, Claim, Evidence, Facts, Likely
from db.tables.claims import key_fields, own_fields

#: Fields that say which area is meant, from which a code follows.
_AREAS = ("regency", "kecamatan", "village", "name")
#: In this order, wherever they stand in the files: what a person adds is no rule's to lose again.
_ORDER = ("reject", "change", "confirm", "merge", "add", "off_topic")
#: The rule of evidence that a person gave.
RULE = "human"

#: (article, field, start, end) -> the whole sentence around the words.
FindSentence = Callable[[Article, Literal["text", "title"], int, int], str]


@dataclass(frozen=True, slots=True)
class AreaNames:
    """Codes by the names that corrections use; names joined with "|" give codes joined with "|"."""

    regencies: Mapping[str, str]  # full name -> code
    kecamatan: Mapping[tuple[str, str], str]  # (regency's code, name) -> code
    villages: Mapping[tuple[str, str], str]  # (kecamatan's code, name) -> code

    def find_code(self, regency: str, kecamatan: str | None, village: str | None) -> str:
        """The code of the finest area that is named; ValueError where a name is none."""
        codes = []
        for name in regency.split("|"):
            code = self.regencies.get(name)
            if code is None:
                raise ValueError(f"no kabupaten or kota is named {name!r}; write its full name")
            for below, part in ((self.kecamatan, kecamatan), (self.villages, village)):
                if part:
                    found = below.get((code, part))
                    if found is None:
                        raise ValueError(f"{name} has no {part!r} there")
                    code = found
            codes.append(code)
        return "|".join(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What became of one correction on one article."""

    correction: str  # id
    met: int  # claims that it met
    problem: str = ""  # why it met none


def apply_corrections(
    facts: Facts,
    article: Article,
    corrections: Sequence[Correction],
    *,
    areas: AreaNames,
    find_sentence: FindSentence,
    find_problem: Callable[[Correction], str] = lambda correction: "",
) -> tuple[Facts, list[Use]]:
    """The facts as people corrected them, and a `Use` for each correction, in the order of application.

    `corrections` are those of this article and programme, and merges that hold everywhere; of the latter
    only those that met something are told. `find_problem` says why one can't be applied, or "".
    """
    claims: dict[str, list[Claim]] = {
        table: list(getattr(facts, name)) for name, table in CLAIM_TABLES.items()
    }
    uses = []
    likely = facts.likely
    for correction in sorted(corrections, key=lambda one: _ORDER.index(one.action)):
        if problem := find_problem(correction):
            uses.append(_use(correction, 0, problem))
            continue
        if correction.action == "off_topic":
            uses.append(_use(correction, int(facts.relevant), "the rules find it off the topic as well"))
            claims = {
                table: found if KIND_OF[table].kept_off_topic else [] for table, found in claims.items()
            }
            likely = ()
            facts = replace(facts, relevant=False, origin="human", reason=correction.reason)
            continue
        try:
            met = _APPLY[correction.action](claims, correction, article, areas, find_sentence)
        except ValueError as error:
            uses.append(_use(correction, 0, str(error)))
            continue
        if correction.action == "reject":
            kept = tuple(one for one in likely if not _decides(correction, one))
            met, likely = met + len(likely) - len(kept), kept
        if met or not correction.everywhere or correction.article in (article.id, article.url):
            uses.append(_use(correction, met, "no such claim is found in the article any more"))
    changed = {name: tuple(_join(table, claims[table])) for name, table in CLAIM_TABLES.items()}
    likely = tuple(one for one in likely if not _stands(claims[CLAIM_TABLES[one.kind]], one.claim))
    return replace(facts, likely=likely, **changed), uses  # type: ignore[arg-type]


def _decides(correction: Correction, likely: Likely) -> bool:
    """Whether a decision is about what is only likely."""
    return correction.table == CLAIM_TABLES[likely.kind] and _is_meant(likely.claim, correction.claim)


def _stands(claims: Sequence[Claim], likely: Claim) -> bool:
    """Whether what was likely is a claim by now, as a person added it."""
    nothing: dict[str, Any] = {"evidence": (), "confidence": 0.0, "origin": "rule", "reason": ""}
    return replace(likely, **nothing) in (replace(claim, **nothing) for claim in claims)


def _use(correction: Correction, met: int, problem: str) -> Use:
    return Use(correction=correction.id, met=met, problem="" if met else problem)


def _is_meant(claim: Claim, values: Mapping[str, Any]) -> bool:
    return all(getattr(claim, name) == value for name, value in values.items())


def _reject(
    claims: dict[str, list[Claim]], c: Correction, article: Article, areas: AreaNames, _: FindSentence
) -> int:
    found = claims[c.table]
    claims[c.table] = [claim for claim in found if not _is_meant(claim, c.claim)]
    return len(found) - len(claims[c.table])


def _confirm(
    claims: dict[str, list[Claim]], c: Correction, article: Article, areas: AreaNames, _: FindSentence
) -> int:
    meant = [claim for claim in claims[c.table] if _is_meant(claim, c.claim)]
    claims[c.table] = [_by_hand(one, c) if one in meant else one for one in claims[c.table]]
    return len(meant)


def _change(
    claims: dict[str, list[Claim]], c: Correction, article: Article, areas: AreaNames, find: FindSentence
) -> int:
    met = 0
    for place, claim in enumerate(claims[c.table]):
        if not _is_meant(claim, c.claim):
            continue
        values: dict[str, Any] = dict(c.to)
        if c.quote:
            values["evidence"] = (_find_quote(article, c, find),)
        changed = replace(claim, **values)
        if "code" in own_fields(c.table) and "code" not in c.to and any(name in c.to for name in _AREAS):
            changed = replace(changed, code=_code(areas, changed))  # type: ignore[call-arg]
        claims[c.table][place] = _by_hand(changed, c)
        met += 1
    return met


def _merge(
    claims: dict[str, list[Claim]], c: Correction, article: Article, areas: AreaNames, _: FindSentence
) -> int:
    people: list[Any] = claims["people"]
    met = sum(person.name in c.names for person in people)
    claims["people"] = [
        _by_hand(replace(person, name=c.name), c) if person.name in c.names else person for person in people
    ]
    return met


def _add(
    claims: dict[str, list[Claim]], c: Correction, article: Article, areas: AreaNames, find: FindSentence
) -> int:
    values: dict[str, Any] = dict(c.claim)
    record = CLAIM_TYPES[c.table]
    names = own_fields(c.table)
    for optional in ("village", "kecamatan"):
        if optional in names:
            values.setdefault(optional, None)
    if "code" in names and "code" not in values:
        values["code"] = ""
        values["code"] = _code(areas, record(evidence=(), **values))
    claim = record(evidence=(_find_quote(article, c, find),), **values)
    claims[c.table].insert(0, _by_hand(claim, c))
    return 1


_APPLY: Mapping[
    str, Callable[[dict[str, list[Claim]], Correction, Article, AreaNames, FindSentence], int]
] = {
    "reject": _reject,
    "confirm": _confirm,
    "change": _change,
    "merge": _merge,
    "add": _add,
}


def _code(areas: AreaNames, claim: Any) -> str:
    regency = getattr(claim, "regency", "") or getattr(claim, "name", "")
    return areas.find_code(regency, getattr(claim, "kecamatan", None), getattr(claim, "village", None))


def _find_quote(article: Article, c: Correction, find_sentence: FindSentence) -> Evidence:
    source = article.title if c.field == "title" else article.text
    start = source.find(c.quote)
    if start < 0:
        raise ValueError(f"its quote {c.quote[:40]!r} does not stand in the article's {c.field} any more")
    end = start + len(c.quote)
    sentence = find_sentence(article, c.field, start, end)
    return Evidence(start=start, end=end, quote=c.quote, sentence=sentence, rule=RULE, field=c.field)


def _by_hand(claim: Claim, c: Correction) -> Claim:
    return replace(claim, confidence=1.0, origin="human", reason=c.reason)


def _join(table: str, claims: Sequence[Claim]) -> list[Claim]:
    """Claims that now say the same become one, with the evidence of all; a person's word goes first."""
    joined: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda one: one.origin != "human"):
        key = tuple(getattr(claim, name) for name in key_fields(table))
        if key in joined:
            first = joined[key]
            more = tuple(ev for ev in claim.evidence if ev not in first.evidence)
            joined[key] = replace(first, evidence=first.evidence + more)
        else:
            joined[key] = claim
    if any(claim.origin == "human" for claim in claims):
        return sorted(joined.values(), key=lambda one: (one.evidence[0].field, one.evidence[0].start))
    return list(claims)
