"""Where the counted and trained parts lie: ``models/`` in a checkout, ``extractor/_models`` in the wheel."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder() -> Traversable:
    """The folder of the models; it need not exist."""
    inside: Traversable = files("extractor").joinpath("_models")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "models"


def read(name: str) -> str:
    """The text of the model file ``name``. Raises ``FileNotFoundError`` where an install lost it."""
    return folder().joinpath(name).read_text(encoding="utf-8")
