"""Response heads with bounds. Scrapy bounds bodies; Twisted takes headers without end into memory."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError

#: Servers themselves keep to about 100 headers of 8 kB; a browser reads 256 kB in all (Chromium's
#: kMaxHeaderBufSize). A news page has some 30 headers in 3 kB.
MOST_LINES = 500
MOST_LINE_BYTES = 16_384
MOST_BYTES = 262_144


class HeadTooLargeError(Exception):
    """A response has more headers than are read."""


class _BoundedParser(_LenientHTTPClientParser):
    """Counts what comes before a body: interim responses (1xx) without end are none the better."""

    MAX_LENGTH = MOST_LINE_BYTES
    _lines = 0
    _bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        self._lines += 1
        self._bytes += len(line)
        if self._lines > MOST_LINES or self._bytes > MOST_BYTES:
            raise HeadTooLargeError(f"more than {MOST_LINES} headers or {MOST_BYTES} bytes of them")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        # Twisted would close the connection, and no one would learn why.
        raise HeadTooLargeError(f"a header of more than {MOST_LINE_BYTES} bytes")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        # As Scrapy's own class does: Twisted names its parser in the middle of a method.
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes connections whose responses have bounded heads; for an HTTPConnectionPool."""

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802
        """A connection."""
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def cancelled(error: DownloadFailedError) -> DownloadCancelledError | None:
    """The error of a body that is too large, where it was the head; such a page is not tried again."""
    for failure in getattr(error.__cause__, "reasons", ()):
        if failure.check(HeadTooLargeError):
            return DownloadCancelledError(failure.getErrorMessage())
    return None
