"""A short part of `scripts/fuzz`: every kind of text through every room; and no network."""

import random
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import _fuzz_laws as laws  # noqa: E402
import _fuzz_texts as fuzz  # noqa: E402

from extractor import cli, extract  # noqa: E402
from extractor.view import Viewed, view  # noqa: E402


@pytest.mark.parametrize("kind", fuzz.KINDS, ids=[kind.name for kind in fuzz.KINDS])
def test_every_kind_of_text_keeps_the_laws(kind: Any) -> None:
    for number in range(20):
        words = kind.make(random.Random(f"test {number}"))
        failure, _ = fuzz.tried(words)
        assert not failure, (number, words)


def test_the_same_seed_makes_the_same_texts() -> None:
    texts = [fuzz.text(3, number) for number in range(150)]
    assert texts == [fuzz.text(3, number) for number in range(150)]
    assert len(set(texts)) > 130
    assert {kind for kind, _ in texts} == {kind.name for kind in fuzz.KINDS}


@pytest.mark.parametrize(
    "breakout",
    [
        f"<{laws.FOREIGN}>",
        f"<p title='' {laws.FOREIGN}=1>",
        "<!-- a -->",
        "<p onclick=1>",
        "<script>1</script>",
    ],
)
def test_the_law_of_pages_sees_what_breaks_out(breakout: str) -> None:
    page = view(Viewed(extract("KẾ HOẠCH\nTrồng cây")))
    laws.check_page(page)
    with pytest.raises(laws.Broken):
        laws.check_page(page.replace("</main>", f"{breakout}</main>", 1))


def test_a_page_that_ends_early_is_seen() -> None:
    page = view(Viewed(extract("KẾ HOẠCH\nTrồng cây")))
    with pytest.raises(laws.Broken):
        laws.check_page(page[: len(page) // 3])


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket leaves this process."""

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked for")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)


def test_a_folder_is_read_viewed_and_reported_without_network(
    offline: None, tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("tinh-2019-tre-em.txt", "thi-tran-2019-attp.txt"):
        (folder / name).write_bytes((corpus / "plans" / name).read_bytes())
    (folder / "hostile.html").write_text(
        "<html><img src='http://stranger.invalid/a.png'><link rel=stylesheet href='http://stranger.invalid/a.css'>"
        "<p>KẾ HOẠCH</p><iframe src='http://stranger.invalid/'></iframe></html>",
        "utf-8",
    )
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("192.0.2.1", 80))
    assert cli.main(["extract", str(folder), "-o", str(tmp_path / "out")]) == 0
    assert cli.main(["view", str(folder / "hostile.html"), "-o", str(tmp_path / "a.html")]) == 0
    assert len(list((tmp_path / "out").rglob("*.json"))) == 3
    assert (tmp_path / "a.html").stat().st_size > 0
