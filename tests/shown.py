"""Which pages of the built site stand for all where looking at each would take too long."""

from pathlib import Path

from scripts.site_tools.html_files import page_names

#: Pages made from one template; their HTML is checked page by page when the site is built. Of the places the longest, one
#: with much in it, one by days and the collection; of the situations those with the most different pieces; of the law the
#: longest text, one that was replaced, one that is still to come, and reports that contradict each other and have no day.
SOME = {
    "law": {"civil-code-2020", "sz-256", "msl-2026", "bj-gap-reports"},
    "places": {"china", "shanghai", "xian", "elsewhere"},
    "situations": {"leave-job", "die", "retire", "new-place", "newborn"},
}


def shown(site: Path) -> list[str]:
    """Their paths from the site's root, as "en/law/index.html"."""

    def stands_for_all(_lang: str, folder: str, page: str, *_rest: str) -> bool:
        return folder not in SOME or page in SOME[folder]

    return [str(name) for name in page_names(site) if len(name.parts) < 4 or stands_for_all(*name.parts)]
