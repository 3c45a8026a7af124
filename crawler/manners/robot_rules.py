"""The rules of a robots.txt, as Protego reads them, with every way in which a file asks for a pause."""

from __future__ import annotations

import re

from scrapy import Spider
from scrapy.robotstxt import ProtegoRobotParser

#: Half a second as Indonesians write it.
_COMMA = re.compile(rb"^(\s*crawl-delay\s*:\s*\d+),(\d+)", re.IGNORECASE | re.MULTILINE)


_FOREVER = 10**9  # seconds; a figure of a thousand digits is no float


class RobotRules(ProtegoRobotParser):
    """Scrapy's parser of robots.txt; `crawl_delay` heeds Request-rate and decimal commas too."""

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        super().__init__(_COMMA.sub(rb"\1.\2", robotstxt_body), spider)

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """Seconds between two requests: the longer of Crawl-delay and Request-rate, or None.

        A rate for some hours of the day is kept all day.
        """
        agent = user_agent.decode() if isinstance(user_agent, bytes) else user_agent
        delay: float | None = super().crawl_delay(agent)
        rate = self.rp.request_rate(agent)
        asked = [delay] if delay is not None else []
        if rate:
            asked.append(min(rate.seconds, _FOREVER) / rate.requests)
        return max(asked, default=None)
