"""The calculator in a frame on another site, with the lines that the guide gives."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from calculator.browser import answer
from tests.browser.driver import LANGUAGES, SAVE_DATA, show, words_of
from tests.golden import case

pytestmark = pytest.mark.browser

MOVE = case("h-shenzhen-to-guangzhou").form
#: Everything the frame says to the site around it.
LISTEN = "<script>globalThis.heard = []; addEventListener('message', ({data}) => heard.push(data));</script>"


def snippet(root, lang):
    (found,) = re.findall(r"```html\n(.*?)```", (root / f"docs/{lang}/embedding.md").read_text("utf-8"), re.DOTALL)
    return found


def test_both_languages_give_the_same_lines(root):
    assert snippet(root, "en") == snippet(root, "zh")


@pytest.fixture
def host(root, address):
    """Another site, whose page has a frame with the calculator and a long text above it; and one with a page it may not frame."""
    lines = snippet(root, "en").replace("https://guide.example/", address)
    bodies = {
        "/": f"<!doctype html><title>School</title><body>{LISTEN}<p style='height: 2000px'>Before</p>{lines}",
        "/forbidden": f"<!doctype html><title>School</title><iframe src='{address}en/calculator/'></iframe>",
    }

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            body = bodies.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_frame_on_another_site_answers_and_has_the_height_of_its_content(context, address, host, axe):
    page = context.new_page()
    page.goto(f"{host}/")
    frame = page.frame_locator("#yibao-guide")
    for name, text in MOVE.items():
        field = frame.locator(f'[data-field="{name}"]')
        if field.locator("select").count():
            field.locator("select").select_option(text)
        elif field.locator("[type=radio]").count():
            field.locator(f'[value="{text}"]').check()
        else:
            field.locator("input").fill(text)
    frame.locator("#yb-submit").click()
    frame.locator("#yb-result .yb-title:focus").wait_for()
    expected = json.loads(answer(json.dumps({"lang": "en", "form": MOVE})))
    assert words_of(frame.locator("#yb-result").inner_html()) == words_of(expected["html"])

    # As high as its content, and the answer is in view on the page around it.
    inner = next(one for one in page.frames if one.url.startswith(f"{address}en/embed/"))
    page.wait_for_function(
        "() => document.getElementById('yibao-guide').height > 3000 &&"
        " heard.some(({ type }) => type === 'yibao-guide:show')"
    )
    assert inner.evaluate("() => document.documentElement.scrollHeight - window.innerHeight") <= 1
    page.wait_for_function("() => scrollY > 3000")
    title = frame.locator("#yb-result .yb-title").bounding_box()
    assert 0 <= title["y"] < 900
    # Nothing but heights and places is told to the site around it.
    heard = page.evaluate("() => heard")
    assert {message["type"] for message in heard} == {"yibao-guide:height", "yibao-guide:show"}
    assert all(
        set(message) <= {"type", "height", "top"}
        and all(isinstance(value, int) for name, value in message.items() if name != "type")
        for message in heard
    )

    # Links lead out of the frame, that to the answer to the whole page.
    frame.locator("#yb-take-link").click()
    assert frame.locator("#yb-link-field").input_value() == f"{address}en/calculator/#{expected['link']}"
    frame.locator(".yb-rule > summary").last.click()
    with context.expect_page() as opened:
        frame.get_by_role("link", name="The calculator with the whole guide").click()
    assert opened.value.url == f"{address}en/calculator/"
    opened.value.close()

    # The other language, inside the frame, with what was told.
    frame.locator("a.md-select__link").click()
    frame.locator("html[lang='zh-Hans'] #yb-result .yb-title:focus").wait_for()
    assert inner.url.split("#")[0] == f"{address}zh/embed/"

    page.goto(f"{host}/forbidden")
    (refused,) = page.frames[1:]
    assert refused.locator("#yb-calculator").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alone_it_breaks_no_rule_of_accessibility(new_context, address, axe, lang):
    """Before an answer, and with one; the answer to every situation is looked at in test_calculator_accessibility.py."""
    context = new_context(viewport={"width": 320, "height": 640}, color_scheme="dark" if lang == "zh" else "light")
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    page.goto(f"{address}{lang}/embed/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == ("slate" if lang == "zh" else "default")
    found = axe(page)
    show(page, lang, MOVE)
    found += axe(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert found == []
