"""The models are what their manifest says, and were made from the corpus as it is."""

import hashlib
import json

from extractor.ground import counts, models
from extractor.ground.vietnamese import is_syllable
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
