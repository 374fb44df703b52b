"""Calls the back office: fetches a notice's attachments, tells what became of a notice."""

from datetime import datetime

import httpx

from bot.graph.client import read_capped
from contracts.moments import exact
from contracts.notice import NoticeReport
from contracts.reconciling import KnownCases, KnownComplaints
from contracts.shape import Contact
from runtime.tokens import Tokens

FILES = "/api/files/"


class BackofficeFault(Exception):
    """The call failed: `why` is a code or the class of an error; `status` is None where there was no answer."""

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.why, self.status = why, status


class BackofficeClient:
    """The back office's API, with the bot's token."""

    def __init__(self, http: httpx.AsyncClient, url: str, tokens: Tokens) -> None:
        self._http = http
        self._url = url.rstrip("/")
        self._headers = {"Authorization": tokens.authorization}

    async def fetch(self, path: str, cap: int) -> bytes:
        """The bytes of a file of the back office. Raises BackofficeFault, MediaTooBig."""
        if not path.startswith(FILES) or ".." in path:
            raise BackofficeFault("no file of the back office", 404)
        try:
            async with self._http.stream("GET", f"{self._url}{path}", headers=self._headers, timeout=60.0) as response:
                if response.status_code != 200:
                    raise BackofficeFault(f"HTTP {response.status_code}", response.status_code)
                return await read_capped(response, cap)
        except httpx.HTTPError as error:
            raise BackofficeFault(type(error).__name__) from None

    async def tell(self, notice_id: str, report: NoticeReport) -> None:
        """`PUT /api/notices/{id}/state`. Raises BackofficeFault."""
        body = report.body()
        try:
            response = await self._http.put(f"{self._url}/api/notices/{notice_id}/state", json=body, headers=self._headers, timeout=10.0)
        except httpx.HTTPError as error:
            raise BackofficeFault(type(error).__name__) from None
        if not response.is_success:
            raise BackofficeFault(f"HTTP {response.status_code}", response.status_code)

    async def known_contacts(self, since: datetime) -> dict[str, Contact]:
        """Everybody of whom it has a case or a complaint that came or moved since, by their id. Raises BackofficeFault."""
        found: dict[str, Contact] = {}
        for path, shape in (("cases", KnownCases), ("complaints", KnownComplaints)):
            after: str | None = "0" if path == "cases" else ""
            while after is not None:
                page = shape.model_validate_json(await self._known(path, since, after))
                rows = page.cases if isinstance(page, KnownCases) else page.complaints
                found |= {row.contact.id: row.contact for row in rows if row.contact.phone or row.contact.id not in found}
                after = page.next
        return found

    async def _known(self, path: str, since: datetime, after: str) -> bytes:
        asked = {"since": exact(since), "after": after}
        try:
            response = await self._http.get(f"{self._url}/api/known/{path}", params=asked, headers=self._headers, timeout=30.0)
        except httpx.HTTPError as error:
            raise BackofficeFault(type(error).__name__) from None
        if response.status_code != 200:
            raise BackofficeFault(f"HTTP {response.status_code}", response.status_code)
        return response.content
