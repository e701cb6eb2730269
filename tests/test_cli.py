"""The command line: data on stdout, one line a refusal on stderr, exit codes as in the contract."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli import main
from tests.test_pipeline import PLAN


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


def run(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of one command, in process."""
    try:
        code = main([str(a) for a in args])
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capfd.readouterr()
    return code, out, err


def test_extract_prints_the_full_record(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "extract", plan)
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert record["fields"]["number"]["value"] == "41/KH-UBND"
    assert record["text"]["raw"] == PLAN
    code, out, _ = run(capfd, "extract", plan, "--no-text")
    assert "text" not in json.loads(out)


def test_extract_plain_prints_values_only(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, "extract", "--plain", plan)
    record = json.loads(out)
    assert record["date"] == "2020-03-03"
    assert record["theme"] is None
    assert record["outline"][0] == ["I", "THỜI GIAN"]


def test_extract_writes_one_file_each_and_never_over_another(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plan.with_suffix(".md").write_text(PLAN, encoding="utf-8")
    out = tmp_path / "out"
    code, _, _ = run(capfd, "extract", "--plain", "-o", out, plan, plan.with_suffix(".md"))
    assert code == 0
    assert sorted(f.name for f in out.iterdir()) == ["ke-hoach.json", "ke-hoach.md.json"]


def test_a_folder_is_walked_and_its_failures_are_named(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "leer.txt").write_bytes(b"")
    code, _, err = run(capfd, "extract", tmp_path, "-o", tmp_path / "out")
    assert code == 3
    assert "leer.txt" in err
    assert "[reading.empty]" in err
    assert "2 of 3 documents read, 1 failed" in err
    assert (tmp_path / "out" / "sub" / "b.json").exists()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["extract", "no-such-file.txt"], 2),
        (["extract"], 2),
        (["extrakt"], 2),
        ([], 2),
        (["extract", "--ocr", "perhaps", "x"], 2),
        (["eval", "nowhere", "nowhere"], 2),
        (["repair", "no-such-file.txt"], 2),
        (["outline", "."], 2),
        (["view", "no-such-file.txt", "-o", "x.html"], 2),
        (["view", "no-such-file.txt"], 2),
        (["view", "x", "-o", "x.html", "--lang", "de"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line(args: list[str], code: int, tmp_path: Path, capfd, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    got, out, err = run(capfd, *args)
    assert (got, out) == (code, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "line",
    [
        "serve -j -3",
        "serve -j 0",
        "serve --most -1",
        "serve --timeout nan",
        "serve --timeout -1",
        "serve --memory -5",
        "serve --port x",
        "serve --port 70000",
        "batch a -o s.db -j 1.5",
        "batch a -o s.db --timeout inf",
        "search s.db a -n 0",
        "extract a --min-confidence x",
        "extract a --min-confidence 1.1",
        "eval a b --similar nan",
    ],
)
def test_a_number_out_of_range_is_refused(line: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, *line.split())
    assert (code, out) == (2, "")
    assert re.fullmatch(r"kehoach: argument \S+: '\S+' is no (whole )?number from \d+ to \d+\. See .*\n", err)


def test_nothing_readable_is_four(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "leer.txt"
    empty.write_bytes(b" \n ")
    assert run(capfd, "extract", empty)[0] == 4


def test_standard_input_is_a_document(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAN.encode())))
    code, out, _ = run(capfd, "extract", "--plain", "-")
    assert code == 0
    assert json.loads(out)["place"] == "Đông Giang"


def test_repair_prints_text_or_edits(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hong.txt"
    file.write_text("Phƣờng tăng cƣờng hƣớng dẫn ngƣời dân", encoding="utf-8")
    assert run(capfd, "repair", file)[1] == "Phường tăng cường hướng dẫn người dân\n"
    _, out, _ = run(capfd, "repair", "--explain", file)
    assert len(out.strip().splitlines()) == 4
    assert "lookalike" in out


def test_outline_prints_the_tree(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, "outline", plan)
    assert out.splitlines() == ["I  THỜI GIAN", "II  TỔ CHỨC THỰC HIỆN", "  II.1  Hạt Kiểm lâm huyện"]


def test_view_writes_a_page_of_a_document_or_a_record(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page, record = tmp_path / "trang.html", tmp_path / "ban-ghi.json"
    assert run(capfd, "view", plan, "-o", page) == (0, "", "")
    assert '<html lang="vi">' in page.read_text("utf-8")
    record.write_text(run(capfd, "extract", plan)[1], "utf-8")
    assert run(capfd, "view", record, "--source", plan, "-o", page, "--lang", "en")[0] == 0
    assert "Reporting deadlines" in page.read_text("utf-8")
    code, _, err = run(capfd, "view", record, "--source", record, "-o", page)
    assert (code, len(err.strip().splitlines())) == (2, 1)
    record.write_text("{}", "utf-8")
    assert run(capfd, "view", record, "-o", page)[0] == 4
    assert run(capfd, "view", plan, "-o", tmp_path)[0] == 2


def test_eval_scores_a_folder_against_itself(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "extract", "--plain", "-o", tmp_path / "gold", plan)
    code, out, _ = run(capfd, "eval", tmp_path / "gold", tmp_path / "gold")
    assert code == 0
    assert "mean field F1 1.0000" in out


def test_eval_compares_with_a_saved_run(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gold, had, file = tmp_path / "gold", tmp_path / "had", tmp_path / "run.json"
    run(capfd, "extract", "--plain", "-o", gold, plan)
    run(capfd, "extract", "--plain", "--min-confidence", "1", "-o", had, plan)
    code, out, _ = run(capfd, "eval", gold, had, "--save", file)
    assert code == 0
    assert "exact: mean field F1 0." in out
    assert "documents right in every field [0.0%, 0.0%]" in out
    code, out, _ = run(capfd, "eval", gold, gold, "--baseline", file)
    assert code == 0
    assert "gain mean" in out
    assert "worse:" not in out
    code, _, err = run(capfd, "eval", gold, gold, "--baseline", plan)
    assert code == 2
    assert "--save" in err


def test_min_confidence_withholds_and_says_so(plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "extract", "--min-confidence", "1", plan)
    assert code == 0
    assert {v["status"] for v in json.loads(out)["fields"].values() if isinstance(v, dict)} == {"withheld"}
    assert "[withheld] title" in err
    assert run(capfd, "extract", "--min-confidence", "2", plan)[0] == 2


def test_schema_and_doctor_speak(capfd: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capfd, "schema")[1])["title"] == "kehoach record"
    code, out, _ = run(capfd, "doctor")
    assert code == 0
    assert "pypdfium2" in out
    assert "LibreOffice" in out


def test_a_closed_pipe_is_no_error(plan: Path) -> None:
    shell = f"{shlex.quote(sys.executable)} -m extractor extract {shlex.quote(str(plan))} | head -c 10"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_import_loads_no_heavy_library() -> None:
    code = (
        "import extractor, sys; print(sorted({'regex', 'pydantic', 'lxml', 'pypdfium2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_vietnamese_user_reads_vietnamese(tmp_path: Path, capfd, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("KEHOACH_LOCALE", raising=False)
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    code, _, err = run(capfd, "extract", tmp_path / "khong-co.txt")
    assert code == 2
    assert "Không có tệp này" in err
    assert "Hãy kiểm tra lại đường dẫn" in err
    assert len(err.strip().splitlines()) == 1


def test_a_batch_names_a_wrong_path_at_once_and_what_failed_at_its_end(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LOCALE", "C")
    store = tmp_path / "s.db"
    code, _, err = run(capfd, "batch", plan, tmp_path / "nix", "-o", store)
    assert (code, err) == (2, f"kehoach: no such file or folder: {tmp_path / 'nix'}. Check the path.\n")
    assert not store.exists()
    (tmp_path / "rong.txt").write_bytes(b"")
    code, _, err = run(capfd, "batch", plan, tmp_path / "rong.txt", "-o", store)
    assert code == 3
    assert re.search(r"^kehoach:   \S*rong\.txt: .+\. .+\.$", err, re.M)
    assert run(capfd, "search", store, "xyzzy") == (4, "", "kehoach: no document holds these words.\n")
    monkeypatch.setenv("KEHOACH_LOCALE", "vi")
    said = "kehoach: không có văn bản nào chứa các chữ này.\n"
    assert run(capfd, "search", store, "xyzzy") == (4, "", said)


def test_every_refusal_has_its_vietnamese(root: Path) -> None:
    from extractor.ground.tables import table
    from extractor.ground.trouble import Message

    calls = re.compile(r'(?:Trouble|Missing|Misuse)\(\s*"([a-z_]+)"')
    codes = {c for f in (root / "extractor").rglob("*.py") for c in calls.findall(f.read_text("utf-8"))}
    assert len(codes) > 12
    assert codes <= {row.code for row in table("messages.tsv", Message).rows}


@pytest.mark.parametrize("below", ["", "deeper/down"])
def test_a_file_in_place_of_a_folder_is_one_line(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], below: str
) -> None:
    file = tmp_path / "out.json"
    file.write_text("{}")
    plans = [plan, plan, plan]
    said = f"kehoach: {file} is a file. Name a folder with -o.\n"
    assert run(capfd, "extract", *plans, "-o", file / below) == (2, "", said)
    assert file.read_text() == "{}"


def test_an_export_goes_to_files_and_json_lines_to_a_pipe_where_asked(
    plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "s.db"
    run(capfd, "batch", plan, "-o", store)
    code, out, err = run(capfd, "export", store, "--format", "jsonl")
    assert (code, out, err) == (0, "", f"kehoach: {tmp_path / 's.jsonl'}\n")
    code, out, err = run(capfd, "export", store, "--format", "jsonl", "-o", "-")
    assert (code, out, err) == (0, (tmp_path / "s.jsonl").read_text("utf-8"), "")
    code, out, err = run(capfd, "export", store, "-o", "-")
    assert (code, out) == (2, "")
    assert "jsonl" in err
    assert not Path("-").exists()
