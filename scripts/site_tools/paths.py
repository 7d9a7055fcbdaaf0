"""Where things are, and which languages there are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ASSETS = DOCS / "assets"
BUILD = ROOT / "build"
STAGE = BUILD / "stage"
JIEBA_TERMS = BUILD / "search" / "jieba-terms.txt"
# The site is built here and moved to SITE when it is complete and faultless.
NEW_SITE = BUILD / "site"
SITE = ROOT / "site"

# Folder name -> language tag of the pages in it.
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
