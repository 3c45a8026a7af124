"""Around every answer: the language prefix, what is refused, headers that keep a reader's browser here."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.handle_exception import handle_exception
from datasette.utils.asgi import Base400, Request
from datasette.views.base import DatasetteError

from db.guard.limits import BusyError, LimitedDatabase, by_visitor
from db.guard.requests import RefusedError, check_request, is_visitors
from db.pages.parts.language import language, say

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]

#: Path without the language's prefix, and query, of the request that is being answered.
_address: ContextVar[tuple[str, str]] = ContextVar("address", default=("/", ""))
_origin: ContextVar[str] = ContextVar("origin", default="")

App = Callable[..., Awaitable[None]]

#: Nothing from elsewhere, nothing inline: the pages have neither script nor style of their own in them.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Site(Datasette):  # type: ignore[misc]
    """Datasette whose own addresses are under `/en/`, too, while an English page is made.

    On the site of a working database `read_page` opens the archive, where it was given one, `summary_file`
    holds the sums of a large one, and `search_file` the index that a public file has inside.
    """

    def __init__(
        self,
        *args: Any,
        read_page: Any = None,
        summary_file: Any = None,
        search_file: Any = None,
        contact: str = "",
        address: str = "",
        **settings: Any,
    ) -> None:
        self.read_page = read_page
        self.summary_file = summary_file
        self.search_file = search_file
        self.contact = contact  # of whoever runs it
        self.address = address.rstrip("/")  # where readers find it; "" is what they asked for
        super().__init__(*args, **settings)

    @property
    def is_public(self) -> bool:
        """Whether strangers are served: the one file is a published one."""
        return bool(self.immutables)

    def add_database(self, db: Database, name: str | None = None, route: str | None = None) -> Database:
        """As Datasette's own; a file is asked within limits."""
        if db.path:
            db = LimitedDatabase(self, db.path, db.is_mutable)
        return super().add_database(db, name, route)

    def setting(self, key: str) -> Any:
        value = super().setting(key)
        return f"{value}en/" if key == "base_url" and language.get() == "en" else value

    def absolute_url(self, request: Any, path: str) -> str:
        """A configured address is the only one that is ever printed, whatever host a request names."""
        return f"{self.address}{path}" if self.address else str(super().absolute_url(request, path))


def wrap(app: App, datasette: Datasette) -> App:
    """ASGI middleware: `/en/x` is `/x` in English; no page answers what is refused; all carry the policy."""
    public, address = getattr(datasette, "is_public", False), getattr(datasette, "address", "")

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = scope["path"]
        english = path == "/en" or path.startswith("/en/")
        if english:
            scope = dict(scope) | {"path": path[3:] or "/"}
            if raw := scope.get("raw_path"):
                scope["raw_path"] = raw[3:] or b"/"

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(header for header in _HEADERS if header[0] not in present),
                ]
            await send(message)

        query = scope.get("query_string", b"").decode("latin-1")
        shown = scope.get("raw_path", b"").decode("latin-1").partition("?")[0] or scope["path"]
        before = language.get(), _address.get(), _origin.get()
        visitor = by_visitor.set(is_visitors(shown, datasette.databases))
        _set("en" if english else "id", (shown, query), address or _read_origin(scope))
        try:
            check_request(scope, shown, public)
            await app(scope, receive, send_guarded)
        except RefusedError as refusal:
            _address.set(("/", ""))  # what was refused is no address to link to
            await _refuse(datasette, Request(scope, receive), send_guarded, refusal)
        finally:
            by_visitor.reset(visitor)
            # Whoever asks within one task, as tests do, would go on in this language.
            _set(*before)

    return answer


def explain(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """An answer to what went wrong with a visitor's own question; Datasette's own to everything else.

    Datasette answers a parameter that it can't use (`_sort=nope`, `_through=x`) with an error of its own;
    to the visitor it is a mistake in the address, to the log a line.
    """
    if isinstance(exception, DatasetteError) and exception.status == 500:
        exception.status = 400  # it says what is wrong with the address
    if isinstance(exception, BusyError):
        error, headers = DatasetteError(say("error.busy"), status=503), {"retry-after": "10"}
    elif not by_visitor.get() or not request.query_string or _is_answered(exception):
        return handle_exception(datasette, request, exception)
    else:
        logger.info("%s was not understood: %s: %s", request.path, type(exception).__name__, exception)
        error, headers = DatasetteError(say("error.not_understood"), status=400), {}

    async def answer() -> Any:
        by_visitor.set(False)  # the page of errors asks for the site's own words
        response = await handle_exception(datasette, request, error)()
        response.headers.update(headers)
        return response

    return answer


def _is_answered(exception: Exception) -> bool:
    """Whether Datasette says itself what is wrong with a question."""
    return isinstance(exception, (Base400, DatasetteError))


async def _refuse(datasette: Datasette, request: Request, send: Any, refusal: RefusedError) -> None:
    """Datasette's page of errors, or its JSON."""
    error = DatasetteError(say(refusal.key), status=refusal.status)
    response = await handle_exception(datasette, request, error)()
    if refusal.status == 405:
        response.headers["allow"] = "GET, HEAD"
    await response.asgi_send(send)


def _set(lang: str, address: tuple[str, str], origin: str) -> None:
    language.set(lang)
    _address.set(address)
    _origin.set(origin)


def other_language() -> str:
    """Address of the page that is being made, in the other language."""
    path, query = _address.get()
    target = path if language.get() == "en" else f"/en{path}"
    return f"{target}?{query}" if query else target


def site_address() -> str:
    """Where this site is, without a path: as it was configured, or else as it was asked for."""
    return _origin.get()


def canonical_address() -> str:
    """Address of the page that is being made, without what only sorts, pages or searches."""
    path, query = _address.get()
    kept = "" if path != "/cari" else query
    shown = f"{_origin.get()}{'/en' if language.get() == 'en' else ''}{path}"
    return f"{shown}?{kept}" if kept else shown


def full_address() -> str:
    """Address of the page that is being made, in this language, with host where one was named."""
    path, query = _address.get()
    return f"{_origin.get()}{'/en' if language.get() == 'en' else ''}{path}{f'?{query}' if query else ''}"


def _read_origin(scope: Scope) -> str:
    host = next((value for name, value in scope.get("headers", ()) if name == b"host"), b"")
    return f"{scope.get('scheme', 'http')}://{host.decode('latin-1')}" if host else ""
