"""The verdict on text that no repair mends: it names such pages, and leaves every other text alone."""

from pathlib import Path

import pytest
from foreign_ocr import english_ocr

from extractor.ground.legibility import FOREIGN_OCR, UNREADABLE, BadPage, Legibility, Verdict
from extractor.ground.source import Page
from extractor.ground.tables import table
from extractor.ground.text import Edit, Span, Text
from extractor.ground.vietnamese import strip_tones, tally, validity
from extractor.repair import judge, mend
from extractor.repair.verdict import MARKED, NAME, ODD, Sign, reading, verdict

CORPUS = Path(__file__).parents[2] / "corpus"
PLANS = sorted([*CORPUS.glob("plans/*.txt"), *CORPUS.glob("found/plans/*.txt")])
BODY = """Kế hoạch trồng cây đầu năm của xã

Thực hiện chủ trương trồng cây của huyện, Ủy ban nhân dân xã xây dựng kế hoạch như sau: các thôn, bản và
trường học đăng ký số lượng cây giống với Trưởng ban trước ngày 05 tháng 3; Hạt Kiểm lâm hướng dẫn kỹ thuật,
Đoàn thanh niên vận động đoàn viên tham gia,
Hội Nông dân chăm sóc cây sau khi trồng và báo cáo kết quả hằng quý.
"""
SCANNED = (
    "Thgc hiQn k6 hoach cria huyQn v6 viQc tr6ng cdy ddu ndm, Uy ban nhdn ddn xd xAy dpng k6 hoach vdi "
    "c6c nQi dung sau. C6c thon vd trudng hgc ddng ky s6 luqng cdy gi6ng v6i Trrong ban.",
    "UY BAN NHAN DAN XA - CQNG HOA XA HQI CHU NGHIA VIET NAM. COng ty tr6ch nhiQm ph6i hqp c6ng an xd "
    "ki6m tra vi6c thyc hi6n phdng ch6y, chta chdy tai cho phi6n, b6o c6o truoc ngay 20 thdng 6.",
)
FOREIGN = {
    "a letter": "Dear colleagues, thank you for your kind letter of last month. We have read "
    "the plan with care and "
    "would like to visit the two schools in May, then go on to the health station near the river.",
    "a report": "The commune planted 12,000 trees in 2023, of which 87% survived the dry "
    "season. CO2 uptake was not "
    "measured; an iPhone app from McDonald Ltd. counted the trees on B4G plots, see Table A4 and H2O data.",
    "a law": "No person shall cut, burn or remove any tree from a protection forest unless a permit has been "
    "issued under this Act. Whoever does so is liable to a fine not exceeding five hundred pounds.",
    "bad OCR of English": "Tbe cornrnittee rnet on 5 May at tbe school. Tbe chairrnan tbanked "
    "al1 rnernbers for "
    "tbeir work and askcd tbern to scnd thc reports by tbe end of tbe rnontb, with tbe nurnber of trecs.",
    "French": "Les élèves et les maîtres ont planté des arbres le long de la rivière. L'été "
    "prochain, la commune "
    "préparera une fête où chacun, petit ou âgé, pourra dire ce qu'il a déjà réalisé à l'école.",
    "Swedish": "Skolan och föräldrarna har planterat träd längs ån. Nästa år ska kommunen "
    "ordna en fest där både "
    "små och stora får berätta vad de har gjort, och för hur många träd de själva kan svara för.",
    "names": "Nguyen Van An, Tran Thi Binh, Le Hoang Cuong, Pham Minh Duc, Vu Thi Giang, Dang "
    "Quoc Huy, Bui Thi "
    "Khanh, Do Van Long, Ho Thi Mai, Ngo Van Nam, Duong Thi Oanh, Ly Van Phuc, Mai Thi Quynh",
    "codes": "KH-UBND QD-TTg NQ-CP H5P.get H5N1 A4 B52 MN2-c1 THPT-DTNT PCCC&CNCH v1 v2 v3 m2 m3 km2 T6 T7 "
    "QCVN06:2022/BXD ISO9001 SGK3 CTr-TU kWh ThS BSCKII x86-64 utf-8 e2fsck libc6 g16 mp3 mp4 q1 q2 d3js",
    "figures": "| 1 | 12.500 | 87% | 3,4 ha |\n| 2 | 11.000 | 92% | 2,8 ha |\n| 3 | 9.750 | 64% | 5,1 ha |\n"
    * 6,
    "a table of names in Russian": "Центр посадки деревьев и охраны леса сообщает о работе за прошлый год "
    * 3,
}
LEGACY = {
    "TCVN3": "Uû ban nh©n d©n x· x©y dùng kÕ ho¹ch trång c©y ®Çu n¨m cña x·, c¸c th«n vµ "
    "tr­êng häc ®¨ng ký sè l­îng",
    "VNI": "UÛy ban nhaân daân xaõ xaây döïng keá hoaïch troàng caây ñaàu naêm cuûa xaõ, caùc "
    "thoân vaø tröôøng hoïc",
    "VIQR": "U?y ban nha^n da^n xa~ xa^y du+.ng ke^' hoa.ch tro^`ng ca^y dda^`u na(m cu?a xa~, "
    "ca'c tho^n va` hu+u",
    "question marks": "?y ban nhân dân xã xây d?ng k? ho?ch tr?ng cây ??u n?m c?a xã, các thôn "
    "b?n và tr??ng h?c",
    "glyph numbers": "(cid:56)(cid:1219) (cid:69)(cid:68) ban (cid:81)(cid:75)kQ " * 12,
}


@pytest.mark.parametrize("row", table(NAME, Sign).rows, ids=lambda row: row.sign)
def test_a_sign_is_read_where_it_stands_for_a_letter(row: Sign) -> None:
    assert row.yes
    assert [word for word in row.yes if reading(word) not in (ODD, MARKED)] == []
    assert [word for word in row.no if reading(word) in (ODD, MARKED)] == []


@pytest.mark.parametrize("text", SCANNED)
def test_an_english_layer_is_named(text: str) -> None:
    found = verdict(text)
    assert found is not None
    assert found.kind == FOREIGN_OCR
    assert 0.2 < found.validity < 0.7
    assert found.sure > 0.9
    assert "\n" not in found.reason


@pytest.mark.parametrize("junk", [0.25, 0.5, 0.75, 0.95])
@pytest.mark.parametrize("noise", [0.0, 0.06])
def test_layers_of_every_quality_are_named(junk: float, noise: float) -> None:
    pages = [page for path in PLANS for page in sheets(path) if len(page) > 700]
    found = [verdict(english_ocr(page, seed, junk, noise)) for seed, page in enumerate(pages)]
    named = sum(one is not None and one.kind == FOREIGN_OCR for one in found)
    assert len(pages) > 100
    assert named >= 0.98 * len(pages)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_are_left_alone(path: Path) -> None:
    """Clean or damaged, with marks, with half of them, or typed without."""
    for page in sheets(path):
        assert verdict(page) is None
        assert verdict(strip_tones(page)) is None
        half = page.split(" ")
        assert (
            verdict(" ".join(strip_tones(word) if at % 2 else word for at, word in enumerate(half))) is None
        )


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_other_text_is_left_alone(text: str) -> None:
    assert verdict(text) is None
    assert verdict(mend(text).clean) is None


@pytest.mark.parametrize("text", LEGACY.values(), ids=LEGACY)
def test_a_code_page_that_is_left_is_unreadable(text: str) -> None:
    found = verdict(text)
    assert found is not None
    assert found.kind == UNREADABLE


@pytest.mark.parametrize("text", ["", " \n", "C6ng ty", "DQc l4p - Tg do", "x" * 5000, "6g" * 5000])
def test_short_and_odd_text_has_no_verdict(text: str) -> None:
    assert verdict(text) is None


def test_pages_are_judged_one_by_one() -> None:
    pages = [BODY, english_ocr(BODY, 1), english_ocr(BODY, 2), BODY, english_ocr(BODY, 3)]
    raw, tiles = bound(pages)
    text = mend(raw)
    found = judge(text, tiles)
    assert found.pages == (2, 3, 5)
    assert 0.5 < found.lost < 0.7
    assert found.validity > 0.97
    notes = list(found.notes())
    assert [(note.code, note.message.split(" read")[0]) for note in notes] == [
        (FOREIGN_OCR, "pages 2-3 were"),
        (FOREIGN_OCR, "page 5 was"),
    ]
    for bad in found.bad:
        assert verdict(bad.span.of(text.clean)) == bad.verdict
        assert abs(text.raw_span(bad.span).start - tiles[(bad.page or 1) - 1].start) <= 2
    assert found.at(Span(0, 10)) == 1.0
    assert found.at(found.bad[0].span) < 0.1


def test_without_pages_the_whole_is_judged() -> None:
    assert judge(mend(BODY), ()) == Legibility(validity(BODY), len(mend(BODY).clean))
    found = judge(Text.of(SCANNED[0]), ())
    assert (found.pages, found.lost) == ((), 1.0)
    assert next(found.notes()).message.startswith("the text was read by an OCR")
    assert judge(Text.of(""), ()) == Legibility()


def test_kinds_side_by_side_are_told_apart() -> None:
    bad = [
        BadPage(at, Span(at, at + 1), Verdict(kind, 0.3, 0.9, ""))
        for at, kind in enumerate((UNREADABLE, FOREIGN_OCR, FOREIGN_OCR), 1)
    ]
    messages = [note.message for note in Legibility(1.0, 9, tuple(bad)).notes()]
    assert [message.split(":")[0] for message in messages] == [
        "page 1 is damaged beyond repair",
        "pages 2-3 were read by an OCR program that knows no Vietnamese and cannot be repaired",
    ]


def test_a_raw_offset_walks_to_the_clean_text() -> None:
    text = Text.of("abcdef").edited("one", [Edit(1, 3, "X", "r"), Edit(4, 4, "YY", "r")])
    assert text.clean == "aXdYYef"
    assert [text.clean_offset(at) for at in range(7)] == [0, 1, 2, 2, 3, 6, 7]
    again = text.edited("two", [Edit(0, 2, "", "r")])
    assert [again.clean_offset(at) for at in range(7)] == [0, 0, 0, 0, 1, 4, 5]


def test_tallies_of_pages_add_up() -> None:
    first, second = tally(BODY), tally(SCANNED[0])
    assert (first.good + second.good, first.total + second.total) == tally(BODY + "\n" + SCANNED[0])


def sheets(path: Path) -> list[str]:
    """The repaired text of a plan cut into pages of 40 lines."""
    lines = [line for line in mend(path.read_text("utf-8")).clean.split("\n") if line.strip()]
    return ["\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40)]


def bound(pages: list[str]) -> tuple[str, list[Page]]:
    """Pages as one raw text, and where they lie in it."""
    tiles, at = [], 0
    for number, page in enumerate(pages, 1):
        tiles.append(Page(number, at, at + len(page) + 1))
        at += len(page) + 1
    return "\n".join(pages), tiles
