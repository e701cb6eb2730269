"""The models are what their manifest says, and were made from the corpus as it is."""

import hashlib
import json
import subprocess
import sys

from extractor.ground import counts, models
from extractor.ground.vietnamese import is_syllable
from extractor.outline.roles import HEADS, roles
from scripts import _train


def test_the_manifest_fits() -> None:
    manifest = json.loads(models.read("manifest.json"))
    names = {file.name for file in models.folder().iterdir()} - {"README.md", "manifest.json"}
    assert manifest["models"].keys() == names
    for name, entry in manifest["models"].items():
        assert hashlib.sha256(models.read(name).encode()).hexdigest() == entry["sha256"], name
        assert len(models.read(name).encode()) <= 5_000_000


def test_the_counts_were_made_from_this_corpus() -> None:
    """A changed corpus asks for `scripts/train counts`."""
    made = json.loads(models.read("manifest.json"))["sources"]["corpus"]
    assert made == _train.corpus_digest()


def test_the_calibration_was_made_from_this_grammar() -> None:
    """Changed phrases ask for `scripts/train calibration`; changed rules do, where the bench shows it."""
    made = json.loads(models.read("manifest.json"))["sources"]["grammar"]
    assert made == _train.grammar_digest()


def test_counts_hold_syllables_and_rank_them() -> None:
    known = counts.counts()
    assert all(map(is_syllable, known.known()))
    assert known.pair("kế", "hoạch") > known.pair("kế", "toán")
    assert counts.cost("kế", "hoạch") < counts.cost("kế", "hoạt")
    assert counts.cost("", "xyz") > counts.cost("", "khuếch")


def test_roles_are_plain_numbers_of_known_roles() -> None:
    lines = [line for line in models.read("roles.tsv").split("\n") if line and line[0] != "#"]
    names = lines[0].split("\t")[1].split(" ")
    assert set(names) > HEADS
    assert roles().names == tuple(names)
    for line in lines[len(names) + 2 :]:
        feature, cells = line.split("\t")
        assert feature
        assert all(
            int(cell.split(":")[0]) < len(names) and int(cell.split(":")[1]) for cell in cells.split(" ")
        )


def test_the_model_is_not_read_where_numbers_are_whole() -> None:
    """A new process: nothing else has asked for it."""
    code = (
        "import pathlib, sys\n"
        "from extractor import extract\n"
        "from extractor.outline.roles import roles\n"
        "for path in sys.argv[1:]: extract(pathlib.Path(path))\n"
        "print(roles.cache_info().currsize, 'sklearn' in sys.modules)"
    )
    plans = [path for path in sorted(_train.ROOT.glob("corpus/plans/t*.txt")) if ".damaged" not in path.name]
    command = [sys.executable, "-c", code, *map(str, plans)]
    said = subprocess.run(command, cwd=_train.ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["0", "False"]
