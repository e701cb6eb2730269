"""The published JSON Schema of the full record; every field's type speaks for itself."""

from typing import Any

from extractor.fields import fields
from extractor.ground.field import STATUSES
from extractor.ground.source import ROUTES
from extractor.record import SCHEMA

_PLACE = {
    "type": "object",
    "properties": {
        "page": {"type": "integer", "minimum": 1, "description": "page, from 1"},
        "box": {
            "description": "x0, top, x1, bottom in points from the page's top left corner",
            "oneOf": [
                {"type": "null"},
                {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            ],
        },
    },
    "required": ["page", "box"],
}
_SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_EVIDENCE = {
    "type": "object",
    "properties": {
        "quote": {"type": "string", "description": "the repaired text at span"},
        "span": {**_SPAN, "description": "half open, code points in the repaired text"},
        "places": {"type": "array", "items": {"$ref": "#/$defs/place"}},
    },
    "required": ["quote", "span", "places"],
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``Record.to_dict()``."""
    from pydantic import TypeAdapter

    defs: dict[str, Any] = {"place": _PLACE, "evidence": _EVIDENCE, "value": _value({})}
    properties: dict[str, Any] = {}
    for field in fields():
        kind = TypeAdapter(field.value).json_schema()
        defs.update(kind.pop("$defs", {}))
        one = {
            **_value(kind if field.many else {"anyOf": [kind, {"type": "null"}]}),
            "description": field.about,
        }
        properties[field.name] = (
            {"type": "array", "items": one, "description": field.about} if field.many else one
        )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kehoach record",
        "type": "object",
        "properties": {
            "schema": {"type": "string", "pattern": rf"^{SCHEMA.split('.')[0]}\.\d+$"},
            "source": _source(),
            "made_by": {"type": "object", "required": ["version", "tables", "models"]},
            "accepted": {
                "type": "boolean",
                "description": "every value is sure enough to be taken unseen (since 1.2)",
            },
            "fields": {"type": "object", "properties": properties, "additionalProperties": False},
            "outline": {"type": "array", "items": _heading()},
            "text": {"type": "object", "required": ["raw", "layers"]},
            "notes": {"type": "array", "items": _note()},
        },
        "required": ["schema", "source", "made_by", "fields", "outline", "notes"],
        "additionalProperties": False,
        "$defs": defs,
    }


def _value(kind: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "value": kind,
            "status": {"enum": list(STATUSES)},
            "confidence": {
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "description": "calibrated probability that the value is right (absent: not stated)",
            },
            "estimate": {
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "description": "confidence before calibration: rule × repairs × words × page (since 1.2)",
            },
            "rule": {"type": "string"},
            "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
            "parts": {
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/value"},
                "description": "proof of single keys, and what follows from other values (bodies, roles, "
                "reports, rrule, province_today; commune_today since 1.3)",
            },
        },
        "required": ["value", "status", "confidence", "rule", "evidence"],
        "additionalProperties": False,
    }


def _source() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "sha256": {"type": "string"},
            "media_type": {"type": ["string", "null"]},
            "pages": {"type": "integer", "minimum": 0},
            "origin": {"enum": ["text", "ocr", "mixed", None]},
            "engine": {"type": ["string", "null"]},
            "routes": {"type": "array", "items": _route()},
        },
        "required": ["name", "sha256", "media_type", "pages", "origin"],
    }


def _route() -> dict[str, Any]:
    """Why a page was read as it was; ``error``: share of wrong characters to expect, ``turn``: degrees."""
    return {
        "type": "object",
        "properties": {
            "page": {"type": "integer", "minimum": 1},
            "origin": {"enum": ["text", "ocr", "mixed"]},
            "kind": {"enum": list(ROUTES)},
            "reason": {"type": "string"},
            "error": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "turn": {"enum": [0, 90, 180, 270]},
        },
        "required": ["page", "origin", "kind", "reason", "error", "turn"],
    }


def _heading() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"path": {"type": "string"}, "title": {"type": ["string", "null"]}, "span": _SPAN},
        "required": ["path", "title", "span"],
    }


def _note() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "span": {"oneOf": [{"type": "null"}, _SPAN]},
        },
        "required": ["code", "message", "span"],
    }
