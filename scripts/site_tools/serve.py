"""A small web server for reading the site and testing it.

It sends what a good public host sends: the right type for every file, gzip, the
policy of csp.txt, and cache rules that never mix two builds.
"""

import argparse
import functools
import gzip
import mimetypes
import re
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import override

from scripts.site_tools import embed_page
from scripts.site_tools.paths import LANGUAGES, SITE

HOST = "127.0.0.1"
DEFAULT_PORT = 8000

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}
WORTH_COMPRESSING = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm"}
# Folders whose pages may stand in a frame on another site.
FOR_FRAMES = tuple(f"{lang}/{embed_page.FOLDER}" for lang in LANGUAGES)
# Files whose address changes with their content.
NEVER_CHANGES = re.compile(r"/runtime/[0-9a-f]{12}/|/assets/(javascripts|stylesheets)/.*\.[0-9a-f]{8}\.min\.")


@functools.lru_cache(maxsize=256)
def gzipped(path: Path, modified: int) -> bytes:
    """The compressed content; ``modified`` makes a changed file a new entry of the cache."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD from the server's site folder."""

    server: "SiteServer"
    protocol_version = "HTTP/1.1"

    def __init__(self, request, client_address, server: "SiteServer") -> None:
        super().__init__(request, client_address, server, directory=str(server.site))

    @override
    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        accepts = self.headers.get("Accept-Encoding", "")
        if path.suffix not in WORTH_COMPRESSING or "gzip" not in accepts or not path.is_file():
            return super().send_head()
        content = gzipped(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)
        return None

    @override
    def send_error(self, code, message=None, explain=None):
        page = self.server.site / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    @override
    def end_headers(self):
        self.send_header("Content-Security-Policy", self.server.policy(Path(self.translate_path(self.path))))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        forever = NEVER_CHANGES.search(self.path)
        self.send_header("Cache-Control", "max-age=31536000, immutable" if forever else "no-cache")
        super().end_headers()

    @override
    def guess_type(self, path):
        suffix = Path(path).suffix
        return TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"

    @override
    def log_message(self, format, *args):
        """Stay quiet; a fault shows in the browser."""


class SiteServer(ThreadingHTTPServer):
    """Serves one site folder; port 0 means any free port."""

    def __init__(self, site: Path, port: int = 0) -> None:
        self.site = site
        super().__init__((HOST, port), SiteHandler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that breaks off a download is no fault of the server's and not worth a traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def policy(self, file: Path) -> str:
        """Read anew for every answer: a rebuild while the server runs may change it."""
        is_for_frames = any(file.is_relative_to(self.site / folder) for folder in FOR_FRAMES)
        name = "csp-embed.txt" if is_for_frames else "csp.txt"
        return (self.site / name).read_text(encoding="utf-8").strip()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"


def open_server(site: Path, port: int | None) -> SiteServer:
    """On the port that was asked for; where none was, on the usual one or else any free one."""
    if port is not None:
        return SiteServer(site, port)
    try:
        return SiteServer(site, DEFAULT_PORT)
    except OSError:
        return SiteServer(site)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./scripts/serve", description="Build the site and serve it here.")
    parser.add_argument("--port", type=int, help=f"the port to use (default: {DEFAULT_PORT}, or a free one)")
    parser.add_argument("--no-build", action="store_true", help="serve the site as it was built last")
    options = parser.parse_args(arguments)
    if not (SITE / "index.html").is_file():
        print("There is no built site: run ./scripts/build, or ./scripts/serve without --no-build.", file=sys.stderr)
        return 1
    try:
        server = open_server(SITE, options.port)
    except (OSError, OverflowError):
        print(f"Port {options.port} cannot be used here: choose another with --port.", file=sys.stderr)
        return 1
    with server:
        at = server.address
        print(f"==> Serving at {at} - English: {at}en/ - 中文: {at}zh/ - stop with Ctrl+C", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
