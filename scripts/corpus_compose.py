"""A plan, composed from the grammar: every sentence is said together with what a reader should find in it.

``plan(voice, body, field)`` gives the tree, its numbering and all that stands around it as pieces with facts.
"""

import re
from datetime import date, timedelta
from functools import cache

from corpus_said import GRAMMAR, Said, Voice, joined, sections
from corpus_tree import Node
from corpus_world import Body

ABBREVIATIONS = {
    "Công văn": "CV", "Quyết định": "QĐ", "Nghị quyết": "NQ", "Nghị định": "NĐ", "Chỉ thị": "CT",
    "Thông tư": "TT", "Thông báo": "TB", "Hướng dẫn": "HD", "Kết luận": "KL",
}  # fmt: skip
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def clipped(day: date) -> str:
    """A day as ISO."""
    return day.isoformat()


class Writer:
    """One document's voice, body and field of work, with the values that the wording asks for.

    ``size`` (1 to 3) is how much the document has of everything; ``start`` and ``end`` bound its window.
    """

    def __init__(self, voice: Voice, body: Body, field: dict[str, list[str]]) -> None:
        self.voice, self.body, self.field, self.rng = voice, body, field, voice.rng
        self.cited: set[str] = set()
        self.notes: list[Said] = []
        self.noting = False
        self.size = voice.rng.choice((1, 1, 2, 2, 3))
        self.start = body.when + timedelta(self.rng.randrange(8, 40))
        self.end = self.start + timedelta(self.rng.choice((6, 14, 29, 30, 60)))
        if self.end.year != self.start.year:
            self.end = date(self.start.year, 12, 28)
        units = body.all("unit")
        self.units = [tuple(unit.split(" | ")) for unit in units]
        self.lead = next(name for tag, name in self.units if tag == "lead")
        self.selves = body.all("self")
        self.set_values()

    def set_values(self) -> None:
        """The values of the wording."""
        draw, rng = self.voice.deck, self.rng
        year = str(self.start.year)
        places = {"province": "P", "district": "D", "commune": "C", "none": "P"}
        where = self.body.one("where") or f"trên địa bàn {self.body.values[places[self.body.area]]}"
        values = {key: draw(self.field[key]) for key in ("do", "aim", "slogan", "theme")}
        self.voice.values.update(values)
        self.voice.values.update(
            event=self.field["event"][0], topic=self.field["topic"][0], people=self.field["people"][0],
            year=year, where=where, later=str(self.start.year + 5), span=f"{year} - {int(year) + 5}",
            quarter=lambda: rng.choice(("I", "II", "III", "IV")),
            share=lambda: str(rng.randrange(70, 100, 5)), count=lambda: str(rng.randrange(2, 30)),
            self=lambda: rng.choice(self.selves), cite=self.cite, note=self.note, all=self.body.one("all"),
        )  # fmt: skip
        self.voice.values["reference"] = self.voice.say("reference")
        self.voice.values["via.name"] = self.lead
        self.voice.values["unit.any"] = lambda: rng.choice(self.units)[1]
        self.voice.values["day.event"] = lambda: self.day(self.start, plain=True)
        self.voice.values["day.early"] = lambda: self.day(
            self.start - timedelta(rng.randrange(1, 7)), plain=True
        )

    def day(self, day: date, plain: bool = False) -> Said:
        """A day in one of the part's forms; ``plain`` in figures."""
        slot = "date.numeric" if plain or self.voice.chance(0.7) else "date.words"
        return self.voice.say(slot, **parts_of(day))

    def number(self) -> str:
        """A number that the document has not cited yet."""
        return str(self.rng.choice((self.rng.randrange(3, 99), self.rng.randrange(100, 3200))))

    def cite(self) -> Said:
        """A document of a higher body, with its fact."""
        facts = cited_table()
        if self.voice.chance(0.25):
            name, number, day = self.rng.choice(facts["laws"]).split(" | ")
            if day < clipped(self.body.when) and number not in self.cited:
                return self.law(name, number, date.fromisoformat(day))
        kind, form, by = self.rng.choice(facts["acts"]).split(" | ")
        day = self.body.when - timedelta(self.rng.randrange(40, 1500))
        number = form.replace("{n}", self.number()).replace("{y}", str(day.year))
        return self.document("cite.form", kind, number, day, by)

    def law(self, name: str, number: str, day: date) -> Said:
        """A law, cited by its number or by its name alone."""
        self.cited.add(number)
        cited = Said(number, (("citations", {"type": "Luật", "number": number, "date": clipped(day)}),))
        year = {"law.year": str(day.year)}
        return self.voice.say("law.form", law=name, number=cited, date=self.day(day), **year)

    def document(self, slot: str, kind: str, number: str, day: date, by: str) -> Said:
        """A citation in a form of ``slot``, with its fact; undated where the form gives no date."""
        form = self.voice.pick(slot)
        when = clipped(day) if "{date}" in form else None

        def number_of(code: str, at: str | None) -> Said:
            self.cited.add(code)
            return Said(code, (("citations", {"type": kind, "number": code, "date": at}),))

        def second() -> Said:
            later = day + timedelta(self.rng.randrange(1, 30))
            code = re.sub(r"^\d+", str(int(re.match(r"\d+", number)[0]) + self.rng.randrange(1, 90)), number)
            code = code.replace(f"/{day.year}/", f"/{later.year}/")
            return Said("số ") + number_of(code, clipped(later)) + " ngày " + self.day(later)

        return self.voice.fill(
            form, type=kind, abbr=ABBREVIATIONS.get(kind, kind), number=number_of(number, when), by=by,
            date=self.day(day), second=second,
        )  # fmt: skip

    def note(self) -> Said:
        """The mark of a footnote, whose words wait in ``notes``; nothing where no page foot is printed."""
        if not self.noting:
            return Said("")
        n = len(self.notes) + 1
        values = {"n": str(n), "raised": RAISED[n % 10]}
        self.notes.append(self.voice.say("note", **values))
        return self.voice.say("note.mark", **values)

    def parent(self) -> Said:
        """The superior's document; a plan is a parent plan."""
        by, code, sends = self.rng.choice(self.body.all("boss")).split(" | ")
        party = code in ("TW", "TU", "TĐTN", "TWĐTN")
        kind, form = self.rng.choice(cited_table()["boss.party" if party else "boss"]).split(" | ")
        if sends == "0" and kind == "Kế hoạch":
            kind, form = cited_table()["boss.party" if party else "boss"][-1].split(" | ")
        day = self.body.when - timedelta(self.rng.randrange(3, 45))
        number = form.replace("{n}", self.number()).replace("{code}", code)
        said = self.document("parent.form", kind, number, day, by)
        if kind != "Kế hoạch":
            return said
        return said.known(("parent_plans", {"number": number, "date": clipped(day), "issuer": by}))

    def section(self, head: str, **more: object) -> Node:
        """An item of the first level."""
        return Node(self.voice.say(head), **more)  # type: ignore[arg-type]

    def template(self, said: Said) -> Node:
        """An item from a template: ``title:: text``, ``title // paragraph`` or a title alone."""
        for mark in (":: ", " // "):
            title, found, text = said.text.partition(mark)
            if found and mark == ":: ":
                return Node(Said(title), Said(text, said.facts))
            if found:
                return Node(Said(title), lines=[Said(text, said.facts)], bulleted=False)
        return Node(said)


def parts_of(day: date) -> dict[str, str]:
    """A day as the values of ``[date…]``."""
    return {
        "d": str(day.day), "dd": f"{day.day:02}", "m": str(day.month), "mm": f"{day.month:02}",
        "yyyy": str(day.year),
    }  # fmt: skip


@cache
def cited_table() -> dict[str, list[str]]:
    """Documents that may be cited."""
    return sections(GRAMMAR / "shared" / "cited.txt")


def purpose(w: Writer) -> Node:
    """Aims and demands: under headings, or as numbered sentences."""
    say, rng = w.voice.say, w.rng
    aims = [say("aim") for _ in range(rng.randrange(1, 3) + w.size)]
    demands = [say("demand") for _ in range(rng.randrange(1, 3) + w.size // 2)]
    if w.voice.chance(0.3):
        return w.section("head.purpose", children=[Node(text=text) for text in (*aims[:3], *demands[:2])])
    lists = [(say("head.aim"), aims), (say("head.demand"), demands)]
    bare = w.voice.chance(0.5)
    children = [Node(title, lines=unique(lines), bulleted=len(lines) > 1 or bare) for title, lines in lists]
    return w.section("head.purpose", children=children)


def unique(lines: list[Said]) -> list[Said]:
    """Lines without those that say the same."""
    return list({line.text: line for line in lines}.values())


def frame(w: Writer) -> Node:
    """Theme, time, scope, slogans, as far as the heading names them."""
    heading, _, names = w.voice.pick("frame").partition(" | ")
    makers = {"theme": theme, "period": period, "scope": scope, "slogans": slogans}
    return Node(Said(heading), children=[makers[name](w) for name in names.split()])


def theme(w: Writer) -> Node:
    """The stated theme."""
    words = w.field["theme"][w.rng.randrange(len(w.field["theme"]))]
    return w.template(w.voice.say("theme.item", theme=Said(words, (("theme", words),))))


def period(w: Writer) -> Node:
    """The window: days, months, or one day."""
    start, end = w.start, w.end
    kind = w.rng.choice(("period", "period", "period.month", "period.day"))
    values = {
        "s": w.day(start, plain=True), "e": w.day(end, plain=True),
        "sm": str(start.month), "em": str(end.month),
        "s.words": w.voice.say("date.words", **parts_of(start)),
        "e.words": w.voice.say("date.words", **parts_of(end)),
    }  # fmt: skip
    if kind == "period.month" and start.month == end.month:
        kind = "period"
    gold = {"start": clipped(start), "end": clipped(end)}
    if kind == "period.month":
        gold = {"start": clipped(start)[:7], "end": clipped(end)[:7]}
    if kind == "period.day":
        gold = {"start": clipped(start), "end": clipped(start)}
    said = w.voice.say(kind, **values).known(("period", gold))
    return w.template(w.voice.say("period.item", period=said))


def scope(w: Writer) -> Node:
    """The stated scope."""
    said = w.voice.say("scope")
    return w.template(w.voice.say("scope.item", scope=said.known(("scope", said.text))))


def slogans(w: Writer) -> Node:
    """A heading and its list; the marks of the list are the same for all."""
    words = w.rng.sample(w.field["slogan"], w.rng.randrange(3, min(6, len(w.field["slogan"])) + 1))
    form = w.voice.pick("slogan")
    lines = []
    for text in words:
        line = w.voice.fill(form, slogan=text)
        if text.endswith("!"):
            line = Said(line.text.replace("!.", "!").replace("!;", "!"))
        lines.append(line.known(("slogans", text)))
    return Node(w.voice.say("slogan.item"), lines=lines)


def content(w: Writer, with_slogans: bool) -> Node:
    """What is to be done, under headings of the field and of every field."""
    heads = [Said(w.rng.choice(w.voice.words["content.plain"]))] + [Said(head) for head in w.field["head"]]
    w.noting = True
    children = [activities(w, head) for head in heads[: 2 + w.size]]
    w.noting = False
    if with_slogans:
        children.append(slogans(w))
    if w.notes and children[-1].lines and children[-1].bulleted:
        children.append(Node(lines=w.notes, bulleted=False, numbered=False))
    elif w.notes:
        children[-1].lines += w.notes
    return w.section("head.content", children=children)


def activities(w: Writer, head: Said) -> Node:
    """Bullets, one paragraph, or lettered sentences."""
    lines = unique([w.voice.say("activity") for _ in range(w.rng.randrange(1, 3) + w.size)])
    if w.voice.chance(0.15):
        lines.append(w.voice.say("activity.event"))
    if w.voice.chance(0.15):
        return Node(head, children=[Node(text=line) for line in lines])
    if w.voice.chance(0.15):
        return Node(head, lines=[joined(lines, " ")], bulleted=False)
    if w.voice.chance(0.15):
        return Node(head, joined(lines, " "))
    return Node(head, lines=lines)


def budget(w: Writer) -> Node:
    """A section of its own for the funding."""
    said = w.voice.say("budget")
    return w.section("head.budget", lines=[said.known(("budget", said.text))], bulleted=False)
