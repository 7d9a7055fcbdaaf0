"""Tags: who a page is for and what is at stake on it, in ``docs/tags.toml`` once for both languages.

Each page gets its tags into its front matter when it is staged (``stage.py``); the theme's own plugin shows them on the page
and lists the pages of each on ``by-tag.md``. The order of both is that of the file, the same in both languages.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calculator.lawbook import lawbook
from scripts.site_tools.page_part import PagePart
from scripts.site_tools.paths import DOCS

TAGS = DOCS / "tags.toml"
#: The page that lists them. It is for screens: on paper nothing can be pressed, and the contents stand in front.
PAGE = "by-tag.md"
GROUPS = ("who", "stake")


class TagError(ValueError):
    """docs/tags.toml is not in order. Names the tag."""


@dataclass(frozen=True)
class Tag:
    """One tag with its pages."""

    id: str
    group: str
    name: Mapping[str, str]
    pages: Sequence[str]


def read_tags(text: str, docs: Path = DOCS) -> list[Tag]:
    """All tags. Raises TagError for a group, page or topic that does not exist, and for a name that is not a tag's own."""
    book, found, names = lawbook(), [], set()
    for raw in tomllib.loads(text)["tag"]:
        name = raw["en"]
        if raw["group"] not in GROUPS:
            raise TagError(f"tag {name!r}: there is no group {raw['group']!r}")
        if gone := [page for page in raw["pages"] if not (docs / "en" / page).is_file()]:
            raise TagError(f"tag {name!r}: there is no page {', '.join(gone)}")
        if unknown := set(raw.get("topics", ())) - book.topics.keys():
            raise TagError(f"tag {name!r}: the law has no topic {', '.join(sorted(unknown))}")
        own_names = {raw["id"], raw["en"], raw["zh"]}
        if names & own_names:
            raise TagError(f"tag {name!r}: another tag has its id or name")
        names |= own_names
        own = {
            record.place
            for record in book.records.values()
            if record.topic in raw.get("topics", ()) and record.alive_on(book.read_until)
        }
        # What holds in the whole nation is no mark of one page.
        places = [
            f"places/{place}.md" for place in book.places if place in own and book.places[place].level != "nation"
        ]
        found.append(Tag(raw["id"], raw["group"], {lang: raw[lang] for lang in ("en", "zh")}, (*raw["pages"], *places)))
    return found


@cache
def tags() -> list[Tag]:
    return read_tags(TAGS.read_text("utf-8"))


def tags_of(page: str, lang: str) -> list[str]:
    """The names of the tags of a page."""
    return [tag.name[lang] for tag in tags() if page in tag.pages]


def all_tagged() -> list[str]:
    """Every page with a tag, once: the pages of the situations, those that explain, those of the places."""
    found = dict.fromkeys(page for tag in tags() for page in tag.pages)
    return sorted(found, key=lambda page: (page.startswith("places/"), "/" not in page))


def id_of(name: str) -> str:
    """The id of the tag with this name in one of the languages."""
    return next(tag.id for tag in tags() if name in tag.name.values())


def order_of(name: str) -> int:
    return next(place for place, tag in enumerate(tags()) if name in tag.name.values())


class TagPages(PagePart):
    """Part of :class:`scripts.site_tools.law_pages.LawPages`. Every public method is a function of the pages."""

    def tag_list(self, group: str) -> str:
        """Where the theme's plugin lists the pages of each tag of a group."""
        names = [tag.name[self._lang] for tag in tags() if tag.group == group]
        return f"<!-- material/tags {{ include: [{', '.join(f'"{name}"' for name in names)}] }} -->"
