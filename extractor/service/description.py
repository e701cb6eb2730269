"""What the service says of itself: its paths, the schemas of records and refusals."""

import json
from typing import TYPE_CHECKING, Any

from extractor.schema import schema

if TYPE_CHECKING:
    from fastapi import FastAPI

PROBLEM = "application/problem+json"
#: what a status means
SAYS = {
    403: "the request is not from a program of this machine",
    404: "there is nothing at this path",
    408: "the document took too long to come",
    413: "the document is too large",
    422: "the request is wrong, or the document cannot be read",
    500: "a defect of the program",
    503: "all workers are busy, or a tool is missing",
    504: "reading the document takes too long",
    507: "reading the document takes too much memory",
}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "urn:kehoach:STAGE.CODE; the codes are stable"},
        "status": {"type": "integer"},
        "title": {"type": "string", "description": "what is wrong"},
        "detail": {"type": "string", "description": "what to do"},
        "title_vi": {"type": "string", "description": "what is wrong, in Vietnamese"},
        "detail_vi": {"type": "string", "description": "what to do, in Vietnamese"},
    },
    "required": ["type", "status", "title", "detail", "title_vi", "detail_vi"],
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a path, for its description."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": SAYS[status], "content": content} for status in statuses}


def extracts(answer: str) -> dict[str, Any]:
    """What the two ways to read a document have in common; ``answer`` names the schema of what comes back."""
    found = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    document = {"type": "string", "format": "binary", "description": "the bytes of the file, or its text"}
    body = {kind: {"schema": document} for kind in ("application/octet-stream", "text/plain")}
    return {
        "responses": {
            200: {"description": "the record", "content": found},
            **refusals(*(status for status in SAYS if status != 404)),
        },
        "openapi_extra": {"requestBody": {"required": True, "content": body}},
    }


def describe(made: "FastAPI") -> None:
    """Put the schemas of records and refusals into the description."""
    plain = made.openapi

    def openapi() -> dict[str, Any]:
        if made.openapi_schema is None:
            described = plain()
            known = json.loads(json.dumps(schema()).replace("#/$defs/", "#/components/schemas/"))
            known.pop("$schema")
            schemas = known.pop("$defs")
            schemas |= {"Record": known, "PlainRecord": _plain_schema(known), "Problem": _PROBLEM}
            described["components"] = {"schemas": schemas}
            made.openapi_schema = described
        return made.openapi_schema

    made.openapi = openapi  # type: ignore[method-assign]


def _plain_schema(full: dict[str, Any]) -> dict[str, Any]:
    """The schema of plain records from that of full ones: every value without its proof."""
    properties: dict[str, Any] = {}
    for name, one in full["properties"]["fields"]["properties"].items():
        value = (one.get("items") or one)["properties"]["value"]
        alone = {"anyOf": [value, {"type": "object"}]}  # a composed value that is absent has empty keys
        properties[name] = {"type": "array", "items": value} if "items" in one else alone
    pair = {"type": "array", "items": {"type": ["string", "null"]}, "minItems": 2, "maxItems": 2}
    properties["outline"] = {"type": "array", "items": pair}
    return {"type": "object", "properties": properties, "required": list(properties)}
