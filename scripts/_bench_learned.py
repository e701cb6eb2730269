"""What learned parts are worth beside the rules, on documents they never saw: ``part | rule | model | kept``.

Two hands: plans composed in the held-out half of the grammar, and ``corpus/found``, which no model learned
from (its whole documents have mended the rules). The line-role model (``models/roles.tsv``) is measured end
to end, by the F1 of fields whose sections have lost their numbers; rankers of candidates (``_rankers.py``)
by what they take. A model is kept where it beats the rule in both hands.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from _calibrate import Seen, expected_error, unnumbered
from _rankers import Candidate, chosen, gathered, learned
from _roles import lessons
from corpus_numbers import WAYS, Source, composed, lose, written

from extractor import outline
from extractor.evaluation import Evaluation, compare
from extractor.outline.roles import HEADS, roles
from extractor.pipeline import build, repaired
from extractor.reading import given

FOUND = Path(__file__).resolve().parents[1] / "corpus" / "found"
SEED = 41
LEARNED_SEED = 71  # of the documents that rankers learn from
FIELDS = ("units", "units.tasks", "slogans", "theme", "period.start", "period.end")
RANKED = {"issuer": False, "theme": False, "parent_plans": True, "deadlines": True}
Hands = dict[str, list[Source]]


def run(count: int, taught: int) -> int:
    """Print the tables; 1 where a part that is kept does not beat its rule."""
    hands = {"held-out": list(composed("held-out", SEED, count)), "found": list(written(FOUND))}
    print(f"{'part':42} {'set':9} {'rule':>6} {'model':>6}  kept")
    worse = sum([*_line_roles(hands), *_fields(hands)])
    _rankers(hands, taught)
    _sureness(hands)
    _cost(hands["found"])
    return int(worse > 0)


def _say(part: str, hand: str, rule: float, model: float, kept: bool) -> bool:
    print(f"{part:42} {hand:9} {rule:6.3f} {model:6.3f}  {'yes' if kept else 'no'}")
    return kept and model < rule


def _line_roles(hands: Hands) -> Iterator[bool]:
    """F1 of the lines that head a section, where every number is lost or some are."""
    for hand, sources in hands.items():
        rule, model = Counter[str](), Counter[str]()
        for one in lessons(sources, every=True, ways=tuple(WAYS)):
            starts = {row.start for row in one.rows}
            paper = outline.draw(one.text)
            drawn = {s.span.start for s in paper.root.walk() if s.heads and s.title} & starts
            for row, role, told in zip(one.rows, one.roles, roles().told(one.rows), strict=True):
                if role:
                    wanted = role in HEADS
                    rule[_verdict(wanted, row.start in drawn)] += 1
                    model[_verdict(wanted, told.heads)] += 1
        yield _say("headings without numbers, lines", hand, _f1(rule), _f1(model), True)


def _verdict(wanted: bool, had: bool) -> str:
    return ("tp" if had else "fn") if wanted else "fp" if had else "tn"


def _f1(seen: Counter[str]) -> float:
    return 2 * seen["tp"] / max(1, 2 * seen["tp"] + seen["fp"] + seen["fn"])


def _fields(hands: Hands) -> Iterator[bool]:
    """F1 of fields whose sections have lost their numbers, each way; and of all fields where none is lost."""
    for way in ("whole", *WAYS):
        for hand, sources in hands.items():
            worn = [(name, _worn(name, text, way), gold) for name, text, gold in sources]
            rule, model = _scored(worn, _ruled), _scored(worn, _whole)
            for name in FIELDS:
                if way != "whole" and name in rule.fields and name in model.fields:
                    yield _say(f"{way}: {name}", hand, rule.fields[name].f1, model.fields[name].f1, True)
            yield _say(f"{way}: mean of all fields", hand, rule.mean, model.mean, True)


def _worn(name: str, text: str, way: str) -> str:
    return text if way == "whole" else lose(text, way, random.Random(name))


Reads = Callable[[str, str], dict[str, object]]


def _whole(name: str, text: str) -> dict[str, object]:
    return build(repaired(given(text, name))).to_dict(plain=True)


def _ruled(name: str, text: str) -> dict[str, object]:
    """The record by rules alone."""
    from unittest.mock import patch

    with patch.object(outline, "headed", lambda paper: None):
        return _whole(name, text)


def _scored(sources: Iterable[Source], reads: Reads) -> Evaluation:
    return Evaluation(tuple(compare(name, gold, reads(name, text)) for name, text, gold in sources))


def _rankers(hands: Hands, taught: int) -> None:
    """Candidates ranked by a model beside what the rules take: the share of documents where the one that is
    taken is right, for single values; F1 for lists.
    """
    known = list(gathered(composed("train", LEARNED_SEED, taught)))
    worn = {hand: list(gathered(sources, every=hand == "found")) for hand, sources in hands.items()}
    for field, many in RANKED.items():
        told = learned(known, field)
        for hand, documents in worn.items():
            rows = [document[field] for document in documents if document.get(field)]
            taken = [[one for one in some if one.taken] for some in rows]
            ranked = [chosen(some, told, many) for some in rows]
            judge = _listed if many else _right
            best = judge(rows, [[one for one in some if one.right][: None if many else 1] for some in rows])
            part = f"candidates: {field} (at best {best:.3f})"
            _say(part, hand, judge(rows, taken), judge(rows, ranked), False)


def _right(rows: Sequence[list[Candidate]], taken: Sequence[list[Candidate]]) -> float:
    """The share of documents where the one that is taken is right; those that have none are left out."""
    return sum(any(one.right for one in some) for some in taken) / max(1, len(rows))


def _listed(rows: Sequence[list[Candidate]], taken: Sequence[list[Candidate]]) -> float:
    seen = Counter[str]()
    for some, had in zip(rows, taken, strict=True):
        ids = set(map(id, had))
        seen.update(_verdict(one.right, id(one) in ids) for one in some)
    return _f1(seen)


def _sureness(hands: Hands) -> None:
    """Confidences of values that rest on headings without numbers."""
    for hand, sources in hands.items():
        values: list[Seen] = unnumbered(sources, every=False)
        right = sum(value.right for value in values) / max(1, len(values))
        told = sum(value.shipped for value in values) / max(1, len(values))
        error = expected_error(values, lambda value: value.shipped)
        print(f"values that rest on it, {hand}: {len(values)}, right {right:.3f}, ", end="")
        print(f"told {told:.3f}, error {error:.3f}")


def _cost(sources: Sequence[Source]) -> None:
    """Processor time of records with the model, against rules alone; medians of runs in turns."""
    for name, text, _ in sources:
        _whole(name, text)
    for way in ("whole", "numbers"):
        texts = [(name, _worn(name, text, way)) for name, text, _ in sources]
        turns = [(_time(texts, _ruled), _time(texts, _whole)) for _ in range(9)]
        print(f"time with / without, {way}: {median(b / a for a, b in turns):.3f}")


def _time(texts: Sequence[tuple[str, str]], reads: Reads) -> float:
    begin = time.process_time()
    for name, text in texts:
        reads(name, text)
    return time.process_time() - begin
