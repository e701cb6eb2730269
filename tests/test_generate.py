"""Made documents: gold is whole and stands in the text, seeds repeat, the halves share no wording."""

import json
import random
import re
import sys
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from corpus_check import DATE, KEYS, dates, flat, texts  # noqa: E402
from corpus_generate import NEAR, STEPS, Made, campaigns, damaged, documents, write  # noqa: E402
from corpus_numbers import WAYS, labels_of, lose  # noqa: E402
from corpus_said import PARTS, Said, Voice, slots  # noqa: E402
from corpus_tree import Node, set_tree, slip, system  # noqa: E402

FIELDS = {
    "deadlines": {"date", "recurrence", "recipient", "via", "reporter", "text"},
    "units": {"name", "within", "tasks"},
    "citations": {"type", "number", "date"},
    "parent_plans": {"number", "date", "issuer"},
}


@cache
def made(part: str, count: int = 150, seed: int = 7) -> tuple[Made, ...]:
    return tuple(documents(seed, count, part))


def wordless(variant: str) -> bool:
    """A variant of values and marks alone is no wording."""
    return not re.search(r"\w", re.sub(r"\{[^}]*\}", "", variant))


@pytest.mark.parametrize("part", PARTS)
def test_gold_has_every_key_of_the_plain_record(part: str) -> None:
    for document in made(part):
        gold = document.gold
        assert set(gold) - {"scored"} == KEYS
        assert set(gold.get("scored", [])) <= KEYS
        assert set(gold["issuer"]) == {"name", "level", "province", "district", "commune"}
        for name, keys in FIELDS.items():
            assert all(set(row) == keys for row in gold[name])
        assert all(DATE.fullmatch(value) for value in dates(gold))
        assert (gold["number"] is None) != (gold["symbol"] is None)
        numbers = [(row["type"], row["number"]) for row in gold["citations"]]
        assert len(set(numbers)) == len(numbers)
        json.dumps(gold)


@pytest.mark.parametrize("part", PARTS)
def test_every_value_of_the_gold_stands_in_the_text(part: str) -> None:
    """But for case, marks and line ends (``corpus_check.flat``); numbers but for blanks."""
    for document in made(part):
        words, tight = flat(document.text), re.sub(r"\s", "", document.text)
        for value in [
            *texts(document.gold),
            *chain.from_iterable(u["tasks"] for u in document.gold["units"]),
        ]:
            assert flat(value) in words, (document.name, value)
        for code in [document.gold["number"], *(row["number"] for row in document.gold["citations"])]:
            assert code is None or code in tight, (document.name, code)


def test_a_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    once, again, other = (list(documents(seed, 20, "train")) for seed in (3, 3, 4))
    assert [(m.text, m.gold) for m in once] == [(m.text, m.gold) for m in again]
    assert not {m.text for m in once} & {m.text for m in other}
    for folder in ("a", "b"):
        for one in once:
            write(one, tmp_path / folder, "text", "mixed")
    first = sorted((tmp_path / "a").rglob("*.*"))
    assert len(first) == 40
    for path in first:
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize("part", PARTS)
def test_no_two_documents_are_alike_and_all_types_occur(part: str) -> None:
    assert len({m.text for m in made(part)}) == len(made(part))
    kinds = {m.gold["doc_type"] for m in made(part)}
    assert "Kế hoạch" in kinds
    assert len(kinds) > len(NEAR) / 2
    assert {m.gold["issuer"]["level"] for m in made(part)} >= {"province", "district", "commune", "party"}


def test_the_parts_of_the_grammar_share_no_variant_and_have_the_same_slots() -> None:
    train, held = (slots(part) for part in PARTS)
    assert set(train) == set(held)
    for name in train:
        shared = {v for v in train[name] if not wordless(v)} & set(held[name])
        assert not shared, (name, shared)
    ours, theirs = (campaigns(part) for part in PARTS)
    assert not set(ours) & set(theirs)
    lines = [{v for field in c.values() for rows in field.values() for v in rows} for c in (ours, theirs)]
    assert not lines[0] & lines[1]


@pytest.mark.parametrize("part", PARTS)
def test_every_variant_can_be_said(part: str) -> None:
    """No variant names a slot or a value that nobody gives: all wording comes up in many documents."""
    said = "\n".join(m.text for m in documents(11, 400, part))
    for head in chain.from_iterable(slots(part)[n] for n in ("head.organise", "head.report", "head.purpose")):
        assert head.casefold() in said.casefold()
    assert not re.search(r"[{}¶<]", said)


def test_facts_stay_in_the_order_of_the_text() -> None:
    voice = Voice("train", random.Random(1), {"a": ["{b}, {c}"], "b": ["x"], "c": ["y"]})
    said = voice.say("a", b=Said("một", (("n", 1),)), c=Said("hai", (("n", 2),)))
    assert (said.text, said.of("n")) == ("một, hai", [1, 2])


def test_a_choice_that_is_empty_leaves_one_blank() -> None:
    voice = Voice("train", random.Random(1), {"a": ["báo cáo <|> về"]})
    assert voice.say("a").text == "báo cáo về"


def tree_of(numbering: str, tree: list[Node], fault: Any = None) -> list[tuple[str, Any]]:
    lines = list(set_tree(tree, system(numbering, "sentence"), fault))
    return [(line.text, row) for line in lines for row in line.of("outline")]


def test_labels_and_paths_follow_the_system() -> None:
    tree = [Node(Said("Nội dung"), children=[Node(Said("Việc"), children=[Node(text=Said("Làm."))])])]
    assert tree_of("I. 1. 1.1. -", tree)[2] == ("1.1. Làm.", ["I.1.1", None])
    assert tree_of("1. 1.1. 1.1.1. -", tree)[2] == ("1.1.1. Làm.", ["1.1.1", None])
    assert tree_of("Phần_thứ_nhất I. 1. -", tree)[1] == ("I. Việc", ["Phần thứ nhất.I", "Việc"])
    assert tree_of("A. 1. a) -", tree)[2] == ("a) Làm.", ["A.1.a", None])


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        ("duplicate", ["I.1", "I.2", "I.2"]),
        ("skipped", ["I.1", "I.3", "I.4"]),
        ("lost-dot", ["I.1", "I.2", "I.3"]),
    ],
)
def test_faults_are_in_print_and_in_gold(kind: str, paths: list[str]) -> None:
    tree = [Node(Said("Nội dung"), children=[Node(Said(word)) for word in ("Một", "Hai", "Ba")])]
    rows = tree_of("I. 1. a) -", tree, slip(kind, tree, random.Random(1)))
    assert [row[0] for _, row in rows[1:]] == paths
    assert rows[2][0].startswith("2  Hai" if kind == "lost-dot" else f"{paths[1][-1]}. Hai")


@pytest.mark.parametrize("kind", STEPS)
def test_damage_changes_some_text_and_is_seeded(kind: str) -> None:
    few = made("train")[:20]
    hurt = [damaged(one, kind, random.Random(1)) for one in few]
    assert hurt == [damaged(one, kind, random.Random(1)) for one in few]
    assert any(a != b.text for a, b in zip(hurt, few, strict=True))


def test_a_word_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    one = made("train")[0]
    for folder in ("a", "b"):
        write(one, tmp_path / folder, "docx", "none")
    a, b = (tmp_path / folder / "plans" / f"{one.name}.docx" for folder in ("a", "b"))
    assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_lost_numbers_take_nothing_else_away(way: str) -> None:
    for one in made("train", 12):
        text = lose(one.text, way, random.Random(one.name))
        assert text == lose(one.text, way, random.Random(one.name))
        assert lost(one.text, text, [span for span, *_ in labels_of(one.text)])
        bullets = re.compile(r"(?m)^[-+–•*] ")
        assert way == "labels" or bullets.findall(text) == bullets.findall(one.text)


def lost(whole: str, worn: str, spans: list[Any]) -> bool:
    """Whether the words between the labels stand in the worn text, one after the other."""
    at = 0
    for start, end in zip(
        [0, *(span.end for span in spans)], [*(span.start for span in spans), None], strict=True
    ):
        words = whole[start:end]
        at = worn.find(words, at)
        if at < 0:
            return False
        at += len(words)
    return True
