"""The keys of an archive's index: addresses as replay tools look them up (SURT, as Wayback makes it).

Own code, since the package `surt`, which pywb asks, stands under the AGPL and asks name servers for hosts of
figures. That both make the same keys is checked by tests/replay/.
"""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

#: What stands in a key as it is: visible ASCII but "#" and "%".
_PLAIN = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WWW = re.compile(r"www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}
#: Sessions of ASP.NET in a path, of others in a query.
_SESSION_PATHS = (
    re.compile(r"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$"),
    re.compile(r"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$"),
)
_SESSION_QUERIES = tuple(
    re.compile(rf"^(.*)(?:{session})(?:&(.*))?$", re.IGNORECASE)
    for session in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)


def sort_key(url: str) -> str:
    """SURT form: "https://www2.kabar.example/a/?b=1" is "example,kabar)/a?b=1"; in lower case."""
    parts = urlsplit(url.strip())
    host = _escaped(parts.hostname or "").lower()
    while ".." in host:
        host = host.replace("..", ".")
    host = _ascii(host.strip("."))
    if www := _WWW.match(host):
        host = host[www.end() :]
    try:
        given = parts.port
    except ValueError:
        given = None
    port = f":{given}" if given and given != _DEFAULT_PORTS.get(parts.scheme.lower()) else ""
    query = _query(parts.query)
    return f"{','.join(reversed(host.split('.')))}{port}){_path(parts.path)}{'?' + query if query else ''}"


def _ascii(host: str) -> str:
    plain = unquote_to_bytes(host).decode("utf-8", "ignore")
    try:
        return host if plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    kept: list[str] = []
    segments = _unescaped(path).split(b"/")[1:]
    for segment in (s.decode("latin-1") for s in segments):
        if segment == ".." and kept:
            kept.pop()
        elif segment != ".":
            kept.append(segment)
    whole = "/".join([*(part for part in kept[:-1] if part), *kept[-1:]])
    text = quote_from_bytes(f"/{whole}".encode("latin-1"), safe=_PLAIN).lower()
    for pattern in _SESSION_PATHS:
        text = pattern.sub(r"\1\2", text)
    return text[:-1] if text.endswith("/") and len(text) > 1 else text


def _query(query: str) -> str:
    text = _escaped(query)
    for pattern in _SESSION_QUERIES:
        if match := pattern.match(text):
            text = match[1] + (match[2] or "")
    # "b" stands before "b=", and "b=1" before "b1=".
    pairs = sorted(tuple(part.split("=", 1)) for part in text.lower().split("&"))
    return "&".join("=".join(pair) for pair in pairs)


def _unescaped(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    while (plain := unquote_to_bytes(data)) != data:
        data = plain
    return data


def _escaped(text: str) -> str:
    return quote_from_bytes(_unescaped(text), safe=_PLAIN)
