"""The archive inside Scrapy: `KeepResponse` writes what came in, `ReplayHandler` answers from WARC files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive import Exchange, WarcArchive
from crawler.replay import Replay, expand, file_name, open_archive
from db.records import WarcPointer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

#: Set by the two classes here in a request's meta, read by the spider.
FETCHED_AT, WARC = "pantau_fetched_at", "pantau_warc"
_REPLAYED_AT = "pantau_replayed_at"  # from the handler to the middleware: when it was fetched in truth
_KEPT = "pantau_kept"  # flag of a response that needs no archiving


class _Shared:
    """One archive and one index a process: the outlets of a run write into the same file."""

    def __init__(self) -> None:
        self.archives: dict[Path, tuple[WarcArchive, int]] = {}
        self.replays: dict[tuple[str, ...], tuple[Replay, int]] = {}

    def open_archive(self, folder: Path, info: dict[str, str]) -> WarcArchive:
        archive, users = self.archives.get(folder) or (WarcArchive(folder, info=info), 0)
        self.archives[folder] = (archive, users + 1)
        return archive

    def close_archive(self, folder: Path) -> None:
        archive, users = self.archives.pop(folder)
        if users > 1:
            self.archives[folder] = (archive, users - 1)
        else:
            archive.close()

    def open_replay(self, paths: tuple[str, ...]) -> Replay:
        replay, users = self.replays.get(paths) or (open_archive(paths), 0)
        self.replays[paths] = (replay, users + 1)
        return replay

    def close_replay(self, paths: tuple[str, ...]) -> None:
        replay, users = self.replays.pop(paths)
        if users > 1:
            self.replays[paths] = (replay, users - 1)


_shared = _Shared()


@contextmanager
def hold_replay(paths: Sequence[Path | str]) -> Iterator[None]:
    """Read the index of WARC files once for all crawls of a run; raises ArchiveError before any starts."""
    names = tuple(str(p) for p in paths)
    if names:
        _shared.open_replay(names)
    try:
        yield
    finally:
        if names:
            _shared.close_replay(names)


class KeepResponse:
    """Downloader middleware, nearest to the network: Scrapy has not yet decompressed or followed anything."""

    def __init__(self, crawler: Crawler) -> None:
        folder = crawler.settings["PANTAU_ARCHIVE"]
        if not folder:
            raise NotConfigured
        self.folder = Path(folder)
        info = {"http-header-user-agent": crawler.settings["USER_AGENT"], "robots": "obey"}
        self.archive = _shared.open_archive(self.folder, info)
        crawler.signals.connect(self._close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _close(self) -> None:
        _shared.close_archive(self.folder)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive a response, unless it came out of this very archive or from none at all."""
        moment = request.meta.pop(_REPLAYED_AT, None) or datetime.now(UTC)
        request.meta[FETCHED_AT] = moment.isoformat()
        if _KEPT in response.flags:
            return response
        pointer = self.archive.save(
            Exchange(
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
        )
        request.meta[WARC] = (pointer.file, pointer.offset, pointer.digest)
        return response


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
        self.replay = _shared.open_replay(self.paths)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The latest response that the files hold for the request's URL."""
        answer = self.replay.get(request.url)
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
        headers = Headers()
        for key, value in exchange.headers:
            headers.appendlist(key, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=exchange.body)
        return kind(
            url=request.url,
            status=exchange.status,
            headers=headers,
            body=exchange.body,
            flags=[_KEPT] if own else [],
            protocol=exchange.protocol,
        )

    async def close(self) -> None:
        """Give the index back."""
        _shared.close_replay(self.paths)
