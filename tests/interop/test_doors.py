"""The formats and the way back on the command line."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from extractor import Misuse
from extractor.archive import engine_of, export, run
from extractor.archive.jobs import Limits
from extractor.cli import main
from extractor.interop import FORMS
from extractor.usage import FORMATS

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def plans(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "plans"
    (folder / "xã").mkdir(parents=True)
    for name, place in (("tinh-2019-tre-em.txt", "."), ("thi-tran-2019-attp.txt", "xã")):
        shutil.copy(corpus / "plans" / name, folder / place)
    return folder


@pytest.fixture
def store(tmp_path: Path, plans: Path) -> Path:
    (plans / "hỏng.pdf").write_bytes(b"%PDF-1.7\nbroken")
    run([str(plans)], tmp_path / "s.db", engine_of(1, Limits(), None))
    return tmp_path / "s.db"


def names(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_the_choices_are_the_formats() -> None:
    assert set(FORMATS) == set(FORMS)


@pytest.mark.parametrize(
    ("form", "made"),
    [
        ("json", ["tinh-2019-tre-em.json", "xã/thi-tran-2019-attp.json"]),
        (
            "brat",
            ["annotation.conf"]
            + [
                f"{stem}.{end}"
                for stem in ("tinh-2019-tre-em", "xã/thi-tran-2019-attp")
                for end in ("ann", "txt")
            ],
        ),
        ("label-studio", ["label-studio.xml", "tinh-2019-tre-em.json", "xã/thi-tran-2019-attp.json"]),
        ("akn", ["tinh-2019-tre-em.xml", "xã/thi-tran-2019-attp.xml"]),
        ("iob2", ["tinh-2019-tre-em.conllup", "xã/thi-tran-2019-attp.conllup"]),
        ("archival", ["tinh-2019-tre-em.csv", "xã/thi-tran-2019-attp.csv"]),
    ],
)
def test_extract_writes_a_file_each(plans: Path, tmp_path: Path, form: str, made: list[str]) -> None:
    for _ in ("first", "again"):
        assert main(["extract", str(plans), "--format", form, "-o", str(tmp_path / "out")]) == 0
        assert names(tmp_path / "out") == made


def test_extract_prints_what_fits_into_one_file(plans: Path, capfd: Capture) -> None:
    assert main(["extract", str(plans), "--format", "archival"]) == 0
    rows = list(csv.DictReader(capfd.readouterr().out.removeprefix("\ufeff").splitlines()))
    assert [row["Tệp"] for row in rows] == ["tinh-2019-tre-em.txt", "thi-tran-2019-attp.txt"]
    assert main(["extract", str(plans), "--format", "label-studio"]) == 0
    assert len(json.loads(capfd.readouterr().out)) == 2
    assert main(["extract", str(plans), "--format", "akn"]) == 2
    assert "-o" in capfd.readouterr().err
    assert main(["extract", str(plans), "--format", "iob2", "--plain"]) == 2


def test_a_text_is_never_written_over_its_document(plans: Path, capfd: Capture) -> None:
    before = (plans / "tinh-2019-tre-em.txt").read_bytes()
    assert main(["extract", str(plans), "--format", "brat", "-o", str(plans)]) == 4
    assert "is the document itself" in capfd.readouterr().err
    assert (plans / "tinh-2019-tre-em.txt").read_bytes() == before


@pytest.mark.parametrize(
    ("form", "ending", "content"),
    [
        ("brat", ".txt", "Ghi chép riêng."),
        ("json", ".json", '{"name": "x"}'),
        ("akn", ".xml", "<a/>"),
        ("archival", ".csv", "a,b"),
        ("iob2", ".conllup", "# text"),
    ],
)
def test_a_file_of_somebody_else_is_never_written_over(
    form: str, ending: str, content: str, tmp_path: Path, corpus: Path, capfd: Capture
) -> None:
    other = tmp_path / f"so-2024-cchc{ending}"
    other.write_text(content, encoding="utf-8")
    plan = corpus / "plans" / "so-2024-cchc.docx"
    assert main(["extract", str(plan), "--format", form, "-o", str(tmp_path)]) == 4
    assert "not as an earlier run has written it" in capfd.readouterr().err
    assert other.read_text("utf-8") == content
    assert names(tmp_path) == sorted({other.name, *FORMS[form].beside()} if form in FORMS else {other.name})


def test_what_nobody_has_touched_in_brat_is_no_gold(plans: Path, tmp_path: Path, capfd: Capture) -> None:
    write = ["extract", str(plans), "--format", "brat", "-o", str(tmp_path / "out")]
    assert main(write) == 0
    assert main(["gold", str(tmp_path / "out"), "-o", str(tmp_path / "gold")]) == 4
    assert capfd.readouterr().err.count("nobody has annotated it yet; left out. If all is right") == 2
    file = tmp_path / "out" / "tinh-2019-tre-em.ann"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    assert main(["gold", str(tmp_path / "out"), "-o", str(tmp_path / "gold")]) == 0
    assert names(tmp_path / "gold") == ["tinh-2019-tre-em.json"]
    changed = file.read_bytes()
    capfd.readouterr()
    assert main(write) == 3  # the work of people is not written over
    assert "not as an earlier run has written it" in capfd.readouterr().err
    assert file.read_bytes() == changed


def test_what_people_have_changed_is_not_written_over_from_a_store(
    store: Path, tmp_path: Path, capfd: Capture
) -> None:
    write = ["export", str(store), "--format", "brat", "-o", str(tmp_path / "out")]
    assert main(write) == 0
    assert main(write) == 0  # what nobody has touched may be written anew
    file = tmp_path / "out" / "tinh-2019-tre-em.txt.ann"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    text = file.with_suffix(".txt")
    changed = (file.read_bytes(), text.read_bytes())
    other = tmp_path / "out" / "xã" / "thi-tran-2019-attp.txt.txt"
    other.unlink()
    capfd.readouterr()
    assert main(write) == 3
    said = capfd.readouterr().err
    assert "kehoach: tinh-2019-tre-em.txt: left out: " in said
    assert "not as an earlier run has written it" in said
    assert (file.read_bytes(), text.read_bytes()) == changed
    assert other.exists()  # the others are written
    with pytest.raises(Misuse, match="not as an earlier run"):
        export(store, "brat", tmp_path / "out")


@pytest.mark.parametrize("form", ["label-studio", "brat"])
def test_there_and_back_is_gold(plans: Path, tmp_path: Path, form: str, capfd: Capture) -> None:
    """Annotations that people agree with give the plain records, all of them scored."""
    assert main(["extract", str(plans), "--plain", "-o", str(tmp_path / "plain")]) == 0
    assert main(["extract", str(plans), "--format", form, "-o", str(tmp_path / "out")]) == 0
    if form == "label-studio":
        tasks = [json.loads(file.read_text("utf-8"))[0] for file in (tmp_path / "out").rglob("*.json")]
        for task in tasks:
            task["annotations"] = [{"result": task["predictions"][0]["result"]}]
        export = tmp_path / "export.json"
        export.write_text(json.dumps([*tasks, {"data": {"text": "a", "name": "later.txt"}}]))
    else:
        export = tmp_path / "out"
        for file in export.rglob("*.ann"):
            lines = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text("".join(line for line in lines if "AsWritten" not in line), encoding="utf-8")
    assert main(["gold", str(export), "-o", str(tmp_path / "gold")]) == 0
    err = capfd.readouterr().err
    assert "2 gold records" in err
    assert ("later.txt: nobody has annotated it yet" in err) is (form == "label-studio")
    for plain in (tmp_path / "plain").rglob("*.json"):
        gold = json.loads((tmp_path / "gold" / plain.name).read_text("utf-8"))
        expected = json.loads(plain.read_text("utf-8"))
        assert gold == {**expected, "scored": list(expected)}
    shutil.copytree(tmp_path / "plain" / "xã", tmp_path / "plain", dirs_exist_ok=True)
    assert main(["eval", str(tmp_path / "gold"), str(tmp_path / "plain")]) == 0


@pytest.mark.parametrize(
    ("form", "made"),
    [
        ("label-studio", ["label-studio.xml", "s-label-studio.json"]),
        ("iob2", ["s-iob2.conllup"]),
        ("archival", ["s-archival.csv"]),
        ("akn", ["s-akn/tinh-2019-tre-em.txt.xml", "s-akn/xã/thi-tran-2019-attp.txt.xml"]),
        (
            "brat",
            ["s-brat/annotation.conf"]
            + [f"s-brat/tinh-2019-tre-em.txt.{end}" for end in ("ann", "txt")]
            + [f"s-brat/xã/thi-tran-2019-attp.txt.{end}" for end in ("ann", "txt")],
        ),
    ],
)
def test_a_store_goes_out_in_every_format(store: Path, form: str, made: list[str]) -> None:
    before = set(names(store.parent))
    assert main(["export", str(store), "--format", form]) == 0
    assert sorted(set(names(store.parent)) - before) == made
    first = {name: (store.parent / name).read_bytes() for name in made}
    assert main(["export", str(store), "--format", form]) == 0
    assert {name: (store.parent / name).read_bytes() for name in made} == first


def test_a_name_that_is_another_ones_folder_costs_one_document(
    tmp_path: Path, corpus: Path, capfd: Capture
) -> None:
    (tmp_path / "in" / "a.txt").mkdir(parents=True)
    shutil.copy(corpus / "plans" / "tinh-2019-tre-em.txt", tmp_path / "in" / "a")
    shutil.copy(corpus / "plans" / "thi-tran-2019-attp.txt", tmp_path / "in" / "a.txt" / "b.txt")
    shutil.copy(corpus / "plans" / "thi-tran-2019-attp.damaged.txt", tmp_path / "in" / "c.txt")
    store = tmp_path / "s.db"
    run([str(tmp_path / "in")], store, engine_of(1, Limits(), None))
    assert main(["export", str(store), "--format", "brat"]) == 3
    assert "a.txt/b.txt: left out" in capfd.readouterr().err
    made = [f"{name}.{end}" for name in ("a", "c.txt") for end in ("ann", "txt")]
    assert names(tmp_path / "s-brat") == sorted([*made, "annotation.conf"])
    with pytest.raises(Misuse, match=r"File exists|Not a directory"):
        export(store, "brat", tmp_path / "again")


def test_the_table_of_an_archive_names_what_failed(store: Path) -> None:
    assert main(["export", str(store), "--format", "archival"]) == 0
    with (store.parent / "s-archival.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Tệp"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"tinh-2019-tre-em.txt", "xã/thi-tran-2019-attp.txt", "hỏng.pdf"}
    assert rows["hỏng.pdf"]["Cần kiểm tra"]


def test_a_document_is_the_same_from_a_store_and_from_its_file(
    store: Path, plans: Path, tmp_path: Path
) -> None:
    assert main(["export", str(store), "--format", "akn"]) == 0
    out = tmp_path / "out"
    assert main(["extract", str(plans / "tinh-2019-tre-em.txt"), "--format", "akn", "-o", str(out)]) == 0
    stored = store.parent / "s-akn" / "tinh-2019-tre-em.txt.xml"
    assert stored.read_bytes() == (out / "tinh-2019-tre-em.xml").read_bytes()


def test_bad_annotations_are_one_line(tmp_path: Path, capfd: Capture) -> None:
    assert main(["gold", str(tmp_path / "none.json"), "-o", str(tmp_path)]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1
