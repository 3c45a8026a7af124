"""What is new, by regency: the claims of the articles that were fetched since a moment.

New is what was fetched since, whenever it was published: an editor has not seen it. Copies of one press
release are one entry that names its other outlets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from db.claim_kinds import KINDS
from db.dates import write_date
from db.public.hiding import Gate
from db.records import WIB
from db.store import Store
from pipelines.share.gaps import list_unread

#: Where claims go whose article leaves the regency open.
ELSEWHERE = "Jawa Tengah, tanpa kabupaten/kota"
_EVENTS = {
    "launch": "Peluncuran",
    "decree": "Keputusan",
    "progress-report": "Laporan kemajuan",
    "target": "Sasaran",
}
_STATUSES = {"negated": "Disebut bukan percontohan", "planned": "Direncanakan"}


class Said(NamedTuple):
    """One claim as a reader sees it ("Kecamatan percontohan:", "Bukateja"), and the sentence that says so."""

    about: str
    what: str
    sentence: str
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One independent story in one regency."""

    title: str
    outlet: str
    url: str
    day: str  # "30 Okt 2025", or "" where nobody knows
    changed: bool  # an older text of it was known
    also: tuple[tuple[str, str], ...] = ()  # (outlet, address) of its copies
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All entries by regency, in the order of the official codes; what has none comes last."""

    since: datetime
    regions: dict[str, list[Entry]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # names of outlets that could not be read since

    @property
    def gap(self) -> str:
        """One sentence on what was not read; "" where every outlet was."""
        since = write_date(self.since.isoformat(), short=True)
        return (
            f"Tidak terbaca sejak {since}, sehingga di sana tidak adanya berita tidak berarti apa-apa: "
            f"{', '.join(self.unread)}."
            if self.unread
            else ""
        )

    @property
    def stories(self) -> int:
        return len({entry.url for entries in self.regions.values() for entry in entries})

    @property
    def headline(self) -> str:
        regencies = len(set(self.regions) - {ELSEWHERE})
        since = write_date(self.since.isoformat(), short=True)
        return f"{self.stories} berita baru dari {regencies} kabupaten/kota sejak {since}"


def write_number(number: int) -> str:
    """ "1.400.000", as Indonesian readers part thousands."""
    return f"{number:,}".replace(",", ".")


_ARTICLES = """
SELECT r.programme, r.article, r.title, r.outlet_name, r.url, coalesce(r.published_on, '') AS day, r.story,
       EXISTS (SELECT 1 FROM article_versions AS v WHERE v.article = r.article) AS changed
FROM relevant_articles AS r JOIN articles AS a ON a.id = r.article
WHERE a.fetched_at >= :since ORDER BY r.published_at, r.article
"""
#: Kind -> two texts: what a claim is about, and what it says of it.
_CLAIMS = {
    # Where nothing older is known at all, everything would be reported for the first time.
    "pilot_kecamatan": """CASE WHEN (EXISTS (SELECT 1 FROM articles WHERE fetched_at < :since)
            OR EXISTS (SELECT 1 FROM article_versions WHERE fetched_at < :since))
        AND NOT EXISTS (SELECT 1 FROM earlier_pilots AS o
        JOIN relevant_articles AS a ON a.article = o.article AND a.programme = o.programme
        WHERE o.code = c.code AND o.programme = c.programme AND o.fetched_at < :since)
        AND NOT EXISTS (SELECT 1 FROM pilot_kecamatan AS o JOIN articles AS a ON a.id = o.article
        WHERE o.code = c.code AND o.programme = c.programme AND a.fetched_at < :since)
        THEN 'new' ELSE '' END AS about, c.kecamatan AS what""",
    "other_kecamatan": "c.status AS about, c.kecamatan AS what",
    "responsibilities": """coalesce(
        nullif(c.agency_name, ''), (SELECT group_concat(t.name, ' atau ') FROM agency_types AS t
        WHERE '|' || c.agency || '|' LIKE '%|' || t.id || '|%'), c.agency) AS about,
        (SELECT p.name FROM pillars AS p WHERE p.id = c.pillar) AS what""",
    "quantities": """coalesce((SELECT m.name || '|' || m.unit FROM measures AS m WHERE m.id = c.measure),
        c.measure || '|') AS about, c.value AS what""",
    "events": "c.event AS about, c.date AS what",
    "facilities": """(SELECT p.name FROM pillars AS p WHERE p.id = c.pillar) AS about,
        coalesce(c.village || ', ', '') || coalesce(c.kecamatan || ', ', '') || c.regency AS what""",
    **{
        kind.table: f"'{kind.name[:1].upper()}{kind.name[1:]}' AS about, {kind.label} AS what"
        for kind in KINDS
        if kind.in_digest
    },
}


def read_digest(store: Store, since: datetime) -> Digest:
    """What was fetched since a moment, of articles on the topic."""
    names = {row[0]: row[1] for row in store.db.execute("SELECT code, name FROM regencies ORDER BY code")}
    moment = {"since": since.astimezone(WIB).isoformat()}
    gate = Gate(store.db.conn)
    articles = [gate.show(row) for row in store.db.execute(_ARTICLES, moment).fetchall()]
    regions: dict[str, list[Entry]] = {}
    stories: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        stories.setdefault(article["story"], []).append(article)
    for copies in stories.values():
        for code, entry in _read_story(store, gate, copies, moment):
            regions.setdefault(names.get(code, ELSEWHERE), []).append(entry)
    order = [*names.values(), ELSEWHERE]
    return Digest(
        since=since,
        regions={name: regions[name] for name in order if name in regions},
        unread=list_unread(store, since),
    )


def _read_story(
    store: Store, gate: Gate, copies: Sequence[dict[str, Any]], moment: dict[str, str]
) -> Iterator[tuple[str, Entry]]:
    """The entries of one story: one in each regency that it tells of; the first copy speaks for all."""
    first, *others = copies
    key = {"article": first["article"], "programme": first["programme"]}
    codes = [
        row[0]
        for row in store.db.execute(
            "SELECT DISTINCT regency_code FROM article_regencies WHERE article = :article "
            # Read by an older release, a regency has no role yet.
            "AND programme = :programme AND regency_code IS NOT NULL AND role IN ('subject', '') ORDER BY 1",
            key,
        ).fetchall()
    ]
    # Where the article is about one regency alone, what names none is about it.
    default = codes[0] if len(codes) == 1 else ""
    said: dict[str, list[Said]] = {code: [] for code in codes}
    for kind, what in _CLAIMS.items():
        for row in store.db.execute(
            f"SELECT {what}, c.regency_code AS code, c.sentence, c.origin FROM {kind} AS c "
            "WHERE c.article = :article AND c.programme = :programme ORDER BY c.field, c.start",
            key | moment,
        ).fetchall():
            if texts := _name(kind, row["about"], row["what"]):
                sentence = gate.of(first["article"]).hide(row["sentence"])
                claim = Said(*texts, sentence, row["origin"] == "human")
                said.setdefault(row["code"] or default, []).append(claim)
    entry = Entry(
        title=first["title"],
        outlet=first["outlet_name"],
        url=first["url"],
        day=write_date(first["day"], short=True),
        changed=bool(first["changed"]),
        also=tuple((copy["outlet_name"], copy["url"]) for copy in others),
    )
    for code, claims in said.items() if said else [("", [])]:
        yield code, replace(entry, said=tuple(dict.fromkeys(claims)))


def _name(kind: str, about: str, what: Any) -> tuple[str, str] | None:
    """What a reader sees; None for a mention that says nothing of the programme."""
    if kind == "pilot_kecamatan":
        return f"Kecamatan percontohan{', pertama kali diberitakan' if about else ''}:", what
    if kind == "other_kecamatan":
        return (f"{_STATUSES[about]}:", what) if about in _STATUSES else None
    if kind == "responsibilities":
        return f"{about} menangani", what
    if kind == "quantities":
        measure, _, unit = about.partition("|")
        return f"{measure}:", f"{write_number(what)} {unit}".rstrip()
    if kind == "events":
        return f"{_EVENTS.get(about, about)}:", " atau ".join(
            write_date(part, short=True) for part in what.split("|")
        )
    return f"{about}:", what
