"""Meta's error codes: title, HTTP status and the body in which the Graph API answers them."""

from dataclasses import dataclass
from typing import Any

from simulator import ids


@dataclass(frozen=True)
class Code:
    """One row of Meta's table of error codes (contract 1.8)."""

    title: str
    status: int
    type: str = "OAuthException"


CODES: dict[int, Code] = {
    0: Code("AuthException", 401),
    1: Code("API Unknown", 400),
    2: Code("API Service", 503),
    3: Code("API Method", 500),
    4: Code("API Too Many Calls", 400),
    10: Code("Permission Denied", 403),
    33: Code("Parameter value is not valid", 400, "GraphMethodException"),
    100: Code("Invalid parameter", 400),
    190: Code("Access token has expired", 401),
    200: Code("API Permission", 403),
    368: Code("Temporarily blocked for policies violations", 403),
    80007: Code("Rate limit issues", 400),
    130403: Code("The business has blocked this user", 400),
    130429: Code("Rate limit hit", 400),
    130472: Code("User's number is part of an experiment", 400),
    130497: Code("Business account is restricted from messaging users in this country.", 403),
    131000: Code("Something went wrong", 500),
    131005: Code("Access denied", 403),
    131008: Code("Required parameter is missing", 400),
    131009: Code("Parameter value is not valid", 400),
    131016: Code("Service unavailable", 500),
    131021: Code("Recipient cannot be sender", 400),
    131026: Code("Message undeliverable", 400),
    131031: Code("Account has been locked", 403),
    131037: Code("Display name approval needed", 400),
    131042: Code("Business eligibility payment issue", 400),
    131045: Code("Incorrect certificate", 500),
    131047: Code("Re-engagement message", 400),
    131048: Code("Spam rate limit hit", 400),
    131049: Code("This message was not delivered to maintain healthy ecosystem engagement.", 400),
    131050: Code("User has stopped marketing messages", 400),
    131051: Code("Unsupported message type", 400),
    131052: Code("Media download error", 400),
    131053: Code("Media upload error", 400),
    131056: Code("(Business Account, Consumer Account) pair rate limit hit", 400),
    131057: Code("Account in maintenance mode", 500),
    131060: Code("This message is currently unavailable.", 400),
    131062: Code("Business-scoped user ID is not supported for this message", 400),
    131064: Code("Template classification restriction", 400),
    132000: Code("Template Param Count Mismatch", 400),
    132001: Code("Template does not exist", 404),
    132005: Code("Template Hydrated Text Too Long", 400),
    132007: Code("Template Format Character Policy Violated", 400),
    132012: Code("Template Parameter Format Mismatch", 400),
    132015: Code("Template is Paused", 400),
    132016: Code("Template is Disabled", 400),
    132068: Code("Flow is blocked", 400),
    132069: Code("Flow is throttled", 400),
    133004: Code("Server Temporarily Unavailable", 503),
    137000: Code("Identity key mismatch", 400),
}


class GraphError(Exception):
    """A request that Meta would refuse: answered with `status` and `body()`."""

    def __init__(self, code: int, details: str, *, subcode: int | None = None, status: int | None = None) -> None:
        super().__init__(f"{code}: {details}")
        row = CODES.get(code, Code("Unknown error", 400))
        self.code = code
        self.title = row.title
        self.type = row.type
        self.details = details
        self.subcode = subcode
        self.status = status or row.status

    def body(self) -> dict[str, Any]:
        """The JSON of an error answer."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.title}",
            "type": self.type,
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": ids.trace_id(),
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}


def status_error(code: int, details: str) -> dict[str, Any]:
    """One row of `errors[]` in a `failed` status or an unsupported message."""
    title = CODES.get(code, Code("Unknown error", 400)).title
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    }
