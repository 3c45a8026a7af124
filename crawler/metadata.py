"""What a page says about its article outside the body: headline, times, people, place in the site. Pure.

JSON-LD is asked first, meta tags second, the layout's selectors third; `Head.answered` says which did.
A layout's `prefer` puts its selectors first for a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler import jsonld
from crawler.clean import tidy
from crawler.dates import read_date
from crawler.outlet import Layout, Outlet
from crawler.select import find_values
from crawler.words import load_words
from db.records import WIB, Page, Source

_SEPARATOR = re.compile(r"\s*(?:[|»«•·]|::?|--|[-–—/])\s*")
_NAME_EDGE = " \t,;:|/·•-–—()*"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


class Head:
    """The metadata of one page; every value is found when it is asked for."""

    def __init__(self, page: Page, outlet: Outlet, tree: HtmlElement, layouts: list[Layout]) -> None:
        self.page = page
        self.outlet = outlet
        self.tree = tree
        self.layouts = layouts  # the one whose body answered first, the generic one last
        self.answered: dict[str, Source] = {}
        self.meta: dict[str, list[str]] = {}
        self.canonical_link = ""
        scripts: list[str] = []
        self.page_title = ""
        for element in tree.iter("meta", "link", "script", "title"):
            attributes = element.attrib
            if element.tag == "meta":
                name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
                content = attributes.get("content")
                if name and content:
                    self.meta.setdefault(name.lower(), []).append(content)
                    if (other := attributes.get("itemprop")) and other != name:
                        self.meta.setdefault(other.lower(), []).append(content)
            elif element.tag == "script":
                if "ld+json" in attributes.get("type", ""):
                    scripts.append(element.text or "")
            elif element.tag == "link":
                if attributes.get("rel", "").lower() == "canonical":
                    self.canonical_link = self.canonical_link or attributes.get("href", "")
            elif not self.page_title and element.getparent().tag != "svg":
                self.page_title = tidy(element.text or "")
        self.nodes = jsonld.load_jsonld(scripts)
        self.node = jsonld.find_article_node(self.nodes)

    # --- asking -------------------------------------------------------------------------------------

    def _meta(self, field: str) -> Iterator[str]:
        for name in load_words().meta[field]:
            for value in self.meta.get(name, ()):
                yield tidy(unescape(value))

    def _selected(self, field: str) -> Iterator[list[str]]:
        """The answer of each layout, the best first."""
        for layout in self.layouts:
            if values := find_values(getattr(layout, field), self.tree, self.page.html):
                yield values

    def _order(self, field: str) -> tuple[Source, ...]:
        preferred = bool(self.layouts) and field in self.layouts[0].prefer
        return ("selector", "json-ld", "meta") if preferred else ("json-ld", "meta", "selector")

    def ask(self, field: str, from_jsonld: Iterable[str], accept: Callable[[str], bool]) -> str:
        """The first answer that `accept` takes, noted in `answered`."""
        for source in self._order(field):
            candidates: Iterable[str]
            if source == "json-ld":
                candidates = from_jsonld
            elif source == "meta":
                candidates = self._meta(field)
            else:
                candidates = (v for values in self._selected(field) for v in values)
            for text in candidates:
                text = tidy(text)
                if text and accept(text):
                    self.answered[field] = source
                    return text
        return ""

    # --- headline -----------------------------------------------------------------------------------

    @cached_property
    def site_names(self) -> frozenset[str]:
        names = [self.outlet.name, *self.outlet.site_names, *self.meta.get("og:site_name", ())]
        names.append(jsonld.string(self.node.get("publisher")))
        host = urlsplit(self.page.url).hostname or ""
        names += [
            host,
            host.removeprefix("www."),
            ".".join(host.split(".")[-2:]),
            ".".join(host.split(".")[-3:]),
        ]
        plain = {_plain(n) for n in names if n}
        return frozenset(
            plain | {re.sub(r"(?:com|id|tv|net|coid|goid)$", "", n) for n in plain if len(n) > 6}
        )

    def cut_title(self, title: str) -> str:
        """The headline without the outlet's name and a page number behind it."""
        tails = (
            load_words().title_tail,
            re.compile(rf"(?:{self.outlet.article.title_tail.pattern})$", re.IGNORECASE),
        )
        for _ in range(4):
            before = title
            for tail in tails:
                title = tail.sub("", title).rstrip()
            separators = list(_SEPARATOR.finditer(title))
            if separators and _plain(title[separators[-1].end() :]) in self.site_names:
                title = title[: separators[-1].start()].rstrip()
            if title == before:
                break
        return title

    def title(self) -> str:
        headings = [tidy(v) for values in self._selected("title") for v in values[:3]]
        title = self.ask("title", [jsonld.string(self.node.get("headline"))], lambda t: len(t) > 3)
        if not title and self.page_title:
            title, self.answered["title"] = self.page_title, "meta"
        if not title and (hint := tidy(self.page.hints.get("title", ""))):
            title, self.answered["title"] = hint, "feed"
        title = self.cut_title(title)
        for heading in headings:
            # "Judul Berita : Okezone News" above <h1>Judul Berita</h1>, "Judul yang dipot..." above it all.
            rest = title[len(heading) :]
            if len(heading) > 15 and title.startswith(heading) and rest and _SEPARATOR.match(rest):
                return heading
            cut = title.removesuffix("…").removesuffix("...").rstrip()
            if len(cut) < len(title) and len(cut) > 15 and heading.startswith(cut):
                return heading
        return title

    # --- times --------------------------------------------------------------------------------------

    def published(self) -> datetime | None:
        moment = self._moment("published", "datePublished", "dateCreated")
        if moment is None and (hint := self.page.hints.get("published_at", "")):
            moment = read_date(hint, latest=self.page.fetched_at)
            if moment is not None:
                self.answered["published_at"] = "feed"
        if moment is None:
            match = self.outlet.article.url.search(self.page.url)
            if match and "ymd" in match.re.groupindex and match["ymd"]:
                moment = read_date(match["ymd"].replace("/", "-"), latest=self.page.fetched_at)
                if moment is not None:
                    self.answered["published_at"] = "url"
        return moment

    def modified(self) -> datetime | None:
        return self._moment("modified", "dateModified")

    def _moment(self, field: str, *keys: str) -> datetime | None:
        latest = self.page.fetched_at
        text = self.ask(
            field,
            [jsonld.string(self.node.get(k)) for k in keys],
            lambda t: read_date(t, latest=latest) is not None,
        )
        moment = read_date(text, latest=latest) if text else None
        if source := self.answered.pop(field, None):
            self.answered[f"{field}_at"] = source
        return self._in_zone(moment) if moment else None

    def _in_zone(self, moment: datetime) -> datetime:
        """WIB for what is marked UTC: converted, or relabelled where the page shows that very hour as WIB."""
        if moment.utcoffset() != UTC.utcoffset(None):
            return moment
        if self.outlet.article.utc_is_wib:
            return moment.replace(tzinfo=WIB)
        for values in self._selected("published"):
            for text in values:
                seen = read_date(text)
                if (
                    seen is None
                    or seen.utcoffset() == UTC.utcoffset(None)
                    or (seen.hour, seen.minute) == (0, 0)
                ):
                    continue
                if seen.replace(second=0, tzinfo=UTC) == moment.replace(second=0, microsecond=0):
                    return moment.replace(tzinfo=WIB)
        return moment.astimezone(WIB)

    # --- people -------------------------------------------------------------------------------------

    def people(self, signed: list[str]) -> tuple[tuple[str, ...], str]:
        """Authors and editor. `signed` are lines of the body such as "Editor: Vito"."""
        labelled: dict[str, list[str]] = {"author": [], "editor": []}
        loose: list[str] = []
        editors_loose: list[str] = []
        for field, unlabelled in (("authors", loose), ("editor", editors_loose)):
            for values in self._selected(field):
                found = {"author": [], "editor": [], "": []}  # type: dict[str, list[str]]
                for text in values:
                    for role, name in split_byline(text):
                        found.setdefault(role, []).append(name)
                for role in ("author", "editor"):
                    labelled[role] += [n for n in found[role] if n not in labelled[role]]
                if not unlabelled:
                    unlabelled += found[""]
                if found["author"] or found[""]:
                    break
        for line in signed:
            if not load_words().byline.match(line):
                continue  # "Pilihan Editor: ..." is no byline
            for role, name in split_byline(line):
                if role in labelled and name not in labelled[role]:
                    labelled[role].append(name)
        sources: dict[Source, list[str]] = {
            "json-ld": jsonld.strings(self.node.get("author") or self.node.get("creator"), ";"),
            "meta": list(self._meta("authors")),
            "selector": labelled["author"] or loose,
        }
        editor = self._editor(labelled["editor"], editors_loose)
        # Where JSON-LD names the editor as author and the byline tells the two apart, the byline is right.
        if labelled["author"] and editor and [_plain(n) for n in sources["json-ld"]] == [_plain(editor)]:
            sources["json-ld"] = []
        for source in self._order("authors"):
            if names := self._names(sources[source]):
                self.answered["authors"] = source
                return names, editor
        signature = next((m[1] for line in signed if (m := re.fullmatch(r"\(([^()]{5,40})\)", line))), "")
        if names := self._names([signature] if " " in signature else []):
            self.answered["authors"] = "selector"
            return names, editor
        return (), editor

    def _editor(self, labelled: list[str], loose: list[str]) -> str:
        sources: dict[Source, list[str]] = {
            "json-ld": jsonld.strings(self.node.get("editor"), ";"),
            "meta": list(self._meta("editor")),
            "selector": labelled or loose,
        }
        for source in self._order("editor"):
            if names := self._names(sources[source]):
                self.answered["editor"] = source
                return ", ".join(names)
        return ""

    def _names(self, candidates: Iterable[str]) -> tuple[str, ...]:
        return person_names(candidates, self.outlet, self.site_names)

    # --- place in the site --------------------------------------------------------------------------

    def section(self, title: str) -> str:
        crumbs = [c for c in jsonld.breadcrumb(self.nodes)[1:] if _plain(c) != _plain(title)]
        stated = jsonld.strings(self.node.get("articleSection"))
        noise = load_words().section_noise

        def accept(text: str) -> bool:
            plain = _plain(text)
            return (
                len(text) <= 60
                and not noise.match(text)
                and plain != _plain(title)
                and plain not in self.site_names
            )

        found = self.ask("section", [*stated[:1], *reversed(crumbs)], accept)
        if not found and (match := self.outlet.article.url.search(self.page.url)):
            found = (match.groupdict().get("section") or "").strip("/").replace("-", " ")
            if found:
                self.answered["section"] = "url"
        return found

    def tags(self) -> tuple[str, ...]:
        sources: dict[Source, list[str]] = {
            "json-ld": jsonld.strings(self.node.get("keywords"), ","),
            "meta": self._meta_tags(),
            "selector": next((self._tag_texts(values) for values in self._selected("tags")), []),
        }
        noise = load_words().tag_noise
        for source in self._order("tags"):
            kept = {_plain(t): t for t in reversed([tidy(t).lstrip("# ") for t in sources[source]])}
            tags = [t for t in reversed(kept.values()) if t and len(t) <= 80 and not noise.match(t)]
            if tags:
                self.answered["tags"] = source
                return tuple(tags)
        return ()

    def _meta_tags(self) -> list[str]:
        for name in load_words().meta["tags"]:
            if values := self.meta.get(name):
                return [part for value in values for part in unescape(value).split(",")]
        return []

    @staticmethod
    def _tag_texts(values: list[str]) -> list[str]:
        return values[0].split(",") if len(values) == 1 else values

    def url(self) -> str:
        """The address: canonical link, JSON-LD, og:url or the page's, the first that is the outlet's."""
        main = self.node.get("mainEntityOfPage")
        candidates = [
            self.canonical_link,
            jsonld.string(main.get("@id") if isinstance(main, dict) else main),
            jsonld.string(self.node.get("url")),
            jsonld.string(self.node.get("@id")),
            *self.meta.get("og:url", ()),
        ]
        host = urlsplit(self.page.url).hostname or ""
        own = ".".join(host.split(".")[-2:])
        urls = [urljoin(self.page.url, c) for c in candidates if c]
        urls = [u for u in urls if u.startswith("http") and (urlsplit(u).hostname or "").endswith(own)]
        for url in [u for u in urls if self.outlet.article.url.search(u)] or urls:
            if urlsplit(url).path.strip("/"):
                return self.outlet.canonical(url)
        return self.outlet.canonical(self.page.url)

    def number(self) -> str:
        """The outlet's own id of the article, or an empty string."""
        for values in self._selected("id"):
            if match := re.search(r"[0-9A-Za-z-]{3,40}", values[0]):
                return match[0]
        return ""


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


def person_names(
    candidates: Iterable[str], outlet: Outlet, site_names: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Names of people, none twice: without labels, accounts, departments and the outlet's own name."""
    names: dict[str, str] = {}
    for candidate in candidates:
        name = tidy(re.sub(r"<[^>]+>", "", unescape(candidate)))
        for noise in load_words().author_noise:
            name = noise.sub("", name)
        head, _, tail = name.rpartition(" - ")  # "Name - detikJateng"
        if head and _plain(tail) in site_names:
            name = head
        name = name.strip(_NAME_EDGE)
        wrong = load_words().not_a_person.search(name) or outlet.article.not_author.search(name)
        if 2 < len(name) <= 80 and not wrong and _plain(name) not in site_names:
            names.setdefault(_plain(name), name)
    return tuple(names.values())
