"""From page templates to the Markdown that MkDocs reads.

A page under docs/en or docs/zh is Markdown with Jinja2 marks, so that a number,
a quotation or a citation on a page comes from the law data and is typed nowhere
twice. Every mark must mean something: an unknown name stops the build.

Besides what ``scripts.site_tools.law_pages.environment_globals(lang)`` offers, a page can use

    lang               "en" or "zh"
    asset("a/b.js")    address of docs/assets/a/b.js as seen from this page
    from_root("pdf/")  address of anything else in the site as seen from this page
    has_pdf            whether this build makes the PDFs
    project            the project's public addresses of mkdocs.yml: project.issues, project.edit; "" for none

MkDocs knows only its own pages and would reject links to anything else, so asset()
and from_root() belong into HTML tags, not into Markdown links.
"""

import importlib.util
import json
import re
import shutil
import tomllib
import traceback
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
import yaml

from scripts.site_tools.paths import ASSETS, DOCS, JIEBA_TERMS, LANGUAGES, ROOT, STAGE
from scripts.site_tools.tags import tags_of

#: Templates of which each place, or each instrument of the law, gets a page of its own: the function that lists them, and
#: what the template calls the one it is about.
ONE_FOR_EACH = {"_place.md": ("law_places", "place"), "_instrument.md": ("law_instruments", "instrument")}


class StagingError(Exception):
    """A page cannot be made into Markdown; the message names it."""


def law_globals(lang: str) -> dict[str, Any]:
    """What the law data offers to pages, or nothing while that module is not written."""
    name = "scripts.site_tools.law_pages"
    if importlib.util.find_spec(name) is None:
        return {}
    return importlib.import_module(name).environment_globals(lang)


def path_to_root(page: PurePosixPath) -> str:
    """The way from a page's address up to the site's root.

    The address of "law.md" is "en/law/", that of "index.md" is "en/".
    """
    depth = len(page.parts) + (page.name != "index.md")
    return "../" * depth


def environment(lang: str, *, has_pdf: bool) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(DOCS / lang),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # the result is Markdown
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Jinja2's own "{#" is how Markdown writes a heading's id.
        comment_start_string="<#--",
        comment_end_string="--#>",
    )
    made.globals.update(law_globals(lang))
    project = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["extra"]["project"]
    made.globals.update(lang=lang, has_pdf=has_pdf, project=project)
    return made


def page_functions(page: PurePosixPath) -> dict[str, Any]:
    """The functions whose result depends on where the page is."""
    up = path_to_root(page)

    def from_root(address: str) -> str:
        return up + address

    def asset(name: str) -> str:
        if not (ASSETS / name).is_file():
            raise StagingError(f"docs/assets/{name} does not exist")
        return up + "assets/" + name

    return {"from_root": from_root, "asset": asset}


def line_of(error: Exception, page: Path) -> int | None:
    """The line of the page where it went wrong; Jinja2 writes the page's own lines into the traceback."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == str(page)]
    return lines[-1] if lines else getattr(error, "lineno", None)


def stage_language(lang: str, *, has_pdf: bool) -> None:
    """Write build/stage/LANG anew."""
    source, target = DOCS / lang, STAGE / lang
    shutil.rmtree(target, ignore_errors=True)
    templates = environment(lang, has_pdf=has_pdf)
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        name = PurePosixPath(file.relative_to(source).as_posix())
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix != ".md":
            shutil.copyfile(file, target / name)
        elif name.name in ONE_FOR_EACH:
            listed, called = ONE_FOR_EACH[name.name]
            for one in templates.globals[listed]():
                write_page(templates, name, target / name.with_name(f"{one}.md"), lang, **{called: one})
        else:
            write_page(templates, name, target / name, lang)


def write_page(templates: jinja2.Environment, name: PurePosixPath, target: Path, lang: str, **known: str) -> None:
    """Fill in one page. Raises StagingError naming the page and, where it can be told, the line."""
    page = name.with_name(target.name)
    try:
        text = templates.get_template(str(name)).render(page_functions(page) | known)
    except Exception as error:  # whatever a mark on the page leads to, the page and line are what helps
        line = line_of(error, DOCS / lang / name)
        where = f"docs/{lang}/{name}" + (f":{line}" if line else "")
        raise StagingError(f"{where}: {type(error).__name__}: {error}") from error
    target.write_text(lead_from(page, tagged(page, text, lang)), encoding="utf-8")


def tagged(page: PurePosixPath, text: str, lang: str) -> str:
    """The page with its tags in the front matter, where the theme's plugin looks for them."""
    if not (names := tags_of(str(page), lang)):
        return text
    start, front, body = text.split("---\n", 2)
    return f"{start}---\n{front}tags: {json.dumps(names, ensure_ascii=False)}\n---\n{body}"


def lead_from(page: PurePosixPath, text: str) -> str:
    """Turn "law:sil-2010#art26", "place:wuhan#…", "guide:faq.md#…" and "calculator:#…" into addresses from here: functions write them without
    knowing their page.

    Markdown links lead to files, as MkDocs wants them; HTML links to addresses, which MkDocs leaves alone.
    """
    files = "../" * (len(page.parts) - 1)
    addresses = path_to_root(page).removesuffix("../")
    for scheme, folder in (("law", "law"), ("place", "places")):
        text = re.sub(rf"\]\({scheme}:([\w-]+)#", rf"]({files}{folder}/\1.md#", text)
        text = re.sub(rf'href="{scheme}:([\w-]+)#', rf'href="{addresses}{folder}/\1/#', text)
    text = re.sub(r'href="guide:([\w/-]+)\.md', rf'href="{addresses}\1/', text)
    return text.replace('href="calculator:#', f'href="{addresses}calculator/#')


def write_jieba_terms(glossary: Path = ROOT / "calculator/law/glossary.toml") -> None:
    """Tell the search which strings of characters are one word of this subject."""
    words: set[str] = set()
    for term in tomllib.loads(glossary.read_text(encoding="utf-8"))["term"]:
        words.update([term["zh"], *term.get("also_zh", [])])
    JIEBA_TERMS.parent.mkdir(parents=True, exist_ok=True)
    # A blank would end the word and be read as its frequency.
    lines = sorted(word for word in words if not any(char.isspace() for char in word))
    JIEBA_TERMS.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def stage(*, has_pdf: bool) -> None:
    for lang in LANGUAGES:
        stage_language(lang, has_pdf=has_pdf)
    write_jieba_terms()
