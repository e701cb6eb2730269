"""The laws of the house, on every document there is and on any string."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Record, Trouble, extract, mend
from extractor.ground.paper import Section
from extractor.ground.source import Line, Source
from extractor.ground.text import Edit, Layer, Span, Text
from extractor.outline import draw
from extractor.pipeline import build, open_source, repaired

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
FOLDERS = (
    CORPUS / "plans",
    CORPUS / "found" / "plans",
    CORPUS / "scans" / "plans",
    ROOT.parent / "shared" / "plans",
)
DOCUMENTS = sorted(f for folder in FOLDERS if folder.is_dir() for f in folder.iterdir())
NAMES = [f.name for f in DOCUMENTS]

#: Pieces that plans are made of, to build nonsense from that looks like plans.
PIECES = st.sampled_from(
    """
    I. II. IV/ 1. 2) 1.1. a) đ) - + * • Phần Điều 3. (1) KẾ HOẠCH QUYẾT ĐỊNH Số: /KH-UBND
    12/KH-UBND ngày 5/6/2020 tháng năm 2021 Nơi nhận: TM. KT. CHỦ TỊCH PHÓ Nguyễn Văn An Lưu:
    VT ./. ; : . , “ ” ( ) chủ đề báo cáo trước về qua TỔ CHỨC THỰC HIỆN Sở Y tế UBND huyện ƣ
    Õ Ð \xad \u200b \uf0b7 | ** nhƣ 2021- 2025 Phụ lục khẩu hiệu:
    """.split()  # noqa: SIM905
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", ""])
NONSENSE = st.lists(st.tuples(PIECES, GAPS), max_size=60).map(lambda ps: "".join(p + g for p, g in ps))
ANY = st.one_of(NONSENSE, st.text(max_size=300))


@cache
def source_of(path: Path) -> Source:
    try:
        return open_source(path)
    except Trouble as trouble:
        pytest.skip(str(trouble))


@cache
def record_of(path: Path) -> Record:
    return build(repaired(source_of(path)))


def sections_tile(section: Section) -> None:
    """Own words, then the children, without a gap: nothing lost, nothing counted twice."""
    at = section.own.end
    assert section.own.start == section.span.start
    for child in section.children:
        assert child.span.start == at
        sections_tile(child)
        at = child.span.end
    assert at == section.span.end


def check_drawing(text: str) -> None:
    paper = draw(text)
    at = 0
    for zone in paper.zones:
        assert zone.span.start == at
        at = zone.span.end
    assert at == len(text)
    body = paper.spans("body")
    if body:
        assert paper.root.span == body[0]
    sections_tile(paper.root)


def values_of(data: Any) -> Iterator[dict[str, Any]]:
    """Every value object of a full record, parts included."""
    if isinstance(data, list):
        for item in data:
            yield from values_of(item)
    elif isinstance(data, dict) and "evidence" in data:
        yield data
        yield from values_of(list(data.get("parts", {}).values()))


def check_repair(text: Text, blocks: bool = False) -> None:
    """``blocks``: a format told which lines open a block, so it tells the same of the mended lines."""
    again = mend(text.clean, blocks_of(text.clean) if blocks else ())
    assert again.clean == text.clean, "mending twice changed something"
    assert Text.replay(text.raw, json.loads(json.dumps(text.ledger()))) == text


def blocks_of(words: str) -> list[Line]:
    """Every line as a block of its own."""
    found, at = [], 0
    for line in words.split("\n"):
        found.append(Line(at, at + len(line), opens=True))
        at += len(line) + 1
    return found


def untouched(text: Text) -> Iterator[Span]:
    """Clean stretches that no edit touched, found by walking the last layer's gaps down."""
    span = Span(0, len(text.clean))
    cuts = {span.start, span.end}
    for depth in range(len(text.layers)):
        layer = text.layers[depth]
        for edit, start in zip(layer.edits, layer.starts, strict=True):
            ends = Span(start, start + len(edit.new))
            cuts |= set(_forward(text, depth + 1, ends))
    for a, b in pairwise(sorted(c for c in cuts if 0 <= c <= span.end)):
        yield Span(a, b)


def _forward(text: Text, depth: int, span: Span) -> Span:
    """Where the ends of a stretch of an inner layer's text lie in the clean text."""
    for layer in text.layers[depth:]:
        span = Span(_shift(layer, span.start), _shift(layer, span.end))
    return span


def _shift(layer: Layer, at: int) -> int:
    moved = at
    for edit in layer.edits:
        if edit.end <= at:
            moved += len(edit.new) - (edit.end - edit.start)
        elif edit.start < at:
            moved += len(edit.new) - (at - edit.start)
    return moved


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_mending_is_idempotent_and_replayable(path: Path) -> None:
    text = record_of(path).text
    assert text is not None
    check_repair(text, blocks=bool(source_of(path).lines))


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_raw_equals_clean_where_no_edit_touched(path: Path) -> None:
    text = record_of(path).text
    assert text is not None
    same = [s for s in untouched(text) if s.of(text.clean) == text.raw_span(s).of(text.raw)]
    assert sum(s.end - s.start for s in same) >= 0.5 * len(text.clean)
    changed = [s for s in untouched(text) if s not in same]
    edits = sum(len(layer.edits) for layer in text.layers)
    assert len(changed) <= edits, "more differences than edits"


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_zones_and_sections_tile(path: Path) -> None:
    text = record_of(path).text
    assert text is not None
    check_drawing(text.clean)


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_value_has_evidence_that_stands_where_it_says(path: Path) -> None:
    """Quote = repaired text at its span = raw text at the raw span but for ledger edits; page in range."""
    source, record = source_of(path), record_of(path)
    text = record.text
    assert text is not None
    data = record.to_dict()
    count = 0
    for value in values_of([v if isinstance(v, list) else [v] for v in data["fields"].values()]):
        if value["status"] in ("found", "inferred", "blank"):
            assert value["evidence"] or value["value"] is None, value
        for evidence in value["evidence"]:
            span = Span(*evidence["span"])
            assert evidence["quote"] == span.of(text.clean) != ""
            raw = text.raw_span(span)
            assert 0 <= raw.start < raw.end <= len(text.raw)
            pages = [p["page"] for p in evidence["places"]]
            count += 1
            if not source.pages:
                assert pages == []
                continue
            assert pages
            assert all(1 <= page <= len(source.pages) for page in pages)
            page = source.pages[pages[0] - 1]
            assert page.start < raw.end
            assert raw.start < source.pages[pages[-1] - 1].end
    assert count > 5


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_record_comes_back_from_its_json_and_is_the_same_again(path: Path) -> None:
    record = record_of(path)
    words = record.to_json()
    assert Record.from_json(words).to_json() == words
    assert Record.from_json(words).to_json(plain=True) == record.to_json(plain=True)
    assert build(repaired(source_of(path))).to_json() == words


def test_what_was_read_before_leaves_no_trace() -> None:
    """Rooms remember words, lines and answers; a record is the same whatever was read in between."""
    texts = [f.read_text("utf-8") for f in DOCUMENTS if f.parent == CORPUS / "plans" and f.suffix == ".txt"]
    first = [extract(text).to_json() for text in texts]
    assert [extract(text).to_json() for text in reversed(texts)] == first[::-1]


CLEAN = [
    f
    for f in DOCUMENTS
    if f.parent.parent.name == "corpus" and f.suffix == ".txt" and "damaged" not in f.name
]


@pytest.mark.parametrize("path", CLEAN, ids=[f.name for f in CLEAN])
def test_clean_text_stays_byte_identical(path: Path) -> None:
    """Only what is no damage of letters may change: columns set apart in typed two-column lines."""
    text = record_of(path).text
    assert text is not None
    rules = {edit.rule for layer in text.layers for edit in layer.edits}
    assert rules <= {"columns"}


@given(ANY)
def test_any_string_is_mended_once_and_for_all(words: str) -> None:
    check_repair(mend(words))


@given(ANY)
def test_any_string_is_drawn(words: str) -> None:
    check_drawing(words)


@given(ANY)
def test_any_string_gives_a_record(words: str) -> None:
    record = extract(words)
    text = record.text
    assert text is not None
    for value in values_of(list(record.to_dict()["fields"].values())):
        for evidence in value["evidence"]:
            assert evidence["quote"] == Span(*evidence["span"]).of(text.clean)


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4), st.text(max_size=3)), max_size=6),
)
def test_spans_walk_back_through_layers(raw: str, proposals: list[tuple[int, int, str]]) -> None:
    text, done = Text.of(raw), 0
    edits = []
    for start, length, new in sorted(proposals):
        if start >= done and start + length <= len(raw):
            edits.append(Edit(start, start + length, new, "test"))
            done = start + max(length, 1)
    text = text.edited("test", edits)
    for start in range(len(text.clean)):
        back = text.raw_span(Span(start, start + 1))
        assert 0 <= back.start <= back.end <= len(raw)
        inside = any(e.start <= back.start and back.end <= e.end and e.new for e in edits)
        assert inside or back.of(raw) == text.clean[start]
