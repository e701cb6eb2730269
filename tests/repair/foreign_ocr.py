"""Makes of clean Vietnamese what an OCR program that knows English only reads there.

The confusions are those seen in real layers (``C6ng``, ``nghiQp``, ``phtic``, ``tlat``); which of them
a letter meets, and how often it only loses its marks, is drawn with a seed.
"""

import random

from extractor.ground.vietnamese import strip_tones

#: letters with marks → what the program reads instead (besides the bare letter)
CONFUSIONS = {
    "ăắằẳẵặ": "d d i 6 e",
    "áàảã": "d 6 ri i d",
    "ạ": "4 4 g",
    "âấầẩẫ": "A A 6 d",
    "ậ": "f $ 6 Q A",
    "ôốồổỗ": "6 6 5 d",
    "ộ": "Q Q 6 $",
    "ơớờởỡ": "d 6 cr",
    "ợ": "g q",
    "êếềểễ": "6 6 d €",
    "ệ": "Q Q 6 $",
    "éèẻẽẹ": "6 d",
    "ư": "t r n",
    "ứừửữ": "ri ti t fr ir",
    "ự": "g g B",
    "úùủũ": "ri ti i fi t",
    "ụ": "g g p",
    "óòỏõ": "6 d 5",
    "ọ": "g 9 e",
    "íìỉĩị": "f l ! i",
    "ýỳỷỹỵ": "f j 1f",
    "đ": "tl <1 d d <l",
    "ỘỆ": "Q Q",
    "ỐỒỔỖÔ": "6 5",
    "ẠẬẶ": "4 A",
    "Đ": "D D E B",
    "ƯỨỪỬỮỰ": "U IJ LI",
    "ỤÚÙỦ": "U V",
}
NOISE = {"m": "rn", "h": "b", "c": "e", "n": "u", "i": "l", "l": "1", "t": "f", "o": "0", "u": "n", "a": "s"}
_CHOICES = {letter: junk.split() for letters, junk in CONFUSIONS.items() for letter in letters}


def english_ocr(text: str, seed: int = 0, junk: float = 0.5, noise: float = 0.0) -> str:
    """``text`` as English OCR reads it.

    A letter with marks becomes junk with probability ``junk``, any letter is wrong with ``noise``.
    """
    rng = random.Random(seed)
    return "".join(_read(char, rng, junk, noise) for char in text)


def _read(char: str, rng: random.Random, junk: float, noise: float) -> str:
    if char in _CHOICES and rng.random() < junk:
        return rng.choice(_CHOICES[char])
    bare = strip_tones(char)
    if bare in NOISE and rng.random() < noise:
        return NOISE[bare]
    if bare.islower() and rng.random() < noise / 4:
        return bare.upper()
    return bare if bare.isascii() or not char.isalpha() else "?"
