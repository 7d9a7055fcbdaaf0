"""From staged Markdown to HTML: one MkDocs build a language.

Run as ``python -m scripts.site_tools.pages LANG``; build.py starts one process a language.
"""

import logging
import subprocess
import sys

import jieba
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from calculator.lawbook import lawbook
from calculator.words import Words
from scripts.site_tools.paths import LANGUAGES, NEW_SITE, ROOT, STAGE


class PagesError(Exception):
    """MkDocs refused to build a language."""


def config(lang: str) -> MkDocsConfig:
    """MkDocs' configuration for one language, with the pages that are written.

    The list of pages in mkdocs.yml is the plan of the site. A page of the plan
    that is not written yet is left out here, and tests/site says which are missing;
    everything else stays as strict as mkdocs.yml asks.
    """
    loaded = load_config(
        str(ROOT / f"mkdocs.{lang}.yml"),
        docs_dir=str(STAGE / lang),
        site_dir=str(NEW_SITE / lang),
    )
    if said := announcement(lang):
        loaded.extra["announcement"] = said
    loaded.extra["tags_name"] = Words(lang).say("guide.tags_name")
    loaded.nav = [name for name in loaded.nav or [] if (STAGE / lang / name).is_file()]
    return loaded


def announcement(lang: str) -> dict[str, str] | None:
    """What the bar above every page says of the law to come; nothing once the law was read on a day when it is in force."""
    book, words = lawbook(), Words(lang)
    law = book.instruments["msl-2026"]
    if law.dates["effective"] <= book.read_until:
        return None
    text = words.say("guide.announcement", law=law.title.in_(lang), day=law.dates["effective"])
    return {"text": text, "link": words.say("guide.announcement_link"), "page": "medical-security-law/"}


def planned_pages() -> list[str]:
    """The file names of the plan, the same in both languages."""
    return list(load_config(str(ROOT / "mkdocs.yml")).nav or [])


def build_language(lang: str) -> None:
    # Warnings must reach the terminal: in a strict build they are the reason of a failure.
    logging.basicConfig(level=logging.WARNING, format=f"{lang}: %(levelname)s %(message)s")
    jieba.setLogLevel(logging.WARNING)
    build(config(lang))


def build_all() -> None:
    """Both languages at the same time; MkDocs uses one processor only."""
    running = {
        lang: subprocess.Popen([sys.executable, "-m", "scripts.site_tools.pages", lang], cwd=ROOT) for lang in LANGUAGES
    }
    failed = [lang for lang, process in running.items() if process.wait() != 0]
    if failed:
        raise PagesError(f"MkDocs refused the pages in {', '.join(failed)}; the lines above say why")


def main(arguments: list[str]) -> int:
    (lang,) = arguments
    try:
        build_language(lang)
    except Abort as error:
        print(f"{lang}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
