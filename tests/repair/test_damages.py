"""Every class of damage: what is mended is right, stays, replays, and is named."""

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.text import Text
from extractor.ground.vietnamese import is_syllable
from extractor.repair import mend
from scripts.repair_damage import CLASSES, Class
from tests.repair.test_laws import plans

ALL = pytest.mark.parametrize("each", CLASSES, ids=[each.name for each in CLASSES])

# Composed for this test; wide in its letters.
PLAN = """ỦY BAN NHÂN DÂN XÃ ĐÔNG SƠN
KẾ HOẠCH
Tổ chức ngày hội đọc sách và trồng cây đầu xuân năm 2024

Thực hiện Công văn số 37/UBND-VX ngày 09/01/2024 của Ủy ban nhân dân huyện, xã xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Khơi dậy thói quen đọc sách trong học sinh, đoàn viên, hội viên; mỗi thôn có một tủ sách dùng chung.

2. Trồng mới 3.500 cây bóng mát dọc đường làng, ngõ xóm; chăm sóc số cây đã trồng trong những năm trước.

II. NỘI DUNG

1. Thư viện huyện cho mượn 600 cuốn sách thiếu nhi, giới thiệu sách mới vào sáng thứ bảy hằng tuần.

2. Trường trung học cơ sở chuẩn bị hội trường, âm thanh, ánh sáng và hướng dẫn học sinh đi lại an toàn.

III. TỔ CHỨC THỰC HIỆN

1. Công chức văn hóa - xã hội theo dõi, đôn đốc, tổng hợp kết quả, báo cáo trước ngày 28/02/2024.

2. Đề nghị Hội Người cao tuổi kể chuyện lịch sử quê hương; Đoàn Thanh niên quyên góp truyện tranh, bút vở.
"""


SYLLABLES = [word for word in re.findall(r"[^\W\d_]{2,}", PLAN.lower()) if is_syllable(word)]


def damaged(each: Class, text: str) -> str:
    return each.damage(text, random.Random(each.name))


@ALL
def test_a_plan_comes_back(each: Class) -> None:
    """Word for word but for the share that the class may lose; nothing of it is left to mend."""
    text = mend(damaged(each, PLAN))
    whole, found = PLAN.split(), text.clean.split()
    wrong = sum((Counter(whole) - Counter(found)).values())
    assert wrong <= max((1 - each.bar) * len(whole), 3), Counter(whole) - Counter(found)
    assert mend(text.clean).clean == text.clean
    assert Text.replay(text.raw, text.ledger()) == text


@ALL
def test_its_class_is_named(each: Class) -> None:
    edits = [edit.rule for layer in mend(damaged(each, PLAN)).layers for edit in layer.edits]
    assert Counter(edits).most_common(1)[0][0] in each.rules


@ALL
@given(text=plans)
def test_mending_twice_changes_nothing(each: Class, text: str) -> None:
    once = mend(damaged(each, text))
    assert mend(once.clean).clean == once.clean
    assert Text.replay(once.raw, once.ledger()) == once


@pytest.mark.parametrize("each", [each for each in CLASSES if each.exact], ids=lambda each: each.name)
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=12, max_size=30))
def test_exact_damage_is_undone(each: Class, words: list[str]) -> None:
    text = " ".join(words)
    broken = damaged(each, text)
    changed = sum(a != b for a, b in zip(words, broken.split(" "), strict=False))
    if changed > 3 or "lookalike" in each.rules:  # one or two words of a code page can be anything
        assert mend(broken).clean == text
