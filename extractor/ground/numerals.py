"""Numbers as plans write them: Roman, Vietnamese list letters, number words."""

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

#: The order of list letters: the Vietnamese alphabet as plans use it, with the letters that
#: typists who count in English add (f, j, w, z). ``ă â ê ô ơ ư`` number nothing.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"

WORDS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral under 200 (``"XIV"`` → 14), else ``None``.

    >>> roman("IIII") is None, roman("XIX")
    (True, 19)
    """
    total, upper = 0, text.upper()
    if not upper or any(c not in ROMAN for c in upper):
        return None
    values = [ROMAN[c] for c in upper]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if to_roman(total) == upper else None


def to_roman(number: int) -> str:
    """``14`` → ``"XIV"``; numbers from 1 to 199."""
    parts = ""
    steps = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ]
    for value, sign in steps:
        while number >= value:
            parts += sign
            number -= value
    return parts


def letter(text: str) -> int | None:
    """The place of a list letter (``"đ"`` → 5), from 1."""
    at = LETTERS.find(text.lower()) if len(text) == 1 else -1
    return at + 1 if at >= 0 else None


def word(text: str) -> int | None:
    """The value of a number word up to ten (``"thứ hai"`` is read by its last word)."""
    return WORDS.get(text.lower().split()[-1]) if text.strip() else None
