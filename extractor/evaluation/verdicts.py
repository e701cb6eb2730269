"""Which values of a plain record are right, one by one, as its gold record has it.

Where :mod:`~extractor.evaluation.agreement` counts, this says yes or no of each value and of each key of a
composed one: what a calibration of confidences is made from. The same rules tell what is equal; ``scope``
and ``budget`` are compared as texts.
"""

from collections.abc import Mapping
from typing import Any

from extractor.evaluation.agreement import OPEN_ENDED, Json, item_equal, same, settles

Verdict = Mapping[str, bool]
"""Key of a composed value (``""`` where the value is one text) → whether it is right."""

_SINGLE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("doc_type", "number", "symbol", "date", "place", "title"), ("",)),
    **dict.fromkeys(("theme", "scope", "budget"), ("",)),
    "issuer": ("name", "level", "province", "district", "commune"),
    "period": ("start", "end"),
    "signer": ("name", "title"),
}  # fmt: skip
#: list field → the keys by which a row finds its gold one, and the others
_LISTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "parent_plans": (("number", "date"), ("issuer",)),
    "citations": (("type", "number", "date"), ()),
    "slogans": (("",), ()),
    "units": (("name",), ("within", "tasks")),
    "deadlines": (("date",), ("recipient", "via")),
    "recipients": (("",), ()),
}


def verdicts(gold: Json, predicted: Json) -> dict[str, list[Verdict]]:
    """Field → a verdict each value of ``predicted``, in its order; one of a single field, also where it is
    ``null``. Fields that the gold record does not settle are left out.
    """
    found: dict[str, list[Verdict]] = {}
    for field, keys in _SINGLE.items():
        if field in gold and settles(gold, field):
            found[field] = [{key: _alike(field, key, gold[field], predicted.get(field)) for key in keys}]
    for field in _LISTED:
        if field in gold and settles(gold, field):
            found[field] = _listed(field, list(gold[field] or ()), list(predicted.get(field) or ()))
    return found


def _listed(field: str, gold: list[Any], predicted: list[Any]) -> list[Verdict]:
    """Rows are paired one to one: first those that agree in all, then those that agree in the first keys."""
    first, others = _LISTED[field]
    judged = [dict.fromkeys((*first, *others), False) for _ in predicted]
    open_rows = set(range(len(predicted)))
    rest = gold
    for wanted in ((*first, *others), first):
        left = []
        for row in rest:
            at = next((i for i in sorted(open_rows) if _agree(field, wanted, row, predicted[i])), None)
            if at is None:
                left.append(row)
            else:
                open_rows.discard(at)
                judged[at] = {key: _alike(field, key, row, predicted[at]) for key in judged[at]}
        rest = left
    return list(judged)


def _agree(field: str, keys: tuple[str, ...], gold: Any, predicted: Any) -> bool:
    return all(_alike(field, key, gold, predicted) for key in keys)


def _alike(field: str, key: str, gold: Any, predicted: Any) -> bool:
    """Whether one key of two values says the same; what neither states is the same."""
    wanted, had = _at(gold, key), _at(predicted, key)
    if key == "tasks":
        return _count(wanted) == _count(had)
    if not wanted or not had:
        return not wanted and (not had or (field, key) == ("parent_plans", "issuer"))
    whole = f"{field}.{key}"
    return item_equal(whole)(("", wanted), ("", had)) if whole in OPEN_ENDED else same(wanted, had)


def _at(value: Any, key: str) -> Any:
    if not key:
        return value
    return value.get(key) if isinstance(value, Mapping) else None


def _count(tasks: Any) -> int:
    return tasks if isinstance(tasks, int) else len(tasks or ())
