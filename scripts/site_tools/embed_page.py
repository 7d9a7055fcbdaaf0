"""The calculator alone, for a frame on another site: en/embed/ and zh/embed/, made of the finished calculator page.

It has the same styles and scripts as the page, and one more that tells the site around it how high it is. It needs a policy of
its own (csp-embed.txt), since every other page refuses to stand in a frame.
"""

from html import escape
from pathlib import Path

from lxml import html

from calculator.words import Words
from scripts.site_tools.paths import LANGUAGES

FOLDER = "embed"
#: Each language by the name its own readers know it by.
OWN_NAMES = {"en": "English", "zh": "中文"}

PAGE = """\
<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="../assets/images/favicon.png">
<meta name="description" content="{description}">
<title>{title}</title>
{styles}
<script type="module" src="../../assets/calculator/embed.js"></script>
</head>
<body class="yb-embedded" data-md-color-scheme="default" data-md-color-primary="custom" data-md-color-accent="custom">
<main class="md-typeset yb-embed">
<h1>{title}</h1>
<p>{nothing_sent} <a href="../calculator/">{whole_page}</a> · <a class="md-select__link" href="../../{other}/{folder}/" hreflang="{other_tag}" lang="{other_tag}">{other_name}</a></p>
<noscript><p>{no_javascript} <a href="../left-my-job/">{guide_left}</a> · <a href="../leaving-the-country/">{guide_leaving}</a></p></noscript>
{calculator}
</main>
<script type="module" src="../../assets/calculator/main.js"></script>
</body>
</html>
"""


def build(site: Path) -> None:
    """Write both pages into the site, whose calculator pages are there already."""
    for lang in LANGUAGES:
        target = site / lang / FOLDER / "index.html"
        target.parent.mkdir()
        target.write_text(embed_page(site, lang), encoding="utf-8")


def embed_page(site: Path, lang: str) -> str:
    """The page of one language. It lies as deep as the calculator page, so that addresses stay as they are."""
    parser = html.HTMLParser(encoding="utf-8")
    page = html.parse(site / lang / "calculator" / "index.html", parser).getroot()
    (calculator,) = page.xpath("//*[@id='yb-calculator']")
    # A link to an answer leads to the page that is not in a frame.
    calculator.set("data-page", "../calculator/")
    calculator.tail = None
    words = Words(lang).templates["embed"]
    (other,) = (one for one in LANGUAGES if one != lang)
    texts = {key: escape(text) for key, text in {**words, **_guide(lang)}.items()}
    return PAGE.format(
        tag=LANGUAGES[lang],
        styles="\n".join(
            f'<link rel="stylesheet" href="{escape(link.get("href"))}">'
            for link in page.xpath("//head/link[@rel='stylesheet']")
        ),
        other=other,
        other_tag=LANGUAGES[other],
        other_name=OWN_NAMES[other],
        folder=FOLDER,
        calculator=html.tostring(calculator, encoding="unicode"),
        **texts,
    )


def _guide(lang: str) -> dict[str, str]:
    run = Words(lang).templates["run"]
    return {key: run[key] for key in ("guide_left", "guide_leaving")}
