"""Text that goes into a spreadsheet, so that nobody's headline can run as a formula.

After https://owasp.org/www-community/attacks/CSV_Injection: a cell that starts with one of `=`, `+`, `-`,
`@`, tab, carriage return or line feed gets an apostrophe in front. A spreadsheet with Indonesian settings
parts columns at semicolons, also inside what others read as one cell; so the same holds after a semicolon,
a tab and a line break. Figures are written as figures: a negative coordinate is none of these.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"  # the wide forms count as signs in East Asian settings
_AT_START = re.compile(rf"[ \u00a0]*[{_SIGNS}\t\r\n]")
_INSIDE = re.compile(rf"([;\t\r\n][ \u00a0\"']*)(?=[{_SIGNS}])")

#: What neither XML nor a spreadsheet can hold, but for tab and line breaks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


#: What nearly every text lacks; then there is nothing to do.
_SUSPICIOUS = re.compile(rf"^[ \u00a0]*[{_SIGNS}]|[\x00-\x1f;\x7f\ufffe\uffff]")


def neutralise(text: str) -> str:
    """The text, with an apostrophe before each sign that could start a formula; no control characters."""
    if not _SUSPICIOUS.search(text):
        return text
    text = _INSIDE.sub(r"\1'", _CONTROL.sub("", text))
    return f"'{text}" if _AT_START.match(text) else text


class NeutralCsv:
    """Stands in for the module `csv` where others write: its writers neutralise every text."""

    class Writer:
        def __init__(self, file: Any) -> None:
            self._writer = csv.writer(file)

        def writerow(self, row: Iterable[Any]) -> Any:
            return self._writer.writerow(
                [neutralise(value) if isinstance(value, str) else value for value in row]
            )

    writer = Writer
