"""The small web server: types, compression, policy and cache rules."""

import gzip
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from scripts.site_tools import serve
from scripts.site_tools.serve import SiteServer

POLICY = "default-src 'self'"
EMBED_POLICY = "default-src 'self'; frame-ancestors *"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    site = tmp_path / "site"
    for name in ("en/index.html", "runtime/0123456789ab/pyodide.asm.wasm", "runtime/current.json", "404.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name * 100)
    (site / "csp.txt").write_text(POLICY + "\n")
    (site / "csp-embed.txt").write_text(EMBED_POLICY + "\n")
    (tmp_path / "secret.txt").write_text("not of the site")
    with SiteServer(site) as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def get(server: SiteServer, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_port)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def test_a_page_comes_with_type_and_policy(server: SiteServer) -> None:
    response, content = get(server, "/en/")
    assert response.status == 200
    assert content == b"en/index.html" * 100
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-cache"


def test_only_the_calculator_alone_may_stand_in_a_frame(server: SiteServer) -> None:
    for path, policy in (
        ("/en/embed/", EMBED_POLICY),
        ("/zh/embed/index.html", EMBED_POLICY),
        ("/en/embedding/", POLICY),
        ("/en/embed/../", POLICY),
        ("/en/embed/%2e%2e/", POLICY),
        ("/nothing/en/embed/", POLICY),
    ):
        assert get(server, path)[0].headers["Content-Security-Policy"] == policy, path


def test_who_takes_gzip_gets_it(server: SiteServer) -> None:
    response, content = get(server, "/en/", **{"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content) == b"en/index.html" * 100


def test_head_answers_without_content(server: SiteServer) -> None:
    for encoding in ("gzip", "identity"):
        response, content = get(server, "/en/", "HEAD", **{"Accept-Encoding": encoding})
        assert response.status == 200
        assert content == b""


def test_the_runtime_has_its_type_and_is_kept(server: SiteServer) -> None:
    response, _ = get(server, "/runtime/0123456789ab/pyodide.asm.wasm")
    assert response.headers["Content-Type"] == "application/wasm"
    assert response.headers["Cache-Control"] == "max-age=31536000, immutable"
    response, _ = get(server, "/runtime/current.json")
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_missing_page_is_told_in_the_sites_own_words(server: SiteServer) -> None:
    response, content = get(server, "/en/nothing/here/")
    assert response.status == 404
    assert content == b"404.html" * 100


@pytest.mark.parametrize("path", ["/../secret.txt", "/en/../../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd"])
def test_nothing_outside_the_site_is_served(path: str, server: SiteServer) -> None:
    for encoding in ("gzip", "identity"):
        response, content = get(server, path, **{"Accept-Encoding": encoding})
        assert response.status == 404
        assert b"not of the site" not in content


def test_a_port_in_use_is_told_in_one_sentence(
    server: SiteServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (server.site / "index.html").touch()
    monkeypatch.setattr(serve, "SITE", server.site)
    assert serve.main(["--port", str(server.server_port)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "choose another with --port" in said


def test_without_a_wish_a_free_port_is_found(server: SiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "DEFAULT_PORT", server.server_port)
    with serve.open_server(server.site, None) as other:
        assert other.server_port != server.server_port
