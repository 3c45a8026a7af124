"""The archive inside Scrapy: `KeepResponse` writes what came in, `ReplayHandler` answers from WARC files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive.read import expand, file_name, read_response
from crawler.archive.shared import shared
from crawler.archive.warc_records import ArchiveError, Exchange
from crawler.archive.write import digest_of
from crawler.manners.hosts import StoppedError
from crawler.manners.robots import asks_robots
from db.records import Answer, WarcPointer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

#: Set by the two classes here in a request's meta, read by the spider.
FETCHED_AT, WARC = "pantau_fetched_at", "pantau_warc"
_REPLAYED_AT = "pantau_replayed_at"  # from the handler to the middleware: when it was fetched in truth
_WHOLE = "pantau_whole"  # in a request's meta: not to be asked conditionally
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_KEPT = "pantau_kept"  # flag of a response that needs no archiving


class KeepResponse:
    """Downloader middleware, nearest to the network: Scrapy has not yet decompressed or followed anything."""

    def __init__(self, crawler: Crawler) -> None:
        folder = crawler.settings["PANTAU_ARCHIVE"]
        if not folder:
            raise NotConfigured
        self.crawler = crawler
        self.folder = Path(folder)
        self.archive = shared.open_archive(self.folder, crawler.settings, crawler)
        crawler.signals.connect(self._close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _close(self) -> None:
        if failure := shared.close_archive(self.folder, self.crawler):
            logger.error("%s", failure)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive a response, unless it came out of this very archive or from none at all.

        Raises StoppedError where it can't be archived: it is fetched again by the next crawl.
        """
        moment = request.meta.pop(_REPLAYED_AT, None) or datetime.now(UTC)
        request.meta[FETCHED_AT] = moment.isoformat()
        if _KEPT in response.flags:
            return response
        exchange = Exchange(
            url=response.url,
            status=response.status,
            reason=_phrase(response.status),
            headers=_pairs(response.headers),
            body=response.body,
            at=moment,
            method=request.method,
            request_headers=_pairs(request.headers),
            ip_address=str(response.ip_address or ""),
            protocol=response.protocol or "HTTP/1.1",
        )
        request.meta.pop(WARC, None)  # a redirect's or retry's request brings the earlier one along
        try:
            pointer = self._save_repeat(exchange, conditional=_asks_conditionally(request))
            if pointer is None:
                saved = self.archive.save(exchange)
                pointer = saved if exchange.status != 304 else None  # without the earlier one it says nothing
        except ArchiveError as error:
            shared.fail_archive(self.folder, error)
            raise StoppedError(str(error)) from None
        if pointer is not None:
            request.meta[WARC] = (pointer.file, pointer.offset, pointer.digest)
        return response

    def _save_repeat(self, exchange: Exchange, *, conditional: bool) -> WarcPointer | None:
        """Where the same answer lies already, after a revisit record was written; else None."""
        if exchange.status != 200 and not (exchange.status == 304 and conditional):
            return None
        known = recall(self.crawler, exchange.url)
        if known is None or (exchange.status == 200 and digest_of(exchange.body) != known.warc.digest):
            return None
        try:
            earlier = read_response(self.folder / known.warc.file, known.warc.offset)
        except ArchiveError:
            return None  # the archive was moved: the whole answer is kept anew
        self.archive.save_revisit(exchange, earlier, known.warc.digest)
        return known.warc


class AskIfChanged:
    """Downloader middleware: asks for a page that is archived only if it has changed since.

    Where the server says that it has not (304), the archived answer takes its place, so that whoever
    reads it need not know. Never for robots.txt.
    """

    def __init__(self, crawler: Crawler) -> None:
        folder = crawler.settings["PANTAU_ARCHIVE"]
        if not folder or crawler.settings.getlist("PANTAU_REPLAY"):
            raise NotConfigured
        self.crawler = crawler
        self.folder = Path(folder)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set If-None-Match and If-Modified-Since; a redirect's or retry's request brings old ones along."""
        for name in _CONDITIONS:
            request.headers.pop(name, None)
        if request.meta.get(_WHOLE) or asks_robots(request):
            return
        known = recall(self.crawler, request.url)
        if known is None or not (self.folder / known.warc.file).is_file():
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The archived answer in the place of a 304; a 304 to what was no such question stays."""
        if response.status != 304 or not _asks_conditionally(request):
            return response
        pointer = read_pointer(request.meta)
        try:
            if pointer is None:
                raise ArchiveError("nothing is archived")
            earlier = read_response(self.folder / pointer.file, pointer.offset)
        except ArchiveError:
            # Asked for the whole then, once.
            return request.replace(dont_filter=True, meta={**request.meta, _WHOLE: True})
        self.crawler.stats.inc_value("pantau/not_modified")
        return _answer(request.url, earlier)


def _asks_conditionally(request: Request) -> bool:
    return any(name in request.headers for name in _CONDITIONS)


def recall(crawler: Crawler, url: str) -> Answer | None:
    """What an address answered last, as far as it lies in the archive."""
    find: Callable[[str], Answer | None] | None = getattr(crawler.spider, "recall", None)
    return find(url) if find else None


def _answer(url: str, exchange: Exchange, flags: Sequence[str] = ()) -> Response:
    """An archived response as Scrapy's."""
    headers = Headers()
    for key, value in exchange.headers:
        headers.appendlist(key, value)
    kind = responsetypes.from_args(headers=headers, url=url, body=exchange.body)
    return kind(
        url=url,
        status=exchange.status,
        headers=headers,
        body=exchange.body,
        flags=list(flags),
        protocol=exchange.protocol,
    )


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(k.decode("latin-1"), v.decode("latin-1")) for k, values in headers.items() for v in values]


def _phrase(status: int) -> str:
    # Scrapy does not hand on the words that stood behind the number.
    with suppress(ValueError):
        return HTTPStatus(status).phrase
    return ""


def read_pointer(meta: dict[str, Any]) -> WarcPointer | None:
    """Where the response to a request was archived, if it was."""
    if WARC not in meta:
        return None
    file, offset, digest = meta[WARC]
    return WarcPointer(file=file, offset=offset, digest=digest)


class ReplayHandler:
    """Download handler that answers from WARC files. It holds no socket; a URL that they lack is a 404."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self.paths = tuple(str(p) for p in crawler.settings.getlist("PANTAU_REPLAY"))
        folder = Path(crawler.settings["PANTAU_ARCHIVE"] or ".").absolute()
        self.inside = {
            str(p): file_name(folder, p) for p in expand(self.paths) if p.absolute().is_relative_to(folder)
        }
        self.replay = shared.open_replay(self.paths)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The latest response that the files hold for the request's URL."""
        try:
            answer = self.replay.get(request.url)
        except ArchiveError as error:  # since the index was read; a damaged record is none
            logger.warning("%s", error)
            answer = None
        if answer is None:
            request.meta.pop(WARC, None)
            return Response(request.url, status=404, flags=[_KEPT])
        exchange, pointer = answer
        request.meta[_REPLAYED_AT] = exchange.at
        # What lies in the archive's own folder is pointed at; anything else is copied into it, as a live
        # response would be, so that the archive is complete.
        own = self.inside.get(pointer.file)
        if own:
            request.meta[WARC] = (own, pointer.offset, pointer.digest)
        request.meta["download_latency"] = 0.0
        return _answer(request.url, exchange, [_KEPT] if own else [])

    async def close(self) -> None:
        """Give the index back."""
        shared.close_replay(self.paths)
