"""Keys of the index are those that replay tools make of an address (Wayback's canonical form)."""

from __future__ import annotations

import pytest

from crawler.archive.surt import sort_key

SESSION = "0123456789abcdef0123456789ABCDEF"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Kabar.example/A?b=2&a=1", "example,kabar)/a?a=1&b=2"),
        ("http://kabar.example:8080", "example,kabar:8080)/"),
        ("https://kabar.example:443/", "example,kabar)/"),
        ("http://127.0.0.1:99/x", "1,0,0,127:99)/x"),
        ("https://www2.kabar.example/a/", "example,kabar)/a"),
        ("https://kabar.example./a//b///c/", "example,kabar)/a/b/c"),
        ("https://kabar.example/a/./b/../c", "example,kabar)/a/c"),
        ("https://kabar.example/a?", "example,kabar)/a"),
        (f"https://kabar.example/a?PHPSESSID={SESSION}&b=1", "example,kabar)/a?b=1"),
        (f"https://kabar.example/a?b=1&sid={SESSION}", "example,kabar)/a?&b=1"),
        ("https://kabar.example/(S(abcdefghijklmnopqrstuvwx))/a.aspx", "example,kabar)/a.aspx"),
        ("https://kabar.example/a%2520b?q=%C3%A9", "example,kabar)/a%20b?q=%c3%a9"),
        ("https://kabar.example/a b#isi", "example,kabar)/a%20b"),
        ("https://kabar.example/a?b=1&b1=2&b&b=", "example,kabar)/a?b&b=&b=1&b1=2"),
        ("https://redaksi:rahasia@kabar.example/a", "example,kabar)/a"),
        ("https://münchen.example/", "example,xn--mnchen-3ya)/"),
        ("https://kabar.example:x/", "example,kabar)/"),
    ],
)
def test_keys(url: str, key: str) -> None:
    assert sort_key(url) == key
