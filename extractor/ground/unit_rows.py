"""Units in the rows of a table: ``| Sở Y tế | Bố trí thuốc, cấp cứu |`` under a head that says so."""

from collections.abc import Iterator

from extractor.ground.paper import trimmed_lines
from extractor.ground.shape import Shape
from extractor.ground.text import Span

UNIT_HEAD = Shape(
    "the head of the column that names units",
    r"(?i)^\s*(?:tên\s+)?(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|tổ\s+chức|phòng|ban)(?!\p{L})(?!\s+tính)",
    yes=("Đơn vị", "CƠ QUAN, ĐƠN VỊ", "Đơn vị chủ trì"),
    no=("Đơn vị tính", "Nội dung", "Thời gian"),
)
TASK_HEAD = Shape(
    "the head of the column that says what they do",
    r"(?i)^\s*(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|việc|phần\s+việc)(?!\p{L})",
    yes=("Nhiệm vụ", "Nội dung công việc", "NHIỆM VỤ CỤ THỂ"),
    no=("Đơn vị", "Ghi chú"),
)


LEAD_HEAD = Shape(
    "the head of the column that names who does the work, wherever it stands",
    r"(?i)^\s*(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|tổ\s+chức)(?:[,/]?\s+(?:đơn\s+vị|cá\s+nhân))?\s+(?:chủ\s+trì|phụ\s+trách"
    r"|đầu\s+mối|chịu\s+trách\s+nhiệm)(?!\p{L})",
    yes=("Đơn vị chủ trì", "Cơ quan, đơn vị phụ trách"),
    no=("Đơn vị phối hợp", "Đơn vị thực hiện", "Đơn vị tính"),
)


def unit_rows(text: str, reach: Span) -> Iterator[tuple[Span, Span]]:
    """The unit and the task of each row of a table of units within ``reach``.

    The units' column has to stand before the tasks', or to say that they lead (``Đơn vị chủ trì``): other
    tables that are ordered by works are programmes.
    """
    columns: tuple[int, int] | None = None
    for line, words in trimmed_lines(text, reach):
        row = cells(text, line)
        head = _columns([cell.of(text) for cell in row])
        columns = head or columns
        if not head and columns and len(row) > max(columns) and set(words) - set("|-: "):
            unit, task = row[columns[0]], row[columns[1]]
            if any(c.isalpha() for c in unit.of(text)) and any(c.isalpha() for c in task.of(text)):
                yield unit, task


def cells(text: str, line: Span) -> list[Span]:
    """The cells of a row, each trimmed; none where the line has no ``|``."""
    start, end = line
    if text[start:end].count("|") == 0:
        return []
    start += text[start:end].startswith("|")
    end -= text[start:end].endswith("|")
    found = []
    while True:
        stop = text.find("|", start, end)
        stop = end if stop < 0 else stop
        words = text[start:stop]
        lead = len(words) - len(words.lstrip())
        found.append(Span(start + lead, start + lead + len(words.strip())))
        if stop == end:
            return found
        start = stop + 1


def _columns(heads: list[str]) -> tuple[int, int] | None:
    """Which columns name units and tasks."""
    lead = next((i for i, head in enumerate(heads) if LEAD_HEAD.re.search(head)), None)
    unit = (
        next((i for i, head in enumerate(heads) if UNIT_HEAD.re.search(head)), None) if lead is None else lead
    )
    task = next((i for i, head in enumerate(heads) if TASK_HEAD.re.search(head)), None)
    if unit is None or task is None:
        return None
    return (unit, task) if unit < task or unit == lead else None
