"""Writes the OpenAPI document of the service API from its routes and shapes: `python -m backoffice openapi`."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sanic import Sanic

from backoffice.api import schemas

BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
BODIES: dict[str, type[BaseModel] | None] = {
    "put_blob": None,
    "put_bundle": schemas.Bundle,
    "put_document": schemas.Document,
    "put_complaint": schemas.Complaint,
    "put_message": schemas.ComplaintText,
    "put_state": schemas.NoticeReport,
}
"""What each writing handler reads: a shape, or None for raw bytes."""

ANSWERS: dict[str, dict[int, str]] = {
    "put_blob": {201: "Kept", 200: "It was there", 422: "hash_mismatch"},
    "put_bundle": {201: "Taken in: number, stage, deadline", 200: "It was there", 422: "invalid, or blob_missing naming the hashes"},
    "put_document": {200: "The case as it stands now", 404: "unknown", 409: "not_returned", 422: "invalid, or blob_missing"},
    "get_case": {200: "Where the case stands", 404: "unknown"},
    "get_file": {200: "The PDF", 404: "unknown"},
    "put_complaint": {201: "Taken in: number", 200: "It was there", 422: "invalid"},
    "put_message": {200: "Kept", 404: "unknown", 409: "complaint_closed", 422: "invalid, or blob_missing"},
    "get_complaint": {200: "How the complaint stands", 404: "unknown"},
    "put_state": {200: "The state after merging", 404: "unknown", 422: "invalid"},
}
ERROR = {
    "type": "object",
    "properties": {"error": {"type": "object", "properties": {"code": {"type": "string"}, "message": {"type": "string"}}}},
}


def make_document(app: Sanic[Any, Any]) -> dict[str, Any]:
    """The document for every route under /api. Raises KeyError for a handler that the tables above don't know."""
    shapes = [shape for shape in BODIES.values() if shape is not None]
    _, definitions = models_json_schema([(shape, "validation") for shape in shapes], ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for route in sorted(app.router.routes, key=lambda route: route.path):
        if route.path.startswith("api/"):
            path = "/" + re.sub(r"<(\w+):[^>]+>", r"{\1}", route.path)
            for method in sorted(route.methods):
                paths.setdefault(path, {})[method.lower()] = _operation(route.handler.__name__, route.handler.__doc__ or "", path)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Landa Mewa: back office, service API", "version": "1", "description": "See docs/contracts.md."},
        "security": [{"service_token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"service_token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**definitions.get("$defs", {}), "Error": ERROR},
        },
    }


def _operation(handler: str, summary: str, path: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": handler,
        "summary": summary.strip().splitlines()[0],
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {str(status): _answer(status, text) for status, text in {**ANSWERS[handler], 401: "not_signed_in"}.items()},
    }
    if handler in BODIES:
        shape = BODIES[handler]
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape.__name__}"}}} if shape else BYTES
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _answer(status: int, text: str) -> dict[str, Any]:
    if status < 400:
        return {"description": text}
    return {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
