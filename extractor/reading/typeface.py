"""The font size of words that were read from a picture, told by their widths.

Nghị định 30/2020/NĐ-CP (Phụ lục I, mục I) prescribes A4 and Times New Roman; a word's width over the sum of
its letters' widths is its size. Heights would say less: marks stack on capitals.
"""

from functools import cache
from unicodedata import normalize

#: the short side of A4 in inches
SHORT_SIDE = 8.27
#: advance widths of Times letters, in thousandths of the font size
_WIDTHS = {
    250: " .,",
    278: "ijltf/\\:;|",
    333: "IJrs()[]-–!'\"“”‘’`",
    389: "sz",
    444: "acez?",
    500: "bdghknopquvxy0123456789đươ*_$#",
    556: "FPS+<>=~",
    611: "ELTZ",
    667: "BCRƯ",
    722: "ADGHKNOQUVXYĐƠw&",
    778: "m%",
    889: "M",
    944: "W@",
}
#: a word narrower than this many font sizes is too short to tell
_ENOUGH = 1.2


def size_of(text: str, width: float) -> float | None:
    """The font size, in the unit of ``width``, of a printed word; ``None`` where it is too short to tell."""
    sizes = sum(map(_width, text))
    return width / sizes if sizes >= _ENOUGH else None


@cache
def _width(letter: str) -> float:
    base = normalize("NFD", letter)[0]
    return (
        next((width for width, letters in _WIDTHS.items() if letter in letters or base in letters), 500)
        / 1000
    )
