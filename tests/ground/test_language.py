"""Every line that a user can read has its Vietnamese, and no row of the table is left over."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.archive.batch import STATES
from extractor.doctor import USES
from extractor.ground.language import Line, said, told
from extractor.ground.paper import Note
from extractor.ground.tables import table
from extractor.ground.trouble import Misuse
from extractor.usage import WRONG, parser, retold

SAYERS = ("said", "_say", "_for")  # what takes a line as its first argument


def lines() -> dict[str, str]:
    return {row.en: row.vi for row in table("lines.tsv", Line).rows}


def words(node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str | None]:
    """The texts that an argument may be; ``None`` for one that cannot be told."""
    if isinstance(node, ast.Constant):
        yield node.value if isinstance(node.value, str) else None
    elif isinstance(node, ast.IfExp):
        yield from (*words(node.body, names), *words(node.orelse, names))
    elif isinstance(node, ast.Name) and node.id in names:
        for value in names[node.id]:
            yield from words(value, {})
    else:
        yield None


def spoken(file: Path) -> Iterator[tuple[int, str | None]]:
    """Line number and text of what a module says."""
    source = file.read_text("utf-8")
    if not re.search(r"from extractor\.ground\.language import .*\bsaid\b", source):
        return
    tree = ast.parse(source)
    for function in [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name not in ("said", "_say")
    ]:
        names: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
            if getattr(call.func, "id", getattr(call.func, "attr", "")) in SAYERS:
                yield from ((call.lineno, text) for text in words(call.args[0], names))


def test_every_line_has_its_vietnamese(root: Path) -> None:
    known, used = lines(), {*WRONG, *STATES.values(), *USES}
    for file in sorted((root / "extractor").rglob("*.py")):
        for number, text in spoken(file):
            if text is None:  # told from a list, which is one of those above, or by argparse
                assert file.name in ("batch.py", "doctor.py", "usage.py"), f"{file}:{number} says what?"
            elif re.search(r"\w", re.sub(r"{\w+}", "", text)):
                used.add(text)
    for one in commands():
        used |= {one.description or "", *(action.help or "" for action in one._actions)}
    missing = {text for text in used if text not in known and text[:1].lower() + text[1:-1] not in known}
    assert not missing - {""}
    assert not [row for row in known if row not in used and row[:1].upper() + row[1:] + "." not in used]


def commands() -> list[argparse.ArgumentParser]:
    main = parser()
    (choices,) = (a for a in main._actions if isinstance(a, argparse._SubParsersAction))
    return [main, *choices.choices.values()]


def test_a_line_keeps_its_places() -> None:
    for english, vietnamese in lines().items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", vietnamese))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["extrakt"], "không có lựa chọn 'extrakt' (hãy chọn trong: "),
        ([], "thiếu COMMAND. Xem 'kehoach --help'."),
        (["batch", "a"], "thiếu -o/--output. Xem 'kehoach batch --help'."),
        (["extract", "a", "--wie"], "không có tham số này: --wie."),
        (["extract", "a", "--ocr", "x: y"], "tham số --ocr: không có lựa chọn 'x: y'"),
        (["extract", "a", "-o"], "tham số -o/--output: cần kèm một giá trị."),
        (["serve", "--port", "x"], "tham số --port: 'x' không phải số nguyên từ 0 đến 65535."),
        (["extract", "--no-text=5", "a"], "tham số --no-text: không nhận giá trị '5'."),
        (["serve", "--m", "5"], "tùy chọn --m có thể là --most, --memory."),
    ],
    ids=" ".join,
)
def test_a_wrong_line_is_told_in_vietnamese(
    line: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LOCALE", "vi_VN.UTF-8")
    with pytest.raises(SystemExit) as end:
        parser().parse_args(line)
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert says in told
    assert told.count("\n") == 1


def test_help_is_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_LOCALE", "vi")
    for command in commands():
        page = command.format_help()
        assert page.startswith("cách dùng: kehoach")
        assert "\ntùy chọn:\n" in page
    assert "usage" not in page


def test_what_no_form_knows_is_told_as_it_is() -> None:
    assert retold("something new in argparse") == "something new in argparse"


def test_a_refusal_and_a_note_are_told_by_their_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, note = Misuse("not_found", "no such file: {x}", "Check it."), Note("reading.empty", "it is empty")
    assert (told(wrong), told(note)) == ("no such file: {x}. Check it.", "it is empty")
    monkeypatch.setenv("KEHOACH_LOCALE", "vi")
    assert told(wrong) == "Không có tệp này (no such file: {x}). Hãy kiểm tra lại đường dẫn."
    assert told(note).startswith("Tệp rỗng hoặc không có chữ (it is empty). ")
    assert told(wrong, "en") == str(wrong)
    assert said("{path}: {n} gold records.", path="{a}", n=2) == "{a}: 2 bản ghi chuẩn."
