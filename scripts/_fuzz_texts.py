"""Texts for the fuzzer, and the run: every one through every room, its laws checked and its time taken."""

import random
import statistics
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from _fuzz_laws import BREAKOUTS, check
from corpus_generate import STEPS, damaged, documents
from repair_damage import CLASSES

from extractor import Trouble

OUTLIER = 50  # times the median for the size
_DOCUMENTS = 40  # of each half of the grammar
_FEW = 20  # of a size have no median worth the name

PIECES = (
    "I. ", "II. ", "IV.", "1. ", "1.1. ", "a) ", "đ) ", "- ", "+ ", "* ", "Số: ", "/KH-UBND",
    "KẾ HOẠCH", "ỦY BAN NHÂN DÂN", "Độc lập - Tự do - Hạnh phúc", "ngày 30/02/2023",
    "ngày … tháng 13 năm 20", "ngày ", "tháng ", "năm 2021-", "2021 – 2025", "từ ngày 1/5 đến ",
    "chủ đề: “", "khẩu hiệu:", "Nơi nhận:", "- Lưu: VT", "./.", "TM. ỦY BAN", "KT. CHỦ TỊCH",
    "Nguyễn Văn A", "báo cáo trước ngày ", "hằng quý", "về Sở Y tế qua Phòng ", "UBND xã ", "Sở ",
    "Phụ lục ", "QUYẾT ĐỊNH", "căn cứ Quyết định số ", "12/2020/NĐ-CP", "triệu đồng", "| a | b |",
    "\u0301", "\u031b", "\xad", "\u200b", "\ufeff", "\ufffd", "\u2028", "\x00", "\x0c", "\x1f",
    "\ud800", "\U0010ffff", "\uf0b7", "ƣ", "Õ", "ð", "Ã¡", "áº¿", "(cid:3)", "KÕ ho¹ch", "Keá hoaïch",
    "h ọ c", "T R Ờ I", "\t", "   ", "\n", "\n\n", "\r", "\u202e", "ß", "İ", "ﬁ", "①", "٣", "１", "½",
    "́ế", "．", "999999999999999999999/", "0", "-", "“", "”", "\"", "(", ")", "[", "]", "…", "....",
    "…………", ";", ":", ",", ".", "/", "\\", "_", "__", "**", "# ",
)  # fmt: skip


class Kind(NamedTuple):
    """A way to make a text."""

    name: str
    make: Callable[[random.Random], str]


def run(seed: int, first: int, count: int) -> int:
    """Fuzz ``count`` texts; print failures, outliers of time and the tally. 1 where anything failed."""
    times: dict[int, list[tuple[float, int]]] = defaultdict(list)
    tally: dict[str, int] = defaultdict(int)
    failures = 0
    begin = time.monotonic()
    for number in range(first, first + count):
        kind, words = text(seed, number)
        tally[kind] += 1
        failure, spent = tried(words)
        times[size(words)].append((spent, number))
        if failure:
            failures += 1
            print(f"seed {seed} number {number} ({kind}): {failure}\n  {words!r}"[:3000], flush=True)
        if sys.stderr.isatty() and number % 1000 == 0:
            print(f"{number - first:,} …", end="\r", file=sys.stderr)
    slow = list(outliers(times, seed))
    for line in slow:
        print(line)
    kinds = ", ".join(f"{name} {n:,}" for name, n in sorted(tally.items()))
    print(f"{count:,} texts ({kinds}), seed {seed}, {time.monotonic() - begin:.0f} s")
    print(f"{failures} failures; {len(slow)} over {OUTLIER} x the median time for their size")
    return int(failures > 0 or bool(slow))


def tried(words: str) -> tuple[str, float]:
    """What failed of a text's laws, as :func:`tried_with`."""
    return tried_with(check, words)


def tried_with(call: Callable[..., object], *given: object) -> tuple[str, float]:
    """What failed (``""``: nothing), with the place in the code, and the seconds of the processor.

    Raises :class:`Trouble` where the call refuses.
    """
    begin, failure = time.process_time(), ""
    try:
        call(*given)
    except Trouble:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{error!r:.300} at {last.filename.rpartition('/')[2]}:{last.lineno}"
    return failure, time.process_time() - begin


def size(words: str) -> int:
    """The class of a text's size: each twice as long as the one before it."""
    return len(words).bit_length()


def outliers(times: dict[int, list[tuple[float, int]]], seed: int) -> Iterator[str]:
    """Texts that take too long for their size, and do so again."""
    for bits, all_of in sorted(times.items()):
        median = statistics.median(spent for spent, _ in all_of)
        worst = max(all_of)[0]
        print(
            f"up to {2**bits:7,} characters: {len(all_of):7,} texts, median {median * 1e3:7.1f} ms,"
            f" worst {worst / median:5.1f} x"
        )
        for spent, number in all_of:
            if len(all_of) < _FEW or spent <= OUTLIER * median:
                continue
            again = min(tried(text(seed, number)[1])[1] for _ in range(3))
            if again > OUTLIER * median:
                yield f"seed {seed} number {number}: {again / median:.0f} x the median for its size"


def text(seed: int, number: int) -> tuple[str, str]:
    """Kind and words of one text; the same for the same seed and number."""
    rng = random.Random(f"{seed} {number}")
    kind = rng.choices(KINDS, (3, 4, 6, 6, 1))[0]
    return kind.name, kind.make(rng)


def noise(rng: random.Random) -> str:
    """Characters of any block."""
    blocks = ((0, 0x80), (0x80, 0x250), (0x300, 0x370), (0x1E00, 0x1F00), (0x2000, 0x2070), (0, 0x110000))
    return "".join(chr(rng.randrange(*rng.choice(blocks))) for _ in range(rng.randrange(400)))


def nonsense(rng: random.Random) -> str:
    """Pieces that patterns look for, in any order, some again and again."""
    pieces = (*PIECES, *BREAKOUTS, *yes_examples())
    gaps = (" ", " ", "\n", "\n", "", "  ")
    many = rng.randrange(rng.choice((5, 20, 60)))
    chosen = (rng.choice(pieces) * rng.choice((1, 1, 1, 1, 2, 30)) for _ in range(many))
    return "".join(piece + rng.choice(gaps) for piece in chosen)[:4000]


def mutated(rng: random.Random) -> str:
    """A stretch of a plan, cut, doubled, shuffled and spiked."""
    words = window(rng, plain(rng))
    for _ in range(rng.randrange(1, 12)):
        a, b = sorted(rng.randrange(len(words) + 1) for _ in range(2))
        b = min(b, a + rng.choice((1, 3, 20, 200)))
        c = rng.randrange(len(words) + 1)
        new = rng.choice((
            "", words[a:b] * rng.choice((2, 10)), words[a:b][::-1], words[c : c + 30], rng.choice(PIECES),
            rng.choice(BREAKOUTS), chr(rng.randrange(0x2100)), words[a:b].upper(),
            words[a:b].replace(" ", "\n"),
        ))  # fmt: skip
        words = (words[:a] + new + words[b:])[:20_000]
    return words


def spoilt(rng: random.Random) -> str:
    """A stretch of a plan in one or two classes of damage."""
    words = window(rng, damaged(rng.choice(made()), rng.choice(list(STEPS)), rng))
    for _ in range(rng.choice((0, 1, 1, 2))):
        try:
            words = rng.choice(CLASSES).damage(words, rng)
        except (UnicodeError, KeyError, ValueError):
            break  # a damage that this text cannot suffer
    return words


def whole(rng: random.Random) -> str:
    """A whole plan with its lines in disorder or some of them lost."""
    lines = plain(rng).split("\n")
    for _ in range(rng.randrange(6)):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(line for line in lines if rng.random() > 0.1)


KINDS = (
    Kind("noise", noise),
    Kind("nonsense", nonsense),
    Kind("mutated", mutated),
    Kind("damaged", spoilt),
    Kind("whole", whole),
)


def window(rng: random.Random, words: str) -> str:
    """A stretch of a text: most are short, some hold all of it."""
    long = rng.choices((60, 150, 300, 600, 10_000), (6, 6, 6, 4, 1))[0]
    at = rng.choice((0, rng.randrange(len(words)))) if words else 0
    return words[at : at + long]


def plain(rng: random.Random) -> str:
    """A made plan as it is."""
    return rng.choice(made()).text


@cache
def made() -> tuple:
    """Made documents of both halves of the grammar."""
    return tuple(one for part in ("train", "held-out") for one in documents(7, _DOCUMENTS, part))


@cache
def yes_examples() -> tuple[str, ...]:
    """What the patterns catch."""
    from _fuzz_patterns import shapes

    return tuple(yes for _, shape in shapes() for yes in shape.yes)
