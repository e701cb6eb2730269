"""The body of a made document: a tree of items, numbered after one of the systems in use, faults included.

A numbering is a row of labels, one a level, and the bullet: ``I. 1. a) -``; ``1.1.`` repeats the label above.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus_said import Said

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
LETTERS = "abcdđeghiklmnop"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
LABEL = re.compile(r"(Phần_I|Phần_thứ_nhất|1(?:\.1)+|[1IAa])(\W*)")


@dataclass
class Node:
    """An item: a title with what stands below, a title with its text on the line, or a sentence alone.

    ``lines`` are paragraphs or, with ``bulleted``, list items. ``numbered`` False: printed without a label.
    """

    title: Said | None = None
    text: Said | None = None
    lines: list[Said] = field(default_factory=list)
    bulleted: bool = True
    bullet: str = ""
    children: list["Node"] = field(default_factory=list)
    numbered: bool = True
    table: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """A way to number: a label a level, the bullet, how headings of the first level are written."""

    labels: tuple[str, ...]
    bullet: str
    case: str

    def label(self, level: int, i: int, above: str) -> tuple[str, str]:
        """The printed label of item ``i`` (from 0) and the last part of its path."""
        match = LABEL.fullmatch(self.labels[level])
        if match is None:
            raise ValueError(f"no label: {self.labels[level]!r} in [numbering]")
        core, mark = match.groups()
        if core == "Phần_I":
            return f"Phần {ROMAN[i]}", f"Phần {ROMAN[i]}"
        if core == "Phần_thứ_nhất":
            return f"Phần thứ {ORDINALS[i]}", f"Phần thứ {ORDINALS[i]}"
        if "." in core:
            return f"{re.sub(r'[^0-9]+$', '', above)}.{i + 1}{mark}", str(i + 1)
        name = {"1": str(i + 1), "I": ROMAN[i % 14], "A": chr(65 + i), "a": LETTERS[i % 15]}[core]
        return name + mark, name


def system(numbering: str, case: str) -> System:
    """The system of a row of ``[numbering]``."""
    *labels, bullet = numbering.split()
    return System(tuple(labels), bullet, case)


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip of the author: at item ``at`` below ``node`` (``None``: on the first level)."""

    kind: str
    node: Node | None
    at: int


def slip(kind: str, tree: list[Node], rng: random.Random) -> Fault | None:
    """A fault of this kind somewhere in the tree, where there is room for one."""
    rooms: list[tuple[Node | None, list[Node]]] = [
        (node, node.children) for node in tree if counted(node.children) > 2
    ]
    if kind in ("duplicate", "skipped") and len(tree) > 3:
        rooms.append((None, tree))
    if not rooms:
        return None
    node, items = rng.choice(rooms)
    return Fault(kind, node, rng.randrange(1, counted(items) - 1))


def counted(items: list[Node]) -> int:
    """How many items have a label; those without stand last."""
    return sum(node.numbered for node in items)


def numbers(count: int, fault: Fault | None) -> list[int]:
    """The numbers (from 0) of ``count`` items, with the fault if it is theirs."""
    row = list(range(count))
    if fault and fault.kind == "duplicate":
        row[fault.at + 1] = fault.at
    if fault and fault.kind == "skipped":
        row[fault.at :] = [i + 1 for i in row[fault.at :]]
    return row


def set_tree(tree: list[Node], how: System, fault: Fault | None) -> Iterator[Said]:
    """The printed lines, with the facts of the items and those of the outline."""
    yield from set_items(tree, how, fault, 0, "", "", None)


def set_items(
    items: list[Node],
    how: System,
    fault: Fault | None,
    level: int,
    above: str,
    path: str,
    parent: Node | None,
) -> Iterator[Said]:
    """The lines of siblings; ``above`` is the label of their parent, ``path`` its path."""
    here = fault if fault and fault.node is parent and (parent or not level) else None
    order = iter(numbers(counted(items), here))
    for at, node in enumerate(items):
        label, own = how.label(level, next(order), above) if node.numbered else ("", "")
        if here and here.kind == "lost-dot" and here.at == at and node.title and not node.text:
            label = re.sub(r"\W+$", " ", label)
        whole = f"{path}.{own}" if path and own else own or path
        yield from set_head(node, how, level, label, whole)
        if level + 1 < len(how.labels):
            yield from set_lines(node, how)
            yield from set_items(node.children, how, fault, level + 1, label, whole, node)
        else:
            yield from set_lines(node, how)


def set_head(node: Node, how: System, level: int, label: str, path: str) -> Iterator[Said]:
    """The line of an item's label, title and text."""
    title = node.title
    if title is not None and level == 0 and how.case.startswith("upper"):
        title = Said(title.text.upper(), title.facts)
    name = title.text if title else None
    row = (("outline", [path, name.rstrip(" :") if name else None]),) if node.numbered else ()
    colon = ":" if title and not node.text and how.case.endswith("colon") and level == 0 else ""
    if label.startswith("Phần") and title:
        yield Said(label, row)
        yield title + colon
        return
    head = Said(f"{label} " if label else "", row)
    if title is None:
        if node.text is not None:
            yield head + node.text
    elif node.text is None:
        yield head + title + colon
    else:
        yield head + title + ": " + node.text


def set_lines(node: Node, how: System) -> Iterator[Said]:
    """What stands below an item's head, before its children."""
    for line in node.lines:
        bullet = "" if node.table or not node.bulleted else f"{node.bullet or how.bullet} "
        yield Said(bullet) + line
