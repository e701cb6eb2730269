"""An archive as they are: folders, zips in zips, copies, files that are damaged, empty or no documents."""

import hashlib
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

TEXTS = ("tinh-2019-tre-em.txt", "thi-tran-2019-attp.txt", "xa-2026-chuyen-doi-so.damaged.txt")


@pytest.fixture
def folder(tmp_path: Path, corpus: Path) -> Path:
    """Seven files that are documents (five contents), three that fail, five that are none."""
    made = tmp_path / "kho lưu trữ"
    (made / "2019").mkdir(parents=True)
    for name in TEXTS[:2]:
        shutil.copy(corpus / "plans" / name, made / "2019" / name)
    shutil.copy(corpus / "plans" / TEXTS[0], made / "bản sao.txt")
    shutil.copy(corpus / "plans" / "so-2024-cchc.docx", made / "so.docx")
    (made / "plans.zip").write_bytes(zipped(corpus))
    (made / "hỏng.docx").write_bytes((made / "so.docx").read_bytes()[:3000])
    (made / "rỗng.txt").write_bytes(b"")
    (made / "~$so.docx").write_bytes(b"lock")
    (made / "Thumbs.db").write_bytes(b"thumbs")
    (made / "old.json").write_text("{}")
    (made / "phim.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(2000))
    return made


def zipped(corpus: Path) -> bytes:
    """A zip with a plan, a zip that holds another, and a name that points out of it."""
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(corpus / "plans" / TEXTS[2], "xã/kế hoạch.txt")
        file.write(corpus / "plans" / "tinh-2021-chuyen-doi-so.pdf", "tỉnh.pdf")
    outer = BytesIO()
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("trong.zip", inner.getvalue())
        file.write(corpus / "plans" / TEXTS[1], "b.txt")
        file.writestr("../../thoát.txt", "KẾ HOẠCH")
        file.writestr(".DS_Store", "x")
    return outer.getvalue()


@pytest.fixture
def dump() -> Callable[[Path], str]:
    """The digest of all that a store holds, the search index's own tables too."""

    def digest(store: Path) -> str:
        db = sqlite3.connect(store)
        try:
            return hashlib.sha256("\n".join(db.iterdump()).encode()).hexdigest()
        finally:
            db.close()

    return digest
