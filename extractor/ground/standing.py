"""Whether a unit stood on a day, as far as its first and last day are known."""

from extractor.ground.places import Unit

KNOWN_FROM = "2007-01-01"  # units gone before are in no table: a name may have been that of another unit


def stood(unit: Unit, on: str) -> bool | None:
    """Whether the unit stood on a day, or all through a month or a year; None: not known for certain.

    ``on``: ISO, "2021-03-05", "2021-03" or "2021". huyện Sa Pa stood until 2019-12-31: "2019" → True, "2020"
    → False. A unit that went on some day of 2009 gives None for "2009-05-08".
    """
    (first, last), since, until = ends(on), ends(unit.since), ends(unit.until)
    if (unit.since and last < since[0]) or (unit.until and first > until[1]):
        return False
    begun = first >= (since[1] if unit.since else KNOWN_FROM)
    return True if begun and (not unit.until or last <= until[0]) else None


def ends(day: str) -> tuple[str, str]:
    """First and last of the days that a text stands for: "2021-02" → ("2021-02-01", "2021-02-31").

    The last day of a month need not exist: texts are compared, no day is counted. "a..b" → (a, b).
    """
    if ".." in day:
        first, _, last = day.partition("..")
        return first, last
    return day + "0000-01-01"[len(day) :], day + "9999-12-31"[len(day) :]
