"""The plan inside a spaCy pipeline: ``nlp.add_pipe("kehoach")``.

The text of a ``Doc`` is never changed: the repair happens beside it, and every value is marked at the words
of the ``Doc`` that it rests on. ``Doc._.plan`` is the :class:`~extractor.Record`; ``Doc.spans["plan"]`` holds
a span for each proof, labelled with its field, whose ``id`` says the place in a list. Both stay in a
``DocBin`` (``store_user_data=True``); displaCy draws them (``style="span"``, ``spans_key="plan"``).

    >>> import spacy
    >>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "kehoach.Tokenizer.v1"}}})
    >>> nlp.add_pipe("kehoach")
    >>> doc = nlp(text)
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extractor.ground.text import Span as Stretch
from extractor.ground.tokens import PIECE
from extractor.pipeline import extract
from extractor.record import Record, Value

_KEY = "kehoach"


class PlanComponent:
    """Reads the text of each ``Doc`` as a plan."""

    def __init__(self, spans_key: str = "plan") -> None:
        self.spans_key = spans_key
        if not Doc.has_extension("plan"):
            Doc.set_extension("plan", getter=_plan)

    def __call__(self, doc: Doc) -> Doc:
        """Mark the plan in ``doc``; its text stays as it is."""
        text = doc.text
        record = extract(text)
        doc.user_data[_KEY] = record.to_json()
        doc.spans[self.spans_key] = list(_spans(doc, record))
        if doc.text != text:
            raise AssertionError("the text of a Doc has changed")
        return doc


def make(nlp: Language, name: str, spans_key: str = "plan") -> PlanComponent:
    """The component, for ``nlp.add_pipe("kehoach", config={"spans_key": …})``."""
    return PlanComponent(spans_key)


if not Language.has_factory("kehoach"):
    Language.factory("kehoach", default_config={"spans_key": "plan"}, assigns=["doc.spans", "doc._.plan"])(
        make
    )


class Tokenizer:
    """Syllables, numbers with their dots and strokes, signs; the tokens of a ``Doc`` always make up its text.

    With ``words`` the syllables of a word are one token, as underthesea finds them (where it is installed).
    """

    def __init__(self, vocab: Vocab, words: bool = False) -> None:
        self.vocab, self.words = vocab, words

    def __call__(self, text: str) -> Doc:
        """A ``Doc`` whose text is ``text``."""
        pieces = list(_joined(text, _words(text)) if self.words else _pieces(text))
        return Doc(self.vocab, words=[piece for piece, _ in pieces], spaces=[blank for _, blank in pieces])

    def pipe(self, texts: Any, batch_size: int = 100) -> Iterator[Doc]:
        """A ``Doc`` for each text."""
        yield from map(self, texts)

    # spaCy asks every part of a pipeline for these; there is nothing to keep beside the configuration

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> "Tokenizer":
        """Itself."""
        return self

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Nothing."""

    def from_disk(self, path: Any, *, exclude: Any = ()) -> "Tokenizer":
        """Itself."""
        return self


def make_tokenizer(words: bool = False) -> Callable[[Language], Tokenizer]:
    """The tokenizer, for the configuration of ``spacy.blank``."""
    return lambda nlp: Tokenizer(nlp.vocab, words)


def _plan(doc: Doc) -> Record | None:
    return Record.from_json(doc.user_data[_KEY]) if _KEY in doc.user_data else None


# --- spans


def _spans(doc: Doc, record: Record) -> Iterator[Span]:
    """A span for each proof of each value."""
    back = _way_back(doc.text, record)
    for field, found in record.fields.items():
        for n, value in enumerate(found if isinstance(found, tuple) else (found,)):
            for proof in _proofs(value):
                start, end = back(proof)
                span = doc.char_span(start, end, label=field, span_id=str(n), alignment_mode="expand")
                if span is not None and len(span):
                    yield span


def _proofs(value: Value[Any]) -> Iterator[Stretch]:
    if value.value is not None:
        yield from (proof.span for proof in value.evidence)


def _way_back(text: str, record: Record) -> Callable[[Stretch], tuple[int, int]]:
    """From places in the repaired text to places in ``text``, whose line ends the reader has made one
    letter each.
    """
    if record.text is None:
        raise AssertionError("a record of a text has its text")
    mended = record.text
    ends = [match.start() - n for n, match in enumerate(re.finditer(r"\r\n", text))]

    def back(stretch: Stretch) -> tuple[int, int]:
        raw = mended.raw_span(stretch)
        return raw.start + bisect_right(ends, raw.start - 1), raw.end + bisect_right(ends, raw.end - 1)

    return back


# --- tokens


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Tokens, each with whether one blank follows it; other white space is a token of its own."""
    held: str | None = None
    for match in re.finditer(PIECE, text):
        piece = match[0]
        if held is not None:
            blank = piece.startswith(" ")
            yield held, blank
            piece = piece[1:] if blank else piece
        held = piece or None
    if held is not None:
        yield held, False


def _words(text: str) -> list[str]:
    from extractor.ground.trouble import Missing

    try:
        from underthesea import word_tokenize
    except ImportError as error:
        raise Missing(
            "no_package", "words need underthesea", "Install kehoach[spacy].", stage="install"
        ) from error
    return list(word_tokenize(text, use_token_normalize=False))


def _joined(text: str, words: list[str]) -> Iterator[tuple[str, bool]]:
    """The pieces of ``text``, those of one word joined; words that are not found in the text are left."""
    inner: set[int] = set()
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        inner.update(n for n in range(start, at) if text[n] == " ")
    held = ""
    place = 0
    for piece, blank in _pieces(text):
        place += len(piece) + blank
        held += piece
        if blank and place - 1 in inner:
            held += " "
            continue
        yield held, blank
        held = ""
    if held:
        yield held, False


__all__ = ["PlanComponent", "Tokenizer", "make", "make_tokenizer"]
