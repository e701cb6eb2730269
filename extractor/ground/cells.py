"""Cells of tables that a spreadsheet will open: documents are strangers' words."""

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_LONGEST = 32_767  # characters, of Excel
_CUT = " […]"


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection), and that fits into one."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - len(_CUT)] + _CUT
