"""Functions of the first page: the picture of the whole, drawn from the rules."""

from scripts.site_tools import charts
from scripts.site_tools.page_part import PagePart

NATION = "china"
#: Until when cover lasts, in months after the last paid one: least and most.
_COVER_LASTS = {"last_paid_month": (0, 0), "one_of_the_two": (0, 1), "month_after_last_paid": (1, 1)}
#: Months drawn of each of the three times.
_PHASE = 8


class StartPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def whole_picture(self) -> str:
        """What becomes of the account, the cover and the years when payment stops and starts again, to scale by month.

        Of the money and the years the nation's rules speak; of cover those of the places, from the shortest to the longest.
        Raises ValueError when the rules no longer say what this picture draws.
        """
        values, sentences = self._whole_account()
        (short, long), (least, most) = self._whole_cover(), self._whole_waits()
        lasts = self._words.say("guide.whole_lasts", least=short, most=long)
        waits = self._words.say("guide.whole_waits", least=least, most=most)
        month = charts.WIDTH / (3 * _PHASE)
        stopped, again = _PHASE * month, 2 * _PHASE * month
        say = self._page
        drawn = [
            *(charts.text((number + 0.5) * _PHASE * month, 14, say[f"whole_phase_{number + 1}"], "middle", bold=True)
              for number in range(3)),
            charts.text(0, 46, say["whole_account"], bold=True),
            *charts.arrow(54),
            *self._whole_below(86, values),
            charts.text(0, 126, say["whole_cover"], bold=True),
            *charts.lane(134, (("full", stopped + short * month), ("open", stopped + long * month), ("none", again),
                               ("full", again + least * month), ("waiting", again + most * month), ("full", charts.WIDTH))),
            charts.text(0, 166, lasts), charts.text(0, 184, waits),
            charts.text(0, 224, say["whole_years"], bold=True),
            *charts.rising(232, (stopped, again)),
            *self._whole_below(280, (say["whole_grow"], *self._whole_years())),
        ]  # fmt: skip
        words = self._words.joined([*sentences, lasts, waits])
        return charts.figure("whole", say["whole_title"], words, 288, drawn)

    # -- pieces -------------------------------------------------------------------------------------------

    def _one_answer(self, topic: str, outcome: str, **told: str) -> str:
        """What the nation's law says on one outcome. Raises ValueError where it depends on more, or is open."""
        said = {str(one.outcomes[outcome].value) for one in self._book.consult(topic, NATION, self._read_on, told)}
        if len(said) != 1 or "unknown" in said:
            raise ValueError(f"the picture of the whole wants one answer to {topic}.{outcome}, and there are {said}")
        return said.pop()

    def _whole_account(self) -> tuple[tuple[str, str, str], list[str]]:
        """What stands below the bar of the account, and the picture's sentences on money and years."""
        share = self._one_answer("credit", "bp_of_base", payer="employer", status="employee")
        stays = self._one_answer("account", "balance", event="leave_job")
        moves = self._one_answer("transfer", "money", move="move_across_provinces")
        kept = self._one_answer("years", "earlier_years", event="leave_job")
        credited = self._words.say("guide.whole_credited", percent=self._words.quantity("bp", int(share)))
        below = (credited, self._words.value(stays), self._words.value(moves))
        told = self._words.say("guide.whole_credit_told", credited=credited)
        return below, [told, *(self._words.say(key) for key in (f"money.{stays}", f"money.{moves}", f"years.{kept}"))]

    def _whole_years(self) -> tuple[str, str]:
        kept = self._one_answer("years", "earlier_years", event="leave_job")
        added = self._one_answer("years", "earlier_years", event="move_across_provinces")
        return self._words.value(kept), self._words.value(added)

    def _whole_cover(self) -> tuple[int, int]:
        """For how many months after the last paid one cover goes on, in the places that say so: least and most."""
        found = [
            _COVER_LASTS[end] for one in self._records("cover_stop") if (end := one.then["cover_ends"]) in _COVER_LASTS
        ]
        return min(least for least, _ in found), max(most for _, most in found)

    def _whole_waits(self) -> tuple[int, int]:
        """How many months of wait a gap can cost, in the places that say so: least and most."""
        found = [wait for one in self._records("gap") if isinstance(wait := one.then.get("wait_months"), int)]
        return min(found), max(found)

    def _whole_below(self, y: float, said: tuple[str, ...]) -> list[str]:
        """Words below each of the three times."""
        return [charts.text((number + 0.5) * charts.WIDTH / 3, y, words, "middle") for number, words in enumerate(said)]
