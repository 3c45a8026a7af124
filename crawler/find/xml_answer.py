"""Bytes of a feed or sitemap as text: unpacked, decoded, bounded. Pure.

What was cut on the way or padded by a server gives what it holds.
"""

from __future__ import annotations

import codecs
import re
import zlib

from crawler.html.markup import decode_page

MAX_BYTES = 16_000_000  # of XML after unpacking; a sitemap has 50 MB at most, a news sitemap 1,000 entries

_GZIP = b"\x1f\x8b"
_CHUNK = 1_024  # what is in a damaged chunk is lost
#: How "<?" begins in the encodings of two and four bytes that may stand without a mark (XML 1.0, appendix F).
_UNMARKED = {
    b"\x00\x00\x00<": "utf-32-be",
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00<\x00?": "utf-16-be",
    b"<\x00?\x00": "utf-16-le",
}
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
#: A declaration up to its end, or as far as a parser could take it for one.
_ENTITY = re.compile(r"<!ENTITY(?:[^>\"']++|\"[^\"]*+\"?|'[^']*+'?)*+>?", re.IGNORECASE)


class DiscoverError(ValueError):
    """An answer that can't be read as what its outlet file says; one line."""


def unpack(body: bytes) -> bytes:
    """A body without its gzip; of one that is cut or damaged what comes before. Raises DiscoverError.

    What stands behind the last member, as servers that pad their files write it, is none of it.
    """
    if body[:2] != _GZIP:
        return body
    data = bytearray()
    rest = body
    try:
        while rest[:2] == _GZIP:
            unpacker = zlib.decompressobj(31)
            start, end = 0, len(rest)
            while start < end and not unpacker.eof:
                data += unpacker.decompress(rest[start : start + _CHUNK], MAX_BYTES + 1 - len(data))
                start += _CHUNK
                if len(data) > MAX_BYTES:
                    raise DiscoverError(f"XML of more than {MAX_BYTES // 1_000_000} MB is not read")
            rest = unpacker.unused_data + rest[start:] if unpacker.eof else b""
    except zlib.error as error:
        if not data:
            raise DiscoverError(f"broken gzip: {error}") from None
    if not data:
        raise DiscoverError("broken gzip: nothing in it")
    return bytes(data)


def read_xml(body: bytes, content_type: str = "") -> str:
    """The text of an XML document up to its last tag, without declared entities; raises DiscoverError.

    An address that was cut in the middle would be another one, so half of a last tag or text is left out.
    An entity may stand for entities that stand for entities: none is ever expanded.
    """
    data = unpack(body)
    if len(data) > MAX_BYTES:
        raise DiscoverError(f"XML of more than {MAX_BYTES // 1_000_000} MB is not read")
    text = _decode(data, content_type).replace("\x00", " ")
    text = text[: text.rfind(">") + 1]
    if _DOCTYPE.search(text):
        text = _ENTITY.sub(" ", text)  # a space, as what stands around one must not become another
    return text


def _decode(data: bytes, content_type: str) -> str:
    if data[:4] in (codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE):
        return data.decode("utf-32", "replace")
    if encoding := _UNMARKED.get(data[:4]):
        return data.decode(encoding, "replace")
    return decode_page(data, content_type)
