"""Made documents with exact gold: plans and their near cases, one for each seed.

``documents(seed, count, part)`` composes; ``write`` renders and damages. The same seed gives the same texts.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import corpus_damage as damages
from corpus_assign import organise, report, reports
from corpus_compose import Writer, budget, content, frame, purpose
from corpus_form import Block, Columns, Kind, facts_of, footer, letterhead, lines_of, title_block
from corpus_near import near_case
from corpus_said import GRAMMAR, Said, Voice, blocks, slots
from corpus_tree import Node, set_tree, slip, system
from corpus_world import body

PLAN = Kind("Kế hoạch", "KH")
NEAR = tuple(
    Kind(name, code)
    for name, code in (
        ("Báo cáo", "BC"), ("Công văn", ""), ("Quyết định", "QĐ"), ("Thông báo", "TB"),
        ("Chương trình", "CTr"), ("Tờ trình", "TTr"), ("Hướng dẫn", "HD"), ("Chỉ thị", "CT"),
        ("Nghị quyết", "NQ"), ("Giấy mời", "GM"), ("Phương án", "PA"), ("Đề án", "ĐA"), ("Công điện", "CĐ"),
    )
)  # fmt: skip
LISTS = ("parent_plans", "citations", "slogans", "units", "deadlines", "recipients", "outline")
SINGLE = ("number", "symbol", "date", "place", "title", "theme", "scope", "budget", "signer", "period")
STEPS: dict[str, tuple[damages.Step, ...]] = {
    "wrap": (damages.wrap_codes,),
    "pages": (damages.wrap_codes, damages.pages, damages.blank_lines),
    "horn": (damages.wrap_codes, damages.horn, damages.pages),
    "eth": (damages.eth, damages.bullets),
    "invisible": (damages.invisible,),
    "markdown": (damages.markdown,),
    "nfd": (damages.nfd,),
    "lost": (damages.lost_dots, damages.lost_spaces),
}
FORMATS = ("text", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Made:
    """A made document: its blocks and the record that should come out of it."""

    name: str
    blocks: tuple[Block, ...]
    gold: dict[str, Any]

    @property
    def text(self) -> str:
        """The document as plain text."""
        return "\n".join(line for one in self.blocks for line in lines_of(one)) + "\n"


@cache
def campaigns(part: str) -> dict[str, dict[str, list[str]]]:
    """The fields of work of a part."""
    return blocks(GRAMMAR / part / "campaigns.txt")


@cache
def words(part: str) -> dict[str, list[str]]:
    """The slots of a part."""
    return slots(part)


def documents(seed: int, count: int, part: str, near: float = 0.2) -> Iterator[Made]:
    """``count`` documents, no two alike; ``near`` is the share of other types than plans."""
    seen: set[str] = set()
    for i in range(count):
        for retry in range(100):
            rng = random.Random(f"{part} {seed} {i} {retry}")
            made = document(f"{part}-{seed}-{i:05}", rng, part, near)
            if made.text not in seen:
                break
        seen.add(made.text)
        yield made


def document(name: str, rng: random.Random, part: str, near: float) -> Made:
    """One document."""
    voice = Voice(part, rng, words(part))
    who = body(rng)
    while "joint" in who.facts and voice.chance(0.5):
        who = body(rng)
    w = Writer(voice, who, campaigns(part)[rng.choice(sorted(campaigns(part)))])
    if "joint" not in who.facts and voice.chance(near):
        kind = rng.choice(NEAR)
        page, scored = near_case(w, kind)
    else:
        kind, page, scored = PLAN, plan(w), []
    return Made(name, tuple(page), record(w, kind, page, scored))


def plan(w: Writer) -> list[Block]:
    """The blocks of a plan, from letterhead to signature."""
    joint = "joint" in w.body.facts
    label = f"{PLAN.label} LIÊN TỊCH" if joint else PLAN.label
    page: list[Block] = [letterhead(w, PLAN), Said(""), title_block(w, label, w.voice.say("title")), Said("")]
    page += [w.voice.say("opening", parent=w.parent), Said("")]
    where = w.rng.choice(("section", "section", "tasks", "closing", "none"))
    page += numbered(w, tree(w, where))
    if where == "closing":
        page.append(report(w, "report"))
    closing = w.voice.say("closing")
    return page + [closing] * bool(closing.text) + [Said(""), footer(w)]


def tree(w: Writer, where: str) -> list[Node]:
    """The sections; ``where`` reports stand: section, tasks, closing, none."""
    framed = w.voice.chance(0.65)
    parts = [purpose(w)]
    if framed:
        parts.append(frame(w))
    has_slogans = any(line.of("slogans") for node in parts[-1].children for line in node.lines)
    parts.append(content(w, with_slogans=framed and not has_slogans and w.voice.chance(0.4)))
    money = [budget(w)] if w.voice.chance(0.55) else []
    assigned = organise(w, where == "tasks")
    parts += [*money, assigned] if w.voice.chance(0.7) else [assigned, *money]
    if where == "section":
        parts.append(reports(w))
    if where != "tasks" and w.voice.chance(0.4) and assigned.children:
        last = assigned.children[-1]
        if last.lines and last.bulleted and last.title is not None:
            trap(w, last)
    return parts


def trap(w: Writer, unit: Node) -> None:
    """One more task for a unit: a day that is no report's."""
    line = w.voice.say("trap")
    unit.lines.append(line)
    for gold in unit.title.of("units") if unit.title else ():
        gold["tasks"].append(line.text)


def numbered(w: Writer, parts: list[Node]) -> list[Block]:
    """The tree's lines, numbered; sometimes with a fault."""
    how = system(w.voice.pick("numbering"), w.voice.pick("heading.case"))
    fault = None
    if w.voice.chance(0.2):
        kind = w.voice.pick("fault")
        if kind == "unnumbered":
            for child in parts[0].children:
                child.numbered = child.title is None
        else:
            fault = slip(kind, parts, w.rng)
    return list(set_tree(parts, how, fault))


def record(w: Writer, kind: Kind, page: list[Block], scored: list[str]) -> dict[str, Any]:
    """The plain record: what the pieces said, in their order."""
    facts = [fact for one in page for fact in facts_of(one)]
    gold: dict[str, Any] = {"doc_type": kind.name, "issuer": w.body.issuer}
    gold |= {name: next((value for key, value in facts if key == name), None) for name in SINGLE}
    gold |= {name: [value for key, value in facts if key == name] for name in LISTS}
    gold["period"] = gold["period"] or {"start": None, "end": None}
    once: dict[tuple[str, str], dict[str, Any]] = {}
    for row in gold["citations"]:
        first = once.setdefault((row["type"], row["number"]), row)
        first["date"] = first["date"] or row["date"]
    gold["citations"] = list(once.values())
    if scored:
        gold["scored"] = scored
    elif gold["signer"] is None:
        gold["scored"] = [name for name in gold if name not in ("signer", "scored")]
    return gold


def damaged(made: Made, kind: str, rng: random.Random) -> str:
    """The text, damaged in one way; ``mixed`` draws it, whole texts among them."""
    text = made.text
    if kind == "mixed":
        kind = rng.choice(("none", *STEPS))
    for step in STEPS.get(kind, ()):
        text = step(text, rng)
    return text


def source(made: Made) -> str:
    """The document in the marks of ``corpus_docx``."""
    out: list[str] = []
    for one in made.blocks:
        if isinstance(one, Columns):
            out += ["<<<", *one.left.text.split("\n"), "---", *one.right.text.split("\n"), ">>>"]
        else:
            out += one.text.split("\n")
    return "\n".join(out)


def write(made: Made, folder: Path, form: str, damage: str) -> None:
    """The document and its gold under ``folder``: plans/NAME.txt (.docx, .pdf), gold/NAME.json."""
    rng = random.Random(f"render {made.name}")
    form = rng.choice(FORMATS) if form == "mixed" else form
    for room in ("plans", "gold"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    target = folder / "plans" / f"{made.name}.{'txt' if form == 'text' else form}"
    if form == "text":
        target.write_text(damaged(made, damage, rng), "utf-8", newline="\n")
    else:
        from corpus_docx import docx_bytes, to_pdf

        data = docx_bytes(source(made))
        if form == "docx":
            target.write_bytes(data)
        elif not to_pdf(data, target):
            raise SystemExit("make_corpus: no soffice here: choose --format text or docx")
    text = json.dumps(made.gold, ensure_ascii=False, indent=1) + "\n"
    (folder / "gold" / f"{made.name}.json").write_text(text, "utf-8", newline="\n")


def generate(seed: int, count: int, part: str, form: str, damage: str, folder: Path) -> None:
    """Make and write ``count`` documents."""
    for made in documents(seed, count, part):
        write(made, folder, form, damage)
