"""Which pages of the built site stand for all where looking at each would take too long."""

from pathlib import Path

from scripts.site_tools.html_files import page_names

#: The pages of places are made from one template: the longest, one with much in it, one by days and the collection stand
#: for all. Their HTML is checked page by page when the site is built.
PLACES_SHOWN = ("china", "shanghai", "xian", "elsewhere")


def shown(site: Path) -> list[str]:
    """Their paths from the site's root, as "en/law/index.html"."""
    return [
        str(name) for name in page_names(site) if "places" not in name.parts[1:-2] or name.parts[-2] in PLACES_SHOWN
    ]
