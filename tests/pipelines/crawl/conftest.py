"""The loopback site that the crawler's tests crawl, for tests of how a crawl went."""

from __future__ import annotations

from tests.crawler.conftest import newsroom as live_newsroom
from tests.crawler.conftest import plain_outlet, site

__all__ = ["live_newsroom", "plain_outlet", "site"]
