"""Laws: any bytes give a source or a trouble; pages tile raw and lines are exact whatever is inside."""

import subprocess
import sys
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from reading_builders import At, Leaf, docx, p, pdf, table
from reading_checks import check

from extractor.ground.trouble import Trouble
from extractor.reading import read

LAW = settings(derandomize=True, deadline=None, max_examples=60)
WORDS = st.text(st.sampled_from("ABC ĐđƯơếạ0129/-.|\u0301\u00a0\t\f\v\u2028<&"), max_size=30)
WHOLE = (docx(p("Kế hoạch") + table(["a", "b"], borders=True)), pdf(Leaf([At(70, 100, "Kế hoạch năm học")])))


def escaped(text: str) -> str:
    return "".join(c for c in text if c not in "\f\v").replace("&", "&amp;").replace("<", "&lt;")


def tried(content: bytes, name: str = "") -> None:
    with suppress(Trouble):
        check(read(content, name))


@LAW
@given(st.binary(max_size=300), st.sampled_from(["", "a.txt", "a.html", "a.pdf", "a.docx"]))
def test_any_bytes(content: bytes, name: str) -> None:
    tried(content, name)


@LAW
@given(st.sampled_from(WHOLE), st.integers(0, 5000), st.binary(min_size=1, max_size=20))
def test_damaged_files(content: bytes, at: int, rubbish: bytes) -> None:
    at %= len(content)
    tried(content[:at] + rubbish + content[at + len(rubbish) :])


@LAW
@given(st.lists(WORDS, max_size=6))
def test_any_text(paragraphs: list[str]) -> None:
    tried("\n".join(paragraphs).encode())
    tried(docx("".join(p(f"<w:r><w:t>{escaped(text)}</w:t></w:r>") for text in paragraphs)))
    tried(("<html>" + "".join(f"<p>{escaped(text)}</p>" for text in paragraphs)).encode())


@LAW
@given(st.lists(st.tuples(st.integers(0, 590), st.integers(0, 840), WORDS), max_size=12))
def test_any_page(places: list[tuple[int, int, str]]) -> None:
    tried(pdf(Leaf([At(x, y, text) for x, y, text in places if text]), Leaf([At(70, 90, "x")])))


def test_the_same_bytes_give_the_same_source() -> None:
    for content in WHOLE:
        assert read(content, "a") == read(content, "a")


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = "import sys, extractor.reading; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not any(f"'{name}'" in loaded for name in ("lxml", "pypdfium2", "pdfplumber", "zipfile"))
