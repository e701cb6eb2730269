"""``signer``: who signs, in which post, under whose authority (Nghị định 30/2020/NĐ-CP, mục II.7)."""

from dataclasses import dataclass

from extractor.ground.field import Field, Finding, absent
from extractor.ground.formulas import ACTING, AUTHORITY, names_post
from extractor.ground.names import person_name, unlisted_name
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span


@dataclass(frozen=True, slots=True)
class Signer:
    """``title`` is the signer's real post, ``authority`` the TM./KT./TL. lines joined by ``; ``."""

    name: str | None
    title: str | None
    authority: str | None


MERGED = Shape(
    "an authority and a post that lost the line break between them",
    r"(?P<of>.*?\p{Lu})\s*(?P<post>(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|GIÁM\s+ĐỐC|BÍ\s+THƯ|HIỆU\s+TRƯỞNG|TRƯỞNG\s+\p{Lu}+)(?:\s+THƯỜNG\s+TRỰC)?)$",
    yes=("BAN BÍ THƯ TRUNG ƯƠNG ĐOÀNBÍ THƯ THƯỜNG TRỰC", "ỦY BAN NHÂN DÂN CHỦ TỊCH"),
    no=("CHỦ TỊCH",),
    how="fullmatch",
)
_SIGNS = {"T/M": "TM", "K/T": "KT", "T/L": "TL", "THAY MẶT": "TM", "THỪA LỆNH": "TL"}


def find(paper: Paper) -> Finding:
    """Authority lines, the post and the name of the signature zone, each with its place."""
    authority: list[tuple[str, Span]] = []
    title: tuple[str, Span] | None = None
    name: tuple[str, Span] | None = None
    unlisted: tuple[str, Span] | None = None
    for span, words in paper.lines("signature"):
        signed = AUTHORITY.re.match(words)
        if signed and name is None:
            sign, of, post = _authority(signed["sign"], signed["of"])
            authority.append((f"{sign}. {of}", span))
            title = (post, span) if post else title
        elif names_post(words):
            title = (_post(words), span) if title is None and name is None else title
        elif name is None and person_name(words):
            name = (person_name(words) or "", span)
        elif title is not None and unlisted is None and unlisted_name(words):
            unlisted = (unlisted_name(words) or "", span)
        elif title is not None and name is None and words.isupper() and _goes_on(title[0], words):
            title = (f"{title[0]} {_lowered(words)}", Span(title[1].start, span.end))
    name = name or unlisted
    if not (authority or title or name):
        return absent("no_signature", 0.8)
    return _finding(authority, title, name)


def _finding(
    authority: list[tuple[str, Span]], title: tuple[str, Span] | None, name: tuple[str, Span] | None
) -> Finding:
    joined = "; ".join(words for words, _ in authority) or None
    value = Signer(name[0] if name else None, title[0] if title else None, joined)
    spans = tuple(dict.fromkeys([s for _, s in authority] + [part[1] for part in (title, name) if part]))
    score = 0.95 if name and title else 0.8 if name else 0.6
    return Finding(value, spans, "signature_block", score)


def _authority(sign: str, of: str) -> tuple[str, str, str | None]:
    flat = " ".join(sign.replace(" ", "").split()) if "/" in sign else " ".join(sign.split())
    merged = MERGED.re.fullmatch(of.strip(" *_")) if len(of) > 25 else None
    if merged:
        return _SIGNS.get(flat, flat), _lowered(merged["of"], first=True), _post(merged["post"])
    return _SIGNS.get(flat, flat), _lowered(of.strip(" *_"), first=True), None


def _unquit(words: str) -> str:
    match = ACTING.re.match(words)
    return words[match.end() :] if match else words


def _post(words: str) -> str:
    """A post in sentence case, the head's own capital kept: ``PHÓ CHỦ TỊCH`` → ``Phó Chủ tịch``."""
    words = words.strip(" *_.,:")
    acting = ACTING.re.match(words)
    flat = _lowered(_unquit(words), first=True) if words.isupper() else " ".join(_unquit(words).split())
    for prefix in ("Phó ", "Quyền "):
        if flat.startswith(prefix) and len(flat) > len(prefix):
            flat = prefix + flat[len(prefix)].upper() + flat[len(prefix) + 1 :]
    return f"Quyền {flat}" if acting else flat


def _lowered(words: str, first: bool = False) -> str:
    flat = " ".join(words.split())
    flat = flat.lower() if flat.isupper() else flat
    return flat[:1].upper() + flat[1:] if first else flat


def _goes_on(title: str, words: str) -> bool:
    """A post over two lines: ``TRƯỞNG PHÒNG`` / ``GIÁO DỤC``; a second post does not go on."""
    return (
        len(title) < 30
        and not names_post(words)
        and title.lower().startswith(("trưởng", "phó trưởng", "chánh"))
        and len(words) < 40
    )


FIELD = Field("signer", "who signs, in which post, under whose authority", Signer, find, rank=180)
