"""Functions of the page on places that lay the places side by side: how long somebody waits after a gap, computed by the rule.

Each number is the law's answer to one question, as the calculator asks it: so many months without payment in the same
place, paid by an employer or alone, on the day of reading.
"""

from collections.abc import Iterator
from functools import cached_property
from html import escape

from calculator.confidence import Confidence
from calculator.lawbook import UNKNOWN
from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart

#: The gaps that are compared: at the limit most places have, just beyond it, and a long one.
GAPS = (3, 4, 12)
#: The gap that the drawing shows: just beyond the limit the places differ most.
DRAWN_GAP = 4
PAYERS = ("employer", "flexible")


class ComparePages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def compare_table(self) -> str:
        """For each place with rules of its own on gaps, and for both who may pay: the wait after gaps of some lengths."""
        rows = []
        for place in self._compared:
            for payer in PAYERS:
                waits = [self._gap_waits(place, payer, gap) for gap in GAPS]
                sure = min((level for _, level in waits if level > Confidence.NOT_KNOWN), default=Confidence.NOT_KNOWN)
                rows.append(
                    [
                        f'<a href="place:{place}#place">{escape(self._words.place(place))}</a>',
                        escape(self._words.place(self._province(place))),
                        escape(self._page[f"drawn_{payer}"]),
                        *(self._wait_said(found) for found, _ in waits),
                        self._chip(sure),
                    ]
                )
        gaps = [self._words.say("guide.col_gap_of", gap=gap) for gap in GAPS]
        columns = ("place", "province", "who", *gaps, "sure")
        return self._table("compare", columns, rows, sift=(1, 2))

    def compare_chart(self) -> str:
        """The waits after one gap as bars; who waits nothing, and where it is not known, is said below."""
        bars, none, unknown = [], [], []
        for place in self._compared:
            for payer in PAYERS:
                found, _ = self._gap_waits(place, payer, DRAWN_GAP)
                who = self._words.say(
                    "guide.place_and_payer", place=self._words.place(place), payer=self._page[f"drawn_{payer}"]
                )
                known = sorted(wait for wait in found if wait != UNKNOWN)
                if not known:
                    unknown.append(who)
                elif known == [0]:
                    (none if UNKNOWN not in found else unknown).append(who)
                else:
                    said = self._words.say("rule.fact", name=who, value=self._plain_wait(found))
                    bars.append((said, known[0], known[-1] - known[0]))
        last = max(full + opened for _, full, opened in bars)
        ticks = [(month, self._words.count(month, "months")) for month in (0, last // 2, last)]
        legend = (self._page["drawn_sure_wait"], self._page["drawn_perhaps_wait"])
        height, drawn = charts.spans(bars, ticks, legend)
        title = self._words.say("guide.picture_compare", gap=DRAWN_GAP)
        words = self._words.semicolon.join(said for said, _, _ in bars) + self._page["stop"]
        beside = "".join(
            f"<p>{escape(self._words.say(f'guide.{key}', gap=DRAWN_GAP, places=self._words.semicolon.join(listed)))}</p>"
            for key, listed in (("drawn_no_wait", none), ("drawn_not_known", unknown))
        )
        return charts.figure("compare", title, words, height, drawn) + beside

    # -- pieces -------------------------------------------------------------------------------------------

    @cached_property
    def _compared(self) -> list[str]:
        """The places with rules of their own on gaps, nation and provinces left out that only pass the question on."""
        own = {record.place for record in self._records("gap") if "wait_months" in record.then}
        return [place for place in self._book.places if place in own and self._has_an_answer(place)]

    def _has_an_answer(self, place: str) -> bool:
        return any(set(self._gap_waits(place, payer, gap)[0]) != {UNKNOWN} for payer in PAYERS for gap in GAPS)

    def _province(self, place: str) -> str:
        """The province of a place: the level below the nation."""
        path = self._book.path(place)
        return path[min(1, len(path) - 1)].id

    def _gap_waits(self, place: str, payer: str, gap: int) -> tuple[list[int | str], Confidence]:
        """Every wait that the law may give for a gap, in months or "unknown", and how sure the least sure known one is."""
        findings = self._book.consult(
            "gap", place, self._read_on, {"situation": "same_place", "gap": gap, "payer": payer}
        )
        found = list(dict.fromkeys(finding.get("wait_months") for finding in findings))
        levels = [finding.sure_of("wait_months") for finding in findings]
        return found, min((level for level in levels if level > Confidence.NOT_KNOWN), default=Confidence.NOT_KNOWN)

    def _plain_wait(self, found: list[int | str]) -> str:
        """Waits in words: "none or 6 months", with what is not known last."""
        return self._page["or"].join(self._wait_words(found))

    def _wait_words(self, found: list[int | str]) -> Iterator[str]:
        for wait in sorted(one for one in found if one != UNKNOWN):
            yield self._words.count(wait, "months") if wait else self._page["no_wait"]
        if UNKNOWN in found:
            yield self._words.value(UNKNOWN)

    def _wait_said(self, found: list[int | str]) -> str:
        """Waits as a cell, with the number that the table is sorted by: the longest that may be."""
        known = [wait for wait in found if wait != UNKNOWN]
        said = escape(self._plain_wait(found))
        return f'<data value="{max(known)}">{said}</data>' if known else said
