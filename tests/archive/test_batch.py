"""A batch: all accounted for, the same store whoever works and whenever it is killed, nothing done twice."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.archive import Limits, Options, Store, engine_of, run
from extractor.archive.batch import Summary
from extractor.archive.jobs import Job, Outcome
from extractor.ground.trouble import Misuse, Trouble
from extractor.record import Record

Dump = Callable[[Path], str]


def batch(folder: Path, store: Path, workers: int = 1, **options: Any) -> Summary:
    limits = options.get("limits", Limits())
    return run([str(folder)], store, engine_of(workers, limits, None), Options(**options))


def ask(store: Path, query: str) -> list[Any]:
    db = sqlite3.connect(store)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def test_every_file_is_accounted_for(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    summary = batch(folder, store)
    assert summary.done == {"read": 5, "copy": 2, "failed": 3, "skipped": 5}
    states = dict(ask(store, "SELECT path, state FROM files"))
    assert len(states) == 15
    assert {path for path, state in states.items() if state == "read"} == {
        "2019/thi-tran-2019-attp.txt",
        "2019/tinh-2019-tre-em.txt",
        "bản sao.txt",
        "plans.zip/b.txt",
        "plans.zip/trong.zip/tỉnh.pdf",
        "plans.zip/trong.zip/xã/kế hoạch.txt",
        "so.docx",
    }
    failures = {
        path: (stage, code) for path, stage, code in ask(store, "SELECT path, stage, code FROM failures")
    }
    assert failures["hỏng.docx"] == ("reading", "damaged")
    assert failures["rỗng.txt"] == ("reading", "empty")
    assert failures["plans.zip/../../thoát.txt"] == ("archive", "unsafe_name")
    assert {code for _, code in failures.values()} >= {"system_file", "hidden", "no_document"}
    assert not ask(store, "SELECT 1 FROM failures WHERE message = '' OR remedy = ''")
    assert ask(store, "PRAGMA journal_mode") == [("wal",)]


def test_the_store_holds_what_extract_gives(folder: Path, tmp_path: Path, corpus: Path) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)
    with Store(store) as opened:
        records = dict(opened.records())
    found = Record.from_dict(records["2019/tinh-2019-tre-em.txt"])
    assert found.to_json() == extract(corpus / "plans" / "tinh-2019-tre-em.txt").to_json()
    plain = found.to_dict(plain=True)
    row = ask(store, "SELECT number, date, year, theme, issuer, province FROM plans JOIN documents "
                     "USING (document) WHERE path LIKE '%tinh-2019%'")  # fmt: skip
    issuer = plain["issuer"]
    assert row == [(plain["number"], plain["date"], 2019, plain["theme"], issuer["name"], issuer["province"])]
    counted = dict(
        ask(store, "SELECT path, count(*) FROM tasks JOIN documents USING (document) GROUP BY path")
    )
    for path, record in records.items():
        units = Record.from_dict(record).to_dict(plain=True)["units"]
        assert counted.get(path, 0) == sum(len(unit["tasks"]) for unit in units)


def test_one_worker_or_two_give_the_same_store(folder: Path, tmp_path: Path, dump: Dump) -> None:
    batch(folder, tmp_path / "one.db", 1)
    batch(folder, tmp_path / "two.db", 2)
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db")


def test_a_second_run_does_nothing(folder: Path, tmp_path: Path, dump: Dump) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)
    before = dump(store)

    def none(jobs: Any) -> Any:
        yield from (pytest.fail(f"{job.path} is read again") for job in jobs)

    assert run([str(folder)], store, none).done == {"unchanged": 15}
    assert dump(store) == before


def test_what_is_new_or_changed_is_read_and_what_is_gone_stays_named(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)
    changed = folder / "2019" / "thi-tran-2019-attp.txt"
    changed.write_text(changed.read_text("utf-8").replace("2019", "2018"), "utf-8")
    (folder / "so.docx").unlink()
    shutil.copy(changed, folder / "mới.txt")
    summary = batch(folder, store)
    assert summary.done == {"read": 1, "copy": 1, "unchanged": 13}
    assert summary.gone == 1
    assert ask(store, "SELECT path FROM files WHERE state = 'gone'") == [("so.docx",)]
    assert ask(store, "SELECT count(*) FROM documents WHERE path = 'so.docx'") == [(1,)]
    # the old bytes of the changed file are still in the zip, under whose path the document now goes
    assert ask(store, "SELECT count(*) FROM documents WHERE path = 'plans.zip/b.txt'") == [(1,)]


def test_a_store_that_grew_is_the_store_of_one_run(folder: Path, tmp_path: Path, dump: Dump) -> None:
    aside = tmp_path / "2019"
    shutil.move(folder / "2019", aside)
    batch(folder, tmp_path / "grown.db")
    shutil.move(aside, folder / "2019")
    batch(folder, tmp_path / "grown.db")
    batch(folder, tmp_path / "once.db")
    assert dump(tmp_path / "grown.db") == dump(tmp_path / "once.db")


def test_failures_with_a_passing_cause_are_tried_again(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"

    def dying(jobs: Any) -> Any:
        for job in jobs:
            yield Outcome(job.path, "0" * 64, Trouble("crashed", "it died", "Try again.", stage="archive"))

    run([str(folder)], store, dying)
    assert batch(folder, store).done == {"read": 5, "copy": 2, "failed": 2, "skipped": 1, "unchanged": 5}
    assert batch(folder, store).done == {"unchanged": 15}
    assert batch(folder, store, retry_failed=True).done == {"failed": 2, "unchanged": 13}
    assert batch(folder, store, force=True).done["read"] == 5


def test_other_options_are_other_records(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)
    assert batch(folder, store, ocr="never").done["read"] == 5
    assert len(ask(store, "SELECT json FROM made_by")) == 2


@pytest.mark.parametrize("delay", [0.15, 0.4, 0.7, 1.0])
def test_killed_at_any_moment_the_next_run_ends_as_one_would(
    folder: Path, tmp_path: Path, dump: Dump, delay: float
) -> None:
    killed, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    batch(folder, whole)
    command = [sys.executable, "-m", "extractor", "batch", str(folder), "-o", str(killed), "-j", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    batch(folder, killed)
    assert dump(killed) == dump(whole)


def test_ctrl_c_keeps_what_is_done(folder: Path, tmp_path: Path, dump: Dump) -> None:
    store = tmp_path / "s.db"

    def interrupted(jobs: Any) -> Any:
        given = engine_of(1, Limits(), None)(jobs)
        yield next(given)
        given.close()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([str(folder)], store, interrupted)
    assert ask(store, "SELECT count(*) FROM files WHERE state = 'read'") != [(0,)]
    batch(folder, store)
    batch(folder, tmp_path / "whole.db")
    assert dump(store) == dump(tmp_path / "whole.db")


def test_a_worker_that_is_killed_costs_nothing(
    folder: Path, tmp_path: Path, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.archive import isolate

    started = isolate._started
    born: list[int] = []

    def short_lived(limits: Limits) -> Any:
        process = started(limits)
        born.append(process.pid)
        if len(born) == 1:
            os.kill(process.pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(isolate, "_started", short_lived)
    batch(folder, tmp_path / "s.db")
    assert len(born) == 2
    batch(folder, tmp_path / "whole.db")
    assert dump(tmp_path / "s.db") == dump(tmp_path / "whole.db")


def test_a_document_that_hangs_or_eats_memory_costs_itself(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.archive import isolate

    shutil.copy(corpus / "plans" / "so-2024-cchc.docx", tmp_path / "a.docx")
    job = Job("a.docx", (tmp_path / "a.docx").read_bytes())
    hang = "import signal, time; signal.signal(signal.SIGALRM, signal.SIG_IGN); time.sleep(60)"
    real = subprocess.Popen
    monkeypatch.setattr(isolate, "_GRACE", 0.3)
    monkeypatch.setattr(
        isolate.subprocess, "Popen", lambda command, **kw: real([sys.executable, "-c", hang], **kw)
    )
    worker = isolate.Worker(Limits(seconds=0.2))
    outcome = worker.settle(job)
    worker.close()
    assert outcome.trouble is not None
    assert outcome.trouble.code == "timeout"
    monkeypatch.undo()
    worker = isolate.Worker(Limits(megabytes=20))
    outcome = worker.settle(job)
    worker.close()
    assert outcome.trouble is not None
    assert outcome.trouble.code in ("memory", "crashed")
    worker = isolate.Worker(Limits(seconds=0.002))
    outcome = worker.settle(job)
    worker.close()
    assert outcome.trouble is not None
    assert outcome.trouble.code == "timeout"


def test_want_of_memory_is_no_damage() -> None:
    from extractor.archive.worker import _starved

    trouble = Trouble("damaged", "it looks damaged", "Get another.")
    trouble.__cause__ = ValueError()
    trouble.__cause__.__context__ = MemoryError()
    assert _starved(trouble)
    assert not _starved(Trouble("damaged", "it is", "Get another."))


def test_copies_and_parents_are_found(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    plan = (corpus / "plans" / "thi-tran-2019-attp.txt").read_text("utf-8")
    (folder / "a.txt").write_text(plan, "utf-8")
    (folder / "b.txt").write_text(plan.replace("phối hợp", "cùng phối hợp"), "utf-8")
    (folder / "năm sau.txt").write_text(plan.replace("2019", "2020"), "utf-8")
    batch(folder, tmp_path / "s.db")
    groups = ask(
        tmp_path / "s.db",
        "SELECT d.path, b.path FROM copies JOIN documents d USING (document) "
        "JOIN documents b ON b.document = best ORDER BY 1",
    )
    assert groups == [("a.txt", "a.txt"), ("b.txt", "a.txt"), ("năm sau.txt", "năm sau.txt")]
    with Store(tmp_path / "s.db", write=True) as store:
        store.db.execute(
            "UPDATE plans SET number = '49/KH-BCĐ', date = '2019-04-01', issuer = "
            "(SELECT issuer FROM parents LIMIT 1) WHERE document = (SELECT document FROM documents "
            "WHERE path = 'năm sau.txt')"
        )
        from extractor.archive.linking import link

        link(store.db)
        linked = store.db.execute(
            "SELECT number, parents.date, b.path FROM parents JOIN documents c USING (document) "
            "LEFT JOIN documents b ON b.document = parent WHERE c.path = 'a.txt'"
        ).fetchall()
    assert linked == [("49/KH-BCĐ", "2019-04-01", "năm sau.txt")]


def test_text_is_found_with_marks_and_without(folder: Path, tmp_path: Path) -> None:
    batch(folder, tmp_path / "s.db")
    for words in ('"an toan thuc pham"', '"an toàn thực phẩm"', '"don vi"', "đơn"):
        assert ask(tmp_path / "s.db", f"SELECT rowid FROM search WHERE search MATCH '{words}'"), words


def test_search_finds_words_with_marks_and_without(folder: Path, tmp_path: Path) -> None:
    batch(folder, tmp_path / "s.db")
    with Store(tmp_path / "s.db") as store:
        marked = [path for path, _, _ in store.search("thực phẩm Đơn vị")]
        assert marked
        assert [path for path, _, _ in store.search("thuc pham don vi")] == marked
        assert all("đơn vị" in around.lower() for _, _, around in store.search('"don vi"'))
        together = [path for path, _, _ in store.search('"thuc pham don vi"')]
        assert together != marked
        for odd in ('"', "* AND (", "NEAR(", "folded:"):
            with suppress(Misuse):
                list(store.search(odd))


def test_a_store_refuses_in_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database at all, not even an empty one")
    with pytest.raises(Misuse, match="no store"):
        batch(folder, tmp_path / "bad.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    with pytest.raises(Misuse, match="no store of kehoach"):
        batch(folder, tmp_path / "other.db")
    with pytest.raises(Misuse, match="no such store"):
        Store(tmp_path / "none.db")
    with pytest.raises(Misuse, match="No such file"):
        batch(tmp_path / "nowhere", tmp_path / "s.db")
    assert not (tmp_path / "s.db").exists()
    with Store(tmp_path / "s.db", write=True), pytest.raises(Misuse, match="another kehoach"):
        batch(folder, tmp_path / "s.db")
    with Store(tmp_path / "s.db", write=True) as store:
        store.db.execute("PRAGMA user_version = 99")
    with pytest.raises(Misuse, match="newer kehoach"):
        batch(folder, tmp_path / "s.db")


def test_a_full_disk_ends_the_run_and_harms_nothing(
    folder: Path, tmp_path: Path, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Store.__init__

    def small(self: Store, path: Path, write: bool = False) -> None:
        opened(self, path, write)
        self.db.execute("PRAGMA max_page_count = 60")

    monkeypatch.setattr(Store, "__init__", small)
    with pytest.raises(Trouble, match="disk is full") as caught:
        batch(folder, tmp_path / "s.db")
    assert caught.value.code == "disk_full"
    monkeypatch.undo()
    batch(folder, tmp_path / "s.db")
    batch(folder, tmp_path / "whole.db")
    assert dump(tmp_path / "s.db") == dump(tmp_path / "whole.db")


# --- what a reviewer found


def interrupted(jobs: Any) -> Any:
    given = engine_of(1, Limits(), None)(jobs)
    yield next(given)
    given.close()
    raise KeyboardInterrupt


def test_an_unfinished_store_says_so_and_is_never_wrong(folder: Path, tmp_path: Path) -> None:
    from extractor.archive import export

    store = tmp_path / "s.db"
    batch(folder, store)
    changed = folder / "2019" / "thi-tran-2019-attp.txt"
    changed.write_text(changed.read_text("utf-8").replace("2019", "2018"), "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run([str(folder)], store, interrupted)
    with Store(store) as opened:
        assert not opened.indexed
        assert list(opened.search("tre em")) == []
        assert len(list(opened.records(best=True))) == len(list(opened.records()))
    (calendar,) = export(store, "ics", tmp_path / "s.ics")
    assert "BEGIN:VEVENT" in calendar.read_text("utf-8")
    batch(folder, store)
    with Store(store) as opened:
        assert opened.indexed
        assert list(opened.search("tre em"))


def test_paths_that_cannot_be_looked_at_cost_themselves(folder: Path, tmp_path: Path) -> None:
    roots = [str(folder / "so.docx"), "x" * 300, str(folder / "rỗng.txt" / "below"), "k\udcea.txt"]
    summary = run(roots, tmp_path / "s.db", engine_of(1, Limits(), None))
    assert summary.done == {"read": 1, "failed": 3}
    with pytest.raises(Misuse, match="too long"):
        run(["x" * 300], tmp_path / "s.db")


def test_names_that_look_alike_are_kept_apart(tmp_path: Path, corpus: Path) -> None:
    import zipfile

    made = tmp_path / "a"
    made.mkdir()
    for byte, name in ((b"\xf1", "doan-2018-he"), (b"\xf2", "thi-tran-2019-attp")):
        with open(os.fsencode(made) + b"/k" + byte + b".txt", "wb") as file:
            file.write((corpus / "plans" / f"{name}.txt").read_bytes())
    with zipfile.ZipFile(made / "z.zip", "w") as zipped:
        for name, content in (("a.txt", "1"), ("a.txt", "2"), ("a.txt (2)", "3")):
            zipped.writestr(name, f"KẾ HOẠCH\nsố {content}\n" * 5)
    summary = batch(made, tmp_path / "s.db")
    assert sum(summary.done.values()) == 5
    assert len(ask(tmp_path / "s.db", "SELECT path FROM documents")) == 5
    assert batch(made, tmp_path / "s.db").done == {"unchanged": 5}


def test_a_damaged_document_is_a_failure_and_no_stranger(tmp_path: Path, corpus: Path) -> None:
    made = tmp_path / "a"
    made.mkdir()
    (made / "zeros.pdf").write_bytes(bytes(5000))
    (made / "noise.docx").write_bytes(
        bytes(1500) + (corpus / "plans" / "so-2024-cchc.docx").read_bytes()[1500:]
    )
    (made / "noise.bin").write_bytes(bytes(5000))
    assert batch(made, tmp_path / "s.db").done == {"failed": 2, "skipped": 1}


def test_a_failure_does_not_take_a_good_record(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)

    def dying(jobs: Any) -> Any:
        for job in jobs:
            yield Outcome(job.path, "", Trouble("memory", "too much", "Try again.", stage="archive"))

    assert run([str(folder)], store, dying, Options(force=True)).done["failed"] >= 5
    assert ask(store, "SELECT count(*) FROM documents") == [(5,)]
    batch(folder, store)
    assert ask(store, "SELECT count(*) FROM files WHERE state = 'read'") == [(7,)]


def test_a_store_hides_only_itself(folder: Path) -> None:
    assert batch(folder, folder / "so").done["read"] == 5


def test_shares_in_one_store_are_no_loss_of_each_other(folder: Path, tmp_path: Path, dump: Dump) -> None:
    for number in (1, 2):
        assert batch(folder, tmp_path / "s.db", shard=(number, 2)).gone == 0
    batch(folder, tmp_path / "whole.db")
    assert dump(tmp_path / "s.db") == dump(tmp_path / "whole.db")


def test_limits_out_of_range_are_refused() -> None:
    for limits in (Limits(0), Limits(-5), Limits(float("nan")), Limits(float("inf")), Limits(60, 20)):
        with pytest.raises(Misuse, match="out of range"):
            engine_of(1, limits, None)


def test_a_draft_does_not_join_two_plans(tmp_path: Path) -> None:
    plan = (
        "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: {}/KH-UBND\nAn Bình, ngày {} tháng {} năm 2023\n\nKẾ HOẠCH\n"
        "Tổ chức Tết trồng cây\n\nI. MỤC ĐÍCH\n"
        + "\n".join(f"- Trồng cây ở thôn {n} và chăm sóc." for n in range(60))
    )
    made = tmp_path / "a"
    made.mkdir()
    (made / "jan.txt").write_text(plan.format("11", "05", "01"), "utf-8")
    (made / "feb.txt").write_text(plan.format("22", "06", "02"), "utf-8")
    (made / "draft.txt").write_text(plan.format("   ", "   ", "  "), "utf-8")
    batch(made, tmp_path / "s.db")
    best = dict(
        ask(
            tmp_path / "s.db",
            "SELECT d.path, b.path FROM copies JOIN documents d USING (document) "
            "JOIN documents b ON b.document = best",
        )
    )
    assert best["jan.txt"] != best["feb.txt"]
    assert best["draft.txt"] in ("jan.txt", "feb.txt", "draft.txt")


# --- what is given beside an archive, or later


def archives(tmp_path: Path, *names: str) -> list[str]:
    """Folders that hold ``1.txt`` each, of different bytes, and one of their own."""
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "1.txt").write_text(f"KẾ HOẠCH\nTrồng cây {name}", "utf-8")
        (tmp_path / name / f"{Path(name).name}.txt").write_text(f"KẾ HOẠCH\nTết {name}", "utf-8")
    return [str(tmp_path / name) for name in names]


def paths(store: Path) -> dict[str, str]:
    return dict(ask(store, "SELECT path, state FROM files"))


def test_a_file_keeps_its_path_whatever_is_given_beside_it(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    archives(tmp_path, "A", "B", "C/B")
    store = tmp_path / "s.db"
    run(["A"], store)
    assert run(["A", "B"], store).done == {"unchanged": 2, "read": 2}
    assert paths(store) == dict.fromkeys(("1.txt", "A.txt", "B/1.txt", "B/B.txt"), "read")
    assert run([str(tmp_path / "B")], store).done == {"unchanged": 2}  # given otherwise, and alone
    summary = run(["C/B"], store)  # another one of its name
    assert (summary.done, summary.gone, summary.replaced) == ({"read": 2}, 0, 0)
    assert set(paths(store)) == {"1.txt", "A.txt", "B/1.txt", "B/B.txt", "C/B/1.txt", "C/B/B.txt"}
    (tmp_path / "B" / "1.txt").unlink()
    assert run(["A"], store).gone == 0
    assert run(["B"], store).gone == 1
    assert paths(store)["B/1.txt"] == "gone"


def test_two_archives_of_the_same_names_lose_nothing(tmp_path: Path) -> None:
    first, second = archives(tmp_path, "2019/kho", "2020/kho")
    store = tmp_path / "s.db"
    run([first], store)
    assert run([second], store).done == {"read": 2}
    assert len(ask(store, "SELECT 1 FROM documents")) == 4
    for name in ("2019", "2020"):
        shutil.make_archive(str(tmp_path / name / "kho"), "zip", tmp_path / name / "kho")
    zips = [str(tmp_path / name / "kho.zip") for name in ("2019", "2020")]
    run(zips[:1], tmp_path / "z.db")
    run(zips[1:], tmp_path / "z.db")
    assert len(ask(tmp_path / "z.db", "SELECT 1 FROM documents")) == 4
    assert set(paths(tmp_path / "z.db").values()) == {"read"}


def test_an_archive_that_has_been_moved_keeps_its_paths(tmp_path: Path) -> None:
    (given,) = archives(tmp_path, "a/kho")
    run([given], tmp_path / "s.db")
    shutil.move(tmp_path / "a", tmp_path / "b")
    assert run([str(tmp_path / "b" / "kho")], tmp_path / "s.db").done == {"unchanged": 2}
    assert ask(tmp_path / "s.db", "SELECT place, prefix FROM roots") == [(str(tmp_path / "b" / "kho"), "")]
    shutil.rmtree(tmp_path / "b")
    (other,) = archives(tmp_path, "disk two/kho")  # its name and the names of its files, and no more
    assert run([other], tmp_path / "s.db").done == {"read": 2}
    assert len(ask(tmp_path / "s.db", "SELECT 1 FROM documents")) == 4


def test_a_folder_that_is_called_as_another_root_is_kept_apart(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    archives(tmp_path, "A", "B")
    store = tmp_path / "s.db"
    run(["A"], store)
    run(["B"], store)
    shutil.copytree(tmp_path / "B", tmp_path / "A" / "B")
    (tmp_path / "A" / "B" / "1.txt").write_text("KẾ HOẠCH\nkhác", "utf-8")
    assert run(["A"], store).replaced == 0
    assert set(paths(store)) == {"1.txt", "A.txt", "B/1.txt", "B/B.txt", "B (2)/1.txt", "B (2)/B.txt"}
    assert run(["A", "B"], store).done == {"unchanged": 6}
    shutil.copytree(tmp_path / "B", tmp_path / "A" / "C")
    shutil.copytree(tmp_path / "B", tmp_path / "C")
    run(["A"], store)
    run(["C"], store)  # its name is taken by a folder of A
    assert {"C/1.txt", "C (2)/1.txt"} <= set(paths(store))


def test_files_given_by_themselves_have_one_path(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    archives(tmp_path, "A", "B")
    store = tmp_path / "s.db"
    run(["A/1.txt", "B/1.txt"], store)
    assert set(paths(store)) == {"A/1.txt", "B/1.txt"}
    assert run(["A/1.txt", "A/A.txt"], store).done == {"unchanged": 1, "read": 1}
    assert run(["A"], store).done == {"copy": 2}
    assert set(paths(store)) == {"A/1.txt", "A/A.txt", "B/1.txt", "A (2)/1.txt", "A (2)/A.txt"}
    assert set(paths(store).values()) == {"read"}


def test_a_store_that_knows_no_roots_goes_on(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    batch(folder, store)
    with Store(store, write=True) as opened:
        opened.set_roots([])
        opened.db.commit()
    assert set(batch(folder, store).done) == {"unchanged"}


def test_what_is_replaced_is_told(tmp_path: Path) -> None:
    (given,) = archives(tmp_path, "A")
    run([given], tmp_path / "s.db")
    (tmp_path / "A" / "1.txt").write_text("KẾ HOẠCH\nMột kế hoạch khác hẳn", "utf-8")
    summary = run([given], tmp_path / "s.db")
    assert summary.replaced == 1
    assert "1 documents have changed or been replaced" in "\n".join(summary.lines())


def test_an_ended_run_says_how_to_go_on_and_its_store_that_it_is_unfinished(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from extractor.archive import merge
    from extractor.cli import main

    store = tmp_path / "s.db"
    monkeypatch.setattr("extractor.archive.engine_of", lambda *_: interrupted)
    assert main(["batch", str(folder), "-o", str(store), "-j", "1"]) == 130
    said = capfd.readouterr().err
    assert re.fullmatch(r"kehoach: stopped after \d+ files \(.+\)\. All of it is kept; .+\n", said)
    for line in ("export --format csv", "export --format brat", "report"):
        command, *rest = line.split()
        out = ["-o", str(tmp_path / "-".join(line.split()))]
        main([command, str(store), *rest, *out])
        assert "the last batch was ended before it was done" in capfd.readouterr().err
    merge(tmp_path / "m.db", [store])
    with Store(tmp_path / "m.db") as merged:
        assert not merged.whole
    monkeypatch.undo()
    batch(folder, store)
    main(["export", str(store), "--format", "csv", "-o", str(tmp_path / "csv")])
    assert "the last batch" not in capfd.readouterr().err


def test_a_run_that_is_ended_among_failures_is_unfinished(tmp_path: Path) -> None:
    (given,) = archives(tmp_path, "A")
    store = tmp_path / "s.db"
    run([given], store)
    for name in ("0.pdf", "2.pdf"):
        (tmp_path / "A" / name).write_bytes(b"%PDF-1.7\nbroken")
    with pytest.raises(KeyboardInterrupt):
        run([given], store, interrupted)
    with Store(store) as opened:
        assert opened.indexed
        assert not opened.whole


def test_a_part_of_an_archive_goes_by_the_names_that_it_has_there(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    archives(tmp_path, "A/2019", "A/2020")
    store = tmp_path / "s.db"
    run(["A"], store)
    before = paths(store)
    assert run(["A/2019"], store).done == {"unchanged": 2}
    (tmp_path / "A" / "2019" / "new.txt").write_text("KẾ HOẠCH\nmới", "utf-8")
    assert run(["A/2019/new.txt"], store).done == {"read": 1}
    assert paths(store) == {**before, "2019/new.txt": "read"}
    (tmp_path / "A" / "2020" / "1.txt").unlink()
    (tmp_path / "A" / "2019" / "1.txt").unlink()
    assert run(["A/2019"], store).gone == 1
    assert run(["A", "A/2019"], store).gone == 1
    assert paths(store) == {**before, "2019/new.txt": "read", "2019/1.txt": "gone", "2020/1.txt": "gone"}
    assert ask(store, "SELECT prefix FROM roots") == [("",)]
