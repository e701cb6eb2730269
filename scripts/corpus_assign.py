"""Who does what in a made plan, and who reports when: the assigning section, reports wherever they stand."""

from collections.abc import Callable
from datetime import date, timedelta

from corpus_compose import Writer, unique
from corpus_said import Said, joined
from corpus_tree import Node

Unit = tuple[str, ...]  # tag, name


def report(w: Writer, slot: str, reporter: str = "", at: list[date] | None = None) -> Said:
    """A sentence that asks for reports, with a deadline for every time it names."""
    days = iter(at or times(w))
    recurring = "recurring" in slot

    def when(form: str = "when") -> Said:
        if recurring:
            said = w.voice.say("when.recurring", dom=str(w.rng.randrange(5, 28)))
            return said.known(("when", (None, said.text)))
        day = next(days)
        return w.voice.say("when", date=w.day(day)).known(("when", (day.isoformat(), None)))

    def fact(name: str, value: Callable[[], str]) -> Callable[[], Said]:
        return lambda: (lambda text: Said(text, ((name, text),)))(value())

    said = w.voice.say(
        slot, when=when, via=fact("via", lambda: w.lead), boss=fact("to", lambda: boss(w)),
        to=fact("to", lambda: w.selves[0]), reporter=fact("by", lambda: reporter or w.body.one("all")),
        **{"when.recurring": when, "to.lead": fact("to", lambda: w.lead)},
    )  # fmt: skip
    return said.without("when", "via", "to", "by").known(*deadlines(said, reporter))


def deadlines(said: Said, reporter: str) -> list[tuple[str, dict[str, str | None]]]:
    """The deadlines that a sentence names."""
    to, via, by = (next(iter(said.of(name)), None) for name in ("to", "via", "by"))
    whole = to.replace("UBND", "Ủy ban nhân dân") if to else None
    return [
        ("deadlines", {"date": day, "recurrence": words, "recipient": whole, "via": via,
                       "reporter": by or reporter or None, "text": said.text})
        for day, words in said.of("when")
    ]  # fmt: skip


def times(w: Writer) -> list[date]:
    """Two days of reports after the end of the window."""
    first = w.end + timedelta(w.rng.randrange(3, 15))
    return [first, first + timedelta(w.rng.randrange(5, 40))]


def boss(w: Writer) -> str:
    """The superior's name."""
    return w.body.all("boss")[0].split(" | ")[0]


def organise(w: Writer, in_tasks: bool) -> Node:
    """The assigning section in one of the part's forms; ``in_tasks``: reports stand among the tasks."""
    style = w.voice.pick("units")
    units = chosen(w)
    head = w.voice.say("head.organise")
    if style.startswith("table"):
        return Node(head, lines=unit_table(w, units, style.endswith("counted")), table=True)
    nodes = [unit_node(w, unit, style, in_tasks) for unit in units]
    if style == "nested":
        inner = [unit_node(w, unit, "bullets", False, w.selves[0]) for unit in units[:2]]
        nodes = [Node(Said(w.selves[0]), children=inner), *nodes[2:]]
    return Node(head, children=nodes)


def chosen(w: Writer) -> list[Unit]:
    """Some of the body's units in their order; the lead first, no name twice."""
    rest = [unit for unit in w.units if unit[1] != w.lead]
    locals_ = [unit for unit in rest if unit[0] == "local"][:1]
    rest = [unit for unit in rest if unit[0] not in ("local", "lead")]
    count = min(len(rest), 2 + w.size + w.rng.randrange(3))
    order = sorted(w.rng.sample(range(len(rest)), count))
    return [("lead", w.lead), *(rest[i] for i in order), *locals_]


def tasks_of(w: Writer, tag: str, count: int, last: Said | None) -> list[Said]:
    """Tasks of a kind of unit; other work of the field where its own wording runs out."""
    forms = w.voice.words[f"tasks.{tag}"]
    own = [w.voice.fill(form) for form in w.rng.sample(forms, min(count, len(forms)))]
    while len(own) < count:
        own = unique([*own, w.voice.say("activity")])
    return [*own, last] if last else own


def unit_node(w: Writer, unit: Unit, style: str, in_tasks: bool, within: str | None = None) -> Node:
    """A unit with its tasks."""
    tag, name = unit
    style = w.rng.choice(("bullets", "run-in", "paragraph")) if style == "mixed" else style
    slot = {"lead": "report.onward", "local": "report.task"}.get(tag) if in_tasks else None
    last = report(w, slot, name) if slot else None
    if style == "subject":
        return unit_sentence(w, name, within, last)
    one = style in ("run-in", "paragraph")
    lines = tasks_of(w, tag, 1 if one else w.rng.randrange(1, 3) + w.size // 2, None if one else last)
    if one and last is not None:
        lines = [joined([*lines, last], " ")]
    known = fact(name, within, lines)
    if style == "run-in":
        return w.template(w.voice.say("unit.run-in", unit=name, task=lines[0].known(known)))
    title = w.voice.say("unit.head.mass" if tag == "mass" else "unit.head", unit=name).known(known)
    if style == "own-lines":
        title = Said(title.text.rstrip(":") + ":", title.facts)
    return Node(
        title,
        lines=lines,
        bulleted=style != "paragraph",
        bullet="+" if style == "plus" else "",
        numbered=style != "own-lines",
    )


def unit_sentence(w: Writer, name: str, within: str | None, last: Said | None) -> Node:
    """A unit that is the subject of a sentence."""
    sentence = Said(name[:1].upper() + name[1:]) + " " + w.voice.say("subject")
    line = sentence if last is None else sentence + " " + last
    return Node(text=line.known(fact(name, within, [line])))


def fact(name: str, within: str | None, lines: list[Said]) -> tuple[str, dict[str, object]]:
    """A unit as the record has it."""
    return ("units", {"name": name, "within": within, "tasks": [line.text for line in lines]})


def unit_table(w: Writer, units: list[Unit], counted: bool) -> list[Said]:
    """The units as the rows of a table: a running number, or remarks behind."""
    rows = [Said(w.voice.pick("table.units.head"))]
    for i, (tag, name) in enumerate(units, 1):
        task = w.voice.say(f"tasks.{tag}")
        cell = task.known(fact(name, None, [task]))
        rows.append(Said(f"{i} | {name} | ") + cell if counted else Said(f"{name} | ") + cell + " | ")
    return [w.voice.say("table.line", row=row) for row in rows]


def reports(w: Writer) -> Node:
    """A section of its own for reports: sentences, or a table of works with reports in a row."""
    head = w.voice.say("head.report")
    if w.voice.chance(0.15):
        rows = [Said(w.voice.pick("table.head"))]
        values = {"sm": str(w.start.month), "em": str(w.end.month)}
        rows += unique([w.voice.say("table.row", **values) for _ in range(1 + w.size)])
        rows.append(report(w, "report.row"))
        return Node(head, lines=[w.voice.say("table.line", row=row) for row in rows], table=True)
    slot = w.rng.choice(("report", "report", "report.two", "report.recurring"))
    lines = [report(w, slot)]
    if slot == "report.recurring" and w.voice.chance(0.5):
        lines.append(report(w, "report"))
    return Node(head, lines=lines, bulleted=len(lines) > 1)
