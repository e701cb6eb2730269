"""Hostile input on purpose, seeded: the same seed makes the same input on every machine.

`texts`: random, mutated and grammar-made texts through repair, outline, fields, record and view; every law is
checked on each, and none may take over 50 times the median time for its size. `patterns`: near misses of
every pattern, made from its own examples, at doubling lengths; time must double with them. `readers`: damaged
DOCX, HTML, RTF and PDF files, with a limit on time; --atheris lets the coverage of the code choose
the damage (a Python that has atheris: --python). What fails is printed with its seed and input.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]


def main() -> int:
    """Fuzz and print; 1 where anything failed."""
    ap = argparse.ArgumentParser(
        prog="scripts/fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = ap.add_subparsers(dest="what", required=True)
    texts = what.add_parser("texts", help="texts through every room, all laws checked")
    texts.add_argument("--count", type=int, default=100_000, help="how many (100,000)")
    patterns = what.add_parser("patterns", help="near misses of every pattern at doubling lengths")
    patterns.add_argument("--only", default="", help="patterns whose name holds this")
    readers = what.add_parser("readers", help="damaged files through the readers")
    readers.add_argument("--count", type=int, default=2_000, help="how many (2,000)")
    readers.add_argument(
        "--atheris", action="store_true", help="guided by coverage, in processes of their own"
    )
    readers.add_argument("--seconds", type=int, default=60, help="with --atheris: how long (60)")
    readers.add_argument("--python", type=Path, default=Path(sys.executable), help="one that has atheris")
    for each in (texts, readers):
        each.add_argument("--seed", type=int, default=1)
        each.add_argument("--first", type=int, default=0, help="begin with this one (of the same seed)")
    args = ap.parse_args()
    if args.what == "texts":
        import _fuzz_texts

        return _fuzz_texts.run(args.seed, args.first, args.count)
    if args.what == "patterns":
        import _fuzz_patterns

        return _fuzz_patterns.run(args.only)
    import _fuzz_readers

    if args.atheris:
        return _fuzz_readers.guided(args.python, args.seconds, args.seed)
    return _fuzz_readers.run(args.seed, args.first, args.count)


if __name__ == "__main__":
    sys.exit(main())
