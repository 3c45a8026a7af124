"""Atom feeds of new claims, and a calendar of dated events."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from icalendar import Calendar, Event

from db.pages.parts.ask import Ask, is_link, shorten
from db.pages.parts.language import language, name_of, say, say_term, write_date
from db.pages.parts.links import article_path, claim_path, page_path
from db.pages.parts.said import Row, join_alternatives
from db.pages.parts.text import strip_control
from db.pages.places import NEWS

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 60

#: The newest events that a calendar holds; more take a phone, and us, too long.
_EVENTS = 400


async def feed(datasette: Datasette, request: Request) -> Response:
    """The newest claims of all, of a regency or of a pillar, an entry each."""
    ask = Ask(datasette)
    kind, key = request.url_vars.get("kind"), request.url_vars.get("key")
    title, where, page = say("feed.all"), NEWS, "/terbaru"
    if kind == "wilayah":
        name = await ask.value("SELECT name FROM regencies WHERE code = :key", key=key)
        title, where, page = say("feed.of", name=name), f"regency_code = :key AND {NEWS}", f"/wilayah/{key}"
    elif kind == "pilar":
        term = (await ask.terms("pillars")).get(str(key))
        name = name_of(term) if term else None
        title, where, page = (
            say("feed.of", name=name),
            "pillar = :key AND kind <> 'pillar_states'",
            f"/pilar/{key}",
        )
    else:
        name = title
    if not name:
        raise NotFound(f"feed {kind}/{key}")
    claims = await ask.claims(where, limit=_ENTRIES, **({"key": key} if kind else {}))
    firsts = await _firsts(ask)

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, page_path(datasette, path)))

    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": language.get()})
    _add(root, "title", f"Pantau Berdaya: {title}")
    _add(root, "id", f"tag:pantau-berdaya,2025:{language.get()}{request.path}")
    _add(root, "updated", _moment(claims[0]["published_on"] if claims else None))
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": absolute(page)})
    ElementTree.SubElement(
        root, "link", {"rel": "self", "type": "application/atom+xml", "href": absolute(request.path)}
    )
    for claim in claims:
        _add_entry(root, claim, _headline(claim, firsts), absolute(claim_path(claim["id"])))
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")
    return Response(body.decode(), content_type="application/atom+xml; charset=utf-8")


async def _firsts(ask: Ask) -> dict[str, str]:
    """Regency's code -> when its first pilot was reported, and kecamatan's code the same."""
    rows = await ask.all(
        "SELECT code, regency_code, first_reported FROM pilots WHERE first_reported IS NOT NULL"
    )
    firsts: dict[str, str] = {}
    for row in rows:
        for code in (row["code"], row["regency_code"]):
            firsts[code] = min(firsts.get(code, row["first_reported"]), row["first_reported"])
    return firsts


def _headline(claim: Row, firsts: dict[str, str]) -> str:
    if claim["kind"] == "pilot_kecamatan" and claim["published_on"]:
        for column, key in (
            ("regency_code", "feed.first_regency"),
            ("kecamatan_code", "feed.first_kecamatan"),
        ):
            if firsts.get(claim[column] or "") == claim["published_on"]:
                return say(key, said=claim["said"])
    return f"{claim['kind_said']}: {claim['said']}"


def _add_entry(root: ElementTree.Element, claim: Row, title: str, page: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _add(entry, "title", shorten(title, 300))
    _add(entry, "id", f"tag:pantau-berdaya,2025:claim/{claim['id']}")
    _add(entry, "updated", _moment(claim["published_on"]))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
    if is_link(claim["url"]):
        ElementTree.SubElement(entry, "link", {"rel": "via", "href": strip_control(claim["url"])})
    author = ElementTree.SubElement(entry, "author")
    _add(author, "name", claim["outlet_name"])
    quoted = f"“{shorten(claim['sentence'])}” – {claim['outlet_name']}, {write_date(claim['published_on'])}"
    if claim["origin"] == "human":
        quoted += f"\n{say('claim.human')} {shorten(claim['reason'])}"
    content = _add(entry, "content", quoted)
    content.set("type", "text")


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = strip_control(text)
    return child


def _moment(day: str | None) -> str:
    """RFC 3339 of a day's start in WIB; of a day long ago where none is known."""
    return f"{day or '1970-01-01'}T00:00:00+07:00"


async def calendar(datasette: Datasette, request: Request) -> Response:
    """Dated events as whole days; what has no day ("November 2025") can't stand in a calendar."""
    ask, code = Ask(datasette), request.url_vars.get("key")
    name = "Jawa Tengah"
    if code:
        name = await ask.value("SELECT name FROM regencies WHERE code = :code", code=code)
        if name is None:
            raise NotFound(f"calendar {code}")
    events = await ask.all(
        f"SELECT * FROM dated_events WHERE length(date) = 10 {'AND regency_code = :code' if code else ''} "
        f"ORDER BY date DESC, event, region LIMIT {_EVENTS}",
        **({"code": code} if code else {}),
    )
    shown = Calendar()
    shown.add("prodid", "-//Pantau Berdaya//ID")
    shown.add("version", "2.0")
    shown.add("x-wr-caldesc", say("feed.calendar", n=_EVENTS))
    shown.add("x-wr-calname", f"Pantau Berdaya: {name}")
    for row in events:
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            continue
        event = Event()
        event.add(
            "uid", f"{row['date']}-{row['event']}-{zlib.crc32((row['region'] or '').encode())}@pantau-berdaya"
        )
        event.add(
            "dtstamp",
            datetime.fromisoformat(f"{row['last_reported'] or row['date']}T00:00:00").replace(tzinfo=UTC),
        )
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        place = join_alternatives(row["region"])
        event.add(
            "summary",
            strip_control(shorten(f"{say_term('event', row['event'])}{': ' + place if place else ''}", 200)),
        )
        event.add("description", strip_control(shorten(row["sentence"])))
        event.add(
            "url", str(datasette.absolute_url(request, page_path(datasette, article_path(row["article"]))))
        )
        shown.add_component(event)
    return Response(shown.to_ical().decode(), content_type="text/calendar; charset=utf-8")
