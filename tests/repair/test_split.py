"""Spaces inside words: whole documents come back, clean and otherwise damaged ones stay."""

import random
import re
import time
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.text import Text
from extractor.ground.vietnamese import is_syllable
from extractor.repair import mend
from extractor.repair.split import split

PLANS = Path(__file__).parents[2] / "corpus" / "plans"
SOME = [path for path in sorted(PLANS.glob("*.txt")) if not path.stem.endswith(".damaged")][:4]
ONSET = re.compile("(?i)ngh|[cgknpt]h|gi|ng|qu|tr|[bcdđghklmnpqrstvx]")
WORDS = (
    "trường học nhân dân toàn thể quốc gia khuyến khích nghiêm túc ủy ban xã ở ý a b c đ m Trường HỌC UBND"
)
SYLLABLES = st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=40)


def torn(text: str, share: float, seed: int = 0, onset: bool = False) -> str:
    """A space in some of the syllables, behind their onset or anywhere."""
    rng = random.Random(seed)

    def tear(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 2 or not is_syllable(word) or rng.random() >= share:
            return word
        head = ONSET.match(word)
        at = head.end() if onset and head and head.end() < len(word) else rng.randrange(1, len(word))
        return f"{word[:at]} {word[at:]}"

    return re.sub(r"[^\W\d_]+", tear, text)


def right(whole: str, found: str) -> float:
    """Share of the words of every line that stand in the found line, in order."""
    good = total = 0
    for line, other in zip(whole.split("\n"), found.split("\n"), strict=True):
        pair = SequenceMatcher(None, line.split(), other.split(), autojunk=False)
        good += sum(block.size for block in pair.get_matching_blocks())
        total += len(line.split())
    return good / total


def once(text: str) -> str:
    return Text.of(text).edited("split", split(text)).clean


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
@pytest.mark.parametrize(("share", "onset"), [(0.4, True), (0.4, False), (0.07, False)])
def test_split_plans_come_back(path: Path, share: float, onset: bool) -> None:
    whole = mend(path.read_text("utf-8")).clean
    text = mend(torn(whole, share, onset=onset))
    assert right(whole, text.clean) > 0.98
    assert mend(text.clean).clean == text.clean
    assert Text.replay(text.raw, text.ledger()) == text


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_letter_spaced_plans_come_back(path: Path) -> None:
    whole = mend(path.read_text("utf-8")).clean
    tight = "\n".join(" ".join(line.replace(" ", "")) for line in whole.split("\n"))
    wide = "\n".join(" ".join(line) for line in whole.split("\n"))
    assert right(whole, once(tight)) > 0.97
    assert right(whole, once(wide)) > 0.99
    assert [mend(text).clean for text in (mend(tight).clean, mend(wide).clean)] == [
        mend(tight).clean,
        mend(wide).clean,
    ]


@pytest.mark.parametrize("letters", ["âấó,.", "ôóâ,", "hâ", "i", "ư", "ạ"])
def test_lost_letters_are_no_spaces(letters: str) -> None:
    """Where glyphs were dropped, what is left of words is not joined."""
    for path in SOME:
        whole = mend(path.read_text("utf-8")).clean
        lost = whole.translate({ord(letter): " " for letter in letters})
        assert len(list(split(lost))) <= 2


@given(SYLLABLES, st.floats(0, 1), st.integers(0, 99))
def test_mending_torn_words_twice_changes_nothing(words: list[str], share: float, seed: int) -> None:
    text = mend(torn(" ".join(words), share, seed))
    assert mend(text.clean).clean == text.clean
    assert text.clean.replace(" ", "") == "".join(words)


@given(st.text(st.sampled_from('aáấôđtrnghĐẮY  \n1./-("')))
def test_only_spaces_go(raw: str) -> None:
    text = Text.of(raw).edited("split", split(raw))
    assert text.clean.replace(" ", "") == raw.replace(" ", "")
    assert all(raw[edit.start : edit.end].isspace() for layer in text.layers for edit in layer.edits)
    assert once(text.clean) == text.clean


@pytest.mark.parametrize("unit", ["hư ởng ứ ng, c ây ", "to àn ", "K Ế H O Ạ C H ", "a ", "Ă"])
def test_one_line_of_many_tokens(unit: str) -> None:
    text = unit * (100_000 // (unit.count(" ") or 1))
    start = time.perf_counter()
    once(text)
    assert time.perf_counter() - start < 60e-6 * len(text) + 1
