"""The values of a record as rows to read: words, trust, reason and proof, the doubtful first."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from dataclasses import fields as keys_of
from typing import Any

from extractor.fields import fields
from extractor.ground.field import ABSENT, BLANK, TOLD, UNREADABLE, Field
from extractor.ground.source import Place
from extractor.pages import Words, grade
from extractor.record import Value
from extractor.view.proofs import Proofs

#: grades that somebody should look at
DOUBTFUL = ("dark", "weak", "doubt")


@dataclass(frozen=True, slots=True)
class Said:
    """One key of a value in words; ``key`` is ``None`` for a value that has but one. ``items`` are those of a
    list.
    """

    key: str | None
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One value as the page shows it; ``proof`` is a number of :class:`Proofs`, ``why`` the reason in
    words.
    """

    said: tuple[Said, ...]
    status: str
    grade: str
    confidence: float
    rule: str
    pages: tuple[int, ...]
    quotes: tuple[str, ...]
    proof: int | None
    why: str = ""
    parts: tuple[tuple[str, "Row"], ...] = ()
    at: int = 0

    @property
    def doubt(self) -> float:
        """What orders values: unreadable, then by confidence; what is simply not there comes last."""
        if self.status in (ABSENT, BLANK):
            return 2.0
        return -1.0 if self.status == UNREADABLE else self.confidence


@dataclass(frozen=True, slots=True)
class Card:
    """One field: its values, and the candidates that lost. ``doubt`` orders the cards, least first."""

    name: str
    rank: int
    rows: tuple[Row, ...]
    rivals: tuple[Row, ...]
    grade: str
    doubt: float

    @property
    def doubtful(self) -> bool:
        """Whether one of its values should be looked at."""
        return any(row.grade in DOUBTFUL for row in self.rows)


def cards(
    values: Mapping[str, Any], rivals: Mapping[str, Sequence[Value[Any]]], proofs: Proofs, words: Words
) -> list[Card]:
    """The fields of a record, what cannot be read and what is least sure before the rest."""
    known = {field.name: field for field in fields()}
    found = []
    for name, value in values.items():
        if name in known:
            many = tuple(value) if isinstance(value, tuple) else (value,)
            label = words.named("field", name)
            rows = sorted(
                (_row(one, label, proofs, words, main=True, at=at) for at, one in enumerate(many)),
                key=lambda row: (row.doubt, row.at),
            )
            others = _rivals(many[0], rivals.get(name, ()), label, proofs, words) if many else ()
            worst, doubt = (rows[0].grade, rows[0].doubt) if rows else ("none", 2.0)
            found.append(Card(name, known[name].rank, tuple(rows), others, worst, doubt))
    return sorted(found, key=lambda card: (card.doubt, card.rank))


def _row(
    value: Value[Any],
    label: str,
    proofs: Proofs,
    words: Words,
    *,
    main: bool = False,
    why: str = "",
    at: int = 0,
) -> Row:
    confidence = min(1.0, max(0.0, float(value.confidence)))
    return Row(
        _listed(value.value, words) if isinstance(value.value, list) else said(value.value),
        value.status,
        grade(confidence, value.status),
        confidence,
        rule_words(value.rule, words),
        tuple(sorted({place.page for one in value.evidence for place in one.places if _real(place)})),
        tuple(str(one.quote) for one in value.evidence),
        proofs.add(value.evidence, label, main),
        why,
        tuple(
            (words.get(f"key_{key}", key), _row(part, label, proofs, words))
            for key, part in value.parts.items()
        ),
        at,
    )


def _real(place: Place) -> bool:
    return isinstance(place.page, int) and place.page > 0


def _rivals(
    winner: Value[Any], considered: Sequence[Value[Any]], label: str, proofs: Proofs, words: Words
) -> tuple[Row, ...]:
    """The other candidates with the reason why they are not the value; the same words are told once."""
    seen, found = {_same(winner)}, []
    for value in considered[1:]:
        if _same(value) in seen:
            continue
        seen.add(_same(value))
        found.append(_row(value, label, proofs, words, why=words(_reason(winner, value))))
    return tuple(found)


def _same(value: Value[Any]) -> tuple[str, frozenset[tuple[int, int]]]:
    """What makes two candidates one: the value and the words that it rests on."""
    return repr(value.value), frozenset((one.span.start, one.span.end) for one in value.evidence)


def _reason(winner: Value[Any], value: Value[Any]) -> str:
    if value.value == winner.value:
        return "rival_agrees"
    return "rival_less_sure" if value.confidence < winner.confidence else "rival_later"


def said(value: Any) -> tuple[Said, ...]:
    """A value in words, key by key; empty keys are left out."""
    if value is None:
        return ()
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if not isinstance(value, Mapping):
        return (Said(None, str(value)),)
    found = []
    for key, one in value.items():
        if isinstance(one, list | tuple):
            found.append(Said(str(key), "", tuple(map(str, one))))
        elif one is not None:
            found.append(Said(str(key), str(one)))
    return tuple(found)


def _listed(rows: list[Any], words: Words) -> tuple[Said, ...]:
    """What a part lists, a line each: ``nhiệm vụ 2 · phối hợp · Công an huyện · cơ quan nhà nước``."""
    return (Said(None, "", tuple(_line(row, words) for row in rows)),) if rows else ()


def _line(row: Any, words: Words) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    told = []
    for key, one in row.items():
        if isinstance(one, bool):
            told += [words.get(f"item_{key}", str(key))] if one else []
        elif isinstance(one, int):
            told.append(f"{words.get(f'item_{key}', str(key))} {one + 1}")
        elif one is not None:
            label = f"{words.get(f'item_{key}', str(key))} " if key == "today" else ""
            told.append(label + words.get(f"item_{key}_{one}", str(one)))
    return " · ".join(dict.fromkeys(told))


def rule_words(rule: str, words: Words) -> str:
    """The way a value was found, in words where the table has them."""
    if rule.endswith(TOLD):
        return f"{rule_words(rule.removesuffix(TOLD), words)} ({words(f'rule{TOLD}')})"
    return words.get(f"rule_{rule}", rule.replace("_", " "))


def shapes() -> list[dict[str, Any]]:
    """What each field looks like, for the editor: its name, whether it is a list, its keys, their kinds."""
    return [{"name": field.name, "many": field.many, "keys": _keys(field)} for field in fields()] + [
        {"name": "outline", "many": True, "pairs": True, "keys": [_key("path", str), _key("title", str)]}
    ]


def _keys(field: Field) -> list[dict[str, str]] | None:
    return [_key(one.name, one.type) for one in keys_of(field.value)] if is_dataclass(field.value) else None


def _key(name: str, kind: Any) -> dict[str, str]:
    return {"key": name, "kind": "lines" if "tuple" in str(kind) else "level" if name == "level" else "text"}
