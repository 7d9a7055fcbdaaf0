"""What must hold in each state of the calculator, for eye, finger, keyboard and screen reader. Everything here gives the faults
in words, one line each; none is the best that can be said."""

from collections.abc import Callable

from playwright.sync_api import Page

#: Rules of axe that depend on colours: the only ones that the other scheme can break.
OF_COLOURS = ("color-contrast", "link-in-text-block")

#: What is wrong with the focus: it must be on something of the calculator that is to be seen, not covered by anything.
FOCUS = """() => {
    const { activeElement } = document;
    const name = activeElement.id || activeElement.getAttribute("aria-label") || activeElement.textContent.trim().slice(0, 30);
    if (activeElement === document.body) {
        return ["the focus is lost"];
    }
    if (!activeElement.checkVisibility()) {
        return [`the focus is on ${name}, which is not to be seen`];
    }
    const shown = activeElement.closest(".yb-choice, .yb-file") ?? activeElement;
    const { left, width, top, height } = shown.getBoundingClientRect();
    const isSeen = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].every(([x, y]) => {
        // Of a whole answer that has the focus the beginning is enough.
        const hit = document.elementFromPoint(left + x * width, top + y * Math.min(height, 60));
        return hit !== null && (shown.contains(hit) || hit.contains(shown));
    });
    return isSeen ? [] : [`${name} has the focus and is covered or outside, at ${Math.round(top)}`];
}"""

#: What is wider than the screen, scrolls by itself, or has words cut off.
LAYOUT = """() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const wrong = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
    for (const element of document.querySelectorAll("#yb-calculator, #yb-calculator *")) {
        if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
            const { overflowX, overflowY } = getComputedStyle(element);
            const isClipped = [overflowX, overflowY].some((overflow) => overflow !== "visible");
            if (isClipped && element.clientHeight > 1 && element.clientWidth > 1 && element.tagName !== "INPUT") {
                wrong.push(`${element.id || element.className || element.tagName} is cut off`);
            }
        }
    }
    return wrong;
}"""

#: WCAG 1.4.12, by a style sheet of a script's own: others the site's policy refuses. What was in view is in view again after it.
SPACED = """(isOn) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    if (isOn) {
        globalThis.placeBefore = scrollY;
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    } else {
        document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
        scrollTo({ top: placeBefore, behavior: "instant" });
    }
}"""

#: Controls that a finger misses, but for links within a sentence.
SMALL = """() => Array.from(document.querySelectorAll("#yb-calculator :is(a[href], button, input, select, summary)"))
    .filter((element) => element.checkVisibility() && !(element.tagName === "A" && getComputedStyle(element).display === "inline"))
    .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
    .filter(([, { height, width }]) => height > 0 && (height < 43.9 || width < 43.9))
    .map(([element, { height, width }]) =>
        `${element.id || element.textContent.trim().slice(0, 40)}: ${width.toFixed(1)} x ${height.toFixed(1)}`)"""

#: All that the Tab key must lead to, numbered in the order of the page; how many they are.
NUMBER_STOPS = """() => {
    const groups = new Set();
    const stops = Array.from(document.querySelectorAll("#yb-calculator :is(a[href], button, input, select, summary)"))
        .filter((element) => element.tabIndex >= 0 && element.checkVisibility() && !element.closest("[inert]"))
        .filter((element) => {
            // Of radios that belong together one is a stop: the chosen one, or else the first.
            if (element.type !== "radio") {
                return true;
            }
            const chosen = element.form.querySelector(`[name="${element.name}"]:checked`);
            const isStop = chosen === null ? !groups.has(element.name) : chosen === element;
            groups.add(element.name);
            return isStop;
        });
    globalThis.stops = stops;
    stops[0].focus({ focusVisible: true });
    return stops.length;
}"""
STOP = "() => stops.indexOf(document.activeElement)"
#: Whether what has the focus looks different by that.
IS_MARKED = """() => {
    const shown = document.activeElement.closest(".yb-choice, .yb-file") ?? document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? [] : [`the focus on ${shown.textContent.trim() || shown.id} is not marked`];
}"""

#: Roles of what a reader does something with, and the state that each must tell.
CONTROLS = {
    "button": (),
    "checkbox": ("checked",),
    "combobox": ("expanded", "invalid"),
    "DisclosureTriangle": ("expanded",),
    "link": (),
    "radio": ("checked",),
    "textbox": ("invalid",),
}
#: Roles that need a name to be found by.
NAMED = (*CONTROLS, "region", "progressbar", "table")


#: As the button of the page does it. Returns the scheme that is on now.
OTHER_SCHEME = """() => {
    const { dataset } = document.body;
    dataset.mdColorScheme = { default: "slate", slate: "default" }[dataset.mdColorScheme];
    return dataset.mdColorScheme;
}"""


def faults(page: Page, axe: Callable[..., list[str]], part: str, *, is_new: bool = True) -> list[str]:
    """All that is wrong with the state on the screen; ``part`` is what axe looks at ("html": the whole page). If more than
    words is new (``is_new``), it is looked at in both schemes, and in the tree of a screen reader. It stays in the other scheme.
    """
    within = "" if part == "html" else part
    found = axe(page, within)
    scheme = page.evaluate(OTHER_SCHEME)
    if is_new:
        found += [f"{scheme}: {fault}" for fault in axe(page, within, OF_COLOURS)]
    found += page.evaluate(LAYOUT)
    page.evaluate(SPACED, True)
    found += [f"{fault}, with wider spaces" for fault in page.evaluate(LAYOUT)]
    page.evaluate(SPACED, False)
    return found + page.evaluate(SMALL) + (tree_faults(page) if is_new else [])


def focus_faults(page: Page) -> list[str]:
    """Of an action: the focus is not lost by it."""
    return page.evaluate(FOCUS)


def tab_faults(page: Page) -> list[str]:
    """Of the way by the Tab key through all of the calculator: it leads to everything in the order of the page, and what it
    leads to is marked and to be seen.
    """
    found = []
    look = f"() => [({STOP})(), [...({FOCUS})(), ...({IS_MARKED})()]]"
    for number in range(page.evaluate(NUMBER_STOPS)):
        if number > 0:
            page.keyboard.press("Tab")
        stop, wrong = page.evaluate(look)
        if stop != number:
            return [*found, f"Tab does not lead to {page.evaluate('(n) => stops[n].outerHTML', number)[:200]}"]
        found += wrong
    return found


def tree_faults(page: Page) -> list[str]:
    """What the tree that screen readers get lacks."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        role = node.get("role", {}).get("value")
        if node["ignored"] or role not in NAMED:
            continue
        name = node.get("name", {}).get("value", "").strip()
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        if not name:
            found.append(f"a {role} without a name")
        found += [f"{role} {name!r} tells nothing of {one}" for one in CONTROLS.get(role, ()) if one not in properties]
        if properties.get("invalid") == "true" and not node.get("description", {}).get("value"):
            found.append(f"{role} {name!r} is wrong, and nothing says why")
    return found


def read_out_faults(texts: list[str]) -> list[str]:
    """Of the texts read out between two states: nothing twice."""
    return [f"read out {texts.count(text)} times: {text}" for text in dict.fromkeys(texts) if texts.count(text) > 1]
