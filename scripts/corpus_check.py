"""Read each gold record against its document: a guard against slips, not a proof."""

import json
import re
import unicodedata
from pathlib import Path

HEAD = "doc_type number symbol date place title issuer parent_plans citations"
BODY = "theme period scope slogans units deadlines budget recipients signer outline"
KEYS = {*HEAD.split(), *BODY.split()}
CODE = re.compile(
    r"(?<=\S )(?<![\w/.])\d{1,5}(?:/\d{4})? ?[/-] ?(?:CTr|TTr|[A-ZĐ]{2})[\wĐ&]*(?: ?[-/.&] ?[A-ZĐ][\w&]*)*"
)
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "uỷ": "ủy", "uý": "úy"}


def flat(text: str) -> str:
    """Small letters and digits with single blanks; the tone on the older letter."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ubnd", "ủy ban nhân dân")
    for new, old in TONES.items():
        text = re.sub(rf"(?<!q){new}(?!\w)", old, text)
    return " " + " ".join(re.findall(r"[^\W_]+", text)) + " "


def document(corpus: Path, stem: str) -> str:
    base = stem.removesuffix(".damaged").removesuffix(".print")
    text = corpus / "plans" / f"{base}.txt"
    if text.exists():
        return text.read_text("utf-8")
    return (corpus / "sources" / f"{base}.md").read_text("utf-8").replace("\\\\", " ")


def texts(gold: dict) -> list[str]:
    """Every value that has to stand in the document word for word."""
    plain = (
        [gold[key] for key in ("place", "title", "theme", "scope", "budget")]
        + gold["slogans"]
        + gold["recipients"]
    )
    plain += [unit[key] for unit in gold["units"] for key in ("name", "within")]
    plain += [row[key] for row in gold["deadlines"] for key in ("text", "recurrence", "via", "reporter")]
    plain += [title for _, title in gold["outline"]] + [row["issuer"] for row in gold["parent_plans"]]
    plain += [gold["signer"]["name"]] if gold["signer"] else []
    return [value for value in plain if value]


def dates(gold: dict) -> list[str]:
    rows = [gold["date"], *gold["period"].values()]
    rows += [row["date"] for key in ("parent_plans", "citations", "deadlines") for row in gold[key]]
    return [value for value in rows if value]


def one(corpus: Path, path: Path) -> list[str]:
    gold, stem, faults = json.loads(path.read_text("utf-8")), path.stem, []
    text = document(corpus, stem)
    words, tight = flat(text), re.sub(r"\s", "", text)
    if set(gold) != KEYS | {"scored"} or not set(gold["scored"]) <= KEYS:
        faults.append("keys differ from the contract")
    faults += [f"not in the document: {value!r}" for value in texts(gold) if flat(value) not in words]
    faults += [f"no date: {value!r}" for value in dates(gold) if not DATE.fullmatch(value)]
    numbers = [row["number"] for row in gold["citations"]]
    faults += [f"number not in the document: {n}" for n in [*numbers, gold["number"]] if n and n not in tight]
    if gold["signer"]:
        signature = text.partition("Nơi nhận")[2] if gold["doc_type"] == "Kế hoạch" else text
        faults += [] if gold["signer"]["name"] in signature else ["the signer does not sign"]
        text = text[: text.index(gold["signer"]["name"], text.index("Nơi nhận"))]
    if "citations" in gold["scored"]:
        cited = {re.sub(r"\s", "", code) for code in CODE.findall(text)} - {gold["number"]}
        faults += [f"cited but not in gold: {n}" for n in sorted(cited - set(numbers))]
    if len(set(numbers)) != len(numbers) or gold["number"] in numbers:
        faults.append("a citation twice, or the own number among them")
    faults += [
        f"parent {row['number']} is no citation"
        for row in gold["parent_plans"]
        if row["number"] not in numbers
    ]
    paths = [label for label, _ in gold["outline"]]
    faults += [f"note: {stem}: {p} stands twice" for p in sorted({p for p in paths if paths.count(p) > 1})]
    return [f if f.startswith("note:") else f"{stem}: {f}" for f in faults]


def check(corpus: Path) -> list[str]:
    faults = [fault for path in sorted((corpus / "gold").glob("*.json")) for fault in one(corpus, path)]
    plans = {
        path.name.rsplit(".", 1)[0]
        for path in (corpus / "plans").iterdir()
        if path.suffix in {".txt", ".docx", ".pdf"}
    }
    golds = {path.stem for path in (corpus / "gold").glob("*.json")}
    return faults + [f"without its other half: {name}" for name in sorted(plans ^ golds)]
