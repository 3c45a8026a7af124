"""The search: what has a name and a page, what was said, and what that can be narrowed by."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup

from db.claim_kinds import KINDS
from db.pages.parts.ask import LONGEST, Ask, shorten
from db.pages.parts.language import name_of, say, say_term, write_date
from db.pages.parts.links import page_path, term_path
from db.pages.parts.said import Row
from db.pages.parts.text import strip_control
from db.pages.places import Context
from db.search.index import BANDS, band_of
from db.search.query import LONGEST as LONGEST_QUERY
from db.search.query import Unit, match_all, read_query
from db.search.words import Stems, load_empty, split_words, stem

#: Documents that are looked at for one answer, and shown on one page of it.
CANDIDATES, PAGE = 600, 20

#: Documents from which on a word is common: where all are, the newest documents come first, not the best.
COMMON = 20_000

#: Names that are shown above what was said.
NAMES = 10

#: Parameter of the address -> facet; in the order in which they are shown.
FACETS = {
    "jenis": "kind", "wilayah": "regency", "pilar": "pillar", "media": "outlet", "bulan": "month",
    "peluang": "band",
}  # fmt: skip

#: Facet -> the column of `all_claims` that it narrows.
_COLUMNS = {"kind": "kind", "regency": "regency_code", "pillar": "pillar", "outlet": "outlet"}

#: Kind of name -> the page that shows it.
_PAGES = {
    "regency": "wilayah", "kecamatan": "kecamatan", "village": "kecamatan", "pillar": "pilar",
    "agency": "instansi", "office": "instansi", "outlet": "media", "official": "orang",
}  # fmt: skip


def escape_search(query: str) -> str:
    """What a visitor types, for FTS5: every word, quoted words together; no syntax error."""
    found = re.findall(r'"([^"]+)"|(\S+)', strip_control(query))
    parts = [phrase or word.replace('"', "") for phrase, word in found]
    # A phrase without any letter finds nothing, where an empty query would be an error.
    return " ".join(f'"{part}"' for part in parts if part) or '"."'


def mark_words(text: str | None, wanted: Iterable[Stems], longest: int = LONGEST) -> Markup:
    """The text with the words of a search marked, in whatever form; cut around the first of them."""
    text = text or ""
    stems = {word for phrase in wanted for word in phrase} - load_empty()
    found = [
        match
        for match in re.finditer(r"[^\W_]+", text)
        if stems and stem("".join(split_words(match[0]))) in stems
    ]
    if not found:
        return Markup("{}").format(shorten(text, longest))
    begin = max(found[0].start() - longest // 2, 0) if len(text) > longest else 0
    end = begin + longest
    pieces = [Markup("…" if begin else "")]
    done = begin
    for match in found:
        if match.end() <= end:
            pieces.append(Markup("{}<mark>{}</mark>").format(text[done : match.start()], match[0]))
            done = match.end()
    pieces.append(Markup("{}{}").format(text[done:end], "…" if end < len(text) else ""))
    return Markup("").join(pieces)


def read_filters(args: Any) -> dict[str, str]:
    """Facet -> what it is narrowed to, of an address."""
    given = {facet: strip_control(args.get(name) or "")[:80].strip() for name, facet in FACETS.items()}
    return {facet: value for facet, value in given.items() if value}


async def search(datasette: Datasette, request: Request) -> Context:
    ask, words = Ask(datasette), strip_control(request.args.get("q") or "").strip()[:LONGEST_QUERY]
    chosen = read_filters(request.args)
    units = read_query(words)
    context: Context = {
        "words": words,
        "kept": [(name, chosen[facet]) for name, facet in FACETS.items() if facet in chosen],
        "units": units,
        "names": [],
        "documents": [],
    }
    if not units:
        return context | {"facets": [], "found": 0}
    corrected, mended = (units, {}) if request.args.get("persis") else await _mend(ask, units)
    names = await find_names(ask, corrected)
    used, passed_over, documents = await _find(ask, corrected, chosen)
    documents = await _with_claims(ask, documents, chosen)
    page = max(int(text), 1) if (text := request.args.get("hal", "")).isdecimal() and len(text) < 4 else 1
    shown = documents[(page - 1) * PAGE : page * PAGE]
    link = _Links(datasette, words, chosen, exactly=bool(request.args.get("persis")))
    return context | {
        "mended": mended,
        "alike": [unit for unit in used if len(unit.alike) > 1],
        "passed_over": passed_over,
        "names": [_name(datasette, row) for row in names],
        "answer": await _answer(ask, names) if not chosen else None,
        "documents": await _describe(ask, shown),
        "stems": [stems for unit in used for stems in unit.stems],
        "found": len(documents),
        "capped": len(documents) >= CANDIDATES,
        "newest": await _all_common(ask, used),
        "facets": await _facets(ask, documents, chosen, link),
        "page_number": page,
        "newer": link.to(hal=str(page - 1)) if page > 1 else "",
        "older": link.to(hal=str(page + 1)) if page * PAGE < len(documents) else "",
        "exactly": link.to(persis="1"),
        "query": urlencode({"q": words} | {name: chosen[f] for name, f in FACETS.items() if f in chosen}),
    }


class _Links:
    """Addresses of the same search, narrowed otherwise."""

    def __init__(self, datasette: Datasette, words: str, chosen: Mapping[str, str], *, exactly: bool) -> None:
        self._datasette, self._given = datasette, {"q": words}
        self._given |= {name: chosen[facet] for name, facet in FACETS.items() if facet in chosen}
        self._given |= {"persis": "1"} if exactly else {}

    def to(self, **changes: str) -> str:
        given = {name: value for name, value in (self._given | changes).items() if value}
        return f"{page_path(self._datasette, '/cari')}?{urlencode(given)}"


async def _counts(ask: Ask, units: Sequence[Unit]) -> dict[str, int]:
    """Word of the units' stems -> documents with it; those of none are missing."""
    words = sorted({word for unit in units for stems in unit.stems for word in stems})
    rows = await ask.all(
        "SELECT term, documents FROM search_fts_terms WHERE term IN (SELECT value FROM json_each(:words))",
        words=json.dumps(words),
    )
    return {row["term"]: row["documents"] for row in rows}


def _documents_of(unit: Unit, counts: Mapping[str, int]) -> int:
    """At most so many documents have the unit."""
    return sum(min((counts.get(word, 0) for word in stems), default=0) for stems in unit.stems)


async def _all_common(ask: Ask, units: Sequence[Unit]) -> bool:
    counts = await _counts(ask, units)
    return bool(units) and all(_documents_of(unit, counts) > COMMON for unit in units)


async def _mend(ask: Ask, units: Sequence[Unit]) -> tuple[list[Unit], dict[str, str]]:
    """The units with what nothing holds replaced by the nearest name; typed -> what was taken for it."""
    counts = await _counts(ask, units)
    mended: dict[str, str] = {}
    result = []
    for unit in units:
        near = ""
        if len(unit.alike) == 1 and " " not in unit.typed and not _documents_of(unit, counts):
            near = await _nearest_name(ask, unit.typed)
        if near:
            mended[unit.typed] = near
        result += read_query(near) if near else [unit]
    return result, mended


async def _nearest_name(ask: Ask, word: str) -> str:
    """The word of a name that somebody mistyped; "" where it is or begins one, or none is near."""
    if await ask.one("SELECT 1 FROM names_fts WHERE names_fts MATCH :word LIMIT 1", word=f'"{word}"*'):
        return ""
    pieces = sorted({word[at : at + 3] for at in range(len(word) - 2)})
    if not pieces:
        return ""
    rows = await ask.all(
        "SELECT word FROM words_fts WHERE words_fts MATCH :pieces ORDER BY rank LIMIT 60",
        pieces=" OR ".join(f'"{piece}"' for piece in pieces),
    )
    close = get_close_matches(word, [row["word"] for row in rows], n=1, cutoff=0.75)
    return close[0] if close else ""


_NAMED = (
    "SELECT kind, name, names, detail, key FROM names_fts WHERE names_fts MATCH :query "
    "ORDER BY bm25(names_fts, 10, 4, 2) - min(stories, 20) / 10.0 LIMIT 40"
)


async def find_names(ask: Ask, units: Sequence[Unit]) -> list[Row]:
    """Names that hold every unit; where none does, those that are a unit, and some that hold one."""
    if rows := await ask.all(_NAMED, query=" AND ".join(unit.named for unit in units)):
        return _exact_first(rows, units)[:NAMES]
    found: list[Row] = []
    for unit in units:
        rows = await ask.all(_NAMED, query=f"{{name names}} : {unit.named}")
        found += [row for row in rows if row["kind"] != "village" and row not in found][: NAMES // 2]
    return _exact_first(found, units)[:NAMES]


def _exact_first(rows: Sequence[Row], units: Sequence[Unit]) -> list[Row]:
    """Names that are just what was typed, or a unit of it, before those that hold it."""
    return sorted(rows, key=lambda row: not is_name_of(row, units))


def is_name_of(row: Row, units: Sequence[Unit]) -> bool:
    """Whether a unit is one of a thing's names; those of regencies go without Kabupaten and Kota."""
    names = {" ".join(split_words(name)) for name in (row["name"], *row["names"].split("; "))}
    if row["kind"] == "regency":
        names |= {name.partition(" ")[2] for name in names}
    return row["kind"] != "village" and any(alike in names for unit in units for alike in unit.alike)


def _name(datasette: Datasette, row: Row) -> Row:
    path = (
        f"/instansi/{row['key']}" if row["kind"] == "office" else term_path(_PAGES[row["kind"]], row["key"])
    )
    return {**row, "address": page_path(datasette, path), "kind_said": say_term("name", row["kind"])}


async def _answer(ask: Ask, names: Sequence[Row]) -> Row | None:
    """Where a pillar and a regency were asked for: what was reported of the one in the other."""
    pillars = [row for row in names if row["kind"] == "pillar"]
    places = [row for row in names if row["kind"] == "regency"]
    if len(pillars) != 1 or len(places) != 1:
        return None
    key = {"pillar": pillars[0]["key"], "code": places[0]["key"]}
    state = await ask.one(
        "SELECT * FROM pillar_coverage WHERE pillar = :pillar AND regency_code = :code LIMIT 1", **key
    )
    if state is None:
        return None
    return {
        "state": state,
        "matrix": await ask.all(
            "SELECT * FROM responsibility_matrix WHERE pillar = :pillar AND regency_code = :code "
            "ORDER BY stories DESC LIMIT 5",
            **key,
        ),
        "pillars": await ask.terms("pillars"),
        "agencies": await ask.terms("agency_types"),
    }


async def _find(
    ask: Ask, units: Sequence[Unit], chosen: Mapping[str, str]
) -> tuple[list[Unit], list[Unit], list[Row]]:
    """Units that were used, those passed over, and the documents, best first.

    Where no document has all units, the commonest is passed over, then the next: what is rare tells most.
    """
    counts = await _counts(ask, units)
    used = list(units)
    while used:
        newest = all(_documents_of(unit, counts) > COMMON for unit in used)
        if rows := await _documents(ask, match_all(used, chosen), newest=newest):
            return used, [unit for unit in units if unit not in used], rows
        # Of what stands nowhere nothing can be found, so that goes first.
        used.remove(max(used, key=lambda unit: _documents_of(unit, counts) or 10**12))
    return list(units), [], []


async def _documents(ask: Ask, query: str, *, newest: bool) -> list[Row]:
    """Documents that match, the best first, or the newest: to rank what nearly all have takes too long."""
    score = "-rowid" if newest else "bm25(search_fts, 3, 1, 0)"
    order = "rowid DESC" if newest else "score"
    return await ask.all(
        f"WITH found AS (SELECT rowid AS id, {score} AS score FROM search_fts WHERE search_fts MATCH :query "
        f"ORDER BY {order} LIMIT {CANDIDATES:d}) "
        "SELECT d.sentence_id, d.article FROM found AS f JOIN search_fts_documents AS d ON d.id = f.id "
        "ORDER BY f.score, d.id DESC",
        query=query,
    )


async def _with_claims(ask: Ask, documents: Sequence[Row], chosen: Mapping[str, str]) -> list[Row]:
    """The documents with their claims, or their article; a sentence needs one claim that fits all filters."""
    sentences = [row["sentence_id"] for row in documents if row["sentence_id"] is not None]
    claims: dict[int, list[Row]] = {}
    for row in await ask.all(
        "SELECT sentence_id, kind, id, regency_code, pillar, outlet, published_on, confidence, article "
        "FROM all_claims WHERE sentence_id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(sentences),
    ):
        if _fits(row, chosen):
            claims.setdefault(row["sentence_id"], []).append(row)
    articles = {
        row["article"]: row
        for row in await ask.all(
            "SELECT article, outlet, published_on FROM relevant_articles "
            "WHERE article IN (SELECT value FROM json_each(:ids))",
            ids=json.dumps([row["article"] for row in documents if row["article"]]),
        )
    }
    return [
        {**row, "claims": claims.get(row["sentence_id"], []), "of": articles.get(row["article"])}
        for row in documents
        if row["sentence_id"] in claims or row["article"] in articles
    ]


def _fits(claim: Row, chosen: Mapping[str, str]) -> bool:
    return all(value == facet_of(claim, facet) for facet, value in chosen.items())


def facet_of(row: Row, facet: str) -> str:
    """The value of a claim or an article for a facet; "" where it has none."""
    if facet == "month":
        return (row["published_on"] or "")[:7]
    if facet == "band":
        return band_of(row["confidence"]) if row.get("confidence") is not None else ""
    if facet == "kind":
        return row.get("kind") or "articles"
    return row.get(_COLUMNS[facet]) or ""


async def _facets(
    ask: Ask, documents: Sequence[Row], chosen: Mapping[str, str], link: _Links
) -> list[dict[str, Any]]:
    """What the documents can be narrowed by, with how many it leaves; what was chosen can be taken back."""
    names: dict[str, dict[str, str]] = {
        "regency": {row["code"]: row["name"] for row in await ask.all("SELECT code, name FROM regencies")},
        "pillar": {key: name_of(term) for key, term in (await ask.terms("pillars")).items()},
        "outlet": {key: term["name"] for key, term in (await ask.terms("outlets")).items()},
        "kind": {"articles": say("kind.articles")} | {k.table: say_term("kind", k.table) for k in KINDS},
        "band": {str(low): say(f"band.{str(low).replace('.', '_')}") for low in BANDS},
    }
    facets = []
    for name, facet in FACETS.items():
        counts: Counter[str] = Counter()
        for document in documents:
            rows = document["claims"] or [document["of"]]
            counts.update({value for row in rows if (value := facet_of(row, facet))})
        if not counts and facet not in chosen:
            continue
        known = names.get(facet, {})
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if facet in ("month", "band"):
            ranked.sort(reverse=True)
        values = [
            {
                "label": known.get(value) or (write_date(value) if facet == "month" else value),
                "count": count,
                "chosen": chosen.get(facet) == value,
                "address": link.to(**{name: "" if chosen.get(facet) == value else value}),
            }
            for value, count in ranked
        ]
        if facet in chosen and chosen[facet] not in counts:
            label = known.get(chosen[facet], chosen[facet])
            values.insert(0, {"label": label, "count": 0, "chosen": True, "address": link.to(**{name: ""})})
        facets.append({"name": name, "label": say(f"facet.{facet}"), "options": values})
    return facets


async def _describe(ask: Ask, documents: Sequence[Row]) -> list[Row]:
    """The documents of one page as a reader sees them: sentence, source, and what each of its claims says."""
    claims = await ask.described([claim for document in documents for claim in document["claims"]])
    said: dict[int, list[Row]] = {}
    for claim in claims:
        said.setdefault(claim["sentence_id"], []).append(claim)
    sentences = {
        row["id"]: row
        for row in await ask.all(
            "SELECT s.id, s.article, s.sentence FROM sentences AS s "
            "WHERE s.id IN (SELECT value FROM json_each(:ids))",
            ids=json.dumps(list(said)),
        )
    }
    wanted = {row["article"] for row in (*sentences.values(), *documents) if row["article"]}
    articles = {
        row["article"]: row
        for row in await ask.all(
            "SELECT article, title, outlet_name, published_on, url FROM relevant_articles "
            "WHERE article IN (SELECT value FROM json_each(:ids))",
            ids=json.dumps(sorted(wanted)),
        )
    }
    shown: list[Row] = []
    for document in documents:
        sentence = sentences.get(document["sentence_id"])
        article = articles.get(sentence["article"] if sentence else document["article"])
        if article is not None:
            text = sentence["sentence"] if sentence else None
            shown.append({**article, "sentence": text, "claims": said.get(document["sentence_id"], [])})
    return shown


def search_rows(request_words: str, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """SQL and its values for rows of a table or view that hold every word that was typed.

    Rows of sentences are found as the search page finds them, others by their text, letter by letter.
    """
    units = read_query(strip_control(request_words))
    if not units:
        return "0", {}
    if "sentence_id" in columns:
        found = "SELECT rowid FROM search_fts WHERE search_fts MATCH :search_rows"
        of_sentences = f"SELECT sentence_id FROM search_fts_documents WHERE id IN ({found})"
        return f"sentence_id IN ({of_sentences})", {"search_rows": match_all(units)}
    text = " || ' ' || ".join(f"coalesce(\"{column}\", '')" for column in columns)
    clauses, values = [], {}
    for number, unit in enumerate(units):
        alike = []
        for place, words in enumerate(unit.alike):
            name = f"search_{number}_{place}"
            values[name] = f"%{words}%"
            alike.append(f"({text}) LIKE :{name}")
        clauses.append(f"({' OR '.join(alike)})")
    return " AND ".join(clauses), values
