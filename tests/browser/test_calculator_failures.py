"""Whatever keeps Python from starting is said within seconds, by name, and a second try works when the cause is gone."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from tests.browser.driver import LANGUAGES, SAVE_DATA, Calculator, changed, messages
from tests.browser.engines import port_to_come_back_to
from tests.golden import cases

pytestmark = pytest.mark.browser

MOVE = next(case.form for case in cases() if case.form.get("situation") == "new_place")
# Only what will never come meets this limit. Seconds.
PATIENCE = 60


def status(code: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=code, body="")


def one_byte_changed(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


def without_wasm(policy: str) -> str:
    return policy.replace("'wasm-unsafe-eval'", "")


def forbid_wasm(route: Route) -> None:
    response = route.fetch()
    policy = without_wasm(response.headers["content-security-policy"])
    assert policy != response.headers["content-security-policy"]
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})


PAGE = "text/html; charset=utf-8"
# What is done, what it is called, and the file that is named.
FAULTS = {
    "wasm-404": ("**/pyodide.asm.wasm", status(404), "http-404", "pyodide.asm.wasm"),
    "wasm-503": ("**/pyodide.asm.wasm", status(503), "http-error", "pyodide.asm.wasm"),
    "wasm-is-a-page": (
        "**/pyodide.asm.wasm",
        changed(lambda b: b, **{"content-type": PAGE}),
        "wrong-mime",
        "pyodide.asm.wasm",
    ),
    "wasm-truncated": ("**/pyodide.asm.wasm", changed(lambda b: b[:4_000_000]), "truncated", "pyodide.asm.wasm"),
    "wasm-corrupt": ("**/pyodide.asm.wasm", changed(one_byte_changed), "corrupt", "pyodide.asm.wasm"),
    "wasm-too-long": ("**/pyodide.asm.wasm", changed(lambda b: b + b"\0"), "corrupt", "pyodide.asm.wasm"),
    "library-404": ("**/python_stdlib.zip", status(404), "http-404", "python_stdlib.zip"),
    "library-corrupt": ("**/python_stdlib.zip", changed(one_byte_changed), "corrupt", "python_stdlib.zip"),
    "wheel-corrupt": ("**/*.whl", changed(one_byte_changed), "corrupt", ".whl"),
    "script-404": ("**/pyodide.asm.js", status(404), "http-404", "pyodide.asm.js"),
    "script-is-text": (
        "**/pyodide.mjs",
        changed(lambda b: b, **{"content-type": "text/plain"}),
        "wrong-mime",
        "pyodide.mjs",
    ),
    "lock-404": ("**/pyodide-lock.json", status(404), "http-404", "pyodide-lock.json"),
    "manifest-404": ("**/manifest.json", status(404), "http-404", "manifest.json"),
    "manifest-is-a-page": (
        "**/manifest.json",
        changed(lambda b: b, **{"content-type": PAGE}),
        "wrong-mime",
        "manifest.json",
    ),
    "current-404": ("**/current.json", status(404), "http-404", "current.json"),
    "current-cut": ("**/current.json", changed(lambda b: b[:10]), "corrupt", "current.json"),
    "worker-404": ("**/calculator/worker.js", status(404), "http-404", "worker.js"),
    "part-of-worker-404": ("**/calculator/download.js*", None, "http-404", "download.js"),
    "policy": ("**/calculator/worker.js", forbid_wasm, "blocked-by-policy", ""),
    "network": ("**/runtime/**", lambda route: route.abort("connectionfailed"), "offline", "current.json"),
    "crash": (
        "**/calculator/worker.js",
        changed(lambda b: b + b"\nsetTimeout(() => { throw new Error('out of luck'); }, 100);"),
        "worker-crashed",
        "",
    ),
}


# One of each kind: the second try is the same for all.
RECOVERIES = ("wasm-corrupt", "library-404", "wasm-is-a-page", "worker-404", "policy", "network", "crash")


def worker_part_missing(page: Page) -> Callable[[Route], None]:
    """Missing for the worker, not for the page, which needs the same file first."""
    seen = []

    def handle(route: Route) -> None:
        seen.append(route.request)
        if len(seen) > 1:
            route.fulfill(status=404, body="")
        else:
            route.continue_()

    return handle


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_a_second_try_recovers(page, address, fault):
    pattern, handle, kind, file = FAULTS[fault]
    page.add_init_script(SAVE_DATA)
    page.route(pattern, handle or worker_part_missing(page))
    calculator = Calculator(page, address, "en").open()

    # Named at once, and not when the page's own patience ends: then it would be called "timeout".
    calculator.fill(MOVE)
    assert calculator.wait_for_failure() == kind
    assert file in page.locator("#yb-failure-why").inner_text() or not file or kind == "offline"
    assert calculator.typed() | MOVE == calculator.typed(), "something typed was lost"

    if fault in RECOVERIES:
        page.unroute(pattern)
        page.locator("#yb-retry").click()
        calculator.wait_until_ready()
        assert not page.locator("#yb-failure").is_visible()
        calculator.ask().wait_for_answer()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failure_speaks_the_readers_language_and_shows_other_ways(page, address, lang):
    page.route("**/pyodide.asm.wasm", status(404))
    calculator = Calculator(page, address, lang).open()
    calculator.wait_for_failure()

    words = messages(lang)
    failure = page.locator("#yb-failure")
    assert not page.locator("#yb-meter").is_visible()
    assert calculator.status() == words["could_not_start"]
    assert page.locator("#yb-failure-why").inner_text() == words["failed_http_404"].format(file="pyodide.asm.wasm")
    assert words["kept"] in failure.inner_text()
    addresses = failure.locator("a").evaluate_all("(links) => links.map((link) => link.href)")
    assert addresses == [f"{address}{lang}/left-my-job/", f"{address}{lang}/leaving-the-country/"]
    for name, link in zip(failure.locator("a").all_inner_texts(), addresses, strict=True):
        page.goto(link)
        assert page.locator("h1").evaluate("(heading) => heading.firstChild.textContent") == name


def test_a_question_that_was_put_already_is_answered_after_the_second_try(page, address):
    page.route("**/python_stdlib.zip", status(404))
    calculator = Calculator(page, address, "en").open().fill(MOVE).ask()
    calculator.wait_for_failure()
    # Whoever waits for an answer is taken to what went wrong.
    assert page.evaluate("() => document.activeElement.id") == "yb-failure"

    page.unroute("**/python_stdlib.zip")
    page.locator("#yb-retry").click()
    calculator.wait_for_answer()


def test_a_second_try_does_not_trust_what_the_browser_has_kept(page, address):
    page.add_init_script(SAVE_DATA)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith(".wasm") else None)
    page.route("**/current.json", status(404))
    calculator = Calculator(page, address, "en").open().fill(MOVE)
    calculator.wait_for_failure()

    page.unroute("**/current.json")
    page.locator("#yb-retry").click()
    calculator.wait_until_ready()
    assert [request.all_headers().get("cache-control") for request in asked] == ["no-cache"]


def test_without_webassembly(page, address):
    page.add_init_script("delete globalThis.WebAssembly;")
    assert Calculator(page, address, "en").open().wait_for_failure() == "no-webassembly"


def test_without_webassembly_in_the_worker(page, address):
    page.route("**/calculator/worker.js", changed(lambda body: b"delete globalThis.WebAssembly;\n" + body))
    assert Calculator(page, address, "en").open().wait_for_failure() == "no-webassembly"


def test_a_browser_without_module_workers(page, address):
    page.add_init_script(
        "const Old = Worker; globalThis.Worker = class extends Old { constructor(url) { super(url); } };"
    )
    assert Calculator(page, address, "en").open().wait_for_failure() == "old-browser"


def test_webassembly_that_this_browser_cannot_run(page, address):
    """The bytes are what they should be, and still nothing comes of them: Pyodide itself would wait for ever."""
    body = b"\0asm\x01\0\0\0" + b"\x7f" * 8

    def other_manifest(route: Route) -> None:
        manifest = route.fetch().json()
        for file in manifest["files"]:
            if file["name"].endswith(".wasm"):
                file.update(bytes=len(body), sha256=sha256(body).hexdigest())
        route.fulfill(json=manifest)

    page.route("**/manifest.json", other_manifest)
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(body=body, content_type="application/wasm"))
    assert Calculator(page, address, "en").open().wait_for_failure() == "old-browser"


# No room for WebAssembly at the start; and none to grow into when a question comes that needs more than there is.
NO_ROOM = b"""
const refuse = async () => { throw new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory"); };
WebAssembly.instantiate = refuse;
WebAssembly.instantiateStreaming = refuse;
"""
NO_MORE_ROOM = (
    b"answer(JSON.stringify(data.request))",
    b"""(() => {
        WebAssembly.Memory.prototype.grow = () => { throw new RangeError("Maximum memory size exceeded"); };
        return answer(" ".repeat(6e7) + JSON.stringify(data.request));
    })()""",
)


def test_out_of_memory_at_the_start_and_during_an_answer(page, address):
    words = messages("en")
    page.add_init_script(SAVE_DATA)
    page.route("**/calculator/worker.js", changed(lambda body: NO_ROOM + body))
    calculator = Calculator(page, address, "en").open().fill(MOVE)
    assert calculator.wait_for_failure() == "out-of-memory"
    assert calculator.status() == words["could_not_start"]
    assert page.locator("#yb-failure-why").inner_text() == words["failed_out_of_memory"]

    page.unroute("**/calculator/worker.js")
    page.route("**/calculator/worker.js", changed(lambda body: body.replace(*NO_MORE_ROOM)))
    page.locator("#yb-retry").click()
    calculator.wait_until_ready().ask()
    assert calculator.wait_for_failure() == "out-of-memory"
    assert calculator.status() == words["stopped"]
    assert calculator.typed() | MOVE == calculator.typed(), "something typed was lost"

    page.unroute("**/calculator/worker.js")
    page.locator("#yb-retry").click()
    calculator.wait_for_answer()


def test_the_calculator_starts_when_the_connection_is_back(page, address):
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, "en").open()
    page.context.set_offline(True)
    calculator.fill(MOVE).ask()
    assert calculator.wait_for_failure() == "offline"

    page.context.set_offline(False)
    calculator.wait_for_answer()
    assert not page.locator("#yb-failure").is_visible()


@contextmanager
def server_at(port: int, root: Path) -> Iterator[str]:
    """A server in a process of its own: when it ends, its open connections end, too."""
    command = [sys.executable, "-m", "scripts.site_tools.serve", "--no-build", "--port", str(port)]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline().startswith("==> Serving")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.communicate()


def test_a_server_that_has_gone_and_comes_back(context: BrowserContext, root: Path):
    port = port_to_come_back_to()
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    with server_at(port, root) as address:
        calculator = Calculator(page, address, "en").open()

    calculator.fill(MOVE)
    assert calculator.wait_for_failure() == "offline"

    with server_at(port, root):
        page.locator("#yb-retry").click()
        calculator.wait_until_ready().ask().wait_for_answer()


@pytest.mark.parametrize(("pattern", "seconds"), [("**/current.json", 21), ("**/pyodide.asm.js", 61)])
def test_silence_ends(page, address, pattern, seconds):
    """A request that never ends: first of the download, then of the start (the script is asked for twice)."""
    page.clock.install()
    asked = []

    def handle(route: Route) -> None:
        asked.append(route)
        if pattern.endswith(".js") and len(asked) == 1:
            route.continue_()

    page.route(pattern, handle)
    calculator = Calculator(page, address, "en").open()
    page.locator("#yb-field-on").focus()
    deadline = time.monotonic() + PATIENCE
    while len(asked) < (2 if pattern.endswith(".js") else 1):
        assert time.monotonic() < deadline
        page.evaluate("() => 0")  # lets routes be handled; the page's own clock stands still
        time.sleep(0.05)
    page.clock.fast_forward(seconds * 1000)
    assert calculator.wait_for_failure() == "timeout"


def test_a_mistake_of_our_own_python(page, address):
    """A language that Python does not speak is a mistake no reader can make."""
    page.route("**/en/calculator/", changed(lambda body: body.replace(b'data-lang="en"', b'data-lang="la"')))
    # Already the question which fields matter makes Python stop, as soon as it has started.
    calculator = Calculator(page, address, "en").open().fill(MOVE)

    assert calculator.wait_for_failure() == "python-error"
    assert calculator.status() == messages("en")["stopped"]
    assert "ValueError" in page.locator("#yb-failure-details").inner_text()


def test_every_kind_of_failure_has_its_words():
    kinds = {kind for _, _, kind, _ in FAULTS.values()} | {
        "no-webassembly",
        "old-browser",
        "out-of-memory",
        "timeout",
        "python-error",
    }
    for lang in LANGUAGES:
        keys = {key.removeprefix("failed_").replace("_", "-") for key in messages(lang) if key.startswith("failed_")}
        assert keys == kinds, json.dumps(sorted(keys ^ kinds))
