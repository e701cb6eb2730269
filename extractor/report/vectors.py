"""Which wordings may be near each other: TF-IDF of words and of letter runs, by scikit-learn.

The one home of scikit-learn and underthesea. Words are underthesea's where it is installed, so that
``bình đẳng`` counts as one word; otherwise plain syllables, and :func:`tokeniser` says so.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from extractor.ground.trouble import Missing
from extractor.report.wording import key_of

_BATCH = 1000
UNDERTHESEA, SYLLABLES = "underthesea", "syllables"


@cache
def tokeniser() -> str:
    """What tells words apart here: ``"underthesea"`` or ``"syllables"``."""
    return UNDERTHESEA if _segmenter() else SYLLABLES


@cache
def _segmenter() -> Callable[[str], list[str]] | None:
    try:
        from underthesea import word_tokenize
    except ImportError:
        return None
    return lambda text: [str(w) for w in word_tokenize(text, use_token_normalize=False)]


def words_of(text: str) -> list[str]:
    """The words of a key (lower case, without punctuation); compounds stay together where they are told."""
    segment = _segmenter()
    return segment(text) if segment else text.split()


def neighbours(wordings: Sequence[str], least: float, most: int) -> list[list[int]]:
    """For each wording those whose cosine to it is ``least`` or more, the nearest first, at most ``most``."""
    matrix = _matrix(wordings)
    if matrix is None:
        return [[] for _ in wordings]
    found: list[list[int]] = []
    for start in range(0, matrix.shape[0], _BATCH):
        near = (matrix[start : start + _BATCH] @ matrix.T).tocsr()
        for row in range(near.shape[0]):
            begin, end = near.indptr[row], near.indptr[row + 1]
            data, columns = near.data[begin:end], near.indices[begin:end]
            keep = (data >= least) & (columns != start + row)
            data, columns = data[keep], columns[keep]
            order = (-data).argsort(kind="stable")[:most]
            found.append(columns[order].tolist())
    return found


def _matrix(wordings: Sequence[str]) -> Any:
    """Rows of unit length: words and letter runs of three and four, in equal parts; ``None`` for no words."""
    try:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.preprocessing import normalize
    except ImportError as error:
        remedy = "Install it with: pip install 'kehoach[report]'."
        raise Missing("no_sklearn", "the report needs scikit-learn", remedy, stage="report") from error
    keys = [key_of(wording) for wording in wordings]
    if not any(keys):
        return None
    common = max(0.03, min(1.0, 600 / len(keys)))  # what stands everywhere tells nothing and costs most
    words = TfidfVectorizer(
        tokenizer=words_of, token_pattern=None, lowercase=False, sublinear_tf=True, max_df=common
    )
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, max_df=common)
    parts = [part for vectorizer in (words, letters) if (part := _fitted(vectorizer, keys)) is not None]
    return normalize(hstack(parts).tocsr()) if parts else None


def _fitted(vectorizer: Any, keys: list[str]) -> Any:
    try:
        return vectorizer.fit_transform(keys)
    except ValueError:  # every word stands everywhere
        return None
