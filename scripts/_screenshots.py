"""Pictures of the pages as a reader sees them: made by a command from the corpus, opened in Chromium.

A new picture is one more row of :data:`SHOTS`.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from extractor.cli import main as kehoach  # noqa: E402
from tests.browser import Opened, running  # noqa: E402

TARGET = ROOT / "corpus" / "pictures"
COLOURS = 256  # of a picture: enough for pages of text, and a third of the bytes


@dataclass(frozen=True)
class Shot:
    """``command`` makes the page (its ``-o`` is added), ``act`` is what a reader does before the picture."""

    name: str
    command: tuple[str, ...]
    act: Callable[[Opened], None]
    size: tuple[int, int] = (1280, 860)
    dark: bool = False


def doubtful(page: Opened) -> None:
    """The first doubtful value of a scan, and its words on the page."""
    page.click("#next")
    page.evaluate("scrollTo(0, 0)")
    page.page.mouse.move(5, 5)


def repaired(page: Opened) -> None:
    """A value of a damaged text, and what was mended around it."""
    page.click("#field-budget button.value")
    page.evaluate("scrollTo(0, 0)")
    page.page.mouse.move(5, 5)


SHOTS = (
    Shot("view-scan", ("view", "corpus/scans/plans/phuong-2021-tre-em.scan.pdf"), doubtful),
    Shot("view-text", ("view", "corpus/plans/huyen-2023-hiv.damaged.txt"), repaired, dark=True),
)


def main(names: list[str]) -> int:
    """Draw the pictures of these names, or all."""
    TARGET.mkdir(exist_ok=True)
    with running() as browser, tempfile.TemporaryDirectory() as scratch:
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            page = Path(scratch, f"{shot.name}.html")
            command = [str(ROOT / part) if part.startswith("corpus/") else part for part in shot.command]
            if kehoach([*command, "-o", str(page)]):
                return 1
            with browser.open(page, size=shot.size, dark=shot.dark) as opened:
                shot.act(opened)
                taken = Image.open(BytesIO(opened.page.screenshot())).convert("RGB")
            target = TARGET / f"{shot.name}.png"
            taken.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
