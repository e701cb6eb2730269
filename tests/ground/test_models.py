"""The models: where they lie, and what is said where they are lost."""

from pathlib import Path

import pytest

from extractor.ground import models
from extractor.ground.trouble import Missing


def test_a_lost_model_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    with pytest.raises(Missing) as caught:
        models.read("counts.tsv")
    assert "counts.tsv" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 4


def test_the_counts_are_here() -> None:
    assert models.read("counts.tsv").startswith("# name: counts")
