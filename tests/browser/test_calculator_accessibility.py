"""Nobody is kept out of the calculator: not by the keyboard, a screen reader, a small screen, a large finger or other colours.

One walk by keyboard leads through every state, and access.py says what must hold in each: in English on a desktop; in Chinese on
the same screen enlarged to 400 %, which leaves 320 x 256 pixels, with one question at a time.
"""

import re

import pytest

from calculator.form import SITUATIONS
from tests.browser import access, states
from tests.browser.driver import SAVE_DATA, Calculator, messages, show
from tests.browser.states import Walk, pattern_of
from tests.golden import cases

pytestmark = pytest.mark.browser

#: Language, size of the screen, whether it is touched, what the walk leads through.
WALKS = {
    "desktop": ("en", (1280, 1024), False, (states.start, states.form, states.answer)),
    "enlarged": ("zh", (320, 256), True, (states.start_with_every_failure, states.one_by_one, states.answer)),
}
#: States that between them have everything the Tab key can lead to.
ALL_THE_WAY = {"every question there is", "check your answers", "an answer with every card opened"}
#: Here nobody has pressed anything yet; a sheet of paper has no focus.
WITHOUT_FOCUS = {"before the start", "on paper"}
#: What no walk shows, and why.
NEVER_SEEN = {
    "yb-words": "the sentences of the page, for its script",
    "yb-no-script": "taken away by the script; test_without_its_script_the_page_says_so",
}
#: Sentences that no walk comes to, and why.
NEVER_SAID = {
    "file_name": "the name of a file",
    "saved_file": "the name of a file",
    "no_script": "only without the script; test_without_its_script_the_page_says_so",
    "stopped": "a failure after the start; test_a_mistake_of_our_own_python",
    "compare_faulty": "only of an answer that an older version of this page has kept; test_lives_to_try_and_several_events_in_one_life",
    "connect": "passes; test_a_worked_example_is_there_until_the_reader_begins",
    "download": "passes; the same test",
    "python": "passes; the same test",
    "rules": "passes; the same test",
    "question_event": "a second event asked one by one; test_one_question_at_a_time_on_a_phone",
    "ready": "passes when an answer is waited for; the same test",
}
#: On the desktop no question is alone on the screen, and one failure is enough. Months are marked with mouse and keys, or by hand.
MAY_MISS = {
    "desktop": "yb-(count|moves|continue|skip|back)|question_(of|number)|continue|skip|back|failed_.*|grid_help_touch",
    "enlarged": "grid_help",
}

SEEN = """() => {
    const root = document.getElementById("yb-calculator");
    const named = Array.from(root.querySelectorAll("[aria-label]"), (element) => element.getAttribute("aria-label"));
    return [
        Array.from(root.querySelectorAll("[id]")).filter((element) => element.checkVisibility()).map(({ id }) => id),
        [document.title, root.innerText, ...named].join("\\n"),
    ];
}"""
PARTS = "() => Array.from(document.querySelectorAll('#yb-calculator [id]'), ({ id }) => id)"


def never_said(sentences, said):
    """The names of those that are nowhere in the text."""
    return {name for name, sentence in sentences.items() if not re.search(pattern_of(sentence), said)}


@pytest.mark.parametrize("name", WALKS)
def test_every_state_is_open_to_everybody(new_context, address, axe, tmp_path, name):
    lang, (width, height), has_touch, chapters = WALKS[name]
    context = new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", has_touch=has_touch
    )
    page = context.new_page()
    thrown = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    walk = Walk(page, address, lang, tmp_path)
    found, seen, said, read_out, parts = {}, set(), [], [], set()
    for state in (state for chapter in chapters for state in chapter(walk)):
        heard = [text for _, text in walk.heard()]
        wrong = access.read_out_faults(heard)
        if state.name not in WITHOUT_FOCUS:
            wrong += access.focus_faults(page)
        shown, words = page.evaluate(SEEN)
        seen |= set(shown)
        said += [words, *heard]
        parts = parts or set(page.evaluate(PARTS))
        wrong += access.faults(page, axe, state.part, is_new=state.is_new)
        if state.name in ALL_THE_WAY:
            wrong += access.tab_faults(page)
        if wrong:
            found[state.name] = list(dict.fromkeys(wrong))
        read_out += heard
    # The progress stands beside the line that is read out: nobody is told of every piece that arrives.
    assert page.locator("#yb-amount").evaluate("(element) => element.closest('[role=status], [aria-live]')") is None
    assert found == {}
    assert thrown == [], "a script has failed"
    progress = {key: messages(lang)[key] for key in ("connect", "download", "python", "rules")}
    assert never_said(progress, "\n".join(read_out)) == progress.keys()

    # One error beside its field is like another.
    unseen = {part for part in parts - seen - NEVER_SEEN.keys() if not part.startswith("yb-error-")}
    unsaid = never_said(messages(lang), "\n".join(said)) - NEVER_SAID.keys()
    assert {what for what in unseen | unsaid if not re.fullmatch(MAY_MISS[name], what)} == set()


def plant(page, markup, where="#yb-form"):
    """Puts something wrong at the beginning of a part of the page; inline style would be refused by the site's policy."""
    page.evaluate(
        """([markup, where]) => {
            const [element] = new DOMParser().parseFromString(markup, "text/html").body.children;
            element.id = "planted";
            for (const [name, value] of Object.entries(element.dataset)) {
                element.style[name] = value;
            }
            document.querySelector(where).prepend(element);
        }""",
        [markup, where],
    )


PLANTED = {
    "<button type='button' data-width='5rem' data-height='5rem'></button>": "a button without a name",
    "<p data-color='#595959'>dark grey</p>": "slate: color-contrast: #planted",
    "<p data-width='3000px'>wide</p>": "the page is",
    "<p data-overflow='hidden' data-height='8px'>cut</p>": "planted is cut off",
    "<button type='button' data-width='20px'>x</button>": "planted: 20.0 x",
}


def test_what_is_wrong_is_found(new_context, address, axe):
    """The checks of the walk, each with a fault that was put there for it."""
    context = new_context(viewport={"width": 1280, "height": 1024}, color_scheme="light")
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    page.route("**/current.json", lambda route: None)
    Calculator(page, address, "en").open()
    page.evaluate("() => document.querySelectorAll('#yb-form .yb-part ~ .yb-part').forEach((part) => part.remove())")
    first = page.locator("#yb-field-situation")
    first.focus()
    assert access.focus_faults(page) == [] == access.tab_faults(page)

    for markup, fault in PLANTED.items():
        page.evaluate("() => { document.body.dataset.mdColorScheme = 'default'; }")
        plant(page, markup)
        assert fault in "\n".join(access.faults(page, axe, "#planted")), markup
        page.evaluate("() => document.getElementById('planted').remove()")

    plant(page, "<button type='button' data-outline='none'>no mark</button>")
    assert "the focus on no mark is not marked" in access.tab_faults(page)
    plant(page, "<button type='button' tabindex='1'>out of turn</button>")
    assert "Tab does not lead to" in access.tab_faults(page)[-1]
    first.focus()
    plant(page, "<p data-position='fixed' data-inset='0' data-z-index='9' data-background='white'>in front</p>", "body")
    assert "is covered" in access.focus_faults(page)[0]
    first.evaluate("(element) => element.blur()")
    assert access.focus_faults(page) == ["the focus is lost"]

    assert access.read_out_faults(["a", "b", "a"]) == ["read out 2 times: a"]
    sentences = {"one": "Now {number} of {total}.", "other": "Gone: {name}."}
    assert never_said(sentences, "Now 2 of 3.\nGone.") == {"other"}


@pytest.mark.parametrize(
    ("lang", "width", "scheme", "some"),
    [("en", 390, "light", slice(0, None, 2)), ("zh", 1280, "dark", slice(1, None, 2))],
)
def test_the_answer_to_every_situation_breaks_no_rule(new_context, address, axe, lang, width, scheme, some):
    """In both schemes, on screen and on paper, with cards and script for the phone; the form around it is seen on the walk."""
    forms = {
        case.form["situation"]: case.form for case in cases() if not (case.errors or case.form_errors) and case.form
    }
    assert forms.keys() == set(SITUATIONS)
    context = new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(SAVE_DATA)
    Calculator(page, address, lang).open()
    # What is not looked at would take most of the time.
    page.evaluate(
        "() => ['example', 'samples', 'form', 'saved'].forEach((name) => document.getElementById(`yb-${name}`).remove())"
    )
    found = {}
    for situation, form in list(forms.items())[some]:
        show(page, lang, form)
        if wrong := access.faults(page, axe, "#yb-calculator"):
            found[situation] = wrong
    page.emulate_media(media="print")
    if wrong := access.faults(page, axe, "#yb-calculator"):
        found["on paper"] = wrong
    assert found == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_what_goes_when_it_is_pressed_hands_its_focus_on(page, address, width):
    """To the question or the list that is on the screen; and in the other language, too."""
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(SAVE_DATA)
    calculator = Calculator(page, address, "en").open()

    def focused():
        return page.evaluate(
            "() => document.activeElement.closest('[data-field]')?.dataset.field ?? document.activeElement.id"
        )

    # The first press starts Python, whose progress takes room; it is not lost by that.
    page.locator("#yb-saved > summary").click()
    assert page.locator("#yb-status").get_attribute("data-state") != "idle"
    assert page.locator("#yb-saved-allow").is_visible()
    # Yes to saving before there is an answer to give a name.
    page.locator("#yb-saved-allow").press("Enter")
    page.locator("#yb-saved-allow").wait_for(state="hidden")
    assert focused() == "yb-saved-import"

    calculator.type({"situation": "leave_job"})
    page.locator("#yb-again").press("Enter")
    page.locator("#yb-undo").wait_for(state="visible")
    assert focused() == "situation"
    page.locator("#yb-undo").press("Enter")
    page.locator("#yb-undo").wait_for(state="hidden")
    assert calculator.typed()["situation"] == "leave_job"
    assert focused() == ("yb-review-title" if width == 390 else "situation")

    page.locator(".md-select button").focus()
    page.locator("a.md-select__link[hreflang='zh-Hans']").press("Enter")
    page.wait_for_url("**/zh/calculator/")
    page.wait_for_function("() => document.activeElement !== document.body")
    assert focused() == ("yb-review-title" if width == 390 else "situation")

    # What to do about a failure is a link beside the line that tells of it.
    page.route("**/calculator/worker.js", lambda route: route.fulfill(status=404))
    page.locator("#yb-saved > summary").focus()
    calculator.wait_for_failure()
    why = page.locator("#yb-why")
    assert why.bounding_box()["height"] >= 44
    why.focus()
    page.unroute_all()
    page.evaluate("() => document.getElementById('yb-retry').click()")
    assert focused() == "yb-submit"
