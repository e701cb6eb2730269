"""The section tree: which reading of each label the open lists expect.

Depth follows the order in which styles first appear, not a ladder: a list opens under whatever was
open when its first number came, and a number that continues an open list closes all lists below it.
Every reading of a label has a price (a gap, a repeat, a lost first number, a lost mark); the
cheapest wins, and overlooking the label has its price too. So a doubtful label costs a note, never
text: what is no label stays in the words of its section.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from extractor.ground.paper import Note, Section
from extractor.ground.shape import Shape
from extractor.ground.text import Span
from extractor.outline.headings import title_of
from extractor.outline.labels import Label, labels, words_begin

#: What overlooking a label costs; a lost mark ("2  Tổ chức") makes it cheap.
_OVERLOOK = {"roman": 4.0, "part": 6.0, "upper": 2.2, "decimal": 3.5, "arabic": 3.2, "lower": 3.0}
_OVERLOOK_WEAK = 1.0
_LEAD = 160
#: how deep a heading without a number stands where nothing tells it, and which labels go on behind it
_TOLD = {"head": 1, "sub": 2, "unit": 2, "duty": 2}
#: the notes that a misread number brings about
ASTRAY = ("number_start", "number_repeat")
_GO_ON = {1: ("roman", "upper", "part", "arabic"), 2: ("arabic", "decimal", "lower")}


@dataclass(slots=True)
class _Node:
    """A section while it is open; ``role`` is what its words tell it to be, where they were asked."""

    label: Label
    start: int
    words: int
    path: str = ""
    role: str = ""
    children: list["_Node"] = field(default_factory=list)
    end: int = 0
    own_end: int = 0


@dataclass(frozen=True, slots=True)
class _Move:
    """A way to take a label: as a child of ``open[depth - 1]``, at this price."""

    cost: float
    depth: int
    label: Label
    note: str = ""


def grow(
    text: str, span: Span, told: Mapping[int, str] = MappingProxyType({}), misread: bool = False
) -> tuple[Section, tuple[Note, ...]]:
    """The section tree of ``text`` within ``span`` (one logical line per line), and what is odd.

    ``told``: where lines begin that are headings by their words, numbered or not, and their roles (``head``,
    ``sub``, ``unit``, ``duty``); printed numbers go before them, unless they are ``misread``. Any string will
    do; time is linear in its length (the open lists are bounded by the styles).
    """
    root = _Node(Label("root", "", 0, "", 0), span.start, span.start)
    chain, notes = [root], []
    for start, line in without_footnotes(lines_of(text, span)):
        role = told.get(start, "")
        move = _best(chain, labels(line), line)
        if move is None or move.note in ASTRAY or (misread and move.label.style != "bullet"):
            move = _headed(chain, role, line) or move
        move = move or _lead(chain, text, start, line, span.end)
        if move is None:
            continue
        del chain[move.depth :]
        node = _Node(move.label, start, start + move.label.end, role=role)
        node.path = _path(chain[-1], move.label)
        chain[-1].children.append(node)
        chain.append(node)
        if move.note:
            notes.append(Note(move.note, f"{node.path}: {_NOTES[move.note]}", Span(start, start + len(line))))
    return _finish(text, root, span.end), tuple(notes)


_NOTES = {
    "number_gap": "a number is missing before this one",
    "number_repeat": "this number stands twice or goes back",
    "number_start": "the list does not begin with its first number",
}


def lines_of(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """The lines of ``text`` within ``span``, each with its offset."""
    at = span.start
    for line in text[span.start : span.end].split("\n"):
        if at < span.end:  # nothing stands behind a last line end
            yield at, line
        at += len(line) + 1


def without_footnotes(rows: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines but the notes below a rule (``_____``, ``(1) Trừ …``), until another label or heading."""
    below = False
    for start, line in rows:
        if FOOT.re.match(line):
            below = True
        elif below and line.strip():
            found = labels(line)
            below = found[0].style == "paren" if found else not line.strip().isupper()
        if not below:
            yield start, line


FOOT = Shape(
    "the rule above footnotes",
    r"[ \t]*_{5,}[ \t]*$",
    yes=("______________",),
    no=("____ ngày",),
    how="match",
)


def _lead(chain: Sequence[_Node], text: str, start: int, line: str, end: int) -> _Move | None:
    """A line without a number that heads the bullets below it (``Sở Y tế:``, ``Trạm Y tế xã:``).

    It closes the bullets before it and stands under the innermost numbered section.
    """
    words = line.strip()
    if not words.endswith(":") or len(words) > _LEAD or words[0] == "|":
        return None
    at = start + len(line) + 1
    below = next((labels(row) for _, row in lines_of(text, Span(at, min(end, at + 400))) if row.strip()), [])
    if not below or below[0].style != "bullet":
        return None
    depth = len(chain)
    while depth > 1 and chain[depth - 1].label.style in ("bullet", "lead"):
        depth -= 1
    return _Move(0.0, depth, Label("lead", "", 0, ":", len(line) - len(line.lstrip())))


def _headed(chain: Sequence[_Node], role: str, line: str) -> _Move | None:
    """A line that is a heading by its words: beside the last of its role, else where its role stands.

    It counts on from the heading before it, so that the next printed number finds its place.
    """
    if role not in _TOLD:
        return None
    open_ones = [at for at, node in enumerate(chain) if at and node.label.style not in ("bullet", "lead")]
    same = [at for at in open_ones if chain[at].role == role]
    depth = same[-1] if same else min(_TOLD[role], len(open_ones) + 1)
    last = chain[depth].label.number if depth in open_ones else 0
    return _Move(0.0, depth, Label("told", "", last + 1, "", words_begin(line)))


def _best(chain: Sequence[_Node], readings: Sequence[Label], line: str) -> _Move | None:
    moves = [move for label in readings for move in _moves(chain, label, line)]
    if not moves:
        return None
    best = min(moves, key=lambda m: m.cost)
    style = best.label.style.split(":")[0]
    price = (
        _OVERLOOK.get(style, 9.0)
        if best.label.mark or style in ("bullet", "paren", "part")
        else _OVERLOOK_WEAK
    )
    return best if best.cost <= price else None


def _moves(chain: Sequence[_Node], label: Label, line: str) -> Iterator[_Move]:
    if label.style == "bullet":
        yield _bullet(chain, label)
        return
    for depth in range(len(chain) - 1, 0, -1):
        last = chain[depth].label
        if last.style == label.style or (last.style == "told" and label.style in _GO_ON.get(depth, ())):
            yield _sibling(depth, last, label, line)
    yield _child(chain, label, line)


def _bullet(chain: Sequence[_Node], label: Label) -> _Move:
    for depth in range(len(chain) - 1, 0, -1):
        if chain[depth].label.style != "bullet":
            break
        if chain[depth].label.mark == label.mark:
            return _Move(0.0, depth, label)
    return _Move(0.0, len(chain), label)


def _sibling(depth: int, last: Label, label: Label, line: str) -> _Move:
    step = _step(last, label)
    odd = 0.0 if last.mark == label.mark else 0.3
    if step == 1:
        return _Move(odd, depth, label)
    headish = 0.0 if _looks_like_heading(line[label.end :]) else 1.0
    if step > 1:
        note = "" if label.style == "lower" and step <= 2 else "number_gap"
        return _Move(odd + headish + 0.7 + 0.3 * step, depth, label, note)
    return _Move(odd + headish + 2.0 + 0.1 * min(-step, 9), depth, label, "number_repeat")


def _step(last: Label, label: Label) -> int:
    """How far ``label`` is ahead of ``last``: 1 is the next, 0 the same again."""
    if label.style == "decimal" and (
        len(last.chain) != len(label.chain) or last.chain[:-1] != label.chain[:-1]
    ):
        ahead = len(last.chain) == len(label.chain) and label.chain > last.chain and label.chain[-1] == 1
        return 2 if ahead else -5
    return label.number - last.number


def _child(chain: Sequence[_Node], label: Label, line: str) -> _Move:
    """A new list under the innermost open section that can hold one."""
    depth = len(chain)
    if label.style == "decimal":
        return _decimal_child(chain, label)
    if label.style.startswith("part") or (label.style == "roman" and _looks_like_heading(line[label.end :])):
        while (
            depth > 1
            and not chain[depth - 1].label.style.startswith("part")
            and chain[depth - 1].label.style not in ("upper", "roman", "arabic")
        ):
            depth -= 1
    if _survivor(chain, label, line):
        depth = 1
    again = sum(node.label.style == label.style for node in chain[1:depth])
    cost = 0.5 + 1.6 * again
    if again and chain[depth - 1].label.style == label.style:
        cost += 0.6
    if label.number == 1:
        return _Move(cost, depth, label)
    far = min(label.number, 12) * 0.15
    headish = 0.0 if _looks_like_heading(line[label.end :]) else 1.0
    return _Move(cost + 1.3 + far + headish, depth, label, "number_start")


def _survivor(chain: Sequence[_Node], label: Label, line: str) -> bool:
    """``III. TỔ CHỨC`` behind ``1.`` and ``2.``: an editor made the Roman numbers before it arabic."""
    top = chain[1].label if len(chain) > 1 else None
    upper = line[label.end :].strip().isupper()
    return top is not None and top.style == "arabic" and label.style == "roman" and label.number > 1 and upper


def _decimal_child(chain: Sequence[_Node], label: Label) -> _Move:
    """``1.2`` goes under an open ``1``; else under the innermost section that is no bullet."""
    for depth in range(len(chain) - 1, 0, -1):
        above = chain[depth].label
        printed = above.chain or (above.number,)
        if above.style in ("arabic", "decimal", "roman") and printed == label.chain[:-1]:
            fine = label.number == 1
            return _Move(0.2 if fine else 1.0, depth + 1, label, "" if fine else "number_start")
    depth = len(chain)
    while depth > 1 and chain[depth - 1].label.style in ("bullet", "lead", "decimal", "lower"):
        depth -= 1
    return _Move(1.5, depth, label)


def _looks_like_heading(words: str) -> bool:
    return len(words) < 160 and not words.rstrip().endswith((".", ";", ","))


def _path(above: _Node, label: Label) -> str:
    """The printed labels joined; a printed ``1.1`` under ``1`` adds only what it adds."""
    if label.style in ("bullet", "lead", "told"):
        return above.path
    text = label.text
    if label.chain and above.label.style in ("arabic", "decimal"):
        printed = above.label.chain or (above.label.number,)
        if label.chain[: len(printed)] == printed:
            text = ".".join(str(n) for n in label.chain[len(printed) :])
    return f"{above.path}.{text}" if above.path else text


def _finish(text: str, root: _Node, end: int) -> Section:
    """Frozen sections from open nodes; recursion goes as deep as labels nest, which is bounded."""
    _close(root, end)
    return _frozen(text, root)


def _close(node: _Node, end: int) -> None:
    node.end = end
    node.own_end = node.children[0].start if node.children else end
    ends = [child.start for child in node.children[1:]] + [end]
    for child, stop in zip(node.children, ends, strict=bool(node.children)):
        _close(child, stop)


def _frozen(text: str, node: _Node) -> Section:
    own = Span(node.start, node.own_end)
    title = None
    content = Span(node.words, node.own_end)
    told = node.label.style == "told"
    if node.label.style not in ("root", "bullet", "lead") and not (told and node.role == "duty"):
        title, content = title_of(text, content, node.label.style, told or bool(node.children))
    return Section(
        node.label.text, node.label.style, node.path, Span(node.start, node.end), own, title, content,
        tuple(_frozen(text, child) for child in node.children),
    )  # fmt: skip
