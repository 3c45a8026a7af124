"""What a page says about its article outside the body: section, tags, address. Pure.

JSON-LD is asked first, meta tags second, the layout's selectors third; `Head.answered` says which did.
A layout's `prefer` puts its selectors first for a field. Headline, people and times are in
crawler/page/headline.py, byline.py and moments.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from html import unescape
from itertools import islice

from crawler.html import jsonld
from crawler.html.around import near
from crawler.html.markup import tidy
from crawler.html.select import Selector, text_of
from crawler.html.tree import Element, Tree
from crawler.html.urls import join_url, split_url
from crawler.html.words import load_words
from crawler.outlet.load import Layout, Outlet
from db.records import Page, Source

#: Texts of one selector in which a label is looked for: a page prints its own byline first.
MOST_BYLINES = 3

#: Letters of a host by which the name of its site is known, and the words that such a name has at most.
SHORTEST_LABEL, MOST_NAME_WORDS = 6, 6

_VITAL = frozenset(("title", "published", "authors"))
_DOMAIN_END = re.compile(r"(?:com|id|tv|net|coid|goid)$")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Letters and figures alone, in lower case: "Tribun-Jateng.com" and "TribunJateng.com" are one."""
    return _NOT_ALPHANUMERIC.sub("", text.casefold())


@lru_cache(maxsize=1024)
def _letters(names: tuple[str, ...]) -> frozenset[str]:
    letters = {plain(n) for n in names if n}
    return frozenset(letters | {_DOMAIN_END.sub("", n) for n in letters if len(n) > 6})


class Head:
    """The metadata of one page; every value is found when it is asked for."""

    def __init__(self, page: Page, outlet: Outlet, tree: Tree, layouts: list[Layout]) -> None:
        self.page = page
        self.outlet = outlet
        self.tree = tree
        self.layouts = layouts  # the one whose body answered first, the generic one last
        self.answered: dict[str, Source] = {}
        self.title = ""  # the headline, once it is read
        self._found: dict[str, list[str]] = {}  # source of a selector -> texts
        self.meta: dict[str, list[str]] = {}
        self.canonical_link = ""
        scripts: list[str] = []
        self.page_title = ""
        for element in tree.root.iter("meta", "link", "script", "title"):
            tag, get = element.tag, element.get
            if tag == "meta":
                item, content = get("itemprop"), get("content")
                name = get("property") or get("name") or item
                if name and content:
                    self.meta.setdefault(name.lower(), []).append(content)
                    if item and item != name:
                        self.meta.setdefault(item.lower(), []).append(content)
            elif tag == "script":
                if "ld+json" in (get("type") or ""):
                    scripts.append(element.text or "")
            elif tag == "link":
                if (get("rel") or "").lower() == "canonical":
                    self.canonical_link = self.canonical_link or get("href") or ""
            elif not self.page_title:  # the first is that of the page; an <svg> may have others
                self.page_title = tidy(element.text or "")
        self.nodes = jsonld.load_jsonld(scripts)
        self.node = jsonld.find_article_node(self.nodes)

    # --- asking -------------------------------------------------------------------------------------

    def meta_values(self, field: str) -> Iterator[str]:
        for name in load_words().meta[field]:
            for value in self.meta.get(name, ()):
                yield tidy(unescape(value))

    def selected(self, field: str) -> Iterator[list[str]]:
        """The answers of the layouts' selectors, the best first.

        A layout that knows its site's body knows its bylines too: the generic selectors are asked beside it
        only for what an article can't do without, and no further than to the first answer, as the wider ones
        find what belongs to other articles of the page.
        """
        for number, layout in enumerate(self.layouts):
            if number and field not in _VITAL:
                break
            answers = self._find(getattr(layout, field))
            yield from answers if layout is not self.outlet.generic else islice(answers, 1)

    def _find(self, selectors: Iterable[Selector]) -> Iterator[list[str]]:
        """The texts of each selector that has any; a byline is asked for its authors and its editor."""
        for selector in selectors:
            if selector.source not in self._found:
                self._found[selector.source] = selector.values(self.tree)
            if values := self._found[selector.source]:
                yield values

    def printed(self, field: str) -> Iterator[list[str]]:
        """What the selectors of the outlet's own layouts find where readers see it, not in meta tags."""
        for layout in self.layouts:
            if layout is not self.outlet.generic:
                yield from self._find(s for s in getattr(layout, field) if not s.source.startswith("meta"))

    def bylines(self) -> Iterator[list[str]]:
        """The first texts of each selector for authors and editor, the generic ones included.

        The wider of these find other articles' bylines too: what they find is to be believed with a label.
        """
        for layout in self.layouts:
            for values in self._find((*layout.authors, *layout.editor)):
                yield values[:MOST_BYLINES]

    def first_selected(self, field: str) -> Iterator[list[str]]:
        """The first answer of each layout."""
        for layout in self.layouts:
            yield next(self._find(getattr(layout, field)), [])

    def order(self, field: str) -> tuple[Source, ...]:
        preferred = bool(self.layouts) and field in self.layouts[0].prefer
        return ("selector", "json-ld", "meta") if preferred else ("json-ld", "meta", "selector")

    def ask(self, field: str, from_jsonld: Iterable[str], accept: Callable[[str], bool]) -> str:
        """The first answer that `accept` takes, noted in `answered`."""
        for source in self.order(field):
            candidates: Iterable[str]
            if source == "json-ld":
                candidates = from_jsonld
            elif source == "meta":
                candidates = self.meta_values(field)
            else:
                candidates = (v for values in self.selected(field) for v in values)
            for text in candidates:
                text = tidy(text)
                if text and accept(text):
                    self.answered[field] = source
                    return text
        return ""

    @cached_property
    def site_names(self) -> frozenset[str]:
        names = [self.outlet.name, *self.outlet.site_names, *self.meta.get("og:site_name", ())]
        names.append(jsonld.string(self.node.get("publisher")))
        host = split_url(self.page.url).hostname or ""
        labels = host.split(".")
        names += [host, host.removeprefix("www."), ".".join(labels[-2:]), ".".join(labels[-3:])]
        return _letters(tuple(names))

    def is_site_name(self, text: str) -> bool:
        """Whether a text is but the name of the site, with a word or two around it or without."""
        letters = plain(text)
        if letters in self.site_names:
            return True
        labels = (split_url(self.page.url).hostname or "").removeprefix("www.").split(".")
        label = plain(labels[0])
        named = len(label) >= SHORTEST_LABEL and (letters.startswith(label) or letters.endswith(label))
        return named and len(text.split()) <= MOST_NAME_WORDS

    @cached_property
    def around(self) -> list[Element]:
        """What stands around the heading that holds the headline, or else the page's own title."""
        letters = plain(self.title)
        headings = self.tree.root.iter("h1", "h2", "h3")
        return near(next((h for h in headings if letters and plain(text_of(h)) == letters), self.heading))

    @cached_property
    def heading(self) -> Element | None:
        """The heading with which the page's own title begins, whatever its rank."""
        title = plain(self.page_title)
        for heading in self.tree.root.iter("h1", "h2", "h3", "h4"):
            letters = plain(text_of(heading))
            if len(letters) > 14 and title.startswith(letters):
                return heading
        return None

    # --- place in the site --------------------------------------------------------------------------

    def section(self, title: str) -> str:
        crumbs = [c for c in jsonld.breadcrumb(self.nodes)[1:] if plain(c) != plain(title)]
        stated = jsonld.strings(self.node.get("articleSection"))
        noise = load_words().section_noise

        def accept(text: str) -> bool:
            letters = plain(text)
            own = letters == plain(title) or letters in self.site_names
            return len(text) <= 60 and not own and not noise.match(text)

        found = self.ask("section", [*stated[:1], *reversed(crumbs)], accept)
        if not found and (match := self.outlet.article.url.search(self.page.url)):
            found = (match.groupdict().get("section") or "").strip("/").replace("-", " ")
            if found:
                self.answered["section"] = "url"
        return found

    def tags(self) -> tuple[str, ...]:
        sources: dict[Source, Callable[[], list[str]]] = {
            "json-ld": lambda: jsonld.strings(self.node.get("keywords"), ","),
            "meta": self._meta_tags,
            "selector": lambda: next((self._tag_texts(values) for values in self.selected("tags")), []),
        }
        noise = load_words().tag_noise
        for source in self.order("tags"):
            kept = {plain(t): t for t in reversed([tidy(t).lstrip("# ") for t in sources[source]()])}
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
        host = split_url(self.page.url).hostname or ""
        own = ".".join(host.split(".")[-2:])
        second = ""
        for candidate in candidates:
            url = candidate if candidate.startswith("http") else join_url(self.page.url, candidate)
            parts = split_url(url)
            if not candidate or not (parts.hostname or "").endswith(own) or not parts.path.strip("/"):
                continue
            if self.outlet.article.url.search(url):
                return self.outlet.canonical(url)
            second = second or url
        return self.outlet.canonical(second or self.page.url)

    def number(self) -> str:
        """The outlet's own id of the article, or an empty string."""
        for values in self.selected("id"):
            if match := re.search(r"[0-9A-Za-z-]{3,40}", values[0]):
                return match[0]
        return ""
