"""Posts of the WordPress REST API (/wp-json/wp/v2/posts) as articles. Pure.

`date_gmt` is UTC by WordPress's own documentation, so it needs no guess about the site's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import Any

from crawler.html.dates import read_date
from crawler.html.foreign_json import load_json
from crawler.html.markup import strip_tags, tidy
from crawler.html.words import load_words
from crawler.outlet.load import Outlet
from crawler.page.blocks import fragment_body
from crawler.page.body import find_dateline, find_origin, trim
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
    post = _own_post(load_posts(page.html), page, outlet)
    if post is None:
        return Refusal(reason="not-article", detail="JSON without this article's post")
    title = plain(rendered(post.get("title")))
    if not title:
        return Refusal(reason="no-title")
    if mark := load_words().gallery_title.search(title):
        return Refusal(reason="not-article", detail=f"a gallery: {mark[0].strip()!r}")
    body = fragment_body([rendered(post["content"])], (*outlet.layouts, outlet.generic)[0])
    blocks = trim(list(body.blocks), title)
    if not blocks:
        return Refusal(reason="no-body", detail="the post's content is empty")
    moment = published(post)
    if moment is None:
        return Refusal(reason="no-date")
    authors, editors = _read_people(post, body.taken, outlet)
    categories, tags = _terms(post, "category"), _terms(post, "post_tag")
    fields = {"title": title, "text": blocks, "published_at": moment, "authors": authors, "tags": tags}
    answered: dict[str, Source] = {name: "wp-json" for name, value in fields.items() if value}
    url = outlet.canonical(post["link"]) or outlet.canonical(page.url)
    return Article(
        id=outlet.article_id(url),
        url=url,
        outlet=outlet.slug,
        title=title,
        text="\n\n".join(blocks),
        published_at=moment,
        modified_at=_gmt(post.get("modified_gmt")),
        authors=authors,
        editor=", ".join(editors),
        section=next(iter(categories), ""),
        tags=tags,
        dateline=find_dateline(blocks[0], outlet),
        origin=find_origin(body.taken),
        answered=answered,
        fetched_at=page.fetched_at,
        warc=page.warc,
    )


def _own_post(posts: list[Post], page: Page, outlet: Outlet) -> Post | None:
    own = [post for post in posts if outlet.key(post["link"]) == outlet.key(page.url)]
    return own[0] if own else posts[0] if len(posts) == 1 else None


def _terms(post: Post, taxonomy: str) -> tuple[str, ...]:
    """The names of a post's categories or tags."""
    groups = [group for group in _embedded(post, "wp:term") if isinstance(group, list)]
    terms = [term for group in groups for term in group if isinstance(term, dict)]
    return tuple(plain(str(term.get("name"))) for term in terms if term.get("taxonomy") == taxonomy)


def _read_people(
    post: Post, signed: Sequence[str], outlet: Outlet
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and editors. The API names the account; what the text is signed with says who did what."""
    pairs = [pair for line in signed if load_words().byline.match(line) for pair in split_byline(line)]
    editors = person_names([name for role, name in pairs if role == "editor"], outlet)
    if authors := person_names([name for role, name in pairs if role == "author"], outlet):
        return authors, editors
    accounts = [plain(str(a.get("name") or "")) for a in _embedded(post, "author") if isinstance(a, dict)]
    return tuple(name for name in person_names(accounts, outlet) if name not in editors), editors


def _embedded(post: Post, key: str) -> list[Any]:
    return _list(post.get("_embedded"), key)


def _list(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []
