"""What an archive holds, and what hostile ones cannot do."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractor.archive import walk as rooms
from extractor.archive.walk import Item, count, walk
from extractor.ground.trouble import Misuse, Trouble


def found(*roots: Path | str) -> dict[str, Item]:
    items = list(walk([str(root) for root in roots]))
    return {item.path: item for item in items}


def zip_of(**members: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def test_paths_come_in_the_order_of_their_characters(tmp_path: Path) -> None:
    for name in ("a/b.txt", "a.txt", "a-b.txt", "á.txt", "Z.txt", "a/b/c.txt2", "zip.zip.txt"):
        path = tmp_path / name
        if name == "a/b/c.txt2":
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "zip.zip").write_bytes(zip_of(**{"b.txt": b"1", "a/c.txt": b"2"}))
    paths = list(found(tmp_path))
    assert paths == sorted(paths)
    assert "zip.zip/a/c.txt" in paths
    assert count([str(tmp_path)]) == len(paths)


def test_several_roots_keep_apart(tmp_path: Path) -> None:
    for root in ("a", "b"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "1.txt").write_text(root)
    os.chdir(tmp_path)
    assert list(found("a", "b")) == ["a/1.txt", "b/1.txt"]
    assert list(found("a")) == ["1.txt"]
    items = found("a/1.txt", "none.txt")
    assert items["a/1.txt"].read() == b"a"
    assert items["none.txt"].trouble is not None
    assert items["none.txt"].trouble.code == "vanished"
    with pytest.raises(Misuse):
        found("none.txt")


def test_zips_are_opened_three_deep_and_no_deeper(tmp_path: Path) -> None:
    content = b"x"
    for level in range(6):
        content = zip_of(**{f"{level}.zip" if level else "x.txt": content})
    (tmp_path / "z.zip").write_bytes(content)
    (item,) = found(tmp_path).values()
    assert item.trouble is not None
    assert item.trouble.code == "too_deep"


def test_bombs_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bomb.zip").write_bytes(zip_of(**{"a.txt": bytes(30 * 2**20), "b.txt": b"fine"}))
    items = found(tmp_path)
    assert items["bomb.zip/a.txt"].trouble is not None
    assert items["bomb.zip/a.txt"].trouble.code == "too_large"
    assert items["bomb.zip/b.txt"].trouble is None
    monkeypatch.setattr(rooms, "MOST_NESTED", 100)
    (tmp_path / "bomb.zip").write_bytes(zip_of(**{"a.zip": zip_of(**{"x.txt": os.urandom(200)})}))
    (item,) = found(tmp_path).values()
    assert item.trouble is not None
    assert item.trouble.code == "too_deep"


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"]
)
def test_names_that_point_out_are_refused_and_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "z.zip").write_bytes(zip_of(**{name: b"x", "in.txt": b"y"}))
    items = found(tmp_path)
    assert len(items) == 2
    assert items["z.zip/in.txt"].trouble is None
    (other,) = (item for path, item in items.items() if path != "z.zip/in.txt")
    assert other.trouble is not None
    assert other.trouble.code == "unsafe_name"
    assert not other.skipped


def test_links_out_of_the_archive_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.txt").write_text("a")
    (inside / "own.txt").symlink_to(inside / "a.txt")
    (inside / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "dead.txt").symlink_to(inside / "nowhere")
    items = found(inside)
    assert set(items) == {"a.txt", "own.txt", "out.txt", "loop", "dead.txt"}
    assert items["own.txt"].trouble is None
    assert items["out.txt"].skipped
    assert items["loop"].skipped
    assert items["dead.txt"].trouble is not None
    assert items["dead.txt"].trouble.code == "vanished"


def test_damaged_locked_and_repeated_members_are_named(tmp_path: Path) -> None:
    good = zip_of(**{"a.txt": b"hello " * 200})
    broken = bytearray(good)
    broken[60:70] = b"\xff" * 10
    (tmp_path / "broken.zip").write_bytes(broken)
    (tmp_path / "cut.zip").write_bytes(good[:-30])
    twice = BytesIO()
    with zipfile.ZipFile(twice, "w") as file:
        file.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.txt", b"2")
    (tmp_path / "twice.zip").write_bytes(twice.getvalue())
    locked = bytearray(good)
    locked[6] |= 1
    locked[good.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    items = found(tmp_path)
    assert set(items) == {
        "broken.zip/a.txt", "cut.zip", "locked.zip/a.txt", "twice.zip/a.txt",
    }  # fmt: skip
    assert items["cut.zip"].trouble is not None
    assert items["locked.zip/a.txt"].trouble is not None
    assert items["locked.zip/a.txt"].trouble.code == "encrypted"
    with (
        zipfile.ZipFile(tmp_path / "broken.zip") as opened,
        pytest.raises(Trouble, match="cannot be unpacked"),
    ):
        rooms._unpacked(opened, opened.infolist()[0])


def test_names_that_are_no_utf8_are_shown(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/k\xea.txt", "wb") as file:
        file.write(b"x")
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("tinh.txt", b"x")
    raw = made.getvalue().replace(b"tinh.txt", "tỉn.txt".encode()[:8])
    assert len(raw) == len(made.getvalue())
    (tmp_path / "z.zip").write_bytes(raw)
    assert set(found(tmp_path)) == {
        "k\\xea.txt",
        "z.zip/" + "tỉn.txt".encode()[:8].decode("utf-8", "replace"),
    }


def test_the_store_is_no_part_of_its_archive(tmp_path: Path) -> None:
    for name in ("s.db", "s.db-wal", "s.db.lock", "a.txt"):
        (tmp_path / name).write_text("x")
    assert [item.path for item in walk([str(tmp_path)], own=tmp_path / "s.db")] == ["a.txt"]
