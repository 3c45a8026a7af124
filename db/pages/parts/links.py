"""Addresses of the pages: they stay, since people cite them."""

from __future__ import annotations

from urllib.parse import quote

from datasette.app import Datasette


def page_path(datasette: Datasette, path: str) -> str:
    """A path of ours as a browser asks for it: with the language's prefix."""
    return str(datasette.urls.path(path))


def article_path(article: str, claim: str | None = None) -> str:
    """The page of an article, at one of its claims."""
    return f"/artikel/{quote(article, safe=':')}{f'#klaim-{claim}' if claim else ''}"


def claim_path(claim: str) -> str:
    """The page of a claim."""
    return f"/klaim/{quote(claim, safe='')}"


def term_path(page: str, key: str) -> str:
    """The page of a pillar, an agency type, an outlet, a regency or a kecamatan."""
    return f"/{page}/{quote(key, safe='')}"
