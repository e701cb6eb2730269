"""How pages write numbers and dates: ``96 %``, ``10.000``, ``30/10/2023`` in Vietnamese."""

import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def percent(share: float, lang: str) -> str:
    """A share (0 … 1) as a whole percentage; what is less than certain never reads 100."""
    whole = min(99, round(share * 100)) if share < 1 else 100
    return f"{whole}\u202f%" if lang == "vi" else f"{whole}%"


def count(number: int, lang: str) -> str:
    """A number with its thousands set apart."""
    return f"{number:,}".replace(",", "." if lang == "vi" else ",")


def day(date: str | None, lang: str) -> str:
    """An ISO date, whole or partial, as people write it; any other text as it is."""
    match = _PARTIAL.fullmatch(date or "")
    if not match or lang != "vi":
        return date or ""
    return "/".join(part for part in reversed(match.groups()) if part)
