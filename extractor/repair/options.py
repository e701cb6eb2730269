"""The ways in which one damaged word can be read by a code page; the first is the likeliest.

``charmap``: every row holds. ``marks``: the marks are punctuation too (VIQR), so that a word may end in one.
``choices``: a character may stand for itself or for what its rows say (a converter that took one table for
another, UTF-16 whose high bytes are lost), so that only syllables tell.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import product

from extractor.ground.charmaps import Charmap
from extractor.repair.judge import grade

_MOST = 256  # ways of one word that are looked at
_KEPT = 4  # of which so many go on to be settled by their neighbours
_BEYOND = frozenset(
    "ăĂđĐĩĨũŨơƠưƯạẠảẢấẤầẦẩẨẫẪậẬắẮằẰẳẲẵẴặẶẹẸẻẺẽẼếẾềỀểỂễỄệỆỉỈịỊọỌỏỎốỐồỒổỔỗỖộỘớỚờỜởỞỡỠợỢụỤủỦứỨừỪửỬữỮựỰỳỲỵỴỷỶỹỸ"
)  # letters that no single byte of Latin-1 shows as

Ways = Callable[[Charmap, str, bool], list[str]]


def is_unicode(word: str) -> bool:
    """Does ``word`` hold a Vietnamese letter that no single byte shows as?"""
    return not word.isascii() and not _BEYOND.isdisjoint(word)


def charmap_ways(charmap: Charmap, word: str, mixed: bool) -> list[str]:
    """A word that is Unicode already stays; in a line that has such words, another may be too."""
    if word.isascii() or is_unicode(word):
        return [word]
    ways = [charmap.decode(word)]
    if any(char in word for char in charmap.wide):
        ways.append(charmap.decode(word, wide=True))
    if mixed and grade(word).share == 1:
        ways.append(word)
    return list(dict.fromkeys(ways))


def mark_ways(charmap: Charmap, word: str, mixed: bool) -> list[str]:
    """A mark at the end may be punctuation: ``mu.`` is ``mụ`` or the end of a sentence; ``(a?)``."""
    if not word.isascii():
        return [word]
    body = word.rstrip(_ENDS)
    ways = [charmap.decode(word[:cut]) + word[cut:] for cut in range(len(word), len(body) - 1, -1)]
    if charmap.decode(word) != word:
        ways.append(word)
    return _likeliest(dict.fromkeys(ways))


def choice_ways(charmap: Charmap, word: str, mixed: bool) -> list[str]:
    """Every character as itself or as its rows say; the syllables among them."""
    letters = [_choices(charmap).get(char, char) for char in word]
    count = 1
    for each in letters:
        count *= len(each)
    if count == 1:
        return ["".join(letters)]
    if count > _MOST:
        return [word, "".join(each[-1] for each in letters)]
    return _likeliest(dict.fromkeys(map("".join, product(*letters))))


KINDS: dict[str, Ways] = {"charmap": charmap_ways, "marks": mark_ways, "choices": choice_ways}
_ENDS = ".?'`~^(*+"


def _likeliest(ways: dict[str, None]) -> list[str]:
    """The ways that leave the fewest strange pieces."""
    graded = [(each.total - each.good, way) for way, each in zip(ways, map(grade, ways), strict=True)]
    least = min(strange for strange, _ in graded)
    return [way for strange, way in graded if strange == least][:_KEPT]


@lru_cache(maxsize=32)
def _choices(charmap: Charmap) -> dict[str, str]:
    """Character → all it can stand for; itself too, where the table says ``self``."""
    found: dict[str, str] = {}
    for row in charmap.rows:
        own = row.broken if row.note == "self" else ""
        found[row.broken] = found.get(row.broken, own) + row.fixed
    return found
