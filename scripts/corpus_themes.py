"""Themes as plans print them, for measuring: wordings written by hand, and worn ones made of them by code.

`corpus/themes/wordings.tsv` holds what hands wrote: the theme a wording states (`theme`), the campaign and
year, what it makes of the national theme (`label`) and the half it belongs to (rules were tuned on `A`
alone). This script wears them as keyboards, fonts and OCR do, seeded, with means of its own (nothing of the
product's tables), into `corpus/themes/worn.tsv`. `--check` says whether that file is fresh.
"""

import argparse
import random
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "corpus" / "themes"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LOOKS = {"e": "c", "c": "e", "h": "b", "l": "i", "n": "u", "u": "n", "g": "q", "t": "r", "ư": "u", "ơ": "o"}
LOOKS |= {"0": "O", "1": "l"}
HEAD = "theme\tcampaign\tyear\thalf\tlabel\twording\n"


def main() -> int:
    """Make the worn wordings, or check them."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true", help="exit 1 where worn.tsv is not what would be made")
    made = HEAD + "".join(worn())
    target = HERE / "worn.tsv"
    if ap.parse_args().check:
        return int(target.read_text("utf-8") != made)
    target.write_text(made, "utf-8")
    return 0


def worn() -> list[str]:
    """One worn line for each line of the hand's, in order; some twice."""
    rows = (HERE / "wordings.tsv").read_text("utf-8").splitlines()
    out = []
    for number, row in enumerate(line for line in rows[1:] if line and line[0] != "#"):
        *facts, wording = row.split("\t")
        for turn in range(1 + number % 2):
            dice = random.Random(f"{number}/{turn}")
            out.append("\t".join([*facts, wear(wording, dice)]) + "\n")
    return out


def wear(wording: str, dice: random.Random) -> str:
    """One to three accidents, on words apart; a short wording suffers one."""
    words = wording.split(" ")
    places = [i for i, word in enumerate(words) if len(word) > 1 and any(c.isalpha() for c in word)]
    for place in dice.sample(places, min(len(places), 1 if len(words) < 7 else dice.randint(1, 3))):
        words[place] = dice.choice((lose_tone, change_tone, lose_marks, swap, lose_letter, double, look))(
            words[place], dice
        )
    text = " ".join(words)
    if dice.random() < 0.15 and len(words) > 6:
        at = dice.choice([i for i, c in enumerate(text) if c == " " and text[i - 1].isalpha()])
        text = text[:at] + text[at + 1 :]
    return text


def lose_tone(word: str, _: random.Random) -> str:
    """bảo → bao"""
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in TONES)
    )


def change_tone(word: str, dice: random.Random) -> str:
    """bảo → bão; a word without a tone gets none"""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(dice.choice(TONES) if c in TONES else c for c in parts))


def lose_marks(word: str, _: random.Random) -> str:
    """trường → truong"""
    parts = (c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(parts).replace("đ", "d").replace("Đ", "D")


def swap(word: str, dice: random.Random) -> str:
    """phòng → phògn"""
    at = [i for i in range(1, len(word) - 1) if word[i : i + 2].isalpha()]
    if len(word) < 4 or not at:
        return word
    i = dice.choice(at)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def lose_letter(word: str, dice: random.Random) -> str:
    """trong → tong"""
    if len(word) < 4:
        return word
    at = dice.choice([i for i, c in enumerate(word) if i and c.isalpha()] or [0])
    return word[:at] + word[at + 1 :]


def double(word: str, dice: random.Random) -> str:
    """trẻ → trrẻ"""
    at = dice.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def look(word: str, dice: random.Random) -> str:
    """nghèo → nghco: one letter read as one that looks like it"""
    at = [i for i, c in enumerate(word) if c in LOOKS]
    if not at:
        return lose_tone(word, dice)
    i = dice.choice(at)
    return word[:i] + LOOKS[word[i]] + word[i + 1 :]


if __name__ == "__main__":
    sys.exit(main())
