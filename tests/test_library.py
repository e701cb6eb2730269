"""What other programs build on: differences, data frames, spaCy."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Misuse, diff, extract, frame
from extractor.archive.rows import COLUMNS, rows
from extractor.archive.store import Store
from extractor.archive.tables import TABLES


@pytest.fixture(scope="module")
def records(corpus: Path) -> list[Any]:
    names = ("tinh-2019-tre-em.txt", "thi-tran-2019-attp.txt", "xa-2026-chuyen-doi-so.damaged.txt")
    return [extract(corpus / "plans" / name) for name in names]


# --- differences


def test_a_record_does_not_differ_from_itself(records: list[Any]) -> None:
    assert diff(records[0], records[0]) == []


PLAN = """KẾ HOẠCH
Tổ chức Tết trồng cây năm 2024
I. CHỦ ĐỀ: “Trồng cây làm cho đất nước càng ngày càng xuân”
II. KHẨU HIỆU
- Toàn dân tham gia trồng cây!
- Mỗi người một cây xanh!
"""


def test_every_difference_is_named() -> None:
    one = extract(PLAN)
    changed = PLAN.replace("càng xuân”", "càng đẹp”").replace("- Toàn dân tham gia trồng cây!\n", "")
    theme = "Trồng cây làm cho đất nước càng ngày càng "
    assert diff(one, extract(changed)) == [
        ("theme", theme + "xuân", theme + "đẹp"),
        ("slogans[0]", "Toàn dân tham gia trồng cây!", None),
    ]
    assert diff(extract(changed), one)[1] == ("slogans[0]", None, "Toàn dân tham gia trồng cây!")


@pytest.mark.parametrize("wrong", ["x", None, {}, [], 5, b""], ids=repr)
def test_what_is_no_record_has_no_difference(records: list[Any], wrong: Any) -> None:
    for pair in ((wrong, records[0]), (records[0], wrong)):
        with pytest.raises(Misuse, match=rf"two records, not of a {type(wrong).__name__}\. Give what"):
            diff(*pair)


# --- data frames


def test_one_record_is_a_frame_of_one(records: list[Any]) -> None:
    assert frame(records[0]).equals(frame(records[:1]))


@pytest.mark.parametrize("wrong", ["x", None, {"a": 1}, 5, b"x", ["x"], [None], [{}]], ids=repr)
def test_what_is_no_record_has_no_frame(wrong: Any) -> None:
    with pytest.raises(Misuse, match=r"a frame is made of records, .*Give records, as extract"):
        frame(wrong)


def test_the_columns_are_those_of_the_store(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db", write=True) as store:
        for table, columns in COLUMNS.items():
            known = [row[1] for row in store.db.execute(f"PRAGMA table_info({table})")]
            assert known == ["document", *columns], table
    assert set(TABLES) - {"failures"} <= set(COLUMNS)


@pytest.mark.parametrize("table", COLUMNS)
def test_frames_hold_every_row(records: list[Any], table: str) -> None:
    expected = [list(row) for record in records for row in rows(record)[table]]
    for kind in ("arrow", "pandas", "polars"):
        pytest.importorskip({"arrow": "pyarrow"}.get(kind, kind))
        made = frame(records, table, kind)
        assert list(made.column_names if kind == "arrow" else made.columns) == [
            "name",
            "sha256",
            *COLUMNS[table],
        ]
        assert len(made) == len(expected)
    assert [list(row.values())[2:] for row in frame(records, table, "arrow").to_pylist()] == expected


def test_a_frame_has_its_columns_and_types_without_records(records: list[Any]) -> None:
    for table in COLUMNS:
        assert frame([], table, "arrow").schema == frame(records, table, "arrow").schema
    with pytest.raises(Misuse, match="no table"):
        frame(records, "themes")
    with pytest.raises(Misuse, match="no kind"):
        frame(records, kind="excel")


# --- spaCy


@pytest.fixture(scope="module")
def nlp() -> Any:
    spacy = pytest.importorskip("spacy")
    made = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "kehoach.Tokenizer.v1"}}})
    made.add_pipe("kehoach")
    return made


@pytest.mark.parametrize(
    "name", ["tinh-2019-tre-em.txt", "xa-2026-chuyen-doi-so.damaged.txt", "huyen-2023-hiv.damaged.txt"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_spans_stand_at_the_words_of_the_doc(nlp: Any, corpus: Path, name: str, ends: str) -> None:
    text = (corpus / "plans" / name).read_text("utf-8").replace("\n", ends)
    doc = nlp(text)
    assert doc.text == text
    record = doc._.plan
    assert record.to_dict(plain=True) == extract(text).to_dict(plain=True)
    spans = doc.spans["plan"]
    assert {span.label_ for span in spans} >= {"number", "title", "issuer", "units"}
    number = next(span for span in spans if span.label_ == "number")
    assert record.number.evidence[0].quote in number.text
    for span in spans:
        found = getattr(record, span.label_)
        value = found[int(span.id_)] if isinstance(found, tuple) else found
        raws = [record.text.raw[slice(*record.text.raw_span(proof.span))] for proof in value.evidence]
        assert any(raw in span.text.replace("\r\n", "\n") for raw in raws)


def test_docs_go_through_pipe_docbin_and_displacy(nlp: Any, corpus: Path) -> None:
    from spacy import displacy
    from spacy.tokens import DocBin

    texts = [
        (corpus / "plans" / f"{name}.txt").read_text("utf-8")
        for name in ("thi-tran-2019-attp", "doan-2018-he")
    ]
    docs = list(nlp.pipe(texts))
    packed = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = list(DocBin().from_bytes(packed).get_docs(nlp.vocab))
    assert [doc.text for doc in back] == texts
    assert [doc._.plan.to_json() for doc in back] == [doc._.plan.to_json() for doc in docs]
    assert [len(doc.spans["plan"]) for doc in back] == [len(doc.spans["plan"]) for doc in docs]
    assert "Kpă" in displacy.render(docs[0], style="span", options={"spans_key": "plan"}, page=True)


def test_a_pipeline_is_kept_and_loaded(nlp: Any, tmp_path: Path) -> None:
    import spacy

    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert (
        again("KẾ HOẠCH\nTổ chức Tết trồng cây năm 2024")._.plan.title.value
        == "Tổ chức Tết trồng cây năm 2024"
    )


@given(st.text(alphabet=st.sampled_from(" \n\t\r\u00a0aăđếƣA1/-.,“”"), max_size=60))
def test_tokens_make_up_any_text(text: str) -> None:
    spacy = pytest.importorskip("spacy")
    from extractor.spacy_pipe import Tokenizer

    assert Tokenizer(spacy.blank("xx").vocab)(text).text == text


def test_words_are_those_of_underthesea(corpus: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pytest.importorskip("underthesea")
    from extractor.spacy_pipe import Tokenizer

    text = (corpus / "plans" / "tinh-2019-tre-em.txt").read_text("utf-8")[:3000]
    doc = Tokenizer(spacy.blank("xx").vocab, words=True)(text)
    assert doc.text == text
    assert any(" " in token.text.strip() for token in doc)
    shuffled = "".join(random.Random(1).sample(text, len(text)))
    assert Tokenizer(spacy.blank("xx").vocab, words=True)(shuffled).text == shuffled
