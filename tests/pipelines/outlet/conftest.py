"""The loopback sites that the crawler's tests crawl, for tests of a look at them."""

from __future__ import annotations

from tests.crawler.conftest import newsroom, other_site, site

__all__ = ["newsroom", "other_site", "site"]
