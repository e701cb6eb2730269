"""Names of bodies in capitals, spelled as one writes them.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục II (viết hoa): one capital for the head word, one for what it
is about, all for names of places; fixed names stand in ``tables/spelling.tsv``.
"""

from functools import cache
from typing import NamedTuple

import regex

from extractor.ground.bodies import CLASS_LEVEL, head_of
from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable

_PARTY = ("ủy", "uỷ", "đoàn")
_SCHOOLS = (
    "tiểu học",
    "mầm non",
    "mẫu giáo",
    "cơ sở",
    "phổ thông",
    "thpt",
    "thcs",
    "th",
    "cao đẳng",
    "đại học",
)
_SMALL = frozenset(
    ["và", "của", "các", "về", "cho", "với", "trên", "theo", "tại", "thuộc", "do", "hoặc", "trong"]
)
_TOPICS = frozenset(["sở", "bộ", "phòng", "trung", "khoa", "ban", "cục", "chi", "viện", "vụ", "tổng", "văn"])
_NO_TOPIC = frozenset(["chống", "ngừa", "các", "nhân", "hội"])


class Phrase(NamedTuple):
    """One row of ``tables/spelling.tsv``."""

    phrase: str


def proper_case(name: str) -> str:
    """``SỞ Y TẾ TỈNH LÀO CAI`` → ``Sở Y tế tỉnh Lào Cai``; a name that has small letters stays as it is."""
    if any(c.islower() for c in name) or not name.strip():
        return name
    words = name.split()
    low = [word.lower() for word in words]
    head = len((head_of(name) or low[0]).split())
    out = [_spelled(words, low, at, head) for at in range(len(words))]
    spelled = _phrases().sub(lambda m: _fixed()[m.group().lower()], " ".join(out))
    return spelled[:1].upper() + spelled[1:]


def _spelled(words: list[str], low: list[str], at: int, head: int) -> str:
    word, bare = words[at], low[at].strip(',.()“”"-')
    if any(c.isdigit() for c in word) or (len(bare) > 1 and not is_syllable(bare)):
        return word if _abbreviation(bare) else word.capitalize()
    if at and _class_word(low, at):
        return low[at]
    if _in_place(low, at) or (_topic(low, at, head) and low[at] not in _SMALL):
        return word.capitalize()
    return low[at]


def _abbreviation(bare: str) -> bool:
    """Letters that no syllable has (``THPT``, ``TNCS``), against a name such as ``Đắk``."""
    return not any(c in "aăâeêioôơuưyáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ" for c in bare) or len(bare) > 5


def _class_word(low: list[str], at: int) -> bool:
    """Whether a word is (a part of) a class word: ``tỉnh``, ``thành phố``; not ``xã hội``, ``huyện đoàn``."""
    after = low[at + 1] if at + 1 < len(low) else ""
    if low[at] in ("xã", "huyện", "tỉnh", "thị", "quận") and after in ("hội", *_PARTY):
        return False
    two, before = f"{low[at]} {after}", f"{low[at - 1]} {low[at]}"
    return low[at] in CLASS_LEVEL or two in CLASS_LEVEL or before in CLASS_LEVEL


def _in_place(low: list[str], at: int) -> bool:
    """Whether a word belongs to a name: behind a class word, ``huyện ủy``, ``tỉnh đoàn``, a school's kind."""
    for before in range(at - 1, -1, -1):
        two = f"{low[before - 1]} {low[before]}" if before else low[before]
        if low[before] in _SMALL or low[before].endswith(","):
            return False
        if before and _class_word(low, before):
            return True
        if before == 1 and low[before] in _PARTY and low[0] in ("huyện", "tỉnh", "thành", "thị", "quận"):
            return True
        if low[0] == "trường" and (two in _SCHOOLS or low[before] in _SCHOOLS):
            return True
    return False


def _topic(low: list[str], at: int, head: int) -> bool:
    """Whether a word opens what the body is about: first of all, behind the head, ``-``, ``và``, a comma."""
    if at in (0, head):
        return True
    before = low[at - 1]
    joined = before in ("-", "–", "và") or before.endswith(",")
    return joined and low[0] in _TOPICS and low[at] not in _NO_TOPIC


@cache
def _fixed() -> dict[str, str]:
    return {row.phrase.lower(): row.phrase for row in table("spelling.tsv", Phrase).rows}


@cache
def _phrases() -> "regex.Pattern[str]":
    words = "|".join(regex.escape(phrase) for phrase in sorted(_fixed(), key=len, reverse=True))
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{words})(?!\p{{L}})")
