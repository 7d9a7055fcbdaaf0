"""MkDocs hook: what stands in the navigation as a section of its own, behind the page that is its overview.

The pages of the places are made from the law data. They are not listed in mkdocs.yml: whoever adds a place adds one
file of law and nothing else. The pages of the source articles are listed there, and are gathered here.
"""

from mkdocs.config.defaults import MkDocsConfig

from calculator.lawbook import lawbook

#: Overview, then the folder of its pages and the title of the section in both languages.
SECTIONS = {
    "places.md": ("places/", {"en": "Place by place", "zh": "各地分页"}),
    "articles.md": ("articles/", {"en": "Article by article", "zh": "逐篇核对"}),
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put each section behind its overview; places stand nation first, each province before its cities."""
    listed = list(config.nav or [])
    made = [f"places/{place}.md" for place in lawbook().places] + ["places/elsewhere.md"]
    folders = tuple(folder for folder, _ in SECTIONS.values())
    nav: list = []
    for page in listed:
        if page.startswith(folders):
            continue
        nav.append(page)
        if page in SECTIONS:
            folder, titles = SECTIONS[page]
            inner = [one for one in [*listed, *made] if one.startswith(folder)]
            nav.append({titles[config.theme["language"]]: inner})
    config.nav = nav
    return config
