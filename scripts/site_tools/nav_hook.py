"""MkDocs hook: what stands in the navigation as a section of its own, behind the page that is its overview.

The pages of the places are made from the law data, and each situation of the form has a page. Neither are listed in
mkdocs.yml: whoever adds a place adds one file of law and nothing else, and a situation without a page stops the build.
The pages of the source articles are listed there, and are gathered here. So are the pages for offices, which have no overview.

The pages of the law are not in the navigation: there are some hundred, which nobody looks through in a menu, and each page of
the site would hold the whole menu. They are reached from the list, from the places and from every citation. Their own menu
holds the overviews only.
"""

from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from calculator.form import SITUATIONS
from calculator.lawbook import lawbook
from scripts.site_tools.situation_pages import FOLDER, page_of
from scripts.site_tools.tags import all_tagged, id_of, order_of

#: Overview, then the folder of its pages and the title of the section in both languages.
SECTIONS = {
    "index.md": (f"{FOLDER}/", {"en": "Situations", "zh": "各种情况"}),
    "places.md": ("places/", {"en": "Place by place", "zh": "各地分页"}),
    "articles.md": ("articles/", {"en": "Article by article", "zh": "逐篇核对"}),
}
#: Where the pages of the law stand.
LAW = "law/"
#: Pages that stand together under a title of their own, at the place of the first.
GROUPS = {
    "hr-checklist.md": (
        ("hr-checklist.md", "batch.md", "embedding.md", "hosting.md"),
        {"en": "For offices", "zh": "单位和机构"},
    ),
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put each section behind its overview, and each group together. Situations stand in the order of the form; places nation
    first, each province before its cities."""
    listed = list(config.nav or [])
    made = [f"places/{place}.md" for place in lawbook().places] + ["places/elsewhere.md"]
    made += [page_of(situation) for situation in SITUATIONS]
    folders = tuple(folder for folder, _ in SECTIONS.values())
    gathered = {page for pages, _ in GROUPS.values() for page in pages}
    language = config.theme["language"]
    nav: list = []
    for page in listed:
        if page in GROUPS:
            pages, titles = GROUPS[page]
            nav.append({titles[language]: [one for one in listed if one in pages]})
        if page in gathered or page.startswith(folders):
            continue
        nav.append(page)
        if page in SECTIONS:
            folder, titles = SECTIONS[page]
            inner = [one for one in [*listed, *made] if one.startswith(folder)]
            nav.append({titles[language]: inner})
    config.nav = nav
    _order_tags(config)
    return config


def _order_tags(config: MkDocsConfig) -> None:
    """Tags stand in the order of docs/tags.toml, with the same addresses in both languages; the pages of each in theirs."""
    plugin = config.plugins["material/tags"].config
    plugin.tags_sort_by = plugin.listings_tags_sort_by = lambda tag, *_: order_of(tag.name)
    plugin.tags_slugify = lambda name, separator: id_of(name)
    place_of = {page: place for place, page in enumerate(all_tagged())}
    plugin.listings_sort_by = lambda mapping: place_of[mapping.item.file.src_uri]


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give a page of the law a menu without the sections."""
    if page.file.src_uri.startswith(LAW):
        context["nav"] = SimpleNamespace(
            homepage=nav.homepage, pages=nav.pages, items=[item for item in nav.items if not item.is_section]
        )
    return context
