"""Made documents that are no plans: letters, reports, decisions with a plan attached, and others."""

from corpus_compose import Writer, purpose
from corpus_form import Block, Kind, footer, letterhead, title_block
from corpus_said import Said
from corpus_tree import Node, set_tree, system

SCORED = [
    "doc_type", "number", "symbol", "date", "place", "title", "issuer", "citations", "recipients", "signer",
]  # fmt: skip


def near_case(w: Writer, kind: Kind) -> tuple[list[Block], list[str]]:
    """The blocks of a document of this type, and the fields that its gold settles."""
    w.voice.values.setdefault("code", "")
    if kind.name == "Công văn":
        return letter(w, kind), without_title(SCORED)
    if kind.name == "Quyết định":
        return decision(w, kind)
    return sectioned(w, kind)


def without_title(names: list[str]) -> list[str]:
    """Whether a leading V/v belongs to the title is open."""
    return [name for name in names if name != "title"]


def open_title(title: Said) -> bool:
    """Whether the title begins with Về việc or V/v."""
    return title.text.startswith(("Về việc", "V/v"))


def letter(w: Writer, kind: Kind) -> list[Block]:
    """A letter: subject under the number, addressees, numbered requests."""
    page: list[Block] = [letterhead(w, kind, w.voice.say("near.subject.Công văn")), Said("")]
    page += [w.voice.say("near.address"), Said("")]
    page += [w.voice.say("near.opening.Công văn", parent=w.parent), *requests(w)]
    return [*page, w.voice.say("near.closing"), Said(""), footer(w)]


def requests(w: Writer) -> list[Said]:
    """Numbered sentences."""
    how = system("1. a) -", "sentence")
    items = [Node(text=w.voice.say("activity")) for _ in range(2 + w.size)]
    return unlisted(list(set_tree(items, how, None)))


def unlisted(lines: list[Said]) -> list[Said]:
    """Lines whose items are no headings of a plan."""
    return [line.without("outline", "units") for line in lines]


def sectioned(w: Writer, kind: Kind) -> tuple[list[Block], list[str]]:
    """A document under headings, or of numbered sentences where its type has none."""
    title = w.voice.say(f"near.title.{kind.name}")
    page: list[Block] = [letterhead(w, kind), Said(""), title_block(w, kind.label, title), Said("")]
    page += [w.voice.say(f"near.opening.{kind.name}", parent=w.parent), Said("")]
    heads = w.voice.pick(f"near.heads.{kind.name}")
    if heads == "{none}":
        page += requests(w)
    else:
        how = system(w.voice.pick("numbering"), w.voice.pick("heading.case"))
        tree = [
            Node(Said(head), lines=[w.voice.say("activity") for _ in range(1 + w.size)])
            for head in heads.split(" | ")
        ]
        page += unlisted(list(set_tree(tree, how, None)))
    page += [w.voice.say("near.closing"), Said(""), footer(w)]
    return page, without_title(SCORED) if open_title(title) else SCORED


def decision(w: Writer, kind: Kind) -> tuple[list[Block], list[str]]:
    """A decision, and behind its signature the plan that it issues."""
    title = w.voice.say("near.title.Quyết định")
    who = f"{w.body.one('chief')} {w.body.values['who']}" if w.body.values["who"] else w.body.one("name")
    page: list[Block] = [letterhead(w, kind), Said(""), title_block(w, kind.label, title), Said("")]
    page += [Said(who.upper()), Said("")]
    page += [w.voice.say("near.basis.Quyết định", parent=w.parent)]
    page += [w.voice.say("near.proposal.Quyết định"), Said(""), Said("QUYẾT ĐỊNH:"), Said("")]
    articles = w.voice.pick("near.articles.Quyết định").split(" | ")
    page += [Said(f"Điều {i}. ") + w.voice.fill(text) for i, text in enumerate(articles, 1)]
    page += [Said(""), footer(w), Said(""), *attached(w)]
    return page, without_title(SCORED) if open_title(title) else SCORED


def attached(w: Writer) -> list[Block]:
    """The plan behind a decision; nothing in it is the decision's."""
    header = Said(w.body.all("header")[0].replace("¶", "\n"))
    note = w.voice.say("near.attached.Quyết định", **{"own.date": w.day(w.body.when, plain=True)})
    how = system(w.voice.pick("numbering"), w.voice.pick("heading.case"))
    lines = [Said(line.text) for line in set_tree([purpose(w)], how, None)]
    label = title_block(w, "KẾ HOẠCH", w.voice.say("title"), gold=False)
    return [header, Said(""), label, Said(note.text), Said(""), *lines]
