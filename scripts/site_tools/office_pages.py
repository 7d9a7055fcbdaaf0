"""Functions of the pages for offices: what an employer has to know of each place, from the rules."""

from collections.abc import Mapping
from html import escape

from calculator.confidence import weakest
from scripts.site_tools.page_part import PagePart

NATION = "china"
#: What the columns of the first table ask: topic, outcome, and what an employer tells about itself.
_ASKED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("cover_start", "cover_from", {"payer": "employer"}),
    ("cover_stop", "cover_ends", {"payer": "employer", "cause": "left"}),
    ("cover_stop", "cover_ends", {"payer": "employer", "cause": "arrears"}),
)


class OfficePages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def employer_cover_table(self) -> str:
        """From when an employer's payment gives cover, and until when cover lasts after a job and in arrears.

        A place stands here when a rule of its own or of its province says one of the three.
        """
        rows = []
        for place in self._book.places:
            found = [
                (finding, outcome)
                for topic, outcome, told in _ASKED
                for finding in self._book.consult(topic, place, self._read_on, told)
            ]
            # Without anything open there is one finding for each column.
            said = [finding.outcomes[outcome] for finding, outcome in found]
            known = [one for one in said if one.known]
            if not known:
                continue
            cites = dict.fromkeys(self._cites(one.record) for one in known)
            rows.append(
                [
                    f'<a href="place:{place}#place">{escape(self._words.place(place))}</a>',
                    *(escape(self._words.value(one.value)) for one in said),
                    f"{self._chip(weakest(one.record.sure for one in known))} {' '.join(cites)}",
                ]
            )
        return self._table("employer", ("place", "employee_from", "leaver_until", "arrears_until", "sure"), rows)

    def arrears_table(self) -> str:
        """What follows for an employer's people when it pays late, by place."""
        rows = [
            [
                self._where(record),
                "<br>".join(map(escape, self._conditions_said(record, but=("situation", "payer"))))
                or self._page["always"],
                "<br>".join(self._outcomes_said(record)),
                self._sources(record),
            ]
            for record in self._records("gap")
            if record.when.get("situation") == "arrears" and record.when.get("payer") != "flexible"
        ]
        return self._table("arrears", ("place", "if", "what_follows", "sure"), rows)
