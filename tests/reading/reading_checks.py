"""What must hold of every source, and short views of one."""

from itertools import pairwise

from extractor.ground.source import Source


def check(source: Source) -> Source:
    """Pages tile raw; lines, where given, name every line of raw in order."""
    raw, pages = source.raw, source.pages
    assert raw.strip()
    if pages:
        assert pages[0].start == 0
        assert pages[-1].end == len(raw)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(a.end == b.start for a, b in pairwise(pages))
    if source.lines:
        assert [raw[line.start : line.end] for line in source.lines] == raw.split("\n")
        at = 0
        for line in source.lines:
            assert line.start == at
            at = line.end + 1
    return source


def texts(source: Source) -> list[str]:
    """The lines that say something."""
    return [line for line in check(source).raw.split("\n") if line.strip()]


def opens(source: Source) -> list[bool | None]:
    """``opens`` of every line."""
    return [line.opens for line in check(source).lines]
