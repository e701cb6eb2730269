"""Text that no repair mends: what an OCR without Vietnamese wrote, and what is damaged beyond all decoders.

A scanner that reads Vietnamese as English leaves ``C6ng ty``, ``nghiQp``, ``phtic`` in the text layer
under its pictures. No letter can be put back, but the words tell on themselves: they are Vietnamese
syllables without marks, in part only once a digit, capital or sign is read as the vowel it stood for.
English has few of both, Vietnamese typed without marks no signs.

Left without a verdict: short text (under 15 words), other languages, lists of codes, text whose letters
have merely been dropped. The verdict is asked after the repair: what still holds a legacy code page
then is unreadable.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from extractor.ground.legibility import FOREIGN_OCR, UNREADABLE, UNREADABLE_SCAN, BadPage, Legibility, Verdict
from extractor.ground.shape import Shape
from extractor.ground.source import Page
from extractor.ground.tables import table
from extractor.ground.text import Span, Text
from extractor.ground.vietnamese import Tally, is_skeleton, is_syllable, strip_tones, tally

NAME = "foreign_ocr.tsv"
_SOUND = 0.85  # validity from which on nothing is asked: such layers reach 0.8
_FEWEST = 15  # words that a verdict needs
_MOST = 4000  # words that are looked at: a page has 600
_LETTERS = 0.04  # share of letters with Vietnamese marks; clean text has 0.15 and more
_LONGEST = 9  # letters of a syllable and what two signs add
#: what a word of an English layer is: a syllable without marks, one once its signs are read, or neither
BARE, MARKED, ODD, OTHER = "bare", "marked", "odd", "other"


class Sign(NamedTuple):
    """``sign`` is read where one of ``letters`` stood: ``where`` is ``vowel`` or ``onset``."""

    sign: str
    letters: str
    where: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


PIECES = Shape(
    "the words of a line as an OCR program parts them: < and $ may be letters",
    r"""[^\s/\-–,;:()\[\]{}"“”|.…*_?]+""",
    yes=("l$p", "<16n"),
    no=("…", "- -"),
)
STRANGE = Shape(
    "a word with what no word holds: private character, glyph number, sign between letters, two scripts",
    r"[\uFFFD\uE000-\uF8FF\x00-\x08\x0E-\x1F\x7F-\x9F]|\(cid:\d+\)"
    r"|(?<=\p{L})[^\p{L}\p{M}\d\s.\-–’'&@_:/,;()\"“”…·|\[\]*=#%<>+]+(?=\p{L})"
    r"|\p{Latin}[\p{Cyrillic}\p{Greek}\p{Armenian}]|[\p{Cyrillic}\p{Greek}\p{Armenian}]\p{Latin}",
    yes=("ho¹ch", "ho?ch", "hoҥch", "(cid:46)(cid:1219)", "tri\ufffdn", "ho^`i"),
    no=("Kế", "KH-UBND", "a@b.vn", "d'Ivoire", "и", "и/hoặc", "20%", "A+B"),
)
ACCENTED = Shape(
    "a word with letters of Latin-1, the letters of VNI, VISCII and misread code pages",
    r"\p{L}*[\u00C0-\u00FF]\p{L}*",
    yes=("hoaïch", "giß¶ng"),
    no=("hoạch", "Kon"),
)


def judge(text: Text, pages: Sequence[Page]) -> Legibility:
    """How far a repaired text can be read, page by page; as a whole where the format knows no pages.

    Every word is counted once: the counts of the pages that can be read add up to their validity.
    """
    sound, bad = Tally(), []
    read = {page.number for page in pages if page.origin == "ocr"}
    for number, span in _pages(text, pages):
        words = span.of(text.clean)
        counted = tally(words)
        found = verdict(words, counted)
        if found:
            kind = UNREADABLE_SCAN if number in read else found.kind
            bad.append(BadPage(number, span, found._replace(kind=kind)))
        else:
            sound = Tally(sound.good + counted.good, sound.total + counted.total)
    return Legibility(sound.share, len(text.clean), tuple(bad))


def _pages(text: Text, pages: Sequence[Page]) -> Iterator[tuple[int | None, Span]]:
    """The pages as they tile the clean text."""
    starts = [0, *(text.clean_offset(page.start) for page in pages[1:]), len(text.clean)]
    numbers: list[int | None] = [page.number for page in pages] or [None]
    for number, (start, end) in zip(numbers, pairwise(starts), strict=True):
        yield number, Span(start, max(start, end))


def verdict(text: str, counted: Tally | None = None) -> Verdict | None:
    """Why the repaired ``text`` of a page cannot be read, or ``None`` where it can, or nothing is sure.

    ``counted``: the tally of ``text``, where it is known already.
    """
    counted = counted or tally(text)
    if counted.share >= _SOUND or counted.total < _FEWEST:
        return None
    return _foreign_ocr(text, counted) or _unreadable(text, counted)


def _foreign_ocr(text: str, counted: Tally) -> Verdict | None:
    """Most words are Vietnamese once the signs are read, and enough of them hold a sign."""
    letters = sum(map(str.isalpha, text))
    if sum(1 for char in text if "\u0100" <= char <= "\u1ef9") > _LETTERS * letters:
        return None
    kinds = Counter(map(reading, islice(_words(text), _MOST)))
    total = kinds.total()
    signs, marked = kinds[ODD] + kinds[MARKED], kinds[MARKED]
    read = kinds[BARE] + signs
    if total < _FEWEST or marked < max(2, 0.02 * total) or signs < max(3, 0.06 * total):
        return None
    if read < (0.45 if marked > 0.1 * total else 0.55) * total:
        return None
    reason = f"{read} of {total} words are Vietnamese without marks, {signs} of them with signs for vowels"
    return Verdict(FOREIGN_OCR, counted.share, _sure(signs), reason)


def _words(text: str) -> Iterator[str]:
    """The words that say something: with a letter, no abbreviation, more than one character."""
    for match in PIECES.re.finditer(text):
        word = match[0].strip("'’!")
        if len(word) > 1 and not (word.isalpha() and word.isupper()) and any(map(str.isalpha, word)):
            yield word


@lru_cache(maxsize=1 << 14)
def reading(word: str) -> str:
    """:data:`BARE`, :data:`MARKED` (by a digit, a sign or a capital inside), :data:`ODD` or :data:`OTHER`."""
    bare = strip_tones(word)
    code = bare.upper() == bare or (len(bare) == 2 and bare[1].isdigit())  # H5P, m2
    if code or len(bare) > _LONGEST:
        return OTHER
    if is_skeleton(bare):
        return BARE if bare[1:].islower() and (word.isascii() or is_syllable(word)) else MARKED
    if not any(map(is_skeleton, _readings(bare))):
        return OTHER
    return ODD if bare.isalpha() and bare[1:].islower() else MARKED


def _readings(word: str, most: int = 2) -> Iterator[str]:
    """``word`` with up to ``most`` of its signs read as the vowels they can stand for; a sign for đ too."""
    for row in _signs("onset"):
        if word.startswith(row.sign):
            rest = word[len(row.sign) :]
            yield row.letters + rest
            yield from (row.letters + other for other in _vowels(rest, most))
    yield from _vowels(word, most)


def _vowels(word: str, most: int) -> Iterator[str]:
    for row in _signs("vowel"):
        place = word.find(row.sign)
        while place >= 0:
            for letter in row.letters:
                new = word[:place] + letter + word[place + len(row.sign) :]
                yield new
                if most > 1:
                    yield from _vowels(new, most - 1)
            place = word.find(row.sign, place + 1)


@cache
def _signs(where: str) -> tuple[Sign, ...]:
    return tuple(row for row in table(NAME, Sign).rows if row.where == where)


def _unreadable(text: str, counted: Tally) -> Verdict | None:
    """Many words are strange, and the words between them are Vietnamese (or there are hardly any)."""
    words = [word for word in text.split() if len(word) > 1 and any(c.isalpha() or c > "\xa0" for c in word)]
    strange = sum(map(_strange, words))
    if len(words) < _FEWEST or strange < 0.2 * len(words):
        return None
    if strange < 0.6 * len(words) and counted.good < 0.3 * (len(words) - strange):
        return None
    return Verdict(
        UNREADABLE, counted.share, _sure(strange), f"{strange} of {len(words)} words hold what no word holds"
    )


def _strange(word: str) -> bool:
    if word.isascii() and word.isalnum():
        return False
    if STRANGE.catches(word):
        return True
    return not all(is_syllable(match[0]) for match in ACCENTED.re.finditer(word))


def _sure(proofs: int) -> float:
    """Laplace's rule: how far ``proofs`` cases without a counter-example can be trusted."""
    return round((proofs + 1) / (proofs + 2), 3)
