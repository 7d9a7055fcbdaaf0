"""What people call the texts of the law. Notes of the law data name a text by its id; no reader knows that id.

Who shows a note, a paraphrase or a reason to a reader takes it through :func:`with_names`: the one place in which an id becomes
a name.
"""

import re
from collections.abc import Callable

from calculator.lawbook import Instrument, Lawbook, Text

#: Kinds that readers know by their name; a notice they know by its number.
KNOWN_BY_NAME = ("statute", "administrative_regulation", "local_regulation", "local_rule")
#: What stands in the full name of every national law, and in none that people say.
_SAID_BY_NOBODY = (" of the People's Republic of China", "中华人民共和国")
#: What may be the id of an instrument in a note, with the blanks that Chinese does not want beside a name.
_ID = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z0-9]+)+(?![\w#-])")
_ID_IN_CHINESE = re.compile(
    rf"(?:(?<=[\u3000-\u9fff\uff00-\uffef]) )?({_ID.pattern})(?: (?=[\u3000-\u9fff\uff00-\uffef]))?"
)


def short_name(instrument: Instrument, lang: str) -> str:
    """What people call a text: a law by its name, a notice by its number where it has one."""
    if instrument.number and instrument.kind not in KNOWN_BY_NAME:
        return instrument.number
    name = instrument.title.in_(lang)
    for part in _SAID_BY_NOBODY:
        name = name.replace(part, "")
    return name


def name_in_a_sentence(instrument: Instrument, lang: str) -> str:
    """The same within a sentence: a title in Chinese stands in the marks of titles, a number stands alone."""
    name = short_name(instrument, lang)
    return title_in_marks(name) if lang == "zh" and name != instrument.number else name


def title_in_marks(title: str) -> str:
    """A Chinese title in the marks of titles: 《关于贯彻〈社会保险法〉的通知》."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def with_names(said: str, lang: str, book: Lawbook, shown: Callable[[Instrument], str] | None = None) -> str:
    """What is said, with each text that it names by its id named as people name it, or as ``shown`` shows it."""

    def named(found: re.Match[str]) -> str:
        one = book.instruments.get(found.group().strip())
        if one is None:
            return found.group()
        return name_in_a_sentence(one, lang) if shown is None else shown(one)

    return (_ID_IN_CHINESE if lang == "zh" else _ID).sub(named, said)


def named_in(text: Text, lang: str, book: Lawbook) -> str:
    """A text of the law data in one language, for a reader."""
    return with_names(text.in_(lang), lang, book)
