"""What is new, by regency, with quotes and links: for a cron mail, a chat, a page.

New is what was fetched since a moment, whenever it was published: an editor has not seen it. Copies of one
press release are one entry that names its other outlets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from db.records import WIB
from db.store import Store
from pipelines.console import log
from pipelines.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError

Format = Literal["text", "markdown", "html"]

#: Where claims go whose article leaves the regency open.
ELSEWHERE = "Jawa Tengah, tanpa kabupaten/kota"
_EVENTS = {
    "launch": "Peluncuran",
    "decree": "Keputusan",
    "progress-report": "Laporan kemajuan",
    "target": "Sasaran",
}
_STATUSES = {"negated": "Disebut bukan percontohan", "planned": "Direncanakan"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


class Said(NamedTuple):
    """One claim as a reader sees it: what, and the sentence that says so."""

    what: str
    sentence: str
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One independent story in one regency."""

    title: str
    outlet: str
    url: str
    day: str  # "2025-10-30", or "" where nobody knows
    changed: bool  # an older text of it was known
    also: tuple[tuple[str, str], ...] = ()  # (outlet, address) of its copies
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All entries by regency, in the order of the official codes; what has none comes last."""

    since: datetime
    regions: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def stories(self) -> int:
        return len({entry.url for entries in self.regions.values() for entry in entries})

    @property
    def headline(self) -> str:
        regencies = len(set(self.regions) - {ELSEWHERE})
        return f"{self.stories} berita baru dari {regencies} kabupaten/kota sejak {write_day(self.since)}"


def read_since(text: str, now: datetime) -> datetime:
    """ "7d", "12h", "2w" before `now`, or the start of a day such as 2025-10-30 (WIB)."""
    if match := re.fullmatch(r"([1-9]\d{0,4})([hdw])", text):
        unit = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[match[2]]
        return now - int(match[1]) * unit
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=WIB)
        except ValueError:
            pass
    raise InputError(f"--since {text!r} is neither a span such as 7d, 12h or 2w nor a day such as 2025-10-30")


def write_day(moment: datetime) -> str:
    """ "30 Okt 2025"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


# --- reading -------------------------------------------------------------------------------------------

_ARTICLES = """
SELECT r.programme, r.article, r.title, r.outlet_name, r.url, coalesce(r.published_on, '') AS day, r.story,
       EXISTS (SELECT 1 FROM article_versions AS v WHERE v.article = r.article) AS changed
FROM relevant_articles AS r JOIN articles AS a ON a.id = r.article
WHERE a.fetched_at >= ? ORDER BY r.published_at, r.article
"""
#: Kind -> what is read of it; `what` is its text for readers.
_CLAIMS = {
    "pilot_kecamatan": "'Kecamatan percontohan: ' || c.kecamatan",
    "other_kecamatan": "c.status || '|' || c.kecamatan",
    "responsibilities": """coalesce(
        nullif(c.agency_name, ''), (SELECT group_concat(t.name, ' atau ') FROM agency_types AS t
        WHERE '|' || c.agency || '|' LIKE '%|' || t.id || '|%'), c.agency) || ' menangani ' ||
        (SELECT p.name FROM pillars AS p WHERE p.id = c.pillar)""",
    "quantities": """coalesce((SELECT m.name || ': ' || c.value || ' ' || m.unit FROM measures AS m
        WHERE m.id = c.measure), c.measure || ': ' || c.value)""",
    "events": "c.event || '|' || c.date",
    "facilities": """(SELECT p.name FROM pillars AS p WHERE p.id = c.pillar) || ': ' ||
        coalesce(c.village || ', ', '') || coalesce(c.kecamatan || ', ', '') || c.regency""",
}


def read_digest(store: Store, since: datetime) -> Digest:
    """What was fetched since a moment, of articles on the topic."""
    names = {row[0]: row[1] for row in store.db.execute("SELECT code, name FROM regencies ORDER BY code")}
    moment = since.astimezone(WIB).isoformat()
    articles = [dict(row) for row in store.db.execute(_ARTICLES, [moment]).fetchall()]
    regions: dict[str, list[Entry]] = {}
    stories: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        stories.setdefault(article["story"], []).append(article)
    for copies in stories.values():
        for code, entry in _read_story(store, copies):
            regions.setdefault(names.get(code, ELSEWHERE), []).append(entry)
    order = [*names.values(), ELSEWHERE]
    return Digest(since=since, regions={name: regions[name] for name in order if name in regions})


def _read_story(store: Store, copies: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Entry]]:
    """The entries of one story: one in each regency that it tells of; the first copy speaks for all."""
    first, *others = copies
    key = [first["article"], first["programme"]]
    codes = [
        row[0]
        for row in store.db.execute(
            "SELECT DISTINCT regency_code FROM article_regencies WHERE article = ? AND programme = ? "
            "AND regency_code IS NOT NULL ORDER BY 1",
            key,
        ).fetchall()
    ]
    # Where the article tells of one regency alone, what names none is about it.
    default = codes[0] if len(codes) == 1 else ""
    said: dict[str, list[Said]] = {code: [] for code in codes}
    for kind, what in _CLAIMS.items():
        for row in store.db.execute(
            f"SELECT {what} AS what, c.regency_code AS code, c.sentence, c.origin FROM {kind} AS c "
            "WHERE c.article = ? AND c.programme = ? ORDER BY c.field, c.start",
            key,
        ).fetchall():
            text = _name(kind, row["what"])
            if text:
                claim = Said(text, row["sentence"], row["origin"] == "human")
                said.setdefault(row["code"] or default, []).append(claim)
    entry = Entry(
        title=first["title"],
        outlet=first["outlet_name"],
        url=first["url"],
        day=first["day"],
        changed=bool(first["changed"]),
        also=tuple((copy["outlet_name"], copy["url"]) for copy in others),
    )
    for code, claims in said.items() if said else [("", [])]:
        yield code, replace(entry, said=tuple(dict.fromkeys(claims)))


def _name(kind: str, what: str) -> str:
    """What a reader sees; "" for a mention that says nothing of the programme."""
    if kind == "other_kecamatan":
        status, _, name = what.partition("|")
        return f"{_STATUSES[status]}: {name}" if status in _STATUSES else ""
    if kind == "events":
        event, _, day = what.partition("|")
        return f"{_EVENTS.get(event, event)}: {day.replace('|', ' atau ')}"
    return what


# --- writing -------------------------------------------------------------------------------------------


def format_digest(digest: Digest, form: Format, *, title: str) -> str:
    """The whole digest in one form; each ends with a line break."""
    return {"text": _write_text, "markdown": _write_markdown, "html": _write_html}[form](digest, title)


def _gathered(sentences: Sequence[Said]) -> Iterator[tuple[str, list[Said]]]:
    """Claims by the sentence that makes them, so that a list of four is quoted once.

    A sentence that stands inside a longer one is that one: a list is quoted up to the item it names.
    """
    texts = {" ".join(one.sentence.split()) for one in sentences}
    by_sentence: dict[str, list[Said]] = {}
    for one in sentences:
        own = " ".join(one.sentence.split())
        longest = max((text for text in texts if own in text), key=lambda text: (len(text), text))
        by_sentence.setdefault(longest, []).append(one)
    yield from by_sentence.items()


def _whats(claims: Sequence[Said]) -> list[str]:
    return [f"{one.what} (koreksi)" if one.by_hand else one.what for one in claims]


def _byline(entry: Entry) -> str:
    return ", ".join(part for part in (entry.outlet, entry.day, "berubah" if entry.changed else "") if part)


def _write_text(digest: Digest, title: str) -> str:
    lines = [f"{title}: {digest.headline}"]
    for region, entries in digest.regions.items():
        lines += ["", region, "=" * len(region)]
        for entry in entries:
            lines += ["", " ".join(entry.title.split()), f"  {_byline(entry)}", f"  {entry.url}"]
            lines += [f"  Juga di {outlet}: {url}" for outlet, url in entry.also]
            for sentence, claims in _gathered(entry.said):
                lines += [f"  - {what}" for what in _whats(claims)] + [f"    “{sentence}”"]
    return "\n".join(lines) + "\n"


_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _address(url: str) -> str:
    """An address between the angle brackets of a link."""
    return "".join(url.split()).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _write_markdown(digest: Digest, title: str) -> str:
    lines = [f"# {_plain(title)}: {_plain(digest.headline)}"]
    for region, entries in digest.regions.items():
        lines += ["", f"## {_plain(region)}"]
        for entry in entries:
            lines += ["", f"**[{_plain(entry.title)}](<{_address(entry.url)}>)**, {_plain(_byline(entry))}"]
            if entry.also:
                also = ", ".join(f"[{_plain(outlet)}](<{_address(url)}>)" for outlet, url in entry.also)
                lines += ["", f"Juga di {also}."]
            for sentence, claims in _gathered(entry.said):
                lines += ["", *(f"- {_plain(what)}" for what in _whats(claims)), "", f"> {_plain(sentence)}"]
    return "\n".join(lines) + "\n"


def _write_html(digest: Digest, title: str) -> str:
    say = html.escape
    lines = [
        '<!doctype html>\n<html lang="id">\n<meta charset="utf-8">',
        f"<title>{say(title)}: {say(digest.headline)}</title>",
        f"<h1>{say(title)}</h1>\n<p>{say(digest.headline)}</p>",
    ]
    for region, entries in digest.regions.items():
        lines.append(f"<h2>{say(region)}</h2>")
        for entry in entries:
            lines.append(f"<h3>{_link(entry.url, entry.title)}</h3>\n<p>{say(_byline(entry))}</p>")
            if entry.also:
                lines.append(f"<p>Juga di {', '.join(_link(url, outlet) for outlet, url in entry.also)}.</p>")
            for sentence, claims in _gathered(entry.said):
                whats = "".join(f"<li>{say(what)}</li>" for what in _whats(claims))
                lines.append(f"<ul>{whats}</ul>\n<blockquote>{say(sentence)}</blockquote>")
    return "\n".join([*lines, "</html>"]) + "\n"


def _link(url: str, text: str) -> str:
    # Only what a browser would fetch: an address comes from a page of somebody else.
    shown = html.escape(" ".join(text.split()))
    return f'<a href="{html.escape(url)}">{shown}</a>' if url.startswith(("https://", "http://")) else shown


# --- the verb ------------------------------------------------------------------------------------------


def show_digest(
    db: Path,
    *,
    since: str,
    form: Format,
    notify: Sequence[str],
    title: str,
    say: Callable[[str], None],
) -> int:
    """Print the digest, and send it where `notify` says; exit code 1 where that could not be done."""
    with Store(db, read_only=True) as store:
        digest = read_digest(store, read_since(since, datetime.now(WIB)))
    if not digest.regions:
        say(f"{title}: tidak ada berita baru sejak {write_day(digest.since)}")
        return EXIT_DONE
    text = format_digest(digest, form, title=title)
    say(text.rstrip("\n"))
    return send(text, form, f"{title}: {digest.headline}", notify) if notify else EXIT_DONE


def send(text: str, form: Format, title: str, urls: Sequence[str]) -> int:
    """Hand a text to Apprise, an address at a time; exit code 1 where one did not take it."""
    try:
        import apprise
    except ImportError:
        raise InputError(
            "sending needs Apprise, which is not installed: pip install 'pantau-berdaya[notify]'"
        ) from None
    code = EXIT_DONE
    for url in urls:
        kind = url.partition("://")[0]  # what follows may be a password
        messenger = apprise.Apprise()
        if not messenger.add(url):
            raise InputError(f"{kind}://… is no address that Apprise knows; see its documentation")
        if not messenger.notify(body=text, title=title, body_format=form):
            log.error(
                "the digest could not be sent to %s://…; the service refused it or is not reached", kind
            )
            code = EXIT_NEEDS_A_PERSON
    return code
