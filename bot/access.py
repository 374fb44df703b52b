"""Says in one form what is wrong with a request."""

from sanic import HTTPResponse, json


def refusal(status: int, code: str, message: str) -> HTTPResponse:
    """An error as rooms tell it to each other (contracts.md)."""
    return json({"error": {"code": code, "message": message}}, status)
