"""A PDF that is damaged inside says so; one that is whole never does."""

import random
import zlib
from pathlib import Path

import pytest

from extractor import extract
from extractor.reading.damaged import damaged


@pytest.fixture(scope="module")
def whole(corpus: Path) -> bytes:
    return (corpus / "plans" / "tinh-2021-chuyen-doi-so.pdf").read_bytes()


def file_of(packed: bytes, head: str = "/Filter /FlateDecode") -> bytes:
    return b"%%PDF-1.7\n1 0 obj\n<<%s/Length 9>>\nstream\n%s\nendstream\nendobj\n%%%%EOF" % (
        head.encode(),
        packed,
    )


def test_whole_files_are_whole(corpus: Path) -> None:
    files = sorted(corpus.rglob("*.pdf"))
    assert len(files) > 3
    assert [file.name for file in files if damaged(file.read_bytes())] == []


@pytest.mark.parametrize("seed", range(12))
def test_damage_of_a_page_is_noted_whatever_is_left_of_it(whole: bytes, seed: int) -> None:
    chance = random.Random(seed)
    start = whole.index(b"stream") + 10
    at = chance.randrange(start, whole.index(b"endstream") - 40)
    bad = whole[:at] + bytes(255 - byte for byte in whole[at : at + 20]) + whole[at + 20 :]
    record = extract(bad, name="hong.pdf")
    assert "content_damaged" in [note.code for note in record.notes]
    assert "content_damaged" not in [note.code for note in extract(whole, name="a.pdf").notes]


@pytest.mark.parametrize("size", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 2**21 + 100])
def test_a_stream_of_any_size_is_whole_and_a_cut_one_is_not(size: int) -> None:
    packed = zlib.compress(random.Random(size).randbytes(size))
    assert not damaged(file_of(packed))
    assert not damaged(file_of(packed[:-4]))  # without its checksum
    assert damaged(file_of(packed[:-6])) or size == 0
    assert damaged(file_of(packed[:-1] + bytes([packed[-1] ^ 1])))
    assert not damaged(file_of(zlib.compress(bytes(size))))


@pytest.mark.parametrize(
    "head", ["/Subtype /Image/Filter/FlateDecode", "/Length1 5/Filter/FlateDecode", "/Filter/DCTDecode"]
)
def test_pictures_fonts_and_other_filters_are_left_alone(head: str) -> None:
    assert not damaged(file_of(b"x\x9cbroken", head))
    assert damaged(file_of(b"x\x9cbroken"))


def test_what_is_encrypted_or_swells_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not damaged(file_of(b"x\x9cbroken") + b"/Encrypt 5 0 R")
    monkeypatch.setattr("extractor.reading.damaged._MOST", 2**21)
    assert not damaged(file_of(zlib.compress(bytes(2**26)) + b"junk"))
