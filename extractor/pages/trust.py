"""How far a value can be trusted, in four words that go with a colour and a number on every page."""

#: grade → the least confidence that has it, best first
GRADES = {"sure": 0.9, "fair": 0.75, "doubt": 0.5, "weak": 0.0}


def grade(confidence: float, status: str = "found") -> str:
    """A key of :data:`GRADES`; ``"none"`` for what the document does not state or leaves blank, ``"dark"``
    for what cannot be read.
    """
    if status == "unreadable":
        return "dark"
    if status in ("absent", "blank"):
        return "none"
    return next((name for name, least in GRADES.items() if confidence >= least), "weak")
