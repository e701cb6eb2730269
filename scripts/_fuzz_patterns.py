"""Every pattern against input on which a backtracking engine could take more than linear time.

A near miss is made from what a pattern catches: a piece of an example again and again, with the rest of the
example before it and an end that fits nothing. Each is tried at doubling lengths.
"""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from itertools import islice
from pkgutil import walk_packages
from typing import Any, NamedTuple

import regex

LENGTHS = tuple(2**n for n in range(5, 15))
BAR = 2.8  # times as long for twice the length
WORTH = 0.004  # seconds: what is quicker is not measured
TEXTS = 1_500  # read to see what is compiled
EXAMPLES = 4
ENDS = ("\0", "", "\n\n")


class Miss(NamedTuple):
    """A near miss: ``begin``, then ``unit`` again and again, then ``end``."""

    begin: str
    unit: str
    end: str

    def of(self, length: int) -> str:
        """The text of about that length."""
        return self.begin + self.unit * (length // len(self.unit)) + self.end


def run(only: str = "") -> int:
    """Measure every pattern; print those over linear. 1 where there are any."""
    bad = tried = count = 0
    for name, pattern, how, examples in patterns():
        if only not in name:
            continue
        count += 1
        misses = set(near_misses(examples))
        tried += len(misses)
        worst = max((growth(pattern, how, miss), miss) for miss in misses)
        if worst[0] > BAR:
            bad += 1
            print(f"{name}: x {worst[0]:.2f} when {worst[1].unit!r} doubles ({worst[1]!r})", flush=True)
    print(f"{count} patterns, {tried:,} near misses: {bad} over linear")
    return int(bad > 0)


def growth(pattern: Any, how: str, miss: Miss) -> float:
    """How many times longer the pattern takes when the first length that is worth measuring doubles."""
    for length in LENGTHS:  # what explodes does so early
        if seconds(pattern, how, miss.of(length)) > WORTH:
            texts = (miss.of(length), miss.of(2 * length))
            short, long = (min(seconds(pattern, how, text) for _ in range(3)) for text in texts)
            return long / short
    return 1.0


def seconds(pattern: Any, how: str, text: str) -> float:
    """How long the pattern looks at all of a text."""
    begin = time.process_time()
    if how == "search":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, how)(text)
    return time.process_time() - begin


def near_misses(examples: tuple[str, ...]) -> Iterator[Miss]:
    """Near misses of a few examples: all of one repeated, each word of one, each character, each gap."""
    for yes in islice(examples, 4):
        cuts = [match.span() for match in re.finditer(r"\w+\W*|\W", yes)]
        for end in ENDS:
            yield Miss("", yes, end)
            yield Miss("", yes[:-1] or yes, end)
        for start, stop in cuts[:10]:
            yield Miss(yes[:start], yes[start:stop], "\0")
            yield Miss(yes[:stop], yes[stop - 1], "\0")
        if cuts:
            yield Miss("", yes[: cuts[-1][0]] or yes, "\0")
    for unit in (" ", "\n", "a", "A ", "1", ".", ", ", "“", "a\n", "- ", "\t ", "1.", "Ă", "a b "):
        yield Miss(examples[0][:-1] if examples else "", unit, "\0")


def patterns() -> Iterator[tuple[str, Any, str, tuple[str, ...]]]:
    """Every Shape, and every pattern that a module compiles while the machine reads made texts.

    Each with the name of its place, how it looks, and examples: of a Shape its own, of another what it finds
    in those texts.
    """
    with recorded() as compiled:
        shapes()
        from _fuzz_texts import text

        from extractor import extract

        texts = [text(1, number)[1] for number in range(TEXTS)]
        for words in texts:
            extract(words)
    own = {shape.pattern for _, shape in shapes()}
    for name, shape in shapes():
        yield name, shape.re, shape.how, shape.yes
    for (place, _), pattern in compiled.items():
        if isinstance(pattern.pattern, str) and pattern.pattern not in own:
            yield place, pattern, "search", tuple(islice(_caught(pattern, texts), EXAMPLES))


def _caught(pattern: Any, texts: list[str]) -> Iterator[str]:
    """Different words that a pattern finds."""
    seen = set()
    for text in texts:
        for match in islice(pattern.finditer(text), 5):
            if match[0] and match[0] not in seen:
                seen.add(match[0])
                yield match[0]


@contextmanager
def recorded() -> Iterator[dict[tuple[str, str], Any]]:
    """What the package compiles meanwhile: its place and words → the pattern."""
    found: dict[tuple[str, str], Any] = {}
    kept = {library: library.compile for library in (re, regex)}

    def tell(library: Any, pattern: Any, *rest: Any, **more: Any) -> Any:
        made = kept[library](pattern, *rest, **more)
        frame = sys._getframe(1)
        while frame and frame.f_code.co_name == "compiled":
            frame = frame.f_back
        if frame and "/extractor/" in frame.f_code.co_filename:  # not what a library compiles
            place = frame.f_code.co_filename.rpartition("/extractor/")[2]
            found.setdefault((f"{place}:{frame.f_lineno}", made.pattern), made)
        return made

    for library in kept:
        library.compile = partial(tell, library)
    try:
        yield found
    finally:
        for library, own in kept.items():
            library.compile = own


@cache
def shapes() -> tuple[tuple[str, Any], ...]:
    """Every Shape of the package with the name of its place."""
    import extractor
    from extractor.ground.shape import Shape

    found: dict[int, tuple[str, Any]] = {}
    for info in walk_packages(extractor.__path__, "extractor."):
        if not info.name.endswith("__main__"):
            for name, value in vars(import_module(info.name)).items():
                for shape in value if isinstance(value, tuple) else (value,):
                    if isinstance(shape, Shape):
                        found.setdefault(id(shape), (f"{info.name}.{name}", shape))
    return tuple(found.values())
