"""What all tests share: reproducible Hypothesis, and where documents lie."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import Browser, running

ROOT = Path(__file__).resolve().parents[1]
os.environ["KEHOACH_LOCALE"] = "C"  # tests read English, whatever their user does

settings.register_profile(
    "kehoach", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kehoach")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The plans of our own writing (`plans/`) and their gold records (`gold/`)."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def real() -> Path:
    """Real documents (`plans/`, `gold/`), beside the checkout; without them the test is skipped."""
    folder = ROOT.parent / "shared"
    if not (folder / "plans").is_dir():
        pytest.skip("no real documents beside this checkout")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one the test is skipped."""
    with running() as one:
        yield one
