"""Every format keeps what it must keep, on every document there is and on any string."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor import Record, extract
from tests.interop.laws import CHECKS
from tests.test_laws import ANY, DOCUMENTS, NAMES, record_of

Check = Callable[[Record], None]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_document_keeps_its_words_and_places(path: Path, check: Check) -> None:
    check(record_of(path))


#: letters of two halves, blanks that are none, line ends, and what XML, CSV and brat must not meet unguarded
STRANGE = st.sampled_from(
    [
        "𝐊",
        "😀",
        "\xa0",
        "\u2028",
        "\x85",
        "\x0c",
        "\x1f",
        "\x00",
        "\t",
        "#",
        ";",
        "&",
        "<",
        ">",
        '"',
        "'",
        "\\",
        "\ufffe",
    ]
)


@settings(max_examples=60)
@given(st.lists(st.one_of(ANY, STRANGE), max_size=6).map(" ".join))
@example(
    "😀 KẾ HOẠCH\n😀 Tổ chức Tết trồng cây 😀\nI. CHỦ ĐỀ: “Trồng cây 𝐊 gây rừng”\n# 1. Một\n1. Một\n1. Hai"
)
@example("")
def test_any_text_keeps_its_words_and_places(text: str) -> None:
    record = extract(text)
    for check in CHECKS:
        check(record)
