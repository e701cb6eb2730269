"""What a worker is given and what it gives back."""

from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.archive.rows import Row
from extractor.ground.trouble import Trouble


class Limits(NamedTuple):
    """What one document may cost. Pages, pixels and unpacked bytes are limited by the readers."""

    seconds: float = 600.0
    megabytes: int = 3072  # of memory, as the system counts a process's address space


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: its path in the archive, and its bytes or the address where a worker finds them."""

    path: str
    content: bytes | None
    url: str = ""
    ocr: str = "auto"

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: rows of a record, or the trouble. ``sha256`` is empty where nothing was read."""

    path: str
    sha256: str
    trouble: Trouble | None = None
    tables: dict[str, list[Row]] = field(default_factory=dict)
    record: str = ""  # JSON without the text
    clean: str = ""
    raw: str = ""
    layers: str = ""
