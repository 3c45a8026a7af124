"""The search: what was typed as a query, what it finds, and its words marked in what was found."""

from __future__ import annotations

import re

from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup

from db.pages.parts.ask import LONGEST, Ask, shorten
from db.pages.parts.said import Row
from db.pages.places import Context

#: Sentences that a search shows; the table below has all of them.
FOUND = 40


def escape_search(query: str, *, every: bool = True) -> str:
    """What a visitor types, for FTS5: every word or any, quoted words together; no syntax error."""
    parts = [phrase or word.replace('"', "") for phrase, word in re.findall(r'"([^"]+)"|(\S+)', query)]
    # A phrase without any letter finds nothing, where an empty query would be an error.
    return (" " if every else " OR ").join(f'"{part}"' for part in parts if part) or '"."'


def mark_words(text: str | None, query: str, longest: int = LONGEST) -> Markup:
    """The text with the words of a search marked; a long one is cut around the first of them."""
    text = text or ""
    words = sorted(set(re.findall(r"\w+", query)), key=len, reverse=True)
    found = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None
    first = found.search(text) if found else None
    if found is None or first is None:
        return Markup("{}").format(shorten(text, longest))
    begin = max(first.start() - longest // 2, 0) if len(text) > longest else 0
    shown = text[begin : begin + longest]
    pieces = [Markup("…" if begin else "")]
    done = 0
    for match in found.finditer(shown):
        pieces.append(Markup("{}<mark>{}</mark>").format(shown[done : match.start()], match[0]))
        done = match.end()
    pieces.append(Markup("{}{}").format(shown[done:], "…" if begin + longest < len(text) else ""))
    return Markup("").join(pieces)


async def search(datasette: Datasette, request: Request) -> Context:
    ask, words = Ask(datasette), (request.args.get("q") or "").strip()[:200]
    context: Context = {
        "words": words,
        "sentences": [],
        "titles": [],
        "places": [],
        "more": False,
        "loose": False,
    }
    if not words:
        return context
    query = escape_search(words)
    rows = await _find_sentences(ask, query)
    if not rows and (loose := escape_search(words, every=False)) != query:
        rows = await _find_sentences(ask, loose)
        context["loose"] = bool(rows)
    context["sentences"], context["more"] = rows[:FOUND], len(rows) > FOUND
    context["titles"] = await ask.all(
        "SELECT a.id AS article, a.title, o.name AS outlet_name, a.published_on, a.url "
        "FROM (SELECT rowid AS number FROM articles_fts WHERE articles_fts MATCH :query "
        "      ORDER BY rowid DESC LIMIT 20) AS f "
        "JOIN articles AS a ON a.number = f.number JOIN outlets AS o ON o.slug = a.outlet "
        "ORDER BY a.published_on DESC",
        query=query,
    )
    context["places"] = await ask.all(
        "SELECT code, name, '' AS regency, 'wilayah' AS page FROM regencies WHERE name LIKE :like "
        "OR :words LIKE '%' || substr(name, instr(name, ' ') + 1) || '%' "
        "UNION ALL SELECT k.code, k.name, g.name, 'kecamatan' FROM kecamatan AS k "
        "JOIN regencies AS g ON g.code = k.regency_code "
        "WHERE k.name LIKE :like OR :words LIKE '%' || k.name || '%' "
        "ORDER BY 1 LIMIT 12",
        like=f"%{words}%",
        words=words,
    )
    return context


async def _find_sentences(ask: Ask, query: str) -> list[Row]:
    # The newest rows are looked at first and the search ends when it has enough: common words find a million.
    return await ask.all(
        "SELECT s.sentence, s.article, a.title, a.outlet_name, a.published_on, a.url "
        "FROM (SELECT rowid AS id FROM sentences_fts WHERE sentences_fts MATCH :query "
        "      ORDER BY rowid DESC LIMIT :some) AS f "
        "JOIN sentences AS s ON s.id = f.id "
        "JOIN relevant_articles AS a ON a.article = s.article "
        "GROUP BY s.id ORDER BY a.published_on DESC, s.id DESC",
        query=query,
        some=FOUND + 1,
    )
