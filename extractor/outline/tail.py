"""What stands behind the body: closing, recipients and signature (which may take turns), appendices."""

from collections.abc import Sequence

from extractor.ground import formulas
from extractor.ground.formulas import signs
from extractor.ground.names import person_name, unlisted_name
from extractor.outline.labels import labels
from extractor.outline.rows import Row


def closing_row(rows: Sequence[Row], body: int, tail: int) -> int:
    """Where the closing begins: the closing formula, or a last paragraph that turns to everybody.

    Looked for among the unnumbered paragraphs before the signature; the paragraph right under a
    heading belongs to that heading. Without one the zone is empty.
    """
    at = tail
    while at - 1 > body and not labels(rows[at - 1].words) and not rows[at - 1].words.startswith(("|", "[")):
        at -= 1
    if not _is_text(rows[at - 1].words):
        at += 1
        while at < tail and _announces(rows[at - 1].words):  # ``Phần V``, and its title in the line below
            at += 1
    for row in range(at, tail):
        words = rows[row].words
        headed = row > body and _announces(rows[row - 1].words)
        if formulas.CLOSING.re.match(words) or (formulas.TURNS_TO_ALL.re.match(words) and not headed):
            return row
    return next(
        (
            row
            for row in range(tail - 1, max(body, tail - 12), -1)
            if formulas.CLOSING.re.match(rows[row].words)
        ),
        tail,
    )


def _is_text(words: str) -> bool:
    """Whether a row is a bullet or a full sentence, so that what follows may stand for itself."""
    found = labels(words)
    return words.endswith((".", ";", "…", "/")) or (bool(found) and found[0].style == "bullet")


def _announces(words: str) -> bool:
    """Whether a row is a title: what follows belongs to it."""
    return words.isupper() or words.endswith(":")


def tail_row(rows: Sequence[Row], body: int) -> int:
    """The first row of recipients or signature behind the body's start."""
    for at in range(body, len(rows)):
        words = rows[at].words
        if formulas.RECIPIENTS.re.match(words):
            back = at
            while (back > body and signs(rows[back - 1].words)) or (
                back > body and _is_name_behind_post(rows, back - 1)
            ):
                back -= 1
            return back
        if signs(words) and len(words) < 90 and _signature_follows(rows, at):
            return at
        after = rows[at + 1].words if at + 1 < len(rows) else ""
        if len(words) < 45 and formulas.names_post(words) and person_name(after) and not labels(words):
            return at
    return unsigned_end(rows, body)


def unsigned_end(rows: Sequence[Row], body: int) -> int:
    """Where a body ends that nobody signs: before an appendix, or the letterhead of another document."""
    for at in range(body + 1, len(rows)):
        if formulas.ANNEX.re.match(rows[at].words):
            return at
        if formulas.MOTTO.re.match(rows[at].words) and rows[at].words.isupper():
            while at > body + 1 and rows[at - 1].words.isupper():
                at -= 1
            return at
    return len(rows)


def _is_name_behind_post(rows: Sequence[Row], at: int) -> bool:
    return (
        person_name(rows[at].words) is not None
        and at > 0
        and (signs(rows[at - 1].words) or bool(formulas.SIGNED.re.match(rows[at - 1].words)))
    )


def _signature_follows(rows: Sequence[Row], at: int) -> bool:
    """A post in capitals is a signature only with an authority, or a name, or recipients nearby."""
    near = rows[at + 1 : at + 8]
    if formulas.AUTHORITY.re.match(rows[at].words):
        return True
    return any(person_name(row.words) or formulas.RECIPIENTS.re.match(row.words) for row in near[:4])


def tail_cuts(rows: Sequence[Row], start: int) -> list[tuple[str, int]]:
    """The cuts behind the body: recipients and signature, in turns, then appendices."""
    cuts: list[tuple[str, int]] = []
    state = _TailState()
    for at in range(start, len(rows)):
        name = state.zone_of(rows[at].words)
        if not cuts or cuts[-1][0] != name:
            cuts.append((name, at))
        if name == "appendices":
            break
    return cuts


class _TailState:
    """What has been seen behind the body; decides the zone of each next row."""

    def __init__(self) -> None:
        self.recipients = self.archived = self.posted = self.named = False
        self.last = "signature"

    def zone_of(self, words: str) -> str:
        self.last = self._decide(words)
        return self.last

    def _decide(self, words: str) -> str:
        if formulas.RECIPIENTS.re.match(words) and not (self.recipients and self.named):
            self.recipients = True
            return "recipients"
        if signs(words) and not words.lstrip().startswith(("-", "+")):
            self.posted = True
            return "signature" if not (self.named and self._done(words)) else "appendices"
        if formulas.SIGNED.re.match(words):
            return "signature"
        if formulas.APPENDIX.re.match(words) and (self.named or self.archived or words.isupper()):
            return "appendices"
        if ((self.posted or self.last == "signature") and person_name(words)) or (
            self.posted and self.last == "signature" and not self.named and unlisted_name(words)
        ):
            self.named = True
            return "signature"
        if self._continues_recipients(words):
            self.archived = self.archived or bool(formulas.ARCHIVE_ITEM.re.match(words))
            return "recipients"
        return self._rest(words)

    def _continues_recipients(self, words: str) -> bool:
        if not self.recipients or (self.archived and self.named):
            return False
        found = labels(words)
        if found:
            return found[0].style == "bullet"
        if words.startswith("|"):
            return False
        item = words.endswith((";", ",", ":", ".")) or bool(formulas.ARCHIVE_ITEM.re.match(words))
        return item or (self.last == "recipients" and not self.archived and not words.isupper())

    def _rest(self, words: str) -> str:
        if self.posted and not self.named and not words.startswith("|") and len(words) < 90:
            return "signature"
        if self.recipients and not self.posted and words.isupper() and len(words) < 90:
            return "signature"
        if (
            self.named
            and words.isupper()
            and len(words) < 60
            and self.last == "signature"
            and not labels(words)
        ):
            return "signature"
        if formulas.RULE.re.fullmatch(words):
            return self.last
        if self.archived and not self.posted and len(words) < 45 and not labels(words):
            return "signature"  # the typist's file path or initials behind Lưu
        return "appendices"

    def _done(self, words: str) -> bool:
        return self.recipients and self.archived and self.last != "signature"
