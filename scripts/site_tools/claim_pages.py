"""Functions of the pages on the five source articles: docs/claims.toml, claim by claim.

A claim's texts are templates like the pages themselves: what a rule knows is asked for and not typed, and a name that
does not exist stops the build.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from posixpath import dirname, relpath
from typing import Any

import jinja2

from calculator.lawbook import UNKNOWN
from calculator.words import in_brackets
from scripts.site_tools.page_part import PagePart
from scripts.site_tools.paths import DOCS, LANGUAGES

VERDICTS = ("true", "partly", "local", "outdated", "unsupported", "garbled")
#: What a verdict needs besides its name: where it is true, since when it is not, what the Chinese said.
NEEDS = {"local": "where", "outdated": "since", "garbled": "original"}
#: Where the overview of the articles stands; their pages stand below it.
OVERVIEW = "articles"
_ARTICLE = {"id", "page", "checked", "claim"}
_CLAIM = {"number", "verdict", "see", "says", "law"}
_HEADING = re.compile(r"^#+ (.*?) \{ #([\w-]+) \}$", re.M)


class ClaimError(ValueError):
    """docs/claims.toml is not in order. Names the claim."""


@dataclass(frozen=True)
class Claim:
    """One claim of one article: what it says and what the law says, in both languages, as templates."""

    id: str  # "004-8"
    verdict: str
    see: str  # "left-my-job.md#cover-stops"
    says: Mapping[str, str]
    law: Mapping[str, str]
    where: Sequence[str]  # places; "local" only. Empty when the place is not known
    since: str  # "mps-2003.published", or "unknown"; "outdated" only
    original: str  # provision with the Chinese words; "garbled" only


@dataclass(frozen=True)
class Article:
    """One source article, its page and the day on which its claims were held against the law."""

    id: str
    page: str
    checked: date
    claims: Sequence[Claim]


def read_articles(text: str) -> list[Article]:
    """The articles in order. Raises ClaimError for a claim that is missing, twice, incomplete or without a law."""
    articles = []
    for raw in tomllib.loads(text)["article"]:
        _exactly(raw, _ARTICLE, f"article {raw.get('id')}")
        numbers = [claim.get("number") for claim in raw["claim"]]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ClaimError(f"article {raw['id']}: the claims are numbered {numbers}, not 1 to {len(numbers)}")
        claims = tuple(_claim(f"{raw['id']}-{claim['number']}", claim) for claim in raw["claim"])
        articles.append(Article(raw["id"], raw["page"], raw["checked"], claims))
    if repeated := [name for name, times in Counter(article.id for article in articles).items() if times > 1]:
        raise ClaimError(f"article {', '.join(repeated)}: there twice")
    return articles


def _claim(name: str, raw: Mapping[str, Any]) -> Claim:
    if raw["verdict"] not in VERDICTS:
        raise ClaimError(f"claim {name}: the verdict {raw['verdict']!r} is not one of {', '.join(VERDICTS)}")
    needed = NEEDS.get(raw["verdict"])
    _exactly(raw, _CLAIM | ({needed} if needed else set()), f"claim {name}")
    for part in ("says", "law"):
        if set(raw[part]) != set(LANGUAGES):
            raise ClaimError(f"claim {name}: {part} is there in {', '.join(raw[part])}, not in {', '.join(LANGUAGES)}")
    if without := [lang for lang in LANGUAGES if "cite(" not in raw["law"][lang]]:
        raise ClaimError(f"claim {name}: names no law in {', '.join(without)}")
    where = raw.get("where", ())
    return Claim(
        id=name,
        verdict=raw["verdict"],
        see=raw["see"],
        says=raw["says"],
        law=raw["law"],
        where=() if where == UNKNOWN else tuple(where),
        since=raw.get("since", ""),
        original=raw.get("original", ""),
    )


def _exactly(raw: Mapping[str, Any], keys: set[str], name: str) -> None:
    if wrong := raw.keys() ^ keys:
        raise ClaimError(
            f"{name}: needs {', '.join(sorted(keys))} and nothing else; look at {', '.join(sorted(wrong))}"
        )


class ClaimPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def verdict(self, name: str) -> str:
        """The verdict on a claim of a source article."""
        if name not in VERDICTS:
            raise ValueError(f"verdict {name!r} is not one of {', '.join(VERDICTS)}")
        return f'<span class="yb-verdict yb-verdict-{name}">{escape(self._page[f"verdict_{name}"])}</span>'

    def claims(self, article: str) -> str:
        """Every claim of an article: what it says, the verdict, what the law says, and the page that goes on."""
        found = self._article(article)
        caption = self._words.say("guide.caption_claims", article=article, day=found.checked)
        return "\n\n".join([f"**{caption}**", *(self._claim(claim, found.page) for claim in found.claims)])

    def articles_table(self) -> str:
        """The articles with their pages, and how many of their claims got which verdict."""
        rows = []
        for article in self._articles():
            address = f"{relpath(article.page.removesuffix('.md'), OVERVIEW)}/"
            given = Counter(claim.verdict for claim in article.claims)
            verdicts = self._words.listed(
                self._words.say("guide.so_many", n=given[name], what=self._page[f"verdict_{name}"])
                for name in VERDICTS
                if given[name]
            )
            title = f'<a href="{address}">{article.id}{self._words.colon}{escape(self._title(article.page))}</a>'
            rows.append([title, str(len(article.claims)), escape(verdicts), self._words.day(article.checked)])
        return self._table("articles", ("source", "claims", "verdicts", "checked"), rows)

    def checked_claims(self, page: str) -> str:
        """What the source articles say of the matter of a page and is not simply true, and what the law says.

        Raises ClaimError when no claim leads to the page: a table without rows would say nothing.
        """
        found = [
            (article.page, claim)
            for article in self._articles()
            for claim in article.claims
            if claim.see.partition("#")[0] == page and claim.verdict != "true"
        ]
        if not found:
            raise ClaimError(f"no claim leads to {page}")
        head = " | ".join(self._page[f"col_{name}"] for name in ("text_says", "verdict", "law_says"))
        lines = [f"**{self._page['caption_checked_claims']}**", "", f"| {head} |", "|---|---|---|"]
        for article_page, claim in found:
            address = f"guide:{article_page}#claim-{claim.id}"
            whole = f'<a href="{address}">{self._words.say("guide.claim_short", id=claim.id)}</a>'
            says = f"{self._filled(claim.says[self._lang])}{in_brackets(whole, self._lang)}"
            lines.append(f"| {says} | {self._verdict_of(claim)} | {self._filled(claim.law[self._lang])} |")
        # In the book the chapters of the articles say the same.
        on_paper = f'<p class="print-only" data-search-exclude>{self._page["claims_on_paper"]}</p>'
        return "\n".join(['<div class="screen-only" markdown="1">', "", *lines, "", "</div>", "", on_paper])

    # -- pieces -------------------------------------------------------------------------------------------

    def _claim(self, claim: Claim, page: str) -> str:
        """One claim with an address of its own: a list of four terms, which a phone shows one below the other."""
        terms = {
            self._words.say("guide.claim", n=claim.id.partition("-")[2]): claim.says[self._lang],
            self._page["verdict"]: self._verdict_of(claim),
            self._page["law_says"]: self._filled(claim.law[self._lang]) + self._original(claim),
            self._page["read_on"]: self._see(claim, page),
        }
        listed = "\n\n".join(f"{term}\n:   {said}" for term, said in terms.items())
        return f'<div class="yb-claim" id="claim-{claim.id}" markdown="1">\n\n{listed}\n\n</div>'

    def _articles(self) -> list[Article]:
        return read_articles((DOCS / "claims.toml").read_text("utf-8"))

    def _article(self, name: str) -> Article:
        return next(article for article in self._articles() if article.id == name)

    def _filled(self, text: str) -> str:
        """A claim's text with what it asks of the law."""
        templates = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
        names = [name for name in dir(self) if not name.startswith("_") and callable(getattr(self, name))]
        return templates.from_string(text).render({name: getattr(self, name) for name in names})

    def _verdict_of(self, claim: Claim) -> str:
        """The verdict, with the places where the claim is true or the day since when it is not."""
        said = ""
        if claim.verdict == "local":
            places = self._words.listed(self._words.place(place) for place in claim.where)
            said = places or self._page["where_not_known"]
        elif claim.verdict == "outdated":
            said = self._since(claim.since)
        return self.verdict(claim.verdict) + (f" {escape(said)}" if said else "")

    def _since(self, since: str) -> str:
        """Since when a claim is outdated. The day of a text is told apart from its first day in force."""
        name, _, what = since.partition(".")
        if since == UNKNOWN or what in self._book.instruments[name].dates_not_known:
            return self._page["since_not_known"]
        day = self._book.instruments[name].dates[what]
        return self._words.say("guide.since" if what == "effective" else "guide.since_text", day=day)

    def _original(self, claim: Claim) -> str:
        """What the Chinese said, where the translation changed it."""
        if not claim.original:
            return ""
        quote = self._book.provisions[claim.original].quote
        said = (
            f'{escape(self._page["chinese_said"])}<q lang="zh-Hans">{escape(quote)}</q>'
            f"{in_brackets(self._link(claim.original), self._lang)}"
        )
        return f"<br>{said}"

    def _see(self, claim: Claim, page: str) -> str:
        """A Markdown link to the section that goes on, named after its page and its heading."""
        file, _, section = claim.see.partition("#")
        headings = {name: title for title, name in self._headings(file)}
        if section not in headings:
            raise ClaimError(f"claim {claim.id}: {file} has no heading {section}")
        name = self._words.say("guide.section", page=self._title(file), heading=headings[section])
        return f"[{name}]({relpath(file, dirname(page))}#{section})"

    def _title(self, page: str) -> str:
        return self._headings(page)[0][0]

    def _headings(self, page: str) -> list[tuple[str, str]]:
        """Title and id of every heading of a page, the page's own first."""
        return _HEADING.findall((DOCS / self._lang / page).read_text("utf-8"))
