"""A tab of Chromium that can be put to sleep, as a phone does with what is out of sight.

Playwright keeps its own pages in view and in focus for good, and what is in view never freezes. So this tab is opened beside
them, through the browser itself.
"""

import json
import time
from typing import Any

from playwright.sync_api import Browser

# Between two looks at whether something has come (seconds), and after how long nothing will come any more.
PAUSE = 0.02
PATIENCE = 60

# The page's clock, which can be put forward: timers whose time has come then run as soon as the page can run anything.
CLOCK = """{
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const now = Date.now;
    const waiting = new Map();
    let ahead = 0;
    Date.now = () => now() + ahead;
    globalThis.setTimeout = (act, wait = 0, ...told) => {
        const run = () => { waiting.delete(number); act(...told); };
        const number = set(run, wait);
        waiting.set(number, { run, due: Date.now() + wait });
        return number;
    };
    globalThis.clearTimeout = (number) => {
        clear(waiting.get(number)?.again ?? number);
        waiting.delete(number);
    };
    globalThis.letPass = (milliseconds) => {
        ahead += milliseconds;
        for (const [number, timer] of waiting) {
            if (timer.due <= Date.now()) {
                clear(timer.again ?? number);
                timer.again = set(timer.run);
            }
        }
    };
}"""


class Tab:
    """One page in a window of its own. ``script`` runs in it before any other, after CLOCK."""

    def __init__(self, browser: Browser, script: str) -> None:
        self._browser = browser.new_browser_cdp_session()
        self._context = self._browser.send("Target.createBrowserContext")["browserContextId"]
        made = self._browser.send("Target.createTarget", {"url": "about:blank", "browserContextId": self._context})
        self._target = made["targetId"]
        self._session = self._browser.send("Target.attachToTarget", {"targetId": self._target})["sessionId"]
        self._browser.on("Target.receivedMessageFromTarget", self._hear)
        self._sent = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.send("Page.enable")
        self.send("Page.addScriptToEvaluateOnNewDocument", source=CLOCK + script)

    def close(self) -> None:
        self._browser.send("Target.disposeBrowserContext", {"browserContextId": self._context})
        self._browser.detach()

    def open(self, url: str) -> None:
        self.send("Page.navigate", url=url)

    # -- sleep --------------------------------------------------------------------------------------------

    def fall_asleep(self) -> None:
        """Out of sight, and no timer, message or request of the page and its workers runs any more."""
        self._resize("minimized")
        self.send("Page.setWebLifecycleState", state="frozen")

    def wake_up(self) -> None:
        self.send("Page.setWebLifecycleState", state="active")
        self._resize("normal")

    def _resize(self, state: str) -> None:
        window = self._browser.send("Browser.getWindowForTarget", {"targetId": self._target})["windowId"]
        self._browser.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"windowState": state}})

    # -- what is in it ------------------------------------------------------------------------------------

    def run(self, expression: str) -> Any:
        """The value of an expression, also while the page sleeps."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        self._wait(lambda: self.run(expression))

    # -- the protocol -------------------------------------------------------------------------------------

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        self._sent += 1
        number = self._sent
        message = json.dumps({"id": number, "method": method, "params": params})
        self._browser.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        self._wait(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def _hear(self, event: dict[str, str]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message

    def _wait(self, come) -> None:
        until = time.monotonic() + PATIENCE
        while not come():
            assert time.monotonic() < until, "it did not come"
            time.sleep(PAUSE)
            self._browser.send("Browser.getVersion")  # what has arrived meanwhile is heard
