"""The code pages as codecs: there and back, in pieces, and what they lack."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import legacy
from extractor.ground.vietnamese import LETTERS

SMALL = "".join(sorted(letter for letter in LETTERS if letter.islower()))
WORDS = "Ủy ban nhân dân huyện giao nhiệm vụ, đường vào trường; 1. Kỹ năng (5 buổi)\n"

# An independent source for some of the codes: RFC 1456, TCVN 5712:1993, VNI's own table, Windows-1258.
KNOWN = [
    ("viscii", b"Ti\xaang Vi\xaet \xf0\xdf\xfec", "Tiếng Việt được"),
    ("tcvn3", b"Ti\xd5ng Vi\xd6t \xae\xad\xeec", "Tiếng Việt được"),
    ("vni", b"Tie\xe1ng Vie\xe4t \xf1\xf6\xf4\xefc", "Tiếng Việt được"),
    ("cp1258", b"Ti\xea\xecng Vi\xea\xf2t \xf0\xfd\xf5\xf2c", "Tiếng Việt được"),
    ("viqr", b"Tie^'ng Vie^.t ddu+o+.c", "Tiếng Việt được"),
]


@pytest.mark.parametrize(("name", "content", "text"), KNOWN, ids=[row[0] for row in KNOWN])
def test_known_bytes(name: str, content: bytes, text: str) -> None:
    assert legacy.decode(content, name) == text
    assert legacy.encode(text, name) == content


@pytest.mark.parametrize("name", legacy.names())
def test_every_small_letter_comes_back(name: str) -> None:
    for letter in SMALL:
        assert legacy.decode(legacy.encode(letter, name), name) == letter


@pytest.mark.parametrize("name", legacy.names())
@given(st.text(SMALL + "abcdeghiklmnopqrstuvxy ,;\n", max_size=40))
def test_words_come_back(name: str, text: str) -> None:
    if name != "viqr":  # whose marks are letters' neighbours in plain text too
        assert legacy.decode(legacy.encode(text, name), name) == text


@pytest.mark.parametrize("name", legacy.names())
@given(st.binary(max_size=60))
def test_any_bytes_are_read(name: str, content: bytes) -> None:
    assert isinstance(legacy.decode(content, name), str)


def test_python_knows_them() -> None:
    legacy.register()
    assert WORDS.encode("vni").decode("vni") == WORDS
    assert WORDS.encode("tcvn3").decode("tcvn3") == WORDS.replace("Ủ", "ủ")
    file = io.TextIOWrapper(io.BytesIO((WORDS * 3000).encode("vni")), encoding="vni")
    assert file.read() == WORDS * 3000


def test_what_a_code_page_lacks() -> None:
    with pytest.raises(UnicodeEncodeError, match="not in this code page"):
        legacy.encode("5 Ω", "tcvn3")
    assert legacy.encode("5 Ω", "tcvn3", "replace") == b"5 ?"
    assert legacy.encode("“a”", "tcvn3") == b"\x93a\x94"
    with pytest.raises(LookupError, match="no table"):
        legacy.decode(b"", "tcvn4")
    with pytest.raises(LookupError, match="use one of"):
        legacy.decode(b"", "utf16_low_byte")
