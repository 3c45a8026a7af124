"""For all tests: no network but this machine's own, and time limits that a busy machine does not break."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("pantau", deadline=None)  # default 200 ms an example
settings.load_profile("pantau")


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crawl in this process is not ended for what thousands of tests before it took."""
    monkeypatch.setattr("scrapy.extensions.memusage.MemoryUsage.get_virtual_size", lambda _: 0)


# A child made by vfork() starts with this process's peak of memory as its own, and a crawl in it is ended for
# that; one made by fork() starts with what is in use (https://docs.python.org/3/library/subprocess.html).
subprocess._USE_VFORK = False  # type: ignore[misc]


class NetworkError(AssertionError):
    """A test reached for the network."""


def check_local(host: object) -> None:
    """Refuse every host but the loopback and names that stand for it."""
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        local = ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        local = name == "localhost"
    if not local:
        raise NetworkError(f"a test reached for {name}; tests talk to nobody but 127.0.0.1")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuses connections and look-ups that would leave this machine."""
    look_up = socket.getaddrinfo
    connects = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        check_local(host)
        return look_up(host, *args, **kwargs)

    def guard(name: str) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                check_local(address[0])
            return connects[name](self, address)

        return connect

    patch = pytest.MonkeyPatch()
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    for name in connects:
        patch.setattr(socket.socket, name, guard(name))
    yield
    patch.undo()
