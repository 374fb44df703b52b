"""What can go wrong for somebody who calls the back office: one class per cause, with its status and the key of the sentence they read."""

from typing import Any, ClassVar


class Problem(Exception):
    """`status` is the HTTP status, `code` the key in the catalogue (`problem.<code>`) and the API's error code.

    `values` fill the sentence.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str]

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values


class NotFound(Problem):
    status = 404
    code = "unknown"


class NotSignedIn(Problem):
    status = 401
    code = "not_signed_in"


class Forbidden(Problem):
    status = 403
    code = "forbidden"


class FormExpired(Problem):
    """The form's token is not this session's: another browser, another sign-in, or another site."""

    status = 403
    code = "form_expired"


class Refusal(Problem):
    """The stage table refuses (`standard.stages.Refused`): `reason` is its text key, `status` its status."""

    code = "refused"

    def __init__(self, status: int, reason: str, **values: Any) -> None:
        super().__init__(**values)
        self.status = status  # type: ignore[misc]
        self.code = reason  # type: ignore[misc]


class Taken(Problem):
    """A colleague has the case in hand."""

    status = 409
    code = "taken"


class NotTaken(Problem):
    """Who takes cases sees identity data, and acts, only on a case taken."""

    status = 409
    code = "not_taken"


class Stale(Problem):
    """Somebody else has changed the case since the page was made."""

    status = 409
    code = "stale"


class ApprovedBefore(Problem):
    """One person never approves twice in one case (decisions)."""

    status = 409
    code = "approved_before"


class NotReturned(Problem):
    """A document came that nobody had asked for again."""

    status = 409
    code = "not_returned"


class SamePerson(Problem):
    """Who uploaded a paper that does not agree with the case can't be the one who allows it."""

    status = 409
    code = "same_person"


class TooLate(Problem):
    """An act can be taken back for some seconds, by who did it, and only where nothing of it has left the house."""

    status = 409
    code = "too_late"


class WarningsUnseen(Problem):
    """A draft bears a warning: it is passed on with a word of its own, never with others."""

    status = 409
    code = "warnings_unseen"


class ConfirmationNeeded(Problem):
    """A signature needs the password again."""

    status = 403
    code = "confirmation_needed"


class Invalid(Problem):
    """What was sent can't be used; `field` names where."""

    status = 422
    code = "invalid"


class Doubtful(Problem):
    """What was entered may be right and is unusual: `doubts` says how, and the same is taken once somebody says that it was looked at."""

    status = 409
    code = "doubtful"


class HashMismatch(Problem):
    status = 422
    code = "hash_mismatch"


class BlobsMissing(Problem):
    """`hashes` names the blobs that must come first."""

    status = 422
    code = "blob_missing"


class TooManyAttempts(Problem):
    status = 429
    code = "too_many_attempts"


class WrongCredentials(Problem):
    status = 401
    code = "wrong_credentials"


class TooBusy(Problem):
    """More files wait to be opened than can be soon."""

    status = 503
    code = "too_busy"


class FilesAway(Problem):
    """The store of the files does not answer now."""

    status = 503
    code = "files_away"


class ComplaintClosed(Problem):
    """The complaint ended so long ago that a new one is the way."""

    status = 409
    code = "complaint_closed"
