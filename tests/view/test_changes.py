"""Layers laid over one another: changes lead from the raw text to the repaired one, and leave the rest."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.text import Edit, Text
from extractor.view.changes import changes
from extractor.view.lines import Ruler, lines, shown


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text with up to four layers of edits that may stand anywhere."""
    text = Text.of(draw(st.text("abc \n", max_size=14)))
    for layer in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.lists(st.integers(0, len(text.clean)), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        edits = [Edit(a, b, draw(st.text("xyz\n", max_size=3)), f"rule {layer}") for a, b in pairs]
        text = text.edited(f"layer {layer}", edits)
    return text


@given(texts())
def test_what_lies_between_changes_is_as_it_was(text: Text) -> None:
    raw = clean = 0
    for change in changes(text):
        assert text.raw[raw : change.raw.start] == text.clean[clean : change.clean.start]
        assert change.rules
        raw, clean = change.raw.end, change.clean.end
    assert text.raw[raw:] == text.clean[clean:]


@given(texts())
def test_lines_hold_the_repaired_text_and_all_that_went(text: Text) -> None:
    found = changes(text)
    made = list(lines(text, found, Ruler(text.clean)))
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in made) == text.clean
    for line in made:
        assert line.at == 0 or text.clean[line.at - 1] == "\n"
    gone = {piece.change: piece.gone for line in reversed(made) for piece in line.pieces if piece.gone}
    for number, change in enumerate(found):
        assert gone.get(number, "") == change.raw.of(text.raw).replace("\n", "⏎")


def test_edits_of_several_layers_on_one_word_are_one_change_with_both_classes() -> None:
    text = Text.of("Ph ƣờng").edited("split", [Edit(2, 3, "", "split syllable")])
    text = text.edited("lookalikes", [Edit(1, 3, "hư", "lookalike", 0.9)])
    (change,) = changes(text)
    assert change.raw.of(text.raw) == "h ƣ"
    assert change.clean.of(text.clean) == "hư"
    assert (change.rules, change.sure) == (("split syllable", "lookalike"), 0.9)


def test_offsets_count_as_browsers_do() -> None:
    ruler = Ruler("a\U0001f600b\U0001f600c")
    assert [ruler.at(offset) for offset in range(6)] == [0, 1, 3, 4, 6, 7]
    assert Ruler("ắb").at(1) == 1


def test_characters_that_a_browser_drops_keep_their_place() -> None:
    hostile = "a\x00b\rc\ud800d\x85\x7f\ue000ắ"
    assert len(shown(hostile)) == len(hostile)
    assert not set(shown(hostile)) & set("\x00\r\ud800\x85\x7f")
    assert shown("Kế hoạch\n| a | b |\t") == "Kế hoạch\n| a | b |\t"
