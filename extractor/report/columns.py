"""What documents state, as columns: themes and slogans with their groups, labels, marks and proof."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.report.facts import Claim, Facts
from extractor.report.grouping import Judged, Stated, joined, judged
from extractor.report.marks import marks
from extractor.report.national import National
from extractor.report.wording import LABELS, key_of

_SLOGANS_JOIN = 0.7


class Pool:
    """Words that stand once; ``pool("x")`` is their number, -1 for none."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._at: dict[str, int] = {}

    def __call__(self, words: str | None) -> int:
        if words is None:
            return -1
        if words not in self._at:
            self._at[words] = len(self.all)
            self.all.append(words)
        return self._at[words]


def proof(claim: Claim | None) -> list[Any] | None:
    """Page, confidence in percent, inferred, and the quote where it is not the words themselves."""
    if claim is None:
        return None
    quote = claim.quote if claim.text not in claim.quote or len(claim.quote) > len(claim.text) + 8 else ""
    return [claim.page, round(claim.confidence * 100), int(claim.status == "inferred"), quote]


def theme_columns(documents: Sequence[Facts], themes: Sequence[National]) -> dict[str, Any]:
    """One row a stated theme, and what the rows number: words, groups, national themes, marks."""
    stating = [(i, d, d.theme) for i, d in enumerate(documents) if d.theme]
    found = judged([Stated(c.text, d.campaign, d.year) for _, d, c in stating], themes)
    words = Pool()
    groups = _groups(found, [c.text for _, _, c in stating], themes)
    used = sorted(
        {j.base for j in found if j.base is not None} | {-1 - j.group for j in found if j.group < 0}
    )
    number = {base: n for n, base in enumerate(used)}
    rows = [
        (i, words(c.text), proof(c), groups[j.group][0], j)
        for (i, _, c), j in zip(stating, found, strict=True)
    ]
    return {
        "doc": [i for i, *_ in rows],
        "word": [w for _, w, *_ in rows],
        "proof": [p for _, _, p, *_ in rows],
        "group": [g for *_, g, _ in rows],
        "label": [LABELS.index(j.label) if j.label else -1 for *_, j in rows],
        "base": [-1 if j.base is None else number[j.base] for *_, j in rows],
        "words": words.all,
        "groups": [[name, number.get(national, -1)] for _, name, national in sorted(groups.values())],
        "national": [list(themes[base]) for base in used],
        "marks": _theme_marks(rows, words.all, groups, themes, number),
    }


def _theme_marks(
    rows: Sequence[tuple[int, int, Any, int, Judged]],
    words: Sequence[str],
    groups: Mapping[int, tuple[int, str, int]],
    themes: Sequence[National],
    number: Mapping[int, int],
) -> dict[str, Any]:
    """By ``word/base`` (against the national theme) and ``word:group`` (against the group's name)."""
    names = {n: name for n, name, _ in groups.values()}
    found = {}
    for _, word, _, group, judgement in rows:
        found[f"{word}:{group}"] = marks(names[group], words[word])
        if judgement.base is not None:
            found[f"{word}/{number[judgement.base]}"] = marks(themes[judgement.base].theme, words[word])
    return found


def _groups(
    found: Sequence[Judged], wordings: Sequence[str], themes: Sequence[National]
) -> dict[int, tuple[int, str, int]]:
    """Group → its number, the wording that names it (the national, else the typical), national theme."""
    members: dict[int, list[str]] = {}
    for judgement, wording in zip(found, wordings, strict=True):
        members.setdefault(judgement.group, []).append(wording)
    order = sorted(members, key=lambda g: (-len(members[g]), g))
    return {
        g: (n, themes[-1 - g].theme if g < 0 else _typical(members[g]), -1 - g if g < 0 else -1)
        for n, g in enumerate(order)
    }


def _typical(wordings: Sequence[str]) -> str:
    """The wording that most write, one in small letters where there is one."""
    keys = [key_of(wording) for wording in wordings]
    most = max(dict.fromkeys(keys), key=keys.count)
    same = [w for w, key in zip(wordings, keys, strict=True) if key == most]
    return min(same, key=lambda w: (w.isupper(), -same.count(w), w))


def slogan_columns(documents: Sequence[Facts]) -> dict[str, Any]:
    """One row a stated slogan, and the words and groups that the rows number."""
    stated = [(i, claim) for i, d in enumerate(documents) for claim in d.slogans]
    home = joined(Counter(key_of(claim.text) for _, claim in stated), _SLOGANS_JOIN)
    members: dict[str, list[str]] = {}
    for _, claim in stated:
        members.setdefault(home[key_of(claim.text)], []).append(claim.text)
    order = {g: n for n, g in enumerate(sorted(members, key=lambda g: (-len(members[g]), g)))}
    names = [_typical(members[g]) for g in order]
    words = Pool()
    rows = [(i, words(c.text), proof(c), order[home[key_of(c.text)]]) for i, c in stated]
    return {
        "doc": [r[0] for r in rows],
        "word": [r[1] for r in rows],
        "proof": [r[2] for r in rows],
        "group": [r[3] for r in rows],
        "words": words.all,
        "groups": names,
        "marks": {str(w): marks(names[g], words.all[w]) for _, w, _, g in rows},
    }
