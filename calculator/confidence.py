"""How sure an answer is: an ordered scale on which an answer takes the place of its weakest link."""

from collections.abc import Iterable
from enum import IntEnum


class Confidence(IntEnum):
    """From nothing known to the text of the law itself. Higher is surer."""

    NOT_KNOWN = 0  # looked for and not found, or only remembered: the reader is told whom to ask
    CONFLICT = 1  # sources contradict each other; both are shown, and which one is followed
    REPORTED = 2  # somebody else quotes or describes the rule; the official text was not seen
    OFFICIAL = 3  # an official summary, answer or press statement, or part of the official text
    FULL_TEXT = 4  # the provision itself was read in full

    @property
    def key(self) -> str:
        """The name used in data and words: ``full_text``, ``official``, ``reported``, ``conflict``, ``not_known``."""
        return self.name.lower()

    @classmethod
    def of(cls, key: str) -> "Confidence":
        """The level with this name. Raises KeyError when there is none."""
        return cls[key.upper()]


#: How a provision was seen (instrument files) -> how sure a rule resting on it can be at the most.
SEEN = {
    "full_text": Confidence.FULL_TEXT,
    "official_statement": Confidence.OFFICIAL,
    "official_quoted": Confidence.REPORTED,
    "secondary": Confidence.REPORTED,
    "memory": Confidence.NOT_KNOWN,
}


def weakest(levels: Iterable[Confidence]) -> Confidence:
    """The weakest of several levels; nothing to rest on is NOT_KNOWN."""
    return min(levels, default=Confidence.NOT_KNOWN)
