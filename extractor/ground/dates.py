"""Dates as plans write them, and what of them is blank.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4 (``ngày 05 tháng 3 năm 2020``) and the short
forms ``5/3/2020``, ``5-3-2020``, ``5.3.2020``. Blank days and months are kept as blank, never filled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractor.ground.shape import Shape
from extractor.ground.text import Span

_BLANK = r"[\s.…_]{0,60}+"
_YEAR = r"(?:19|20)\s?\d\s?\d"

LONG = Shape(
    "ngày … tháng … năm …, day or month possibly blank or dotted",
    rf"(?i)ngày(?:\s{{1,3}}(?:mùng|mồng))?{_BLANK}(?:(?P<d>\d{{1,2}}){_BLANK})?tháng{_BLANK}(?:(?P<m>\d{{1,2}}){_BLANK})?năm{_BLANK}(?P<y>{_YEAR})",
    yes=(
        "ngày 05 tháng 3 năm 2020",
        "ngày tháng năm 2022",
        "ngày … tháng 4 năm 2021",
        "ngày10 tháng 12 năm 20 21",
        "ngày mùng 5 tháng 9 năm 2017",
    ),
    no=("ngày 5/3/2020", "tháng 3 năm 2020"),
)
UNNAMED = Shape(
    "12 tháng 6 năm 2019 behind a word of time that spares the word ngày",
    rf"(?i)(?<=(?<!\p{{L}})(?:trước|từ|đến|hết|sau|nhất|là)\s{{1,9}})(?P<d>\d{{1,2}})\s{{1,9}}tháng\s{{1,9}}(?P<m>\d{{1,2}})\s{{1,9}}năm\s{{1,9}}(?P<y>{_YEAR})",
    yes=("trước 12 tháng 6 năm 2019", "đến 05 tháng 7 năm 2020"),
    no=("trong 3 tháng 6 năm 2019", "ngày 12 tháng 6 năm 2019"),
)
SHORT = Shape(
    "5/3/2020 and its dashes and dots",
    rf"(?<![\d/.\-])(?P<d>\d{{1,2}})\s?(?P<s>[/.\-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<y>{_YEAR})(?![\d/]|-\d)",
    yes=("5/3/2020", "05-03-2020", "30.4.2021", "16/7/20 21"),
    no=("5/2020", "15/3/20201", "56/2017/2018"),
)
MONTH = Shape(
    "tháng 5 năm 2024, tháng 5/2024",
    rf"(?i)tháng\s*(?P<m>\d{{1,2}})\s*(?:/|-|năm)\s*(?P<y>{_YEAR})(?!\d)",
    yes=("tháng 5 năm 2024", "tháng 5/2024", "Tháng 12-2019"),
    no=("tháng 5", "tháng năm 2024"),
)
DAY_MONTH = Shape(
    "ngày 01/6, ngày 16 tháng 11: a day whose year stands elsewhere",
    r"(?i)(?:ngày\s{0,9}|(?<=trước\s))(?P<d>\d{1,2})\s{0,9}(?:[/\-]|tháng\s*)(?P<m>\d{1,2})(?![\d/]|-\d|\s*năm)",
    yes=("ngày 01/6", "ngày 16 tháng 11", "ngày 5-9"),
    no=("ngày 01/6/2024", "ngày 5"),
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is printed; ``iso`` is partial where parts are blank (``"2024-05"``)."""

    year: int
    month: int | None
    day: int | None
    span: Span

    @property
    def iso(self) -> str:
        """ISO 8601, as far as the parts go."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def when(year: str | int, month: str | int | None, day: str | int | None, span: Span) -> When | None:
    """A :class:`When` from printed parts; ``None`` where no calendar has such a date."""
    y = int(str(year).replace(" ", "").replace("\n", ""))
    m, d = (int(month) if month else None), (int(day) if day else None)
    try:
        date(y, 1 if m is None else m, 1 if d is None else d)
    except ValueError:
        return None
    return When(y, m, d if m else None, span)


def dates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[When]:
    """All full or partial dates that name their year, in order; offsets count in ``text``."""
    stop = len(text) if end is None else end
    found: list[When] = []
    for shape in (LONG, UNNAMED, SHORT, MONTH):
        for match in shape.re.finditer(text, start, stop):
            parts = match.groupdict()
            made = when(parts["y"], parts["m"], parts.get("d"), Span(*match.span()))
            if made and not any(o.span.start < made.span.end and made.span.start < o.span.end for o in found):
                found.append(made)
    yield from sorted(found, key=lambda w: w.span)
