"""Why a request failed, as the reason under which its article is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.manners.brake import OverPlanError
from crawler.manners.hosts import HostRefusesError
from crawler.manners.robots import ForbiddenError, HostSilentError
from db.records import Reason

if TYPE_CHECKING:
    from twisted.python.failure import Failure

#: Packages whose errors tell of what came over the line, or did not; the last ones unpack it.
_OF_THE_NETWORK = (
    "scrapy",
    "twisted",
    "OpenSSL",
    "zlib",
    "brotli",
    "brotlicffi",
    "zstandard",
    "backports",
    "compression",
)


def request_of(failure: Failure) -> Request:
    """The request that failed."""
    request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
    return request


def reason_of(failure: Failure) -> Reason:
    """The reason under which a request that failed is counted."""
    return reason_of_error(failure.value)


def reason_of_error(error: BaseException | None) -> Reason:
    """The same of what was raised."""
    if isinstance(error, HttpError):
        status = error.response.status
        if status in (404, 410):
            return "not-found"
        return "blocked" if status in (401, 403, 429, 451) else "http-error"
    if isinstance(error, HostRefusesError):
        return "blocked"
    if isinstance(error, OverPlanError):
        return "over-plan"
    if isinstance(error, ForbiddenError):
        return "robots"
    if isinstance(error, HostSilentError):
        return "network-error"
    text = str(error)
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in text:
        return "too-large"
    if isinstance(error, IgnoreRequest):
        # Redirects without end, to another site, or into a private network.
        return "http-error"
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _OF_THE_NETWORK:
        return "network-error"
    return "error"
