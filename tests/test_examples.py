"""Every pattern and every row of cue words proves itself by its own examples."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import extractor
from extractor.ground.cues import Cue, cue_rows, cues
from extractor.ground.shape import Shape


def _shapes() -> Iterator[tuple[str, Shape]]:
    seen: set[int] = set()
    for info in walk_packages(extractor.__path__, "extractor."):
        if info.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(info.name)).items():
            for shape in _inside(value):
                if id(shape) not in seen:
                    seen.add(id(shape))
                    yield f"{info.name}.{name}", shape


def _inside(value: object) -> Iterator[Shape]:
    if isinstance(value, Shape):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _inside(part)


SHAPES = list(_shapes())
CUE_TABLES = (
    "about",
    "assignees",
    "heading_verbs",
    "no_assignees",
    "partner_ends",
    "posts",
    "task_verbs",
    "to_whom_ends",
)


@pytest.mark.parametrize(("name", "shape"), SHAPES, ids=[name for name, _ in SHAPES])
def test_a_shape_catches_its_yes_and_leaves_its_no(name: str, shape: Shape) -> None:
    assert shape.yes, f"{name} has no example"
    missed = [yes for yes in shape.yes if not shape.catches(yes)]
    caught = [no for no in shape.no if shape.catches(no)]
    assert (missed, caught) == ([], []), name


@pytest.mark.parametrize("name", CUE_TABLES)
def test_a_cue_row_catches_its_yes_and_leaves_its_no(name: str) -> None:
    pattern = cues(name)
    rows = cue_rows(name)
    assert rows
    assert len({row.words for row in rows}) == len(rows), "a row stands twice"
    for row in rows:
        for yes in row.yes or (row.words,):
            assert pattern.match(yes), f"{name}: {row.words!r} does not catch {yes!r}"
        for no in row.no:
            assert not _catches(row, no, pattern), f"{name}: {row.words!r} catches {no!r}"


def _catches(row: Cue, words: str, pattern: object) -> bool:
    found = pattern.match(words)  # type: ignore[attr-defined]
    return found is not None and found.group().lower() == row.words.lower()
