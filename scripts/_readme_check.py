"""Run every `scripts/kehoach …` command of the README, in order, as a reader would.

Commands stand in ```console blocks after `$ `, or in ```sh blocks one a line; a final backslash goes on.
They run in a scratch folder that looks like the checkout, so that what they write goes nowhere.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = r"^```(console|sh)\n(.*?)^```"
TIMEOUT = 900


def commands(readme: str) -> Iterator[str]:
    """The commands of a README that call scripts/kehoach."""
    for kind, block in re.findall(BLOCK, readme, re.MULTILINE | re.DOTALL):
        for line in re.sub(r"\\\n\s*(?:> )?", "", block).splitlines():
            prompt, command = re.fullmatch(r"\s*(\$ )?(.*)", line).groups()
            if command.startswith("scripts/kehoach") and (prompt or kind == "sh"):
                yield command


def main() -> int:
    """Run them all; 1 where one fails or there is none."""
    readme = ROOT / "README.md"
    found = list(commands(readme.read_text("utf-8"))) if readme.exists() else []
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for entry in ROOT.iterdir():
            if entry.name != ".git":
                Path(scratch, entry.name).symlink_to(entry)
        for command in found:
            run = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command],
                cwd=scratch, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT,
            )  # fmt: skip
            print(f"{'ok    ' if run.returncode == 0 else 'FAILED'} {command}")
            if run.returncode:
                failed += 1
                print(f"exit {run.returncode}\n{run.stdout[-2000:]}{run.stderr[-2000:]}", file=sys.stderr)
    if not found:
        print("README.md shows no scripts/kehoach command in a ```console or ```sh block", file=sys.stderr)
    print(f"README: {len(found)} commands, {failed} of them failed")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
