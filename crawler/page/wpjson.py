"""Posts of the WordPress REST API (/wp-json/wp/v2/posts) as articles. Pure.

`date_gmt` is UTC by WordPress's own documentation, so it needs no guess about the site's zone.
"""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Any

from crawler.html.dates import read_date
from crawler.html.foreign_json import load_json
from crawler.html.markup import strip_tags, tidy
from crawler.html.words import load_words
from crawler.outlet.load import Outlet
from crawler.page.body import find_dateline, find_origin, fragment_body, trim
from crawler.page.byline import person_names, split_byline
from db.records import WIB, Article, Page, Refusal, Source

Post = dict[str, Any]


def is_post_list(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def load_posts(text: str) -> list[Post]:
    """The posts of a response; an empty list where it holds none."""
    data = load_json(text)
    posts = data if isinstance(data, list) else [data]
    return [p for p in posts if isinstance(p, dict) and isinstance(p.get("link"), str) and "content" in p]


def rendered(value: Any) -> str:
    """The HTML of a field that WordPress renders."""
    return str(value.get("rendered") or "") if isinstance(value, dict) else str(value or "")


def plain(html: str) -> str:
    return tidy(unescape(strip_tags(html)))


def published(post: Post) -> datetime | None:
    """When a post was published, in WIB."""
    return _gmt(post.get("date_gmt")) or read_date(str(post.get("date") or ""))


def _gmt(value: Any) -> datetime | None:
    moment = read_date(value.removesuffix("Z") + "Z") if isinstance(value, str) else None
    return moment.astimezone(WIB) if moment else None


def read_post(page: Page, outlet: Outlet) -> Article | Refusal:
    """The post of a response whose link is the page's address; the only one where there is one."""
    posts = load_posts(page.html)
    own = [p for p in posts if outlet.key(p["link"]) == outlet.key(page.url)] or (
        posts if len(posts) == 1 else []
    )
    if not own:
        return Refusal(reason="not-article", detail="JSON without this article's post")
    post = own[0]
    title = plain(rendered(post.get("title")))
    layout = (*outlet.layouts, outlet.generic)[0]
    body = fragment_body([rendered(post["content"])], layout)
    if not title:
        return Refusal(reason="no-title")
    if mark := load_words().gallery_title.search(title):
        return Refusal(reason="not-article", detail=f"a gallery: {mark[0].strip()!r}")
    blocks = trim(list(body.blocks), title)
    if not blocks:
        return Refusal(reason="no-body", detail="the post's content is empty")
    moment = published(post)
    if moment is None:
        return Refusal(reason="no-date")
    embedded = post.get("_embedded") or {}
    terms = [t for group in _list(embedded, "wp:term") for t in (group if isinstance(group, list) else [])]
    names = {
        kind: [plain(str(t.get("name"))) for t in terms if t.get("taxonomy") == kind]
        for kind in ("category", "post_tag")
    }
    authors = [plain(str(a.get("name") or "")) for a in _list(embedded, "author") if isinstance(a, dict)]
    signed = [pair for line in body.taken if load_words().byline.match(line) for pair in split_byline(line)]
    editors = person_names([n for role, n in signed if role == "editor"], outlet)
    # The API names the account; what the text is signed with says who wrote and who edited it.
    people = person_names([n for role, n in signed if role == "author"], outlet) or tuple(
        name for name in person_names(authors, outlet) if name not in editors
    )
    url = outlet.canonical(post["link"]) or outlet.canonical(page.url)
    fields = (
        "title",
        "text",
        "published_at",
        *(("authors",) if people else ()),
        *(("tags",) if names["post_tag"] else ()),
    )
    answered: dict[str, Source] = dict.fromkeys(fields, "wp-json")
    return Article(
        id=outlet.article_id(url),
        url=url,
        outlet=outlet.slug,
        title=title,
        text="\n\n".join(blocks),
        published_at=moment,
        modified_at=_gmt(post.get("modified_gmt")),
        authors=people,
        editor=", ".join(editors),
        section=next(iter(names["category"]), ""),
        tags=tuple(names["post_tag"]),
        dateline=find_dateline(blocks[0], outlet),
        origin=find_origin(body.taken),
        answered=answered,
        fetched_at=page.fetched_at,
        warc=page.warc,
    )


def _list(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []
