"""Text that other formats can carry."""

from __future__ import annotations

import re

#: What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets); a workbook is XML, too.
_CONTROL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def strip_control(text: str) -> str:
    """The text without control characters, which XML cannot hold."""
    return _CONTROL.sub("", text)
