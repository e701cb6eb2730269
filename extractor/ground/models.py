"""Where the counted and trained parts lie: ``models/`` in a checkout, ``extractor/_models`` in the wheel."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractor.ground.trouble import Missing


def folder() -> Traversable:
    """The folder of the models; it need not exist."""
    inside: Traversable = files("extractor").joinpath("_models")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "models"


def read(name: str) -> str:
    """The text of the model file ``name``. Raises :class:`Missing` where an install lost it."""
    try:
        return folder().joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        message, remedy = f"the model file {name} is not here", "Install the package again"
        raise Missing("no_model", message, remedy, stage="install") from None
