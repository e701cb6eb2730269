"""The progress of a batch on stderr: a bar where somebody looks at it, nothing where stderr is no
terminal.
"""

from types import TracebackType
from typing import Any, Self

from extractor.ground.language import said


class Progress:
    """A bar with rate, time left and failures. ``total``: files, ``None`` where nobody has counted them."""

    def __init__(self, total: int | None) -> None:
        from tqdm import tqdm

        self._bar: Any = tqdm(
            total=total, unit=f" {said('files')}", disable=None, dynamic_ncols=True, smoothing=0.05
        )
        #: state → files
        self.done: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def tick(self, path: str, state: str) -> None:
        """One file is done."""
        self.done[state] = self.done.get(state, 0) + 1
        if failed := self.done.get("failed"):
            self._bar.set_postfix_str(said("{n} failed", n=failed), refresh=False)
        self._bar.update()
