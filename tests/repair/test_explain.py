"""The printed ledger: one line for every edit, with its place in the raw text."""

from extractor.repair import mend
from extractor.repair.explain import explain


def test_every_edit_is_a_line() -> None:
    raw = "Kế hoạch\n\nTrƣờng\u00a0học trồng cây ở nơi đất trống, đất bãi ven sông, ven suối và\ntrong vườn."
    text = mend(raw)
    changes = list(explain(text))
    assert len(changes) == sum(len(layer.edits) for layer in text.layers)
    letter, space, join = changes
    assert (letter.rule, letter.line, letter.column) == ("lookalike", 3, 3)
    assert letter.before.startswith("Tr[ƣ]ờng⍽học")
    assert letter.after.startswith("Tr[ư]ờng⍽học")
    assert str(letter) == f"3:3\tlookalike\t{letter.before} → {letter.after}"
    assert (space.line, space.column) == (3, 7)
    assert join.before.endswith("ven suối và[⏎]trong vườn.")
    assert join.after.endswith("ven suối và[ ]trong vườn.")
    assert str(join).endswith("(sure: 0.98)")


def test_a_text_without_edits_explains_nothing() -> None:
    assert list(explain(mend("Kế hoạch"))) == []


def test_places_walk_back_through_the_layers() -> None:
    text = mend("ke\u0302\u0301 hoa\u0323ch\nTrƣờng")
    places = [(change.line, change.column, change.rule) for change in explain(text)]
    assert places == [(1, 2, "unicode"), (1, 8, "unicode"), (2, 3, "lookalike")]
