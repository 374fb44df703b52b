"""Writes the OpenAPI document of the service API from its routes and the contracts: `python -m backoffice openapi`."""

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sanic import Sanic

from contracts import bundle, case, complaint, notice, reconciling, shape, survey

BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
REF = "#/components/schemas/{model}"


@dataclass(frozen=True)
class Described:
    """What one handler reads and answers: shapes, `bytes` for raw ones, None for nothing; `statuses` says what each status means."""

    answer: type[BaseModel] | type[bytes] | None
    statuses: dict[int, str]
    body: type[BaseModel] | type[bytes] | None = field(default=None)


CALLERS = ("actions", "bot")
"""Who calls the service API, each by its own token."""

HANDLERS = {
    "put_blob": Described(None, {201: "Kept", 200: "It was there", 422: "hash_mismatch"}, bytes),
    "put_bundle": Described(
        case.BundleTaken, {201: "Taken in", 200: "It was there", 422: "invalid, or blob_missing naming the hashes"}, bundle.Bundle
    ),
    "put_document": Described(
        case.CaseState,
        {200: "The case as it stands now", 404: "unknown", 409: "not_returned", 422: "invalid, or blob_missing"},
        bundle.Document,
    ),
    "put_survey_answer": Described(
        survey.SurveyTaken, {200: "Whether it was counted", 404: "unknown: nobody was asked", 422: "invalid"}, survey.SurveyAnswer
    ),
    "put_case_message": Described(
        case.CaseMessageTaken, {200: "It stands in the case", 404: "unknown", 422: "invalid, or blob_missing"}, case.CaseMessage
    ),
    "put_mail_code": Described(case.MailCodeTaken, {200: "What came of it", 422: "invalid"}, case.MailCode),
    "get_case": Described(case.CaseState, {200: "Where the case stands", 404: "unknown"}),
    "get_work_ahead": Described(case.WorkAhead, {200: "The minutes of open office that it takes at the least"}),
    "get_file": Described(bytes, {200: "The PDF", 404: "unknown"}),
    "known_cases": Described(reconciling.KnownCases, {200: "A page of them", 422: "invalid"}),
    "known_complaints": Described(reconciling.KnownComplaints, {200: "A page of them", 422: "invalid"}),
    "put_complaint": Described(
        complaint.ComplaintTaken, {201: "Taken in", 200: "It was there", 422: "invalid"}, complaint.Complaint
    ),
    "put_message": Described(
        complaint.MessageTaken,
        {200: "Kept", 404: "unknown", 409: "complaint_closed", 422: "invalid, or blob_missing"},
        complaint.ComplaintMessage,
    ),
    "put_category": Described(complaint.MessageTaken, {200: "Noted", 404: "unknown", 422: "invalid"}, complaint.ComplaintCategory),
    "put_rating": Described(complaint.MessageTaken, {200: "Noted", 404: "unknown", 422: "invalid"}, complaint.ComplaintRating),
    "put_withdrawal": Described(complaint.MessageTaken, {200: "Noted", 404: "unknown", 422: "invalid"}, complaint.ComplaintWish),
    "put_restriction": Described(complaint.MessageTaken, {200: "Noted", 404: "unknown", 422: "invalid"}, complaint.ComplaintWish),
    "get_complaint": Described(complaint.ComplaintState, {200: "How the complaint stands", 404: "unknown"}),
    "put_state": Described(
        notice.NoticeStanding, {200: "The state after merging", 404: "unknown", 422: "invalid"}, notice.NoticeReport
    ),
}  # fmt: skip


def make_document(app: Sanic[Any, Any]) -> dict[str, Any]:
    """The document for every route under /api. Raises KeyError for a handler that the table above does not know."""
    paths: dict[str, dict[str, Any]] = {}
    for route in sorted(app.router.routes, key=lambda route: route.path):
        if route.path.startswith("api/"):
            path = "/" + re.sub(r"<(\w+):[^<>]+>", r"{\1}", route.path)
            for method in sorted(route.methods):
                operation = _operation(route.handler.__name__, route.handler.__doc__ or "", path)
                operation["security"] = [{f"{caller}_token": []} for caller in sorted(getattr(route.ctx, "callers", {"actions"}))]
                paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Landa Mewa: back office, service API", "version": "1", "description": "See docs/contracts.md."},
        "paths": paths,
        "webhooks": {"notice": {"post": _notices()}},
        "components": {
            "securitySchemes": {f"{caller}_token": {"type": "http", "scheme": "bearer"} for caller in CALLERS},
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    shapes: list[type[BaseModel]] = [*notice.KINDS.values(), shape.Error]
    for row in HANDLERS.values():
        shapes += [one for one in (row.body, row.answer) if one is not None and issubclass(one, BaseModel) and one not in shapes]
    _, definitions = models_json_schema([(one, "validation") for one in shapes], ref_template=REF)
    found: dict[str, Any] = definitions["$defs"]
    return found


def _notices() -> dict[str, Any]:
    kinds = {kind: REF.format(model=one.__name__) for kind, one in notice.KINDS.items()}
    schema = {"oneOf": [{"$ref": ref} for ref in kinds.values()], "discriminator": {"propertyName": "kind", "mapping": kinds}}
    return {
        "operationId": "notice",
        "summary": "What the bot is to tell an applicant: POST {BOT_URL}/internal/notices.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"202": {"description": "Stored"}, "200": {"description": "It was there"}}
        | {status: _answer(int(status), text, None) for status, text in {"404": "unknown_contact", "422": "not_a_notice"}.items()},
    }


def _operation(handler: str, summary: str, path: str) -> dict[str, Any]:
    row = HANDLERS[handler]
    operation: dict[str, Any] = {
        "operationId": handler,
        "summary": summary.strip().splitlines()[0],
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {str(status): _answer(status, text, row.answer) for status, text in {**row.statuses, 401: "unauthorized"}.items()},
    }
    if row.body is not None:
        operation["requestBody"] = {"required": True, "content": _content(row.body)}
    return operation


def _answer(status: int, text: str, shown: type[BaseModel] | type[bytes] | None) -> dict[str, Any]:
    content = shape.Error if status >= 400 else shown
    return {"description": text} if content is None else {"description": text, "content": _content(content)}


def _content(shown: type[BaseModel] | type[bytes]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REF.format(model=shown.__name__)}}} if issubclass(shown, BaseModel) else BYTES
