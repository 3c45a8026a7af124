"""Authors and editor: who wrote an article and who edited it, told apart by the label before a name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from itertools import islice

from crawler.html import jsonld
from crawler.html.around import MAY_SHOW, names_of, shown_text, stands_beside
from crawler.html.markup import strip_tags, tidy
from crawler.html.tree import Element
from crawler.html.words import load_words
from crawler.outlet.load import Outlet
from crawler.page.metadata import Head, plain
from db.records import Source

#: Of a text in which names are looked for: no list of names is longer.
LONGEST = 300
MAX_MARKUP = 10 * LONGEST  # with its tags

#: Of a text around a headline that names who wrote the article.
LONGEST_SHOWN = 120
#: Elements with the name of a byline that are read, wherever they stand.
MOST_ELSEWHERE = 20

_NAME_EDGE = " \t,;:|/·•-–—()*"
_JOINT = re.compile(r"\s+(?:dan|and|&)\s+(?=[A-Z])|\s*;\s*")
#: Part of a list of names: two words or more, none of them abbreviated to a degree.
_NAME = re.compile(r"\s*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]*\.?){1,4}\s*")
#: "By Tim Hardiman", "Oleh Budi Santoso": a label without a colon, and a name behind it.
_CREDITED = re.compile(r"(?:By|BY|Oleh|OLEH)\s+[A-Z]\w")
_SITE = re.compile(r"(?P<name>.+)\s[-–—]\s?(?P<site>[^-–—]+)")
_SIGNATURE = re.compile(r"\(([^()]{5,40})\)")


def read_people(head: Head, signed: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Authors and editor. `signed` are lines that were taken out of the body, such as "Editor: Vito".

    JSON-LD and meta tags often name who put an article in: where the byline that readers see says otherwise,
    it is right.
    """
    labelled = _find_labelled(head, signed)
    editor = _read_editor(head, labelled)
    return _read_authors(head, labelled, signed), editor


def _find_labelled(head: Head, signed: Sequence[str]) -> dict[str, list[str]]:
    """Names behind a label, by role: of the lines that sign the text, then of the page's bylines."""
    # "Pilihan Editor: ..." is no byline: the label has to open the line.
    labelled = _read_labels(line for line in signed if load_words().byline.match(line))
    for values in head.bylines():
        _add_labels(labelled, values)
        if labelled["author"] and labelled["editor"]:
            break
    return labelled


def _read_authors(head: Head, labelled: dict[str, list[str]], signed: Sequence[str]) -> tuple[str, ...]:
    author = jsonld.resolve(head.node.get("author") or head.node.get("creator"), head.nodes)
    printed = _printed(head, "authors", labelled["author"])
    edited = {plain(name) for name in _names(head, labelled["editor"])} - {plain(n) for n in printed}
    sources: dict[Source, Callable[[], Iterable[str]]] = {
        "json-ld": lambda: jsonld.strings(author, ";"),
        "meta": lambda: head.meta_values("authors"),
        "selector": lambda: _selected(head, "authors", labelled, "author"),
    }
    for source in head.order("authors"):
        names = _names(head, sources[source]())
        if stated := tuple(name for name in names if plain(name) not in edited or source == "selector"):
            return _settle(head, "authors", source, printed, stated)
    if names := _names(head, _signers(signed)[:1]):
        head.answered["authors"] = "selector"
    elif names := _shown_authors(head):  # a desk of its own within a family marks its bylines up otherwise
        head.answered["authors"] = "generic"
    return names


def _shown_authors(head: Head) -> tuple[str, ...]:
    """The names that stand around the headline, behind a label or in an element with the name of a byline.

    Of elements in one another the innermost is asked first: the outer ones hold a date, a place, a button.
    Where none stands there, elements with such a name are looked for elsewhere.
    """
    elsewhere = (e for e in head.tree.root.iter(*MAY_SHOW) if _is_named(e))
    for elements in (head.around, islice(elsewhere, MOST_ELSEWHERE)):
        texts = [text for element in elements if (text := _credit_of(element))]
        for text in sorted(texts, key=len):
            labelled = _read_labels([text])
            if names := _names(head, labelled["author"] or labelled[""]):
                return names
    return ()


def _is_named(element: Element) -> bool:
    return element.get("rel") == "author" or bool(load_words().markup_author.search(names_of(element)))


def _credit_of(element: Element) -> str:
    """The text of an element that says who wrote the article, or ""."""
    text = shown_text(element)
    if not 2 < len(text) <= LONGEST_SHOWN:
        return ""
    credited = _CREDITED.match(text) or load_words().byline.match(text) or _is_named(element)
    return text if credited and not stands_beside(element) else ""


def _signers(signed: Sequence[str]) -> list[str]:
    """Who is credited at the head ("Laporan Wartawan Kabar Uji, Dwi Hartono"), or in brackets at the end."""
    credited = [m["name"] for p in load_words().credit for line in signed if (m := p.match(line))]
    signatures = [m[1] for line in signed if (m := _SIGNATURE.fullmatch(line)) and " " in m[1]]
    return [*credited, *signatures]


def _settle(
    head: Head, field: str, source: Source, printed: tuple[str, ...], stated: tuple[str, ...]
) -> tuple[str, ...]:
    """Where the byline names somebody whom the source does not, it is right."""
    differ = _differ(printed, stated)
    head.answered[field] = "selector" if differ else source
    return printed if differ else stated


def _read_editor(head: Head, labelled: dict[str, list[str]]) -> str:
    printed = _printed(head, "editor", labelled["editor"])
    sources: dict[Source, Callable[[], Iterable[str]]] = {
        "json-ld": lambda: jsonld.strings(jsonld.resolve(head.node.get("editor"), head.nodes), ";"),
        "meta": lambda: head.meta_values("editor"),
        "selector": lambda: _selected(head, "editor", labelled, "editor"),
    }
    for source in head.order("editor"):
        if stated := _names(head, sources[source]()):
            return ", ".join(_settle(head, "editor", source, printed, stated))
    return ""


def _printed(head: Head, field: str, labelled: Sequence[str]) -> tuple[str, ...]:
    """The names that readers see: with the label of the role, or where the outlet's own layout has them."""
    if names := _names(head, labelled):
        return names
    for values in head.printed(field):
        if names := _names(head, _read_labels(values)[""]):
            return names
    return ()


def _differ(printed: Sequence[str], stated: Sequence[str]) -> bool:
    """Whether the byline names somebody whom the other source does not; a name may be shorter there."""
    words = {word for name in stated for word in map(plain, name.split())}
    return not all(plain(word) in words for name in printed for word in name.split())


def _selected(head: Head, field: str, labelled: dict[str, list[str]], role: str) -> list[str]:
    """Names with the label of the role; without any, the unlabelled ones."""
    if labelled[role]:
        return labelled[role]
    return next((names for values in head.selected(field) if (names := _read_labels(values)[""])), [])


def _add_labels(labelled: dict[str, list[str]], values: Iterable[str]) -> None:
    found = _read_labels(values)
    for label in ("author", "editor"):
        labelled[label] += [n for n in found[label] if n not in labelled[label]]


def _read_labels(texts: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"author": [], "editor": [], "other": [], "": []}
    for text in texts:
        for role, name in split_byline(text):
            found[role].append(name)
    return found


def _names(head: Head, candidates: Iterable[str]) -> tuple[str, ...]:
    return person_names(candidates, head.outlet, head.site_names)


def split_byline(text: str) -> list[tuple[str, str]]:
    """(role, name) pairs of a byline: "Penulis: A | Editor: B" -> author A, editor B; no label: role ""."""
    text = tidy(text)
    labels = list(load_words().byline.finditer(text))
    if not labels:
        return [("", text.strip(_NAME_EDGE))] if text else []
    pairs = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        name = text[label.end() : following.start() if following else len(text)].strip(_NAME_EDGE)
        role = next(r for r in ("author", "editor", "other") if label[r])
        if name:
            pairs.append((role, name))
    return pairs


def _split_names(text: str) -> list[str]:
    """The names of a list ("Oleh A, B dan C"), without its label; "Drs. A, M.Si." stays whole."""
    text = unescape(text[:MAX_MARKUP]) if "&" in text else text[:MAX_MARKUP]
    text = tidy(strip_tags(text))[:LONGEST]
    for noise in load_words().author_noise:
        text = noise.sub("", text)
    parts = [_without_role(part).strip() for part in _JOINT.split(text)]
    listed = [part for one in parts for part in one.split(",")]
    return [p.strip() for p in listed] if all(map(_NAME.fullmatch, listed)) else parts


def _without_role(name: str) -> str:
    """A name without what stands behind it: "Budi Santoso, wartawan lepas"."""
    before, comma, behind = name.rpartition(",")
    return before if comma and load_words().author_role.fullmatch(behind.strip()) else name


def person_names(
    candidates: Iterable[str], outlet: Outlet, site_names: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Names of people, none twice: without labels, accounts, departments and the outlet's own name."""
    names: dict[str, str] = {}
    for name in (part for candidate in candidates for part in _split_names(candidate)):
        signed = _SITE.fullmatch(name)  # "Name - detikJateng"
        if signed and plain(signed["site"]) in site_names:
            name = signed["name"]
        name = name.strip(_NAME_EDGE)
        wrong = load_words().not_a_person.search(name) or outlet.article.not_author.search(name)
        if 2 < len(name) <= 80 and not wrong and plain(name) not in site_names:
            names.setdefault(plain(name), name)
    return tuple(names.values())
