"""The guard that keeps tests off the network works."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkError


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1"])
def test_nobody_else_is_reached(host: str) -> None:
    with pytest.raises(NetworkError, match=host):
        socket.create_connection((host, 80), timeout=1)


def test_an_address_that_was_known_before_is_not_reached() -> None:
    with socket.socket() as client, pytest.raises(NetworkError):
        client.connect(("192.0.2.1", 80))


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("localhost", port), timeout=5).close()
        assert server.accept()[1][0] == "127.0.0.1"
