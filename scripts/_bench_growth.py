"""Time at doubling lengths: long texts as archives have them, and hostile lines that repeat one thing."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle

import _bench

from extractor import extract, mend

#: What a hostile document may begin with, and repeat without end: near misses of every kind of pattern.
REPEATED = (
    ("I. Thời gian: ", "5,"),
    ("từ ngày 01/6/2024", " "),
    ("A, ngày ", ". "),
    ("a", "\u0301"),
    ("\nSở Y tế xây ", "\n"),
    ("", "\t"),
    ("", "; "),
    ("Lưu", "\n"),
    ("", "SỞ Y TẾ, "),
    ("", "số A-1/X-2 12/KH-UBND "),
    ("", "chủ đề “a "),
    ("", "báo cáo trước ngày "),
    ("", "gửi về Sở Y tế qua Phòng "),
    ("", "1. a\n"),
    ("", "a) x\n1. y\n"),
    ("", "- a\n+ b\n* c\n"),
    ("", "a b c d\n"),
    ("", "Số: "),
    ("", "Nơi nhận: - A; "),
)


#: The same for the repair alone: pieces of every class of damage, and near misses.
DAMAGED = (
    "*", "_a ", "\\", "&amp", "<p ", "a  ", "1\n", "MỤC ĐÍCH ", "c p ", "\n", "\f", "1. ",
    "e\u0301\u0302", "ƣ", "ð", "/KH–A", "(", "“", "Ã", "1⁄", "1  A\n", "ab\n", "A, ngày",
    "- A; CHỦ TỊCH", "A Độc lập - ", "qu ốc gia h ọc t ập ", "to àn th ể", "K Ế H O Ạ C H ",
    "K Ế   H O Ạ C H   ", "Đ ộ c l ậ p\n", "1 2 / K H - ", "a ", "Ă ", "đ ộ", "Đ ộ c . ", "A\u00ad",
    "kh  khăn các c p\n", "các xã  phường c p ", "Õ ¹ ", "KÕ ho¹ch n¨m ", "aù eä oâ ", "Ӄ Ҥ ", "FͯD ",
    "a^. ", "áº ", "cđa ", "(cid:75)", "о ", "a\u0301 ", "\xad−",
)  # fmt: skip
#: what a doubling of a long text may cost (over two of them: collecting garbage comes in jumps), and the last
#: one of a hostile line, whose times are short and unsteady
MOST, MOST_HOSTILE = 2.2, 2.8


def run(only: str | None) -> int:
    """Measure and print; 1 where something grows faster than its length."""
    worst = [list(half()) for name, half in (("long", long), ("hostile", hostile)) if only in (None, name)]
    return int(not all(map(all, worst)))


def long() -> Iterator[bool]:
    """Text to record, the longest of three lengths: 10 MB, 100,000 lines, 50,000 citations."""
    for name, made, most in (
        ("text, 10 MB", text_of, 10_000_000),
        ("outline, 100,000 lines", outline_of, 100_000),
        ("50,000 citations", citations_of, 50_000),
    ):
        times = timed([made(most // 4), made(most // 2), made(most)], extract)
        yield kept(name, times, (times[2] / times[0]) ** 0.5, MOST)


def hostile() -> Iterator[bool]:
    """Lines that repeat one thing."""
    for begin, unit in REPEATED:
        texts = [f"KẾ HOẠCH\nA\n{begin}{unit * n}\nb" for n in (4000, 8000, 16_000)]
        yield doubled(repr(begin + unit), timed(texts, extract))
    for unit in DAMAGED:
        count = 40_000 // len(unit)
        texts = [f"{unit * n}\nb" for n in (count, 2 * count, 4 * count)]
        yield doubled(repr(unit), timed(texts, mend))


def timed(texts: list[str], call: Callable[[str], object]) -> list[float]:
    """The better of two times of each."""
    return [min(seconds(call, text) for _ in range(2)) for text in texts]


def doubled(name: str, times: list[float]) -> bool:
    """The last doubling of a hostile line; what is over in no time says nothing."""
    return kept(name, times, times[2] / times[1] if times[2] > 0.05 else 1.0, MOST_HOSTILE)


def kept(name: str, times: list[float], ratio: float, most: float) -> bool:
    """Print the times and what a doubling costs, and say whether that keeps its bar."""
    _bench.row(name[:24], " ".join(f"{t * 1e3:8.1f}" for t in times) + f" ms  x {ratio:.2f}")
    return ratio <= most


def seconds(call: Callable[[str], object], text: str) -> float:
    """Processor seconds of a call."""
    begin = time.process_time()
    call(text)
    return time.process_time() - begin


def text_of(size: int) -> str:
    """Plans of the corpus, one behind the other, over and over: at least ``size`` bytes."""
    plans = sorted((_bench.ROOT / "corpus" / "plans").glob("*.txt"))
    texts, length = [], 0
    for text in cycle([path.read_text("utf-8") for path in plans if ".damaged" not in path.name]):
        texts.append(text)
        length += len(text.encode())
        if length >= size:
            return "\n".join(texts)
    raise SystemExit("scripts/bench: no text plan in corpus/plans")


def outline_of(lines: int) -> str:
    """A plan of so many lines: sections, items, bullets."""
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

    def line(n: int) -> str:
        if n % 1000 == 0:
            return f"{numerals[n // 1000 % 10]}. NHÓM NHIỆM VỤ"
        return f"{n // 10 % 100 + 1}. Nội dung công việc" if n % 10 == 0 else f"- Việc thứ {n} của đơn vị;"

    return "KẾ HOẠCH\nNăm 2024\n\n" + "\n".join(map(line, range(lines)))


def citations_of(count: int) -> str:
    """A plan that cites so many documents, most of them more than once."""
    cited = (
        f"- Thực hiện Quyết định số {n % 9999 + 1}/QĐ-UBND ngày {n % 28 + 1}/{n % 12 + 1}/20{n % 10 + 10};"
        for n in range(count)
    )
    return "KẾ HOẠCH\nNăm 2024\n\nCăn cứ Luật Trẻ em;\n\nI. MỤC ĐÍCH\n" + "\n".join(cited)
