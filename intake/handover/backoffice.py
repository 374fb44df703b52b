"""Talks to the back office over HTTP (docs/contracts.md): blobs, bundles, cases, complaints. Errors say whether trying again can help."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import httpx
from pydantic import ValidationError

from contracts.case import CaseState, WorkAhead
from contracts.complaint import ComplaintState
from contracts.moments import exact
from contracts.reconciling import KnownCase, KnownCases, KnownComplaint, KnownComplaints

Answered = TypeVar("Answered", CaseState, ComplaintState, WorkAhead)


class BackOfficeError(Exception):
    """A call that did not succeed."""

    retryable: ClassVar[bool]


class BackOfficeDown(BackOfficeError):
    """It does not answer, or says that it can't at the moment."""

    retryable = True


class BlobsMissing(BackOfficeError):
    """It wants blobs that it was not given yet."""

    retryable = True


class Refused(BackOfficeError):
    """It will never take this: `status` and `code` say why."""

    retryable = False

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class BackOffice:
    """The client; `http` has the back office's address as its base and the service token in its headers."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def close(self) -> None:
        """Closes the connections."""
        await self.http.aclose()

    async def put_blob(self, sha256: str, data: bytes, mime: str) -> None:
        """Gives it the bytes of one page. Raises BackOfficeDown, Refused."""
        await self._send("PUT", f"/api/blobs/{sha256}", content=data, headers={"Content-Type": mime})

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One idempotent write; returns the answer. Raises BackOfficeDown, BlobsMissing, Refused."""
        return await self._send("PUT", path, json=body)

    async def case(self, number: str) -> CaseState | None:
        """How far a case is, or None where it is not known there (yet). Raises BackOfficeDown."""
        return await self._get(f"/api/cases/{number}", CaseState)

    async def complaint(self, number: str) -> ComplaintState | None:
        """How far a complaint is, or None where it is not known there (yet). Raises BackOfficeDown."""
        return await self._get(f"/api/complaints/{number}", ComplaintState)

    async def work_ahead(self) -> int:
        """How many minutes of open office the work takes that stands before a new application. Raises BackOfficeDown."""
        ahead = await self._get("/api/work-ahead", WorkAhead)
        return ahead.minutes if ahead is not None else 0

    async def known_cases(self, since: datetime) -> AsyncIterator[KnownCase]:
        """The cases that came or moved there since. Raises BackOfficeDown."""
        after: str | None = "0"
        while after is not None:
            page = KnownCases.model_validate(await self._send("GET", "/api/known/cases", params={"since": exact(since), "after": after}))
            for case in page.cases:
                yield case
            after = page.next

    async def known_complaints(self, since: datetime) -> AsyncIterator[KnownComplaint]:
        """The complaints that came or were closed there since. Raises BackOfficeDown."""
        after: str | None = ""
        while after is not None:
            stated = await self._send("GET", "/api/known/complaints", params={"since": exact(since), "after": after})
            page = KnownComplaints.model_validate(stated)
            for complaint in page.complaints:
                yield complaint
            after = page.next

    async def _get(self, path: str, shape: type[Answered]) -> Answered | None:
        try:
            return shape.model_validate(await self._send("GET", path, timeout=4))
        except ValidationError as error:
            raise BackOfficeDown(f"no {shape.__name__}") from error
        except Refused as refused:
            if refused.status == 404:
                return None
            raise BackOfficeDown(str(refused)) from refused

    async def _send(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        try:
            response = await self.http.request(method, path, **given)
        except httpx.HTTPError as error:
            raise BackOfficeDown(type(error).__name__) from error
        body = _json(response)
        if response.is_success:
            return body
        code = str((body.get("error") or {}).get("code", "")) if isinstance(body.get("error"), dict) else ""
        if code == "blob_missing":
            raise BlobsMissing(code)
        if response.status_code >= 500 or response.status_code in (401, 403, 408, 425, 429):
            raise BackOfficeDown(str(response.status_code))
        raise Refused(response.status_code, code)


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
