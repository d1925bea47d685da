"""Addresses are asked on a real server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from orchestration.__main__ import main
from orchestration.landing.addresses import answers, names_fail
from orchestration.registry.model import Source


class Site(BaseHTTPRequestHandler):
    """A site with a page, a page that must be fetched whole, and one that is gone."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.send_response({"/page": 200, "/whole": 405}.get(self.path, 404))
        self.end_headers()

    def do_GET(self) -> None:
        """Answer with a body."""
        self.send_response(200 if self.path == "/whole" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def source(address: str) -> Source:
    """A source at this address."""
    return Source(address, "某机关", "An agency", address, "", "", None)


def test_every_address_is_asked(site: str) -> None:
    asked = [f"{site}/page", f"{site}/whole", f"{site}/gone"]
    found = list(answers([source(address) for address in asked], seconds=5))
    assert [(answer.address, answer.works) for answer in found] == list(zip(asked, (True, True, False), strict=True))
    assert found[2].words.startswith("404")


def test_who_does_not_answer_is_told_and_stops_nobody(site: str) -> None:
    nobody, nonsense, page = answers(
        [source("http://127.0.0.1:9"), source("no address"), source(f"{site}/page")], seconds=5
    )
    assert not nobody.works and not nonsense.works and page.works
    assert nobody.words


def test_without_a_network_that_is_said_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*asked: object, **more: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert main(["sources", "check"]) == 4
    first, *others = capsys.readouterr().out.splitlines()
    assert "no network" in first
    assert others and all(line.startswith("FAILS") for line in others)


def test_one_name_that_is_unknown_is_no_missing_network(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = socket.getaddrinfo("127.0.0.1", int(site.rpartition(":")[2]), type=socket.SOCK_STREAM)

    def looked_up(host: str, *more: object, **named: object) -> object:
        if host == "nobody.invalid":
            raise socket.gaierror(-2, "Name or service not known")
        return known

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    nobody, page = answers([source("http://nobody.invalid/"), source(f"{site}/page")], seconds=5)
    assert names_fail([nobody]) and not names_fail([nobody, page])
