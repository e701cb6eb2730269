"""What two records say differently: of one document before and after a change of rules, or of two copies."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from extractor.ground.trouble import Misuse
from extractor.record import Record


class Change(NamedTuple):
    """One difference: ``where`` (``theme``, ``issuer.level``, ``deadlines[1]``), its value ``before`` and
    ``after``.

    What only one of the records has stands against ``None``. The place in a list is that in the record that
    has it, counted from 0.
    """

    where: str
    before: Any
    after: Any


def diff(before: Record, after: Record) -> list[Change]:
    """The differences of the values of two records, field by field; empty where both say the same.

    Raises :class:`Misuse` for what is no record.
    """
    given: tuple[Any, ...] = (before, after)
    for one in given:
        if not isinstance(one, Record):
            said = f"differences are those of two records, not of a {type(one).__name__}"
            remedy = "Give what extract() makes; Record.from_json() reads one from JSON."
            raise Misuse("no_records", said, remedy, stage="diff")
    old, new = before.to_dict(plain=True), after.to_dict(plain=True)
    names = [*old, *(name for name in new if name not in old)]
    return [change for name in names for change in _changes(name, old.get(name), new.get(name))]


def _changes(where: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            yield from _changes(f"{where}.{key}", old[key], new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_changes(where, old, new)
    else:
        yield Change(where, old, new)


def _list_changes(where: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Items that stand in both in the same order are the same; what is left is paired in order."""
    keys = [[json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items] for items in (old, new)]
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for n in range(max(b - a, d - c)):
            before, after = old[a + n] if a + n < b else None, new[c + n] if c + n < d else None
            at = f"{where}[{c + n if c + n < d else a + n}]"
            yield from _changes(at, before, after)
