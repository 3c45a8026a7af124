"""Which requests a site answers at all, before anything of it is read by Datasette."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

#: What only operators and developers need: versions, threads, settings, paths of files.
_INTERNAL = re.compile(r"/(?:-/(?!static(?:-plugins)?/)|_internal|_memory|:memory:)")

#: Address of the files that pages load, and of Datasette's own.
_STATIC = re.compile(r"/(?:assets|-/static)/|/favicon\.ico$")

#: Facets that one request may ask for; each may take half a second.
_FACETS = 8

#: Parameters of an address; forms of ours have fewer than 20, a table's page one for each column.
_PARAMETERS = 100

#: A name or an address of a machine, with a port.
_HOST = re.compile(r"(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


class RefusedError(Exception):
    """A request that is answered by an error of `status` whose words are the message `key`."""

    def __init__(self, status: int, key: str) -> None:
        self.status, self.key = status, key
        super().__init__(key)


def check_request(scope: Mapping[str, Any], path: str, public: bool) -> None:
    """Raise `RefusedError` for what no page or file could answer; `path` is without the language's prefix."""
    if scope["method"] not in ("GET", "HEAD"):
        raise RefusedError(405, "error.reading")
    # A browser takes either for the beginning of another site's address.
    if "//" in path or "\\" in path:
        raise RefusedError(404, "error.no_page")
    if public and _INTERNAL.match(path):
        raise RefusedError(404, "error.no_page")
    _check_query(scope.get("query_string", b""))
    if b"\0" in unquote_to_bytes(path):
        raise RefusedError(400, "error.not_understood")
    host = next((value for name, value in scope.get("headers", ()) if name == b"host"), b"")
    if host and not _HOST.fullmatch(host.decode("latin-1")):
        raise RefusedError(400, "error.not_understood")


def _check_query(query: bytes) -> None:
    try:
        given = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=_PARAMETERS)
    except ValueError as error:  # more of them
        raise RefusedError(400, "error.not_understood") from error
    if any("\0" in name or "\0" in value for name, value in given):
        raise RefusedError(400, "error.not_understood")
    if sum(name.startswith("_facet") and name != "_facet_size" for name, _ in given) > _FACETS:
        raise RefusedError(400, "error.not_understood")


def is_static(path: str) -> bool:
    """Whether an address is that of a file which pages load."""
    return _STATIC.match(path) is not None


def is_visitors(path: str, databases: Collection[str]) -> bool:
    """Whether an address is one of Datasette's own, where visitors choose what is asked of a database."""
    first = path[1:].partition("/")[0].partition(".")[0]
    return first in databases
