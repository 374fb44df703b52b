"""The OpenAPI document in docs/ is that of the code."""

import json
from pathlib import Path

import pytest

from backoffice.api.openapi import HANDLERS, make_document

DOCUMENT = json.loads(Path("docs/backoffice-api.json").read_text(encoding="utf-8"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


async def test_the_document_is_that_of_the_code(app):
    made = make_document(app)
    assert made == DOCUMENT, "write it anew: python -m backoffice openapi > docs/backoffice-api.json"


async def test_every_route_of_the_service_api_is_described_and_nothing_else(app):
    operations = [operation for path in make_document(app)["paths"].values() for operation in path.values()]
    assert sorted(operation["operationId"] for operation in operations) == sorted(HANDLERS)
    assert all(operation["summary"].endswith(".") for operation in operations)
