"""A real Chromium for tests of pages: open a file, click, ask, and hear what went wrong.

The fixture ``browser`` (in ``conftest.py``) gives a :class:`Browser`; tests skip, and say why, where there
is none.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
#: what may be asked for without leaving the file
_INSIDE = ("data:", "blob:")
_DRAWN = "Promise.all([...document.images].map((image) => image.decode().catch(() => null)))"
_WIDE = (1400, 900)


@dataclass
class Opened:
    """A page that is open: ``page`` is Playwright's; ``errors`` are messages of the console and uncaught
    errors, ``requests`` the addresses that were asked for outside the file (each was stopped).
    """

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """The value of a JavaScript expression, or of a function given ``argument``."""
        return self.page.evaluate(script, argument)

    def text(self, selector: str) -> str:
        """The visible words of the first element."""
        return str(self.page.locator(selector).first.inner_text())

    def count(self, selector: str) -> int:
        """How many elements can be seen."""
        return sum(one.is_visible() for one in self.page.locator(selector).all())

    def click(self, selector: str) -> None:
        """Click the first element that fits, as a hand would: it has to be visible and reachable."""
        self.page.locator(selector).first.click(timeout=5000)

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as ``"Tab"``."""
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self, selector: str) -> str:
        """The text of the file that a click saves."""
        with self.page.expect_download(timeout=10_000) as coming:
            self.click(selector)
        return Path(coming.value.path()).read_text("utf-8")

    def picture(self, target: Path, whole: bool = False) -> None:
        """A PNG of the window, or of the whole page."""
        self.page.screenshot(path=str(target), full_page=whole)

    def pdf(self, target: Path) -> None:
        """The page as it prints on A4."""
        self.page.pdf(path=str(target), format="A4", prefer_css_page_size=True)

    def faults(self, *impacts: str) -> list[str]:
        """What axe-core finds: rule and first element, of the given impacts (default: serious and
        critical).
        """
        found = self.page.evaluate(f"{_axe()}; axe.run({{resultTypes: ['violations']}})")
        wanted = impacts or ("serious", "critical")
        return [
            f"{fault['id']}: {fault['nodes'][0]['html'][:200]} ({fault['nodes'][0]['failureSummary']})"
            for fault in found["violations"]
            if fault["impact"] in wanted
        ]


def _axe() -> str:
    axe = pytest.importorskip("axe_playwright_python", reason="SKIPPED: axe-core is not installed")
    return (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")


@dataclass
class Browser:
    """A Chromium that runs; every :meth:`open` is a window of its own, without any memory."""

    chromium: Any

    @contextmanager
    def open(
        self,
        file: Path,
        *,
        size: tuple[int, int] = _WIDE,
        dark: bool = False,
        scale: float = 1,
        scripts: bool = True,
    ) -> Iterator[Opened]:
        """The page of a file, opened by ``file://``; ``scripts=False`` opens it without JavaScript."""
        context = self.chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            device_scale_factor=scale,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="vi-VN",
        )
        opened = Opened(context.new_page())
        address = file.resolve().as_uri()

        def gate(route: Any) -> None:
            inside = route.request.url.split("#")[0] == address or route.request.url.startswith(_INSIDE)
            if not inside:
                opened.requests.append(route.request.url)
            route.continue_() if inside else route.abort()

        context.route("**/*", gate)
        opened.page.on("console", lambda said: opened.errors.append(said.text) if _bad(said) else None)
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        try:
            opened.page.goto(address, wait_until="load")
            if scripts:
                opened.page.evaluate(_DRAWN)
            yield opened
        finally:
            context.close()


def _bad(said: Any) -> bool:
    return said.type in ("error", "warning")


@contextmanager
def running() -> Iterator[Browser]:
    """A Chromium that runs; skips the test where there is no browser, or nothing to drive it."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("SKIPPED, pages were not opened: no Chromium here (sudo apt-get install chromium)")
    driver = pytest.importorskip(
        "playwright.sync_api", reason="SKIPPED, pages were not opened: no playwright here"
    )
    with driver.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield Browser(chromium)
        finally:
            chromium.close()
