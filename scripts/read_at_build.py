"""Build hook of the wheel: the law and the words go into it as Python objects already read from their .toml files.

Reading some hundred .toml files takes a browser longer than everything else the calculator does at its start. A checkout
has no such files and reads the sources, so what contributors edit is what they get.
"""

import pickle
import pickletools
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent


class ReadAtBuild(BuildHookInterface):
    """Called by hatchling, named in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and have them put into the wheel beside the sources they replace."""
        sys.path.insert(0, str(ROOT))
        from calculator import lawbook, words

        ready = {
            f"calculator/law/{lawbook.READ_AT_BUILD}": lawbook.Lawbook(lawbook.read_sources()),
            f"calculator/words/{words.READ_AT_BUILD}": {lang: words.read_templates(lang) for lang in words.LANGUAGES},
        }
        for target, content in ready.items():
            file = ROOT / "build" / "read_at_build" / target
            file.parent.mkdir(parents=True, exist_ok=True)
            # Without the marks for what is never referred to again, it is read faster.
            file.write_bytes(pickletools.optimize(pickle.dumps(content, protocol=5)))
            build_data["force_include"][str(file)] = target
