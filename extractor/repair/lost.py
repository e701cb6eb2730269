"""Which glyphs a document lost: first what its damaged stretches lack, then what their words became.

Damage hits whole runs of a font, so a lost letter is one that hardly stands there although it is frequent
elsewhere; what the surest readings lost makes it cheaper, what stands intact beside them dearer. A letter
found in one word only, always behind the same word, proves nothing. Nothing is mended in a document
where fewer than two words prove letters of the set.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cache
from math import exp, log

from extractor.ground.counts import counts
from extractor.ground.vietnamese import is_syllable
from extractor.repair.capitals import Fill
from extractor.repair.glyphs import BASE, Losses
from extractor.repair.pages import Page
from extractor.repair.torn import Torn, torn
from extractor.repair.vocabulary import COMMA, HOLE, STOP, Vocabulary

SURE = 0.93  # a letter is written
_UNPROVEN = 0.98  # the same for a letter that one word shows only
_SURE_COMMA = 0.8  # a comma is written close to mended letters
_ALONE = 0.98  # and elsewhere
_ROUNDS = 3
_LONE = 400  # characters of a line that stands alone
_TEACHERS = 16  # regions that teach first
_ENOUGH = 4000  # characters that say how frequent letters are
_PROOFS = 2
_CLEAR = 0.9  # a reading teaches
_CLOSE = 20  # characters around a mended word that belong to its run
_AROUND = 120  # characters between mended letters and a comma
_DEAREST = 9.0
_SIGNS = {COMMA: 2.0, STOP: 3.0}
_CHEAP = 3.0
_GIVEN = 0.5  # what a glyph costs that is known to be lost
_GAP = 5.0  # what a space too many costs then

Range = tuple[int, int]


def read(text: str, stretches: Sequence[Range], lost: frozenset[str] = frozenset()) -> list[Fill]:
    """What the damaged stretches lost, if enough words prove it; or what they lost of a known set."""
    known = Vocabulary(text)
    lone = not lost and len(text) < _LONE and _numbered().match(text) is not None
    if not lost and not lone and not _evident(text, stretches, known):
        return []
    regions = list(_torn(text, stretches, known))
    if lost:
        return _given(text, stretches, regions, known, lost)
    found = _found_out(text, stretches, regions, known)
    return _of_lone_line(text, regions, known) if lone and not found else found


def _of_lone_line(text: str, regions: Sequence[Torn], known: Vocabulary) -> list[Fill]:
    """A line that stands alone proves its damage by its number, whose dot left a space, and one sure word."""
    fills = Page(text, known, {}).read(regions, Losses(_SIGNS, 4.0))
    sure = [fill for fill in fills if fill.new.isalpha() and fill.sure >= _UNPROVEN]
    commas = [fill for fill in fills if fill.new == COMMA and fill.sure >= _SURE_COMMA]
    return sure + commas if sure else []


def _given(
    text: str, stretches: Sequence[Range], regions: Sequence[Torn], known: Vocabulary, lost: frozenset[str]
) -> list[Fill]:
    """What was lost where the set is known: nothing else is written, and nothing has to be proven."""
    prices = dict.fromkeys(_SIGNS, _DEAREST) | dict.fromkeys(lost, _GIVEN)
    losses = Losses(prices, _GAP, _DEAREST)
    page = Page(text, known, dict.fromkeys(lost, 1.0))
    return _written(page, stretches, page.read(regions, losses), losses, lost, strict=True)


def _found_out(
    text: str, stretches: Sequence[Range], regions: Sequence[Torn], known: Vocabulary
) -> list[Fill]:
    """What was lost where nobody knows the set: the short regions teach it, then all of them."""
    missing = _missing(text, "\n".join(text[start:end] for start, end in stretches))
    prices = _SIGNS | {char: BASE - 3.5 * share for char, share in missing.items()}
    page = Page(text, known, missing)
    sample = _sample(regions)
    fills = page.read(sample, Losses(prices, 4.0))
    for taught in (sample, regions):
        losses, learned = _learned(page, taught, fills, len(regions) / max(1, len(taught)))
        if not learned:
            return []
        fills = page.read(regions, losses, learned)
    proofs = {fill.new.lower() for fill in fills if fill.sure >= SURE and _lost(text, fill) <= learned}
    return _written(page, stretches, fills, losses, learned) if len(proofs - {COMMA, STOP}) >= _PROOFS else []


def _sample(regions: Sequence[Torn]) -> list[Torn]:
    """The shortest of the regions, each kind once: they teach what was lost."""
    kinds = {region[1:]: region for region in reversed(regions)}
    return sorted(kinds.values(), key=lambda region: len(region.shown))[:_TEACHERS]


def _evident(text: str, stretches: Iterable[Range], known: Vocabulary) -> bool:
    """Do two different fragments show that something was lost? Asked before the counts are loaded.

    A fragment is no syllable, or (three are asked of these) the rest of a word of the document, shown
    nowhere else than beside a gap; capitals, and what a digit or a sign precedes, are none.
    """
    pieces, rests = set(), set()
    parts: frozenset[str] | None = None
    for start, end in stretches:
        for match in _small().finditer(text, start, end):
            word = match[0]
            if not is_syllable(word):
                pieces.add(word)
            elif not known.here(word):
                parts = parts or frozenset(
                    part for whole in known.words() for part in (whole[1:], whole[:-1])
                )
                if word in parts:
                    rests.add(word)
            if len(pieces) >= _PROOFS or len(pieces) + len(rests) > _PROOFS:
                return True
    return False


def _written(
    page: Page,
    stretches: Sequence[Range],
    fills: Sequence[Fill],
    losses: Losses,
    proven: Container[str],
    strict: bool = False,
) -> list[Fill]:
    """The fills that are sure; then those that are, beside what was written."""
    written = _sure(page.text, fills, proven, strict)
    for _ in range(_ROUNDS - 1):
        unsure = [fill.start for fill in fills if fill.sure < SURE]
        stretches = [
            (start, end) for start, end in stretches if bisect_left(unsure, start) < bisect_left(unsure, end)
        ]
        page.text = _filled(page.text, written)
        fills = page.read(_torn(page.text, stretches, page.known), losses)
        more = _sure(page.text, fills, proven, strict)
        if not more:
            break
        written = written + more
    return written


def _filled(text: str, fills: Iterable[Fill]) -> str:
    """``text`` with ``fills`` in their places."""
    chars = list(text)
    for fill in fills:
        chars[fill.start : fill.end] = fill.new
    return "".join(chars)


def _torn(text: str, stretches: Iterable[Range], known: Vocabulary) -> Iterable[Torn]:
    return (region for start, end in stretches for region in torn(text, start, end, known))


def _sure(text: str, fills: Iterable[Fill], proven: Container[str], strict: bool) -> list[Fill]:
    """Letters that are sure, the surer the less is known of them, and commas close to them; no full stops.

    ``strict``: nothing but what is ``proven``.
    """
    letters, commas = [], []
    for fill in fills:
        if fill.new == COMMA:
            commas.append(fill)
        elif fill.sure >= SURE and fill.new.isalpha():
            known = all(char in proven for char in _lost(text, fill))
            if known or (fill.sure >= _UNPROVEN and not strict):
                letters.append(fill)
    if strict:
        return letters + [fill for fill in commas if COMMA in proven and fill.sure >= _SURE_COMMA]
    starts = [fill.start for fill in letters]
    return letters + [
        fill for fill in commas if fill.sure >= (_SURE_COMMA if _near(starts, fill.start) else _ALONE)
    ]


def _near(places: Sequence[int], place: int) -> bool:
    """Is one of ``places`` close to ``place``?"""
    at = bisect_left(places, place - _AROUND)
    return at < len(places) and places[at] < place + _AROUND


def _lost(text: str, fill: Fill) -> set[str]:
    """The glyphs that ``fill`` puts into holes."""
    return {new for old, new in zip(text[fill.start : fill.end], fill.new, strict=True) if old == HOLE}


def _missing(text: str, near: str) -> dict[str, float]:
    """How much each letter that is frequent elsewhere is missing in the damaged stretches, from 0 to 1."""
    sample = text[:: len(text) // _ENOUGH + 1]
    here, everywhere, share = Counter(near), Counter(sample), len(near) / len(sample)
    usual = _usual()
    found = {}
    for char in {*everywhere, *usual}:
        if char.isalpha():
            expected = max(everywhere[char] * share, usual.get(char, 0.0) * len(near))
            found[char] = max(0.0, 1 - 3 * here[char] / expected) * (1 - exp(-expected))
    return found


def _learned(
    page: Page, regions: Iterable[Torn], fills: Sequence[Fill], many: float
) -> tuple[Losses, set[str]]:
    """Cheap is what was found lost and hardly stands there intact; and the letters that are proven."""
    text, missing = page.text, page.capitals.missing
    clear = [fill for fill in fills if fill.sure > _CLEAR]
    lost, shown = _found(text, clear)
    here = Counter(_around(text, clear))
    prices = dict(_SIGNS)
    for char in {*here, *lost, *missing}:
        if char.isalpha() or char in _SIGNS:
            seen = lost.get(char, 0.0) + 0.02 + 0.3 * missing.get(char, 0.0)
            prices[char] = min(_DEAREST, -1.5 * log(seen / (lost.get(char, 0.0) + here[char] + 1)))
    proven = {char for char, times in shown.items() if times > 1 or missing.get(char, 0.0) > 0.8}
    page.capitals.within = Counter(fill.new[0] for fill in clear if fill.within)
    return Losses(prices, _gap(text, regions, fills, many)), {
        char for char in proven if prices[char] < _CHEAP
    }


def _found(text: str, clear: Iterable[Fill]) -> tuple[dict[str, float], dict[str, int]]:
    """How often each glyph was found lost, less its share in a single pair of words; and in how many."""
    lost: defaultdict[str, float] = defaultdict(float)
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for fill in clear:
        before = text[max(0, fill.start - 7) : fill.start].split(HOLE)[-2:][0]
        for old, new in zip(text[fill.start : fill.end], fill.new, strict=True):
            if old == HOLE:
                lost[new] += 1
                pairs[new].add(f"{before} {fill.new}".lower())
    shown = {char: len(several) for char, several in pairs.items()}
    for char, many in shown.items():
        if char.isalpha():
            lost[char] *= 1 - 1 / many
    return lost, shown


def _around(text: str, clear: Iterable[Fill]) -> str:
    """What stands close to the letters that were found."""
    parts, done = [], 0
    for fill in sorted(clear):
        if fill.new.isalpha():
            parts.append(text[max(done, fill.start - _CLOSE) : fill.end + _CLOSE])
            done = fill.end + _CLOSE
    return "".join(parts)


def _gap(text: str, regions: Iterable[Torn], fills: Iterable[Fill], many: float) -> float:
    """What a space too many costs: less where careless typing left many."""
    taken = {place for fill in fills for place in range(fill.start, fill.end)}
    left = 0
    for region in regions:
        for match in _double().finditer(region.shown):
            at = region.start + match.start()
            left += at not in taken and at + 1 not in taken
    return min(7.0, max(3.0, -log((left * many + 0.5) / (text.count(HOLE) + 1))))


@cache
def _numbered() -> re.Pattern[str]:
    """A number whose dot left a space begins the text."""
    return re.compile(r" ?\d{1,2}  [^\W\d_a-z]")


@cache
def _usual() -> dict[str, float]:
    """How frequent a letter is in plans; capitals by a rule of thumb."""
    found: Counter[str] = Counter()
    total = 0
    for word in counts().known():
        count = counts().count(word)
        total += count * (len(word) + 1)
        for char in word:
            found[char] += count
    small = {char: count / total for char, count in found.items()}
    return small | {char.upper(): share / 20 for char, share in small.items()}


@cache
def _small() -> re.Pattern[str]:
    """Words; in code no more than this is asked of them: no digit, no capital, no sign before them."""
    return re.compile(r"(?<![^\s(])(?<!\d )[^\W\d_A-Z]+(?![\w/.)&@-])")


@cache
def _double() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_])  (?= *[^\W\d_])")
