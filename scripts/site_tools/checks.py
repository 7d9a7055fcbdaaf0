"""Faults that must stop a build. Each check takes the site and yields sentences, one a fault."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import tinycss2

from scripts.site_tools.html_files import HEADINGS, BuiltSite, HtmlPage
from scripts.site_tools.paths import LANGUAGES


def links(page: HtmlPage) -> Iterator[str]:
    """Every address a page names, except those of places on the page itself that scripts use."""
    for element, _, address, _ in page.tree.iterlinks():
        if element.tag != "form":
            yield address


def dead_links(site: BuiltSite) -> Iterator[str]:
    """Links inside the site lead to a file that exists and to a place that the file has."""
    pages = {str(page.name): page for page in site.pages}
    for name, page in pages.items():
        for address in links(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            if parts.path.startswith("/"):
                yield f"{name}: the link {address} works only at the root of a host"
                continue
            target = name
            if parts.path:
                target = normpath(f"{page.name.parent}/{unquote(parts.path)}")
                if (site.folder / target).is_dir():
                    target = normpath(f"{target}/index.html")
            if target.startswith("..") or not (site.folder / target).is_file():
                yield f"{name}: the link {address} leads nowhere"
                continue
            fragment = unquote(parts.fragment)
            # "#situation=die" is a message that the page's script reads, not the name of a place on it.
            is_place = fragment and "=" not in fragment
            if is_place and target in pages and fragment not in pages[target].targets:
                yield f"{name}: the link {address} leads to a place that {target} does not have"


# What a page fetches by itself, tag -> attributes. A link in <a href> is fetched only when a reader follows it.
FETCHED = {
    "audio": ["src"],
    "embed": ["src"],
    "form": ["action"],
    "iframe": ["src"],
    "image": ["href", "xlink:href"],
    "img": ["src", "srcset"],
    "input": ["src"],
    "link": ["href"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src", "srcset"],
    "track": ["src"],
    "use": ["href", "xlink:href"],
    "video": ["src", "poster"],
}
# Relations of <link> that only inform.
NOT_FETCHED = {"alternate", "author", "canonical", "help", "license"}
# An address in a script: a link to a third party belongs into the data or the words, not into a script.
SCRIPT_ADDRESS = re.compile(r"""["'`](?:https?:)?//(?!www\.w3\.org/)[\w.-]+""")


def third_party_in_html(page: HtmlPage) -> Iterator[str]:
    for tag, attributes in FETCHED.items():
        for element in page.tree.iter(tag):
            if tag == "link" and set(element.get("rel", "").split()) <= NOT_FETCHED:
                continue
            for attribute in attributes:
                value = element.get(attribute, "")
                addresses = value.split(",") if attribute == "srcset" else [value]
                yield from (address.strip() for address in addresses if urlsplit(address.strip()).netloc)


def third_party_in_css(text: str) -> Iterator[str]:
    """Both spellings, url(...) and @import "..."; a string elsewhere is no address."""
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        tokens = [*(getattr(rule, "prelude", None) or []), *(getattr(rule, "content", None) or [])]
        is_import = rule.type == "at-rule" and rule.lower_at_keyword == "import"
        for address in css_addresses(tokens, strings=is_import):
            if urlsplit(address).netloc:
                yield address


def css_addresses(tokens: list, *, strings: bool) -> Iterator[str]:
    for token in tokens:
        if token.type == "url" or (strings and token.type == "string"):
            yield token.value
        elif token.type == "function":
            inside_url = strings or token.lower_name == "url"
            yield from css_addresses(token.arguments, strings=inside_url)
        elif token.type in ("{} block", "() block", "[] block"):
            yield from css_addresses(token.content, strings=strings)


def third_party(site: BuiltSite) -> Iterator[str]:
    """Reading a page tells nobody else: pages, styles and our scripts fetch nothing from another host."""
    for page in site.pages:
        for address in third_party_in_html(page):
            yield f"{page.name}: fetches {address} from another host"
    for path in sorted(site.folder.rglob("*.css")):
        for address in third_party_in_css(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site.folder)}: fetches {address} from another host"
    for path in sorted((site.folder / "assets").rglob("*.*js")):
        for found in SCRIPT_ADDRESS.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site.folder)}: names the address {found[1:]}"


def repeated_ids(site: BuiltSite) -> Iterator[str]:
    for page in site.pages:
        for value, count in Counter(page.ids).items():
            if count > 1:
                yield f"{page.name}: the id {value} is there {count} times"


def blocked_by_policy(site: BuiltSite) -> Iterator[str]:
    """The policy in csp.txt lets no style and no script stand in an attribute."""
    for page in site.pages:
        for element in page.tree.iter():
            if not isinstance(element.tag, str):
                continue
            for attribute, value in element.attrib.items():
                if attribute == "style" or attribute.startswith("on") or value.startswith("javascript:"):
                    yield f'{page.name}: <{element.tag}> has {attribute}="{value}", which browsers will refuse'


def missing_descriptions(site: BuiltSite) -> Iterator[str]:
    for page in site.pages:
        if not page.tree.xpath("normalize-space(//head/title)"):
            yield f"{page.name}: has no title"
        if not page.tree.xpath("normalize-space(//head/meta[@name='description']/@content)"):
            yield f"{page.name}: has no description"
        if not page.tree.get("lang"):
            yield f"{page.name}: does not say its language"


def unequal_languages(site: BuiltSite) -> Iterator[str]:
    """Every page exists in both languages, with the same headings: same levels, same ids.

    Equal ids also mean written ids, since those that are made from Chinese headings
    are numbers and those from English headings are words.
    """
    outlines: dict[str, dict[str, list[str]]] = {lang: {} for lang in LANGUAGES}
    for page in site.pages:
        if page.folder in LANGUAGES:
            inner = "/".join(page.name.parts[1:])
            headings = [heading for heading in page.tree.xpath(HEADINGS) if heading.xpath("ancestor::article")]
            outlines[page.folder][inner] = [f"{one.tag}#{one.get('id', '')}" for one in headings]
    english, chinese = outlines["en"], outlines["zh"]
    for inner in sorted(english.keys() ^ chinese.keys()):
        yield f"{inner}: is there in one language only"
    for inner in sorted(english.keys() & chinese.keys()):
        for one, other in zip_longest(english[inner], chinese[inner], fillvalue="nothing"):
            if one != other:
                yield f"{inner}: English has the heading {one} where Chinese has {other}"
                break


CHECKS: tuple[Callable[[BuiltSite], Iterator[str]], ...] = (
    dead_links,
    third_party,
    repeated_ids,
    blocked_by_policy,
    missing_descriptions,
    unequal_languages,
)


def faults(site: BuiltSite) -> list[str]:
    return [fault for check in CHECKS for fault in check(site)]
