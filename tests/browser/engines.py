"""Two more engines than Chromium's: Gecko, as Firefox by WebDriver BiDi, and WebKit, as WebKitGTK by WebDriver.

Playwright drives neither as a system installs it. Here are the few hands the tests need, the same for both, in one
:class:`Window`. Scripts are written as for Playwright,
``"(name) => document.title"``.

What goes wrong in a page is heard by the page itself, for not every driver tells it, and what to break is broken by the
server, for not every driver can: see :class:`WatchedServer`.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, override

from scripts.site_tools.serve import SiteHandler, SiteServer

DESKTOP, PHONE = (1280, 900), (390, 844)
# Waiting ends with the state that is waited for; only what will never come meets this limit. Seconds.
LIMIT = 120


# Into the middle, for the page's bar stays at the top; and until the page scrolls no more of itself.
TO_REST = """async (selector) => {
    const element = document.querySelector(selector);
    let before, now;
    do {
        before = now;
        element.scrollIntoView({ block: "center", behavior: "instant" });
        await new Promise(requestAnimationFrame);
        now = element.getBoundingClientRect().top;
    } while (now !== before);
}"""


class DriverError(Exception):
    """The browser could not do it; the words are the driver's."""


class Window(ABC):
    """One window of a browser."""

    @abstractmethod
    def tell(self, act: str, **told: Any) -> Any:
        """Have the browser do one thing. Raises DriverError."""

    def go(self, address: str) -> None:
        self._leave("location.assign(address)", address)

    def reload(self) -> None:
        self._leave("location.reload()", self.run("() => location.href"))

    def _leave(self, how: str, address: str) -> None:
        """To another page, until all of it is there. By script, for after a way back Firefox's driver waits in vain."""
        self.run(f"(address) => {{ globalThis.isLeft = true; setTimeout(() => {how}); }}", address)
        arrived = "!globalThis.isLeft && location.href === address && document.readyState === 'complete'"
        self.wait(f"(address) => {arrived}", address)

    def back(self) -> None:
        """The browser's way back, to another page or within this one; the caller waits for what comes."""
        self.run("() => { setTimeout(() => history.back()); }")

    def resize(self, size: tuple[int, int]) -> None:
        """The size of what the page gets, in its pixels."""
        self.tell("resize", width=size[0], height=size[1])

    def run(self, script: str, *given: Any) -> Any:
        """What a function of JavaScript returns, or its promise; both ways as JSON."""
        return json.loads(self.tell("run", script=script, given=given))

    def click(self, selector: str) -> None:
        """In the middle of an element, as soon as it rests and nothing lies above it."""
        deadline = time.monotonic() + LIMIT
        while True:
            self.run(TO_REST, selector)
            try:
                self.tell("click", selector=selector)
                return
            except DriverError as error:
                if "intercepted" not in str(error) or time.monotonic() > deadline:
                    raise

    def type(self, text: str) -> None:
        """Key by key, to what has the focus."""
        self.tell("type", text=text)

    def press(self, *keys: str) -> None:
        """The last of the keys while the others are held."""
        self.tell("press", keys=keys)

    def upload(self, selector: str, file: Path) -> None:
        self.tell("upload", selector=selector, file=str(file))

    def picture(self, file: Path) -> None:
        """What is to be seen, as PNG."""
        file.write_bytes(base64.b64decode(self.tell("picture")))

    def wait(self, script: str, *given: Any) -> Any:
        """The first result of a script that is not false or empty. Between two pages no script runs: it is tried again."""
        deadline, last = time.monotonic() + LIMIT, None
        while time.monotonic() < deadline:
            try:
                if last := self.run(script, *given):
                    return last
            except DriverError as error:
                last = error
            time.sleep(0.05)
        raise AssertionError(f"in vain waited for {script} {given}; the last was {last!r}; faults: {self.faults()}")

    def faults(self) -> list[str]:
        """What went wrong in the pages of this window, one line each, since the last call."""
        return json.loads(self.run(HEARD) or "[]")


#: What an engine gives while it runs: a way to open a window of a size, one at a time, that has seen nothing yet.
type Opener = Callable[[tuple[int, int]], AbstractContextManager[Window]]


# -- Firefox ----------------------------------------------------------------------------------------------


class Firefox(Window):
    """The window of a process of Node.js that obeys line by line."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    @override
    def tell(self, act: str, **told: Any) -> Any:
        self.process.stdin.write(json.dumps({"act": act, "told": told}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise DriverError("Firefox, or Node.js which drives it, has ended; its own words are above")
        answer = json.loads(line)
        if "error" in answer:
            raise DriverError(answer["error"])
        return answer["value"]


@contextmanager
def firefox() -> Iterator[Opener]:
    """Raises LookupError when there is no Firefox."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise LookupError("no Firefox was found: install your system's firefox-esr package")
    # From its own folder the script finds node_modules.
    command = ["node", str(Path(__file__).with_name("firefox.mjs")), program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        window = Firefox(process)

        @contextmanager
        def opened(size: tuple[int, int]) -> Iterator[Window]:
            window.tell("open", width=size[0], height=size[1])
            try:
                yield window
            finally:
                window.tell("close")

        yield opened


# -- WebKitGTK --------------------------------------------------------------------------------------------

# Keys without a letter, as WebDriver writes them.
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Escape": "\ue00c",
}
RUN = """
    const done = arguments[arguments.length - 1];
    (async () => JSON.stringify((await (SCRIPT)(...arguments[0])) ?? null))().then((value) => done({ value }),
        (error) => done({ error: String(error) }));
"""
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebKit(Window):
    """A session of WebDriver."""

    def __init__(self, address: str) -> None:
        self.address = address
        # The only way to let it open a window by script, and so one without bars: with them none is as narrow as a telephone.
        options = {
            "args": ["--automation", "--javascript-can-open-windows-automatically=true"],
            "binary": mini_browser(),
        }
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = f"/session/{self.call('POST', '/session', wanted)['sessionId']}"

    def call(self, method: str, path: str, told: dict[str, Any] | None = None) -> Any:
        """One command of WebDriver. Raises DriverError."""
        body = None if told is None else json.dumps(told).encode()
        request = urllib.request.Request(
            f"{self.address}{path}", body, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise DriverError(error.read().decode()) from None

    def post(self, path: str, **told: Any) -> Any:
        return self.call("POST", self.session + path, told)

    def open(self, size: tuple[int, int]) -> None:
        width, height = size
        (first,) = self.call("GET", f"{self.session}/window/handles")
        self.run(f"() => {{ open('about:blank', '', 'popup,width={width},height={height}'); }}")
        (opened,) = set(self.call("GET", f"{self.session}/window/handles")) - {first}
        self.post("/window", handle=opened)
        self.resize(size)

    def close(self) -> None:
        self.call("DELETE", self.session)

    def element(self, selector: str) -> str:
        found = self.post("/element", using="css selector", value=selector)
        return f"/element/{found[ELEMENT]}"

    def keys(self, *actions: tuple[str, str]) -> None:
        steps = [{"type": type, "value": KEYS.get(key, key)} for type, key in actions]
        self.post("/actions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    @override
    def tell(self, act: str, **told: Any) -> Any:
        match act:
            case "resize":
                self.post("/window/rect", **told)
            case "run":
                answer = self.post("/execute/async", script=RUN.replace("SCRIPT", told["script"]), args=[told["given"]])
                if "error" in answer:
                    raise DriverError(answer["error"])
                return answer["value"]
            case "click":
                self.post(self.element(told["selector"]) + "/click")
            case "type":
                self.keys(*((type, key) for key in told["text"] for type in ("keyDown", "keyUp")))
            case "press":
                keys = told["keys"]
                self.keys(*(("keyDown", key) for key in keys), *(("keyUp", key) for key in reversed(keys)))
            case "upload":
                self.post(self.element(told["selector"]) + "/value", text=told["file"])
            case "picture":
                return self.call("GET", f"{self.session}/screenshot")
            case _:
                raise DriverError(f"WebKit is not told {act}")
        return None


def mini_browser() -> str:
    """The small browser that comes with WebKitGTK. Raises LookupError."""
    for folder in ("/usr/lib", "/usr/libexec", "/usr/lib64"):
        for program in sorted(Path(folder).glob("**/webkit2gtk-4.*/MiniBrowser")):
            return str(program)
    raise LookupError("no MiniBrowser of WebKitGTK was found: install your system's webkit2gtk-driver package")


@contextmanager
def webkit() -> Iterator[Opener]:
    """Raises LookupError when a part of it is missing."""
    for program, package in (("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")):
        if shutil.which(program) is None:
            raise LookupError(f"no {program} was found: install your system's {package} package")
    with ExitStack() as ended:
        # A screen of its own, larger than each window; it takes a number that is free, and says which.
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        display = ended.enter_context(
            subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        ended.callback(display.terminate)
        # No graphics card: to put layers together costs as much as all else, and no test looks at the picture.
        without_layers = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        environment = {**os.environ, **without_layers, "DISPLAY": f":{display.stdout.readline().strip()}"}
        port = port_to_come_back_to()
        driver = ended.enter_context(subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=environment))
        ended.callback(driver.terminate)
        wait_for(port, driver)

        @contextmanager
        def opened(size: tuple[int, int]) -> Iterator[Window]:
            window = WebKit(f"http://127.0.0.1:{port}")
            try:
                window.open(size)
                yield window
            finally:
                window.close()

        yield opened


def port_to_come_back_to() -> int:
    """A port that is free and stays so until it is used: below those that the system gives to whoever asks for any."""
    # Each process of the tests begins elsewhere, for two may look at the same time.
    begin = 10_000 + os.getpid() * 64 % 20_000
    for port in range(begin, 32_768):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no port is free")


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until the process listens. Raises ChildProcessError when it ends instead."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise ChildProcessError(f"{process.args} ended with {process.returncode}")


ENGINES = {"firefox": firefox, "webkit": webkit}


# -- the server -------------------------------------------------------------------------------------------

HEAR = "/hear.js"
# The window's own storage keeps what is heard while one page follows another, and without waiting.
LISTENER = """
{
  const note = (text) => {
    const heard = JSON.parse(sessionStorage.getItem("yb-heard") ?? "[]");
    sessionStorage.setItem("yb-heard", JSON.stringify([...heard, `${location.pathname}: ${text}`]));
  };
  addEventListener("error", ({ message, target }) => {
    // The page after this one is fetched only when there is time: leaving breaks that off.
    if (target.rel !== "next") {
      note(message ?? `no ${target.src ?? target.href}`);
    }
  }, { capture: true });
  addEventListener("unhandledrejection", ({ reason }) => note(String(reason)));
  addEventListener("securitypolicyviolation", (event) => note(`${event.violatedDirective} forbids ${event.blockedURI}`));
  const { error } = console;
  console.error = (...words) => {
    note(words.join(" "));
    error(...words);
  };
}
"""
HEARD = """() => {
    if (location.origin === "null") {
        return null;
    }
    const heard = sessionStorage.getItem("yb-heard");
    sessionStorage.removeItem("yb-heard");
    return heard;
}"""


class WatchedHandler(SiteHandler):
    """Puts the listener into each page, and breaks what is to be broken."""

    server: "WatchedServer"

    @override
    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.name in self.server.missing:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if self.path == HEAR:
            return self.send(self.server.first + LISTENER, "text/javascript; charset=utf-8")
        page = path / "index.html"
        if self.path.endswith("/") and page.is_file():
            text = page.read_text("utf-8")
            heard = text.replace("<head>", f'<head><script src="{HEAR}"></script>', 1)
            assert heard != text
            return self.send(heard, "text/html; charset=utf-8")
        if path.name in self.server.cut:
            whole = path.read_bytes()
            self.send_answer(len(whole), self.guess_type(path))
            self.wfile.write(whole[: len(whole) // 2])
            self.close_connection = True
            return None
        return super().send_head()

    def send(self, text: str, type: str) -> None:
        content = text.encode()
        self.send_answer(len(content), type)
        self.wfile.write(content)

    def send_answer(self, length: int, type: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(length))
        self.end_headers()


class WatchedServer(SiteServer):
    """The site as it is served elsewhere, but its pages hear what goes wrong, and what a test breaks is broken.

    ``missing``, ``cut``: names of files that are not found, or of which half arrives. ``policy_lacks``: left out of the
    policy. ``first``: a script before all others of each page.
    """

    def __init__(self, site: Path) -> None:
        super().__init__(site)
        self.RequestHandlerClass = WatchedHandler
        self.mend()

    def mend(self) -> None:
        """Nothing is broken."""
        self.missing: Sequence[str] = ()
        self.cut: Sequence[str] = ()
        self.policy_lacks = ""
        self.first = ""

    @override
    def policy(self, file: Path) -> str:
        whole = super().policy(file)
        left = whole.replace(self.policy_lacks, "") if self.policy_lacks else whole
        assert self.policy_lacks in whole
        return left
