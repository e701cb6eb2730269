"""What the files of a root are called in a store: once named, always so, whatever is given beside it.

The files of a store's first root are named from it on. Of roots that are given together, or come later, each
file's path begins with its root as given: so ``batch A``, then ``batch A B`` (or ``batch B``) adds files
``B/…`` and leaves those of A what they were. What lies within a root that the store knows goes by the names
that it has there. A root that has been moved keeps its files' names: nothing is left at its old place, and
its own name and most of its files are the same.
"""

import os
from collections.abc import Sequence
from itertools import count, islice
from pathlib import Path, PurePath

from extractor.archive.store import Store
from extractor.archive.walk import shown

_SAMPLE = 100  # files by which a root is known again


class Roots:
    """The roots of one run, named as the store has them, or anew."""

    def __init__(self, given: Sequence[str], store: Store) -> None:
        self._store = store
        self._known = dict(store.roots())  # place → prefix
        self._all = set(self._known.values())
        self._first = not self._all and not store.has_below("")
        self._old = not self._all and not self._first  # a store of a version that did not keep them
        self._prefixes: dict[str, str] = {}  # root → prefix, of this run
        places = {place_of(root): root for root in sorted(given, reverse=True)}
        for place, root in sorted(places.items(), key=lambda one: one[1]):
            if places.keys().isdisjoint(_around(place)):  # else it is given twice
                self._prefixes[root] = self._prefix_of(place, root, alone=len(places) == 1)
        self._ours = set(self._prefixes.values())
        self._either = self._all | self._ours

    @property
    def prefixes(self) -> list[tuple[str, str]]:
        """Root → prefix, in the order of the roots."""
        return list(self._prefixes.items())

    @property
    def places(self) -> list[tuple[str, str]]:
        """Place → prefix of all roots that the store has had."""
        return sorted(self._known.items())

    def holds(self, path: str) -> bool:
        """Whether a path is one of a root of this run."""
        return _longest(path, self._either) in self._ours

    def owner(self, path: str) -> str | None:
        """The prefix of the root whose file a path is, if it is one's."""
        return _longest(path, self._all)

    def apart(self, path: str, prefix: str) -> str:
        """A path of the root with ``prefix`` that is none of another root's: a folder of A may be called B,
        as the root B is.
        """
        own = _longest(prefix[:-1], self._all) if prefix else prefix
        while (other := self.owner(path)) not in (own, None) and other:
            path = f"{other[:-1]} (2)/{path[len(other) :]}".rstrip("/")
        return path

    def _prefix_of(self, place: str, root: str, alone: bool) -> str:
        """The prefix of a root: that of a known one, within one, of one that was moved, or a new one."""
        within = None if place in self._known else self._within(place)
        if within is not None:
            return within
        prefix = self._known.get(place)
        if prefix is None and os.path.isdir(root):
            prefix = self._moved(place)
        if prefix is None:
            prefix = "" if alone and (self._first or self._old) else as_given(root)
            prefix = self._free(prefix) if prefix and not self._old else prefix
        self._known[place] = prefix
        self._all.add(prefix)
        return prefix

    def _moved(self, place: str) -> str | None:
        """The prefix of a root of this name of which nothing is left at its place, and whose files are here:
        another one of its name, as on another disk, is none.
        """
        name = PurePath(place).name
        for other, prefix in sorted(self._known.items()):
            if PurePath(other).name == name and not _is_there(other) and self._are_here(prefix, place):
                return self._known.pop(other)
        return None

    def _are_here(self, prefix: str, place: str) -> bool:
        """Whether most files of a root (of a sample of them) lie at a place, with their sizes."""
        of_root = (one for one in self._store.below(prefix) if self.owner(one[0]) == prefix)
        sample = list(islice(of_root, _SAMPLE))
        return 2 * sum(_size(Path(place, path[len(prefix) :])) == size for path, size in sample) > len(sample)

    def _within(self, place: str) -> str | None:
        """The prefix of what lies within a root that is known."""
        for folder in _around(place):
            if folder in self._known:
                return f"{self._known[folder]}{PurePath(place).relative_to(folder).as_posix()}/"
        return None

    def _free(self, prefix: str) -> str:
        """The prefix, numbered where others have it."""
        names = (f"{prefix[:-1]} ({number})/" if number > 1 else prefix for number in count(1))
        return next(name for name in names if name not in self._all and not self._store.has_below(name))


def _around(place: str) -> list[str]:
    """The folders that a place lies in, the nearest first."""
    return [] if "://" in place else [str(folder) for folder in PurePath(place).parents]


def _longest(path: str, prefixes: set[str]) -> str | None:
    """The longest of ``prefixes`` that a path, or a folder of this path, begins with."""
    whole = path + "/"  # a root may be a file
    end = len(whole)
    while whole[:end] not in prefixes:
        if not end:
            return None
        end = whole.rfind("/", 0, end - 1) + 1
    return whole[:end]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


def _is_there(place: str) -> bool:
    return "://" in place or os.path.lexists(place)


def place_of(root: str) -> str:
    """Where a root lies: what tells it from others."""
    return shown(root.rstrip("/") if "://" in root else os.path.abspath(root))


def as_given(root: str) -> str:
    """How the paths of a root's files begin that has no name yet: with the root as given."""
    return shown(root.replace(os.sep, "/").strip("/") + "/")
