"""The form around a made document: letterhead, title, recipients, signature, as blocks of lines."""

from dataclasses import dataclass
from datetime import date

from corpus_compose import Writer
from corpus_said import Said, joined
from corpus_world import filled, person

WIDE = 48  # where the right column of a text begins
DEGREES = ("TS.", "ThS.", "BS.")


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side, each of several lines."""

    left: Said
    right: Said


Block = Said | Columns


def block(template: Said | str, w: Writer, **values: Said | str) -> Block:
    """A template of ``layout.txt``, in two columns where it has ``||``."""
    left, found, right = str(template).partition(" || ")
    if not found:
        return w.voice.fill(left, **values)
    return Columns(w.voice.fill(left, **values), w.voice.fill(right, **values))


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document: its name, its code in numbers, what stands as its label."""

    name: str
    code: str

    @property
    def label(self) -> str:
        """The type word of the title."""
        return self.name.upper()


def letterhead(w: Writer, kind: Kind, subject: Said | None = None) -> Block:
    """Issuer, motto, number (with a letter's subject below) and date."""
    motto = w.body.one("motto")
    forms = w.voice.words[f"letterhead.{motto}"]
    if subject is not None:
        forms = [form for form in forms if "{number}  " not in form]
    number = number_line(w, kind)
    if subject is not None:
        number = joined([number, subject], "\n")
    header = w.rng.choice(w.body.all("header")).replace("¶", "\n")
    return block(w.rng.choice(forms), w, header=header, number=number, dated=date_line(w))


def number_line(w: Writer, kind: Kind) -> Said:
    """The own number: whole, spread with blanks, or blank with its symbol."""
    form = w.body.facts["letter" if kind.name == "Công văn" else "number"][0]
    n = f"{w.rng.choice((w.rng.randrange(1, 99), w.rng.randrange(100, 3000))):02}"
    whole = filled(form, {**w.body.values, "t": kind.code, "n": n})
    symbol = whole[len(n) + 1 :]
    hyphen = whole[len(n)] == "-"
    if w.voice.chance(0.12):
        slot = "number.blank.party" if hyphen else "number.blank"
        return w.voice.say(slot, symbol=symbol).known(("symbol", symbol))
    mark = whole[len(n)]
    spread = {
        "code": whole,
        "code.spaced": f"{n} {mark}{symbol}",
        "code.wide": f"{n} {mark} {symbol.replace('-', ' - ')}",
    }
    w.voice.values["code"] = whole
    return w.voice.say("number", **spread).known(("number", whole))


def date_line(w: Writer) -> Said:
    """Place and own date; a blank day or month is no fact."""
    when = w.body.when
    slot = "dated.blank" if w.voice.chance(0.08) else "dated"
    month = f"{when.month:02}" if w.voice.chance(0.5) or when.month < 3 else str(when.month)
    said = w.voice.say(
        slot, place=Said(w.body.one("place"), (("place", w.body.one("place")),)),
        day=Said(f"{when.day:02}", (("day", when.day),)), month=Said(month, (("month", when.month),)),
        **{"year.own": str(when.year)},
    )  # fmt: skip
    return said.without("day", "month").known(("date", partial(when, said)))


def partial(when: date, said: Said) -> str:
    """The date as far as it is printed."""
    whole = when.isoformat()
    return whole[: 10 if said.of("day") else 7 if said.of("month") else 4]


def title_block(w: Writer, label: str, title: Said, gold: bool = True) -> Said:
    """Type word and title; the title's fact is its wording as printed, on one line."""
    form = w.voice.pick("title.block")
    lines = halves(title.text)
    values = {
        "title": title.text, "TITLE": title.text.upper(), "title.lines": lines, "TITLE.lines": lines.upper(),
    }  # fmt: skip
    said = w.voice.fill(form, TYPE=label, **values)
    text = title.text.upper() if "TITLE" in form else title.text
    return Said(said.text, (*title.facts, ("title", text)) if gold else ())


def halves(text: str) -> str:
    """A text on two lines."""
    words = text.split()
    half = len(words) // 2
    return f"{' '.join(words[:half])}\n{' '.join(words[half:])}"


def footer(w: Writer) -> Block:
    """Recipients and signature."""
    items = w.body.all("recipient")
    items = [item for i, item in enumerate(items) if i == 0 or w.voice.chance(0.8)]
    if w.voice.chance(0.6):
        items[0] += w.voice.pick("recipient.note")
    form, last = w.voice.pick("recipient"), w.voice.pick("recipient.last")
    lines = [w.voice.fill(form, item=item).known(("recipients", item)) for item in items]
    archive = w.voice.fill(last, archive=w.rng.choice(w.body.all("archive")))
    lines.append(archive.known(("recipients", archive.text.removeprefix("- ").rstrip("."))))
    return block(w.voice.pick("footer"), w, recipients=joined(lines, "\n"), sign=signature(w))


def signature(w: Writer) -> Said:
    """Authority, post, name; two posts and names side by side where two bodies sign."""
    if "joint" in w.body.facts:
        names = [person(w.rng), person(w.rng)]
        posts = ["GIÁM ĐỐC", "THỦ TRƯỞNG ĐƠN VỊ"]
        return Said(f"{posts[0]:<30}{posts[1]}\n\n\n{names[0]:<30}{names[1]}")
    chief, deputy, above = w.body.one("chief"), w.body.one("deputy"), w.body.one("sign")
    second = w.voice.chance(0.6)
    post = deputy if second else chief
    authority = [Said(above)] if above else []
    if second and w.body.one("motto") == "state":
        authority.append(w.voice.say("authority.deputy", CHIEF=chief.upper()))
    name = person(w.rng)
    form = w.voice.pick("sign")
    said = w.voice.fill(
        form, authority=joined(authority, "\n"), post=post.upper(), signer=name, SIGNER=name.upper(),
        degree=w.rng.choice(DEGREES),
    )  # fmt: skip
    lines = "; ".join(line.text for line in authority)
    gold = {"name": name.upper() if "{SIGNER}" in form else name, "title": post, "authority": lines or None}
    return Said(said.text.lstrip("\n"), (*said.facts, ("signer", gold)))


def lines_of(one: Block) -> list[str]:
    """The text lines of a block; two columns on the same lines."""
    if isinstance(one, Said):
        return one.text.split("\n")
    left, right = one.left.text.split("\n"), one.right.text.split("\n")
    count = max(len(left), len(right))
    left += [""] * (count - len(left))
    right += [""] * (count - len(right))
    wide = max(WIDE, *(len(line) + 5 for line in left))
    return [f"{a:<{wide}}{b}".rstrip() for a, b in zip(left, right, strict=True)]


def facts_of(one: Block) -> tuple[tuple[str, object], ...]:
    """The facts of a block in reading order."""
    return one.facts if isinstance(one, Said) else one.left.facts + one.right.facts
