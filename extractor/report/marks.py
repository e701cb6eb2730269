"""A wording as runs of text for a reader: what stayed, is misprinted, changed, left out, added.

``marks(base, own)`` is a list of ``[kind, text]``; the texts of all kinds but ``missing`` give ``own`` again.
"""

from extractor.report.wording import ADDED, CHANGED, MISPRINT, MISSING, SAME, steps

LETTERS = {SAME: "s", MISPRINT: "m", CHANGED: "c", MISSING: "x", ADDED: "a"}


def marks(base: str, own: str) -> list[list[str]]:
    """The runs, in order; neighbours of one kind are one run. Before a changed word stands the old one."""
    runs: list[list[str]] = []
    at = 0
    for step in steps(base, own):
        if step.kind in (MISSING, CHANGED) and step.base:
            at = _gap(runs, own, at)
            _put(runs, LETTERS[MISSING], base[slice(*step.base)] + " ")
        if step.own and step.own[1] > at:
            start = max(at, step.own[0])
            _put(runs, LETTERS[SAME], own[at:start])
            _put(runs, LETTERS[step.kind], own[start : step.own[1]])
            at = step.own[1]
    _put(runs, LETTERS[SAME], own[at:])
    return runs


def _gap(runs: list[list[str]], own: str, at: int) -> int:
    """Put what stands between two words, and return where the next begins."""
    end = at
    while end < len(own) and not own[end].isalnum():
        end += 1
    _put(runs, LETTERS[SAME], own[at:end])
    return end


def _put(runs: list[list[str]], kind: str, text: str) -> None:
    if not text:
        return
    if runs and runs[-1][0] == kind:
        runs[-1][1] += text
    else:
        runs.append([kind, text])
