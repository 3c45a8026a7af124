"""Of which area a passage speaks."""

from __future__ import annotations

from extract.view import View


class Context:
    """Built once an article, from the spans of `places`."""

    def __init__(self, view: View) -> None:
        self.view = view

    def regency_at(self, token: int) -> str:
        """Code of the regency that the passage around a token speaks of ("33.03", "33.08|33.71"), "" if none."""
        return ""

    def region_at(self, token: int) -> str:
        """Full name for a claim's region: a regency's name, else the province's."""
        code = self.regency_at(token)
        areas = self.view.vocabulary.areas
        if not code:
            return areas.province_name
        return "|".join(areas.regency_by_code[c].name for c in code.split("|"))
