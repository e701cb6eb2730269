"""Make the models anew. `counts`: syllables and pairs, from the corpus and the tables, in seconds.
`calibration`: what confidences are worth, from documents composed in the training half of corpus/grammar
(2,400 as text, half of them damaged, and 60 as scans, which need Tesseract: some minutes).
`roles`: what lines are where numbers are lost, from the same half and corpus/plans, in two minutes; what
rests on it is calibrated by `calibration`.

`--without NAME` leaves corpus plans out (for benchmarks), `--check` compares with what is there and writes
nothing.
"""

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from extractor.ground.text import Text  # noqa: E402
from extractor.ground.vietnamese import is_syllable  # noqa: E402
from extractor.repair import STEPS  # noqa: E402

PLANS_COUNT = 4  # a word of a plan weighs as much as so many of a table
MADE_BY = {
    "counts.tsv": "scripts/train counts",
    "calibration.tsv": "scripts/train calibration",
    "roles.tsv": "scripts/train roles",
}
TABLES = ("bodies.tsv", "places.tsv", "communes.tsv", "mojibake/phrases.tsv", "cues/*.tsv")
RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
PIECES = re.compile(r"(?<!\S)(?:[^\W\d_] +){3}")  # a letter-spaced line
HEAD = """# name: counts
# about: how often a syllable stands in administrative text, and what follows: syllable, count, next count …
# source: corpus/ (own compositions) and the tables of this package
"""


def main() -> int:
    """Build or check one of the models."""
    ap = argparse.ArgumentParser(
        prog="scripts/train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("what", choices=["counts", "calibration", "roles"])
    ap.add_argument("--without", action="append", default=[])
    ap.add_argument("--check", action="store_true")
    ap.add_argument("-o", "--out", type=Path, default=ROOT / "models")
    args = ap.parse_args()
    makers = {"counts": lambda: counted(args.without), "calibration": calibrated, "roles": told}
    made = {f"{args.what}.tsv": makers[args.what]()}
    others = [name for name in MADE_BY if name not in made and (args.out / name).exists()]
    all_of_them = made | {name: (args.out / name).read_text("utf-8") for name in others}
    made["manifest.json"] = manifest({name: all_of_them[name] for name in MADE_BY if name in all_of_them})
    different = [name for name, text in made.items() if not same(args.out / name, text)]
    if args.check:
        print("\n".join(f"differs: models/{name}" for name in different) or "models: as their sources say")
        return int(bool(different))
    for name in different:
        (args.out / name).write_text(made[name], "utf-8", newline="\n")
    return 0


def calibrated() -> str:
    """The curves of confidences as the text of their file."""
    import _calibrate

    return _calibrate.model()


def told() -> str:
    """What lines are, as the text of the model's file."""
    import _roles

    return _roles.model()


def counted(without: Iterable[str] = ()) -> str:
    """The counts of syllables and pairs as the text of their file."""
    return model([*corpus(without) * PLANS_COUNT, *tables()])


def plans(without: Iterable[str] = ()) -> list[Path]:
    """The clean texts of the corpus."""
    found = [*(ROOT / "corpus/plans").glob("*.txt"), *(ROOT / "corpus/found/plans").glob("*.txt")]
    found += [*(ROOT / "corpus/sources").glob("*.md"), *(ROOT / "corpus/prose").glob("*.txt")]
    return [path for path in sorted(found) if ".damaged" not in path.name and path.stem not in set(without)]


def corpus(without: Iterable[str]) -> list[str]:
    """The texts of the corpus, paragraph by paragraph."""
    texts = [lettered(path.read_text("utf-8")) for path in plans(without)]
    return [part for text in texts for part in re.sub(r"(?<=\S)\n(?=[^\W\d_])", " ", text).split("\n")]


def lettered(raw: str) -> str:
    """A text whose letters are right, as the steps before the counts have them; spaced lines are left out."""
    text = Text.of(raw)
    for step in STEPS[: [step.name for step in STEPS].index("split")]:
        text = text.edited(step.name, step.propose(text.clean))
    return "\n".join(line for line in text.clean.split("\n") if not PIECES.search(line))


def tables() -> Iterator[str]:
    """The first column of the tables that hold words."""
    for pattern in TABLES:
        for path in sorted((ROOT / "extractor/tables").glob(pattern)):
            rows = [line for line in path.read_text("utf-8").split("\n") if line and line[0] != "#"]
            yield from (row.split("\t")[0] for row in rows[1:])


def model(texts: Iterable[str]) -> str:
    """The model file for some texts."""
    single: Counter[str] = Counter()
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for run in RUN.findall(unicodedata.normalize("NFC", text).lower()):
            found = run.split(" ")
            single.update(filter(is_syllable, found))
            for first, second in pairwise(found):
                if is_syllable(first) and is_syllable(second):
                    pairs[first][second] += 1
    lines = []
    for word, count in sorted(single.items(), key=lambda item: (-item[1], item[0])):
        after = sorted(pairs[word].items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"{word}\t{count}\t{' '.join(f'{next} {n}' for next, n in after)}\n")
    return HEAD + "".join(lines)


def manifest(made: dict[str, str]) -> str:
    """What made what: digests of the models and of all they were made from."""
    entries = {
        name: {"sha256": digest(text.encode()), "made_by": MADE_BY[name]} for name, text in made.items()
    }
    told = {"corpus": corpus_digest(), "grammar": grammar_digest()}
    return json.dumps({"models": entries, "sources": told}, indent=2) + "\n"


def corpus_digest() -> str:
    """The digest of all texts that are counted."""
    return digest("".join(digest(path.read_bytes()) for path in plans()).encode())


def grammar_digest() -> str:
    """The digest of the half of the grammar that calibration documents are composed in."""
    paths = sorted(
        path for part in ("shared", "train") for path in (ROOT / "corpus/grammar" / part).glob("*.txt")
    )
    return digest("".join(digest(path.read_bytes()) for path in paths).encode())


def digest(content: bytes) -> str:
    """The sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def same(path: Path, text: str) -> bool:
    """Does the file hold this text?"""
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
