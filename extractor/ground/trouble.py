"""Everything that can go wrong, as one class with an exit code, a stage, a code and a remedy."""

from typing import NamedTuple


class Message(NamedTuple):
    """One row of ``tables/messages.tsv``: what a code means and what to do, in Vietnamese."""

    code: str
    message: str
    remedy: str


class Trouble(Exception):
    """A refusal: one line that says what is wrong, and what to do about it.

    ``stage`` is the room (``"reading"`` …), ``code`` a stable word for programs
    (``"not_found"``, ``"encrypted"`` …), ``exit_code`` what the command line ends with when
    nothing else could be done.
    """

    exit_code = 4

    def __init__(
        self, code: str, message: str, remedy: str, *, stage: str = "reading", exit_code: int | None = None
    ) -> None:
        super().__init__(message, remedy)
        self.code, self.message, self.remedy, self.stage = code, message, remedy, stage
        self.exit_code = self.exit_code if exit_code is None else exit_code

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.message, self.remedy, self.stage, self.exit_code)


class Misuse(Trouble):
    """The call itself is wrong (unknown path, wrong option); exit code 2."""

    exit_code = 2


class Missing(Trouble):
    """An optional part of the installation is not here; ``remedy`` names what to install."""


def _rebuild(
    kind: type[Trouble], code: str, message: str, remedy: str, stage: str, exit_code: int
) -> Trouble:
    return kind(code, message, remedy, stage=stage, exit_code=exit_code)
