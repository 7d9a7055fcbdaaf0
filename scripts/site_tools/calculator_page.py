"""The form of the calculator page, made at build time from calculator.form.SECTIONS and the words of one language.

The markup holds everything a reader can see or a program must know: which fields there are, when each is shown
(``data-shown``), its hint, a place for its error, and the messages of the page. The scripts under
docs/assets/calculator only show, hide and fill in.
"""

import json
import re
from collections.abc import Iterable
from html import escape

from calculator import html as renderer
from calculator.document import document
from calculator.facts import ELSEWHERE, parse, pooling_areas
from calculator.form import (
    BEFORE_THE_FIRST_GAP,
    HISTORY,
    OF_THE_LIFE,
    PAYS_AGAIN,
    SECTIONS,
    SITUATION_GROUPS,
    SITUATIONS,
    STOPS,
    FormField,
)
from calculator.judge import assess
from calculator.lawbook import lawbook
from calculator.lives import MAX_NAME
from calculator.words import Words
from tests.golden import case

#: Where things are, seen from en/calculator/ and zh/calculator/.
RUNTIME = "../../runtime/"
LEFT_MY_JOB = "../left-my-job/"
LEAVING_THE_COUNTRY = "../leaving-the-country/"

#: Lives to try: their names in the words of the page, and the worked examples that are typed in.
SAMPLES = {
    "left_job": "e-shanghai-flexible-from-october",
    "moved": "h-shenzhen-to-guangzhou",
    "not_paid": "c-guangzhou-arrears-paid-in-july",
    "leaves": "g-foreigner-leaves-shanghai",
    "retires": "r-beijing-woman-20-years",
}

#: The one of them whose answer is on the page from the start.
SHOWN = "left_job"

#: How months are marked in the grid, by what the device has for it: the words of the page.
GRID_HELP = {"keys": "grid_help", "touch": "grid_help_touch"}

#: The site's search finds the page by its title and introduction. It leaves out an element with this mark
#: up to the next end of an element of the same name.
NOT_SEARCHED = " data-search-exclude"

_HAN_RUN = re.compile("[\u3001-\u301f\u3400-\u9fff\uff00-\uffef]+")


def form_html(lang: str) -> str:
    """The whole calculator as one block of HTML without an empty line, as Markdown wants it."""
    return "\n".join(_Form(Words(lang)).lines())


class _Form:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.form = words.templates["form"]
        self.run = words.templates["run"]

    def lines(self) -> Iterable[str]:
        lang = self.words.lang
        yield (
            f'<div id="yb-calculator" class="yb-calculator screen-only" data-lang="{lang}" data-runtime="{RUNTIME}">'
        )
        yield from self._example()
        yield from self._samples()
        yield from self._summary()
        # A form of a dialog is never sent: should the scripts fail to load, nothing typed gets into an address.
        name = self._run("form_name")
        payment = escape(json.dumps({"pays_again": PAYS_AGAIN, "stops": STOPS, "before": BEFORE_THE_FIRST_GAP}))
        yield f'<form id="yb-form" method="dialog" novalidate autocomplete="off" aria-label="{name}" data-payment="{payment}"{NOT_SEARCHED}>'
        yield f'<div id="yb-life" class="yb-life" role="group" aria-label="{self._run("life")}" hidden><ol></ol></div>'
        yield '<p id="yb-life-said" class="yb-said" role="status"></p>'
        yield '<p id="yb-count" class="yb-count" hidden></p>'
        for section, fields in SECTIONS.items():
            yield from self._section(section, fields)
        yield from self._review()
        yield from self._moves()
        yield "</form>"
        yield from self._status()
        yield f'<p id="yb-notes" class="yb-notes" role="note"{NOT_SEARCHED} hidden></p>'
        yield '<div id="yb-result" class="yb-answered" hidden></div>'
        yield from self._take()
        yield from self._saved()
        yield f'<script type="application/json" id="yb-words">{self._messages()}</script>'
        yield "</div>"

    # -- the parts ----------------------------------------------------------------------------------------

    def _summary(self) -> Iterable[str]:
        """The list of errors. The container takes the focus, a child is the alert, so that it is read once."""
        title = escape(self.words.say("error.summary"))
        yield '<div id="yb-summary" class="yb-summary" role="group" tabindex="-1" aria-labelledby="yb-summary-title" hidden><div role="alert">'
        yield f'<p id="yb-summary-title" class="yb-summary-title" role="heading" aria-level="2"{NOT_SEARCHED}>{title}</p><ul></ul>'
        yield "</div></div>"

    def _example(self) -> Iterable[str]:
        """One life worked out now: what an answer looks like, on the screen before Python is, and without any script."""
        told = document(assess(parse(case(SAMPLES[SHOWN]).facts)), self.words.lang)
        (line,) = told["cover"]["stretches"][0]["lines"]
        yield f'<div id="yb-example" class="yb-shown" role="region" aria-labelledby="yb-example-title"{NOT_SEARCHED}>'
        yield f'<p id="yb-example-title" class="yb-shown-title">{self._run("example")}</p>'
        yield f"<p>{self._text(self.run[f'sample_{SHOWN}'])}</p>"
        yield f"{renderer.answer(told['answer'])}{renderer.strip(line)}{renderer.ranges(line)}</div>"

    def _samples(self) -> Iterable[str]:
        """Lives to try, folded; each button holds what is typed in."""
        yield f'<details id="yb-samples" class="yb-ask yb-samples"{NOT_SEARCHED}><summary>{self._run("samples")}</summary>'
        yield '<div class="yb-choices">'
        for name, example in SAMPLES.items():
            typed = escape(json.dumps(dict(case(example).form), ensure_ascii=False))
            yield (
                f'<button type="button" class="yb-button yb-quiet" data-typed="{typed}">'
                f"{self._text(self.run[f'sample_{name}'])}</button>"
            )
        yield "</div></details>"

    def _section(self, name: str, fields: Iterable[FormField]) -> Iterable[str]:
        """Fields under a heading; the style sheet leaves out a section without a field to be seen."""
        title = escape(self.form[f"section_{name}"])
        yield f'<div class="yb-part" role="group" aria-labelledby="yb-section-{name}">'
        yield f'<p id="yb-section-{name}" class="yb-part-title" role="heading" aria-level="2">{title}</p>'
        for field in fields:
            yield from self._field(field)
        if name == "when":
            yield from self._grid()
        yield "</div>"

    def _grid(self) -> Iterable[str]:
        """Months to mark in place of typing them; the script draws them."""
        fields = escape(json.dumps(HISTORY))
        yield f'<details id="yb-grid" class="yb-ask yb-grid" data-fields="{fields}" hidden><summary>{self._run("grid")}</summary>'
        yield f'<div class="yb-grid-box"><p id="yb-grid-help">{self._grid_help()}</p>'
        yield f'<p class="yb-grid-key">{self._key()}</p>'
        yield f'<div id="yb-grid-months" class="yb-grid-months" role="group" aria-label="{self._run("grid_label")}" aria-describedby="yb-grid-help"></div>'
        yield '<p id="yb-grid-said" role="status"></p>'
        yield f'<div id="yb-grid-live" hidden><div></div><p>{self._run("grid_live")}</p></div></div></details>'

    def _grid_help(self) -> str:
        """How months are marked with mouse and keys, and how by hand: the style sheet shows which of them the device has."""
        ways = (f'<span class="yb-by-{by}">{self._run(key)}</span>' for by, key in GRID_HELP.items())
        return self.words.joined([*ways, self._run("grid_help_last")])

    def _key(self) -> str:
        """The signs of the months and what they mean."""
        states = ("paid", "unpaid", "back_paid")
        return " ".join(f'<span data-state="{state}">{self._run(f"grid_{state}")}</span>' for state in states)

    def _moves(self) -> Iterable[str]:
        """The end of the form: where a question is alone on the screen the ways from it, else the button that asks."""
        yield '<div id="yb-moves" class="yb-moves" hidden>'
        yield f'<button type="submit" class="yb-button" id="yb-continue">{self._run("continue")}</button>'
        for name in ("skip", "back"):
            yield f'<button type="button" class="yb-button yb-quiet" id="yb-{name}">{self._run(name)}</button>'
        yield "</div>"
        yield f'<button type="submit" class="yb-button" id="yb-submit">{escape(self.form["submit"])}</button>'
        yield f'<button type="button" class="yb-button yb-quiet" id="yb-then">{self._run("life_then")}</button>'
        yield '<div class="yb-questions-tools"><p id="yb-relevant" class="yb-relevant" role="status"></p>'
        yield f'<button type="button" id="yb-all" class="yb-plain" aria-pressed="false">{self._run("questions_all")}</button>'
        yield f'<button type="button" id="yb-again" class="yb-plain">{self._run("again")}</button>'
        yield f'<button type="button" id="yb-undo" class="yb-plain" hidden>{self._run("undo")}</button></div>'

    def _review(self) -> Iterable[str]:
        """All that was told; the script fills it in."""
        yield '<div id="yb-review" class="yb-review" role="group" aria-labelledby="yb-review-title" hidden>'
        yield (
            '<p id="yb-review-title" class="yb-part-title" role="heading" aria-level="2" tabindex="-1">'
            f"{self._run('review')}</p><dl></dl></div>"
        )

    def _status(self) -> Iterable[str]:
        """What the calculator is doing, and what went wrong."""
        yield '<div id="yb-status" class="yb-status-bar" data-state="idle"' + NOT_SEARCHED + ">"
        yield (
            '<p class="yb-line"><span id="yb-line" role="status"></span>'
            f' <a id="yb-why" href="#yb-failure" hidden>{self._run("see_why")}</a></p>'
        )
        yield (
            '<p id="yb-meter" class="yb-meter" hidden><progress id="yb-progress" max="1" value="0" aria-labelledby="yb-amount"></progress>'
            ' <span id="yb-amount" class="yb-amount"></span></p>'
        )
        yield "</div>"
        yield '<div id="yb-failure" class="yb-failure" role="group" tabindex="-1" aria-labelledby="yb-line" hidden>'
        yield f'<div role="alert"{NOT_SEARCHED}><p id="yb-failure-why"></p><p>{self._run("kept")}</p></div>'
        yield f'<button type="button" class="yb-button" id="yb-retry"{NOT_SEARCHED}>{self._run("retry")}</button>'
        yield f"<p{NOT_SEARCHED}>{self.words.joined([self._run('guide'), self._guide()])}</p>"
        yield '<p id="yb-failure-details" class="yb-failure-details"></p></div>'
        # Shown by the style sheet after some seconds, unless the script took it away.
        yield f'<p id="yb-no-script" class="yb-no-script"{NOT_SEARCHED}>{self.words.joined([self._run("no_script"), self._guide()])}</p>'

    def _take(self) -> Iterable[str]:
        """What can be done with an answer; the script fills in the files, and gives them their names: a link without an
        address can't be one to save."""
        name = self._run("file_name")
        yield f'<div id="yb-take" class="yb-take" role="group" aria-label="{self._run("take")}"{NOT_SEARCHED} hidden>'
        yield f'<a id="yb-take-calendar" class="yb-button yb-quiet" data-file="{name}.ics">{self._run("take_calendar")}</a>'
        yield f'<a id="yb-take-json" class="yb-button yb-quiet" data-file="{name}.json">{self._run("take_json")}</a>'
        for kind in ("link", "compare", "card", "phone", "print"):
            words = self._run(f"take_{kind}")
            yield f'<button type="button" id="yb-take-{kind}" class="yb-button yb-quiet">{words}</button>'
        yield "</div>"
        yield from self._link()
        yield f'<p id="yb-compare-said" class="yb-said" role="status"{NOT_SEARCHED}></p>'
        yield '<div id="yb-compare" class="yb-answered yb-side-by-side" hidden></div>'
        yield f'<div id="yb-sheet" class="yb-sheet" role="region" tabindex="-1"{NOT_SEARCHED} hidden><div class="yb-sheet-tools">'
        for kind, words in (("print", "take_print"), ("close", "sheet_close")):
            yield f'<button type="button" id="yb-sheet-{kind}" class="yb-button yb-quiet">{self._run(words)}</button>'
        yield '</div><div id="yb-sheet-pages"></div></div>'

    def _link(self) -> Iterable[str]:
        """The link to the answer, for those whose browser does not let the page copy it; and on paper."""
        yield f'<div id="yb-link" class="yb-link"{NOT_SEARCHED} hidden>'
        yield f'<label class="yb-label" for="yb-link-field">{self._run("link_field")}</label>'
        yield f'<p class="yb-hint" id="yb-hint-link">{self._run("link_hint")}</p>'
        yield '<input id="yb-link-field" class="yb-input" type="text" readonly aria-describedby="yb-hint-link">'
        yield "</div>"
        yield f'<p id="yb-link-said" class="yb-said" role="status"{NOT_SEARCHED}></p>'
        # What the printer gets in place of the page.
        yield f'<div id="yb-paper" class="yb-paper"{NOT_SEARCHED}><div id="yb-paper-answer"></div>'
        yield f'<p>{self._run("link_paper")} <span id="yb-link-paper"></span></p></div>'

    def _saved(self) -> Iterable[str]:
        """Lives kept under names; the browser remembers them only when the reader has said so."""
        button = '<button type="button" id="yb-saved-{id}" class="yb-button yb-quiet"{more}>{text}</button>'
        yield f'<details id="yb-saved" class="yb-saved"{NOT_SEARCHED}><summary>{self._run("saved")}</summary>'
        yield f"<p>{self._run('saved_intro')}</p>"
        yield '<p id="yb-saved-state"></p>'
        yield f'<div id="yb-saved-ask" class="yb-saved-ask" hidden><p>{self._run("saved_ask")}</p>'
        yield button.format(id="allow", more="", text=self._run("saved_allow")) + "</div>"
        yield '<form id="yb-saved-form" method="dialog" novalidate autocomplete="off" hidden>'
        yield f'<label class="yb-label" for="yb-saved-name">{self._run("saved_name")}</label>'
        yield f'<input id="yb-saved-name" class="yb-input" type="text" maxlength="{MAX_NAME}" required>'
        yield f'<button type="submit" class="yb-button yb-quiet">{self._run("saved_save")}</button></form>'
        yield '<ul id="yb-saved-list" class="yb-saved-list"></ul>'
        yield '<div class="yb-tools">'
        yield (
            f'<a id="yb-saved-export" class="yb-button yb-quiet" data-file="{self._run("saved_file")}.json" hidden>'
            f"{self._run('saved_export')}</a>"
        )
        yield (
            '<label class="yb-button yb-quiet yb-file"><input id="yb-saved-import" type="file" accept=".json,application/json"'
            f' aria-describedby="yb-hint-saved-import"><span>{self._run("saved_import")}</span></label>'
        )
        yield button.format(id="erase", more=" hidden", text=self._run("saved_erase")) + "</div>"
        yield f'<p class="yb-hint" id="yb-hint-saved-import">{self._run("saved_import_hint")}</p>'
        yield '<div role="alert"><ul id="yb-saved-errors" class="yb-errors"></ul></div>'
        yield '<p id="yb-saved-said" class="yb-said" role="status"></p></details>'

    def _guide(self) -> str:
        """Links to the pages that answer the same questions in words."""
        pages = ((LEFT_MY_JOB, "guide_left"), (LEAVING_THE_COUNTRY, "guide_leaving"))
        return self.words.listed(f'<a href="{address}">{self._run(key)}</a>' for address, key in pages)

    def _messages(self) -> str:
        """The messages as JSON that can stand inside a script element."""
        return json.dumps(self.run, ensure_ascii=False).replace("<", "\\u003c")

    # -- one field ----------------------------------------------------------------------------------------

    def _field(self, field: FormField) -> Iterable[str]:
        shown = f' data-shown="{escape(json.dumps(dict(field.shown)))}" hidden' if field.shown else ""
        required = " data-required" if field.required else ""
        of_the_life = " data-of-the-life" if field.name in OF_THE_LIFE else ""
        yield f'<div class="yb-field" data-field="{field.name}"{required}{of_the_life}{shown}>'
        yield from self._radios(field) if field.choices else self._single(field)
        yield "</div>"

    def _why(self, field: FormField) -> Iterable[str]:
        """Why we ask, folded. The name says what it is about, since there are many on the page."""
        id = f"yb-why-{field.name}"
        named = f'id="{id}" aria-labelledby="{id} yb-question-{field.name}"'
        yield f'<details class="yb-ask"><summary {named}>{self._run("why_asked")}</summary>'
        yield f"<p>{self._text(self.words.templates['form_why'][field.name])}</p></details>"

    def _radios(self, field: FormField) -> Iterable[str]:
        prefix = "situation_" if field.kind == "situation" else ""
        choices = [(choice, self._wording(prefix + choice)) for choice in field.choices]
        if not field.required:
            choices.append(("", self._wording("not_known")))
        yield f'<fieldset{self._described_by(field)}><legend class="yb-label">{self._question(field)}</legend>'
        yield from self._remarks(field)
        if field.kind == "situation":
            for name, situations in SITUATION_GROUPS.items():
                yield f'<div role="group" aria-labelledby="yb-group-{name}">'
                yield f'<p class="yb-group" id="yb-group-{name}">{escape(self.form[f"group_{name}"])}</p>'
                yield from self._choices(field, [choice for choice in choices if choice[0] in situations])
                yield "</div>"
        else:
            yield from self._choices(field, choices)
        yield from self._why(field)
        yield "</fieldset>"

    def _choices(self, field: FormField, choices: list[tuple[str, str]]) -> Iterable[str]:
        yield '<div class="yb-choices">'
        for value, text in choices:
            # The first choice has the field's id: the list of errors leads there.
            id = f' id="yb-field-{field.name}"' if value == field.choices[0] else ""
            yield (
                f'<label class="yb-choice"><input type="radio"{id} name="{field.name}" value="{value}">'
                f" <span>{text}</span></label>"
            )
        yield "</div>"

    def _single(self, field: FormField) -> Iterable[str]:
        id = f"yb-field-{field.name}"
        optional = "" if field.required else f' <span class="yb-optional">{escape(self.form["optional"])}</span>'
        yield f'<label class="yb-label" for="{id}">{self._question(field)}{optional}</label>'
        yield from self._remarks(field)
        attributes = f'id="{id}" name="{field.name}"{self._described_by(field)}'
        if field.kind == "place":
            yield f'<select class="yb-input" {attributes}><option value="">{escape(self.form["choose"])}</option>'
            for place in (*pooling_areas(lawbook()), ELSEWHERE):
                yield f'<option value="{place}">{escape(self.words.place(place))}</option>'
            yield "</select>"
        else:
            # "decimal" brings up digits with a point, which also separates year, month and day; a length may have words.
            keys = "text" if field.kind == "span" else "decimal"
            fill_in = "bday" if field.name == "born" else "off"
            yield (
                f'<input class="yb-input yb-input-{field.kind}" type="text" inputmode="{keys}" autocomplete="{fill_in}"'
                f' spellcheck="false" {attributes}>'
            )
        yield from self._why(field)

    def _question(self, field: FormField) -> str:
        return f'<span class="yb-question" id="yb-question-{field.name}">{self._wording(field.name)}</span>'

    def _wording(self, key: str) -> str:
        """The words of the form under a key; where a situation has words of its own, those too, for the script to choose."""
        own = {name: self.words.of_situation(key, name) for name in SITUATIONS}
        different = {name: words for name, words in own.items() if words != self.form[key]}
        if not different:
            return self._text(self.form[key])
        others = (f' <span data-for="{name}" hidden>{self._text(words)}</span>' for name, words in different.items())
        return f'<span data-for="">{self._text(self.form[key])}</span>{"".join(others)}'

    def _remarks(self, field: FormField) -> Iterable[str]:
        """The hint, and the place for the error."""
        if hint := self._hint(field):
            yield f'<p class="yb-hint" id="yb-hint-{field.name}">{hint}</p>'
        yield f'<p class="yb-error" id="yb-error-{field.name}" hidden></p>'

    def _described_by(self, field: FormField) -> str:
        return f' aria-describedby="yb-hint-{field.name}"' if self._hint(field) else ""

    def _hint(self, field: FormField) -> str:
        if field.name == "legacy":
            return self._text(self.words.say("form.legacy_hint", days=self._days_of_older_money(field)))
        return self._wording(f"{field.name}_hint") if self.form.get(f"{field.name}_hint") else ""

    def _days_of_older_money(self, field: FormField) -> str:
        """The day before which money is older, where the field is shown: the law knows it, the words don't."""
        places = dict(field.shown)["place"]
        records = lawbook().records.values()
        pots = [record for record in records if record.place in places and record.then.get("key") == field.name]
        return self.words.listed(self.words.day(pot.then["credited_before"]) for pot in pots)

    # -- words --------------------------------------------------------------------------------------------

    def _run(self, key: str) -> str:
        return escape(self.run[key])

    def _text(self, text: str) -> str:
        """Words for the page; in English the Chinese terms are marked, so that they are read and drawn as Chinese."""
        if self.words.lang == "zh":
            return escape(text)
        return _HAN_RUN.sub(lambda term: f'<span lang="zh-Hans">{term[0]}</span>', escape(text))
