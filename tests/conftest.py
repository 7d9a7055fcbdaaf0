"""What tests of every kind share."""

import gc
from pathlib import Path

import pytest

from scripts.site_tools.paths import ROOT, SITE


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; ./scripts/test builds it before the tests."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run ./scripts/build first")
    return SITE


def pytest_collection_finish() -> None:
    """What was collected stays to the end: Python need not look again and again whether some of it can go."""
    gc.collect()
    gc.freeze()
