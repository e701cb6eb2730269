"""kehoach: Vietnamese administrative plans (kế hoạch) turned into records, each value with its proof.

    >>> from extractor import extract
    >>> extract("KẾ HOẠCH\\nTổ chức Tết trồng cây năm 2024").title.value
    'Tổ chức Tết trồng cây năm 2024'

``extract`` makes a :class:`Record` of a text, a file or bytes; ``mend`` repairs a text and keeps a
ledger of every edit; ``pipe`` streams over many sources; ``frame`` makes data frames of records,
``diff`` tells two of them apart, ``withhold`` leaves out what is not sure enough. The map of the package:
README.md beside this file, then pipeline.py.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.dataframe import frame
    from extractor.difference import diff
    from extractor.ground.text import Text
    from extractor.ground.trouble import Missing, Misuse, Trouble
    from extractor.pipeline import extract, pipe
    from extractor.record import Record
    from extractor.repair import mend
    from extractor.withholding import withhold

__version__ = "0.1.0"
__all__ = [
    "Missing",
    "Misuse",
    "Record",
    "Text",
    "Trouble",
    "__version__",
    "diff",
    "extract",
    "frame",
    "mend",
    "pipe",
    "withhold",
]

_HOMES = {
    "extract": "extractor.pipeline",
    "pipe": "extractor.pipeline",
    "mend": "extractor.repair",
    "diff": "extractor.difference",
    "frame": "extractor.dataframe",
    "withhold": "extractor.withholding",
    "Record": "extractor.record",
    "Text": "extractor.ground.text",
    "Trouble": "extractor.ground.trouble",
    "Missing": "extractor.ground.trouble",
    "Misuse": "extractor.ground.trouble",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first used, so that ``import extractor`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
