"""Functions of the page "What has changed": of the site and its data as told in docs/changes.toml, of the law from the rules."""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from html import escape
from typing import Any

from scripts.site_tools.page_part import PagePart
from scripts.site_tools.paths import DOCS

CHANGES = DOCS / "changes.toml"
#: How far back the page tells of changes of the law; a place's own page shows all of them.
YEARS_SHOWN = 2


def told_changes() -> list[dict[str, Any]]:
    """The entries of docs/changes.toml, newest first."""
    return tomllib.loads(CHANGES.read_text(encoding="utf-8"))["change"]


class ChangePages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def changes_table(self, kind: str) -> str:
        """What has changed in the guide ("site") or in the law data ("law")."""
        rows = [
            [escape(self._words.day(one["day"])), escape(one[self._lang])]
            for one in told_changes()
            if one["kind"] == kind
        ]
        return self._table(f"changes-{kind}", ("day", "change"), rows, caption=self._page[f"caption_changes_{kind}"])

    def law_changes(self) -> str:
        """By day and place: the questions on which a rule began, or one ended and none came after it."""
        since = self._read_on - timedelta(days=366 * YEARS_SHOWN)
        found: dict[tuple[date, str], dict[str, dict[str, None]]] = {}
        for record in self._book.records.values():
            place = self._book.places[record.place]
            # Days at which our knowledge begins or ends are no changes of the law.
            for kind, day in (("began", record.lives_from), ("ended", record.lives_until)):
                if since < day and place.known_from < day < place.known_until:
                    found.setdefault((day, place.id), {}).setdefault(kind, {})[record.topic] = None
        rows = []
        order = list(self._book.places)
        for (day, place), kinds in sorted(
            found.items(), key=lambda one: (-one[0][0].toordinal(), order.index(one[0][1]))
        ):
            name = escape(self._words.place(place))
            began = kinds.get("began", {})
            ended = [topic for topic in kinds.get("ended", {}) if topic not in began]
            rows.append(
                [
                    f'{escape(self._words.day(day))}<br><a href="place:{place}#place">{name}</a>',
                    self._topics_asked(place, began),
                    self._topics_asked(place, ended),
                ]
            )
        return self._table("law_changes", ("day_and_place", "began", "ended"), rows)

    def _topics_asked(self, place: str, topics: Iterable[str]) -> str:
        """The questions on topics; each leads to its rules where the page of the place still has some."""
        alive = {record.topic for topic in topics for record in self._records(topic) if record.place == place}
        return (
            "<br>".join(
                f'<a href="place:{place}#{topic.replace("_", "-")}">{said}</a>' if topic in alive else said
                for topic in topics
                for said in [escape(self._book.topics[topic]["asks"][self._lang])]
            )
            or "–"
        )
