"""MkDocs hook: the pages of the places, which are made from the law data, follow the overview in the navigation.

They are not listed in mkdocs.yml: whoever adds a place adds one file of law and nothing else.
"""

from mkdocs.config.defaults import MkDocsConfig

from calculator.lawbook import lawbook

OVERVIEW = "places.md"
SECTION = {"en": "Place by place", "zh": "各地分页"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the section behind the overview, nation first, each province before its cities."""
    pages = [f"places/{place}.md" for place in lawbook().places] + ["places/elsewhere.md"]
    section = {SECTION[config.theme["language"]]: pages}
    config.nav = [entry for page in config.nav or [] for entry in ([page, section] if page == OVERVIEW else [page])]
    return config
