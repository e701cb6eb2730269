"""What the files of a root are called in a store: once named, always so, whatever is given beside it.

The files of a store's first root are named from it on. Of roots that are given together, or come later, each
file's path begins with its root as given: so ``batch A``, then ``batch A B`` (or ``batch B``) adds files
``B/…`` and leaves those of A what they were. A root that has been moved keeps its files' names: nothing is
left at its old place, and its own name is the same.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import PurePath

from extractor.archive.walk import shown


class Roots:
    """The roots of one run, named as ``known`` (place → prefix) has them, or anew.

    ``taken(prefix)``: whether a file of the store has a path that is ``prefix`` or begins with it.
    """

    def __init__(
        self, given: Sequence[str], known: Iterable[tuple[str, str]], taken: Callable[[str], bool]
    ) -> None:
        self._known = dict(known)
        self._all = set(self._known.values())
        first = not self._all and not taken("")
        old = not self._all and not first  # a store of a version that did not keep them
        self._prefixes: dict[str, str] = {}  # root → prefix, of this run
        places = {place_of(root): root for root in sorted(given, reverse=True)}
        for place, root in sorted(places.items(), key=lambda one: one[1]):
            prefix = self._prefix_of(place, _holds_files(root))
            if prefix is None:
                prefix = as_given(root, alone=len(places) == 1 and (first or old))
                prefix = self._free(prefix, taken) if prefix and not old else prefix
            self._known[place] = self._prefixes[root] = prefix
            self._all.add(prefix)
        self._ours = set(self._prefixes.values())

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
        return self.owner(path) in self._ours

    def owner(self, path: str) -> str | None:
        """The prefix of the root whose file a path is, if it is one's: the longest."""
        whole = path + "/"  # a root may be a file
        end = len(whole)
        while whole[:end] not in self._all:
            if not end:
                return None
            end = whole.rfind("/", 0, end - 1) + 1
        return whole[:end]

    def apart(self, path: str, prefix: str) -> str:
        """A path of the root with ``prefix`` that is none of another root's: a folder of A may be called B,
        as the root B is.
        """
        while (other := self.owner(path)) not in (prefix, None) and other:
            path = f"{other[:-1]} (2)/{path[len(other) :]}".rstrip("/")
        return path

    def _prefix_of(self, place: str, holds_files: bool) -> str | None:
        """The prefix of a root that is known, or was before it was moved."""
        if place in self._known:
            return self._known[place]
        name = PurePath(place).name
        for other in sorted(self._known) if holds_files else ():
            if PurePath(other).name == name and "://" not in other and not os.path.lexists(other):
                return self._known.pop(other)
        return None

    def _free(self, prefix: str, taken: Callable[[str], bool]) -> str:
        """The prefix, numbered where others have it."""
        names = (f"{prefix[:-1]} ({number})/" if number > 1 else prefix for number in count(1))
        return next(name for name in names if name not in self._all and not taken(name))


def _holds_files(root: str) -> bool:
    return "://" not in root and (os.path.isdir(root) or root.lower().endswith(".zip"))


def place_of(root: str) -> str:
    """Where a root lies: what tells it from others."""
    return shown(root if "://" in root else os.path.abspath(root))


def as_given(root: str, alone: bool) -> str:
    """How the paths of a root's files begin that has no name yet: with nothing where it is ``alone``, else
    with the root as given.
    """
    return "" if alone else shown(root.replace(os.sep, "/").strip("/") + "/")
