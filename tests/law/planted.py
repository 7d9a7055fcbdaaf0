"""The shipped law with one fault planted in it: a check that can't fail proves nothing."""

from calculator.lawbook import Lawbook, read_sources


def planted(file: str, before: str, after: str) -> Lawbook:
    """The law after one replacement in one file. The text replaced must be there exactly once."""
    sources = read_sources()
    assert sources[file].count(before) == 1, f"{before!r} is in {file} {sources[file].count(before)} times"
    sources[file] = sources[file].replace(before, after)
    return Lawbook(sources)


def added(file: str, text: str) -> Lawbook:
    """The law with a text added at the end of one file."""
    sources = read_sources()
    sources[file] += text
    return Lawbook(sources)
