"""Calls the Graph API: sends, uploads, downloads. The token goes to Meta's hosts only, and into no log."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

import httpx

from bot.graph.errors import known_code
from bot.settings import Settings

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
TRANSFER_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
META_HOSTS = (".facebook.com", ".fbsbx.com", ".fbcdn.net", ".whatsapp.net")
"""Where media may lie; an address elsewhere gets no token and is not fetched."""


class GraphFault(Exception):
    """A call failed. `sent` says whether Meta may have acted on it: False for surely not, None for nobody knows."""

    sent: ClassVar[bool | None] = False

    def __init__(self, code: int | None = None, status: int | None = None, details: str = "", subcode: int | None = None) -> None:
        super().__init__(f"Graph error {code} (HTTP {status})")
        self.code = code
        self.subcode = subcode
        self.status = status
        self.details = details


class GraphRefused(GraphFault):
    """Meta answered with an error."""


class GraphUnreachable(GraphFault):
    """No connection could be made."""


class GraphUnsure(GraphFault):
    """The request went out and no answer that means anything came back."""

    sent = None


class MediaTooBig(Exception):
    """A file is larger than the cap."""


@dataclass(frozen=True)
class MediaAddress:
    """Where a file lies for the next five minutes."""

    url: str
    mime: str | None
    sha256: str | None
    size: int | None


class GraphClient:
    """The Graph API for one business number."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http = http
        self._base = f"{settings.graph_url.rstrip('/')}/{settings.graph_version}"
        self._number = settings.phone_number_id
        self._own = urlsplit(settings.graph_url)[:2]
        self._headers = {"Authorization": f"Bearer {settings.access_token.get_secret_value()}"}

    async def send(self, body: dict[str, Any]) -> str:
        """Sends one message and returns its wamid. Raises GraphFault; of its kinds, GraphUnsure must not simply be sent again."""
        answer = await self._call("POST", f"{self._base}/{self._number}/messages", json={"messaging_product": "whatsapp", **body})
        try:
            return str(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError):
            raise GraphUnsure(details="no message id") from None

    async def mark_read(self, wamid: str, *, typing: bool = False) -> None:
        """Blue ticks for this message and all before it, and the typing indicator. Raises GraphFault."""
        body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
        if typing:
            body["typing_indicator"] = {"type": "text"}
        await self._call("POST", f"{self._base}/{self._number}/messages", json=body)

    async def media_address(self, media_id: str) -> MediaAddress:
        """Where a file of that id lies now. Raises GraphFault; its code 100 says that the file is gone for good."""
        answer = await self._call("GET", f"{self._base}/{media_id}", params={"phone_number_id": self._number})
        if not isinstance(answer.get("url"), str):
            raise GraphUnsure(details="no url")
        size = str(answer.get("file_size", ""))
        return MediaAddress(answer["url"], answer.get("mime_type"), answer.get("sha256"), int(size) if size.isdecimal() else None)

    def may_fetch(self, url: str) -> bool:
        """Whether an address may get our token: Meta's own hosts by TLS, or the Graph URL's host the way that the setting says."""
        parts = urlsplit(url)
        return parts[:2] == self._own or (parts.scheme == "https" and f".{parts.hostname}".endswith(META_HOSTS))

    async def download(self, url: str, cap: int) -> bytes:
        """The bytes at a media address. Raises MediaTooBig beyond `cap` bytes, and GraphFault (404: the address has expired)."""
        try:
            async with self._http.stream("GET", url, headers=self._headers, timeout=TRANSFER_TIMEOUT) as response:
                if response.status_code != 200:
                    raise GraphRefused(status=response.status_code)
                return await read_capped(response, cap)
        except httpx.HTTPError as error:
            raise GraphUnreachable(details=type(error).__name__) from None

    async def upload(self, data: bytes, mime: str, filename: str) -> str:
        """Gives Graph a file to send, kept there for 30 days, and returns its id. Raises GraphFault."""
        answer = await self._call(
            "POST",
            f"{self._base}/{self._number}/media",
            data={"messaging_product": "whatsapp", "type": mime},
            files={"file": (filename, data, mime)},
            timeout=TRANSFER_TIMEOUT,
        )
        if not isinstance(answer.get("id"), str):
            raise GraphRefused(status=500, details="no media id")
        return str(answer["id"])

    async def delete_media(self, media_id: str) -> None:
        """Has Graph forget a file that we gave it. Raises GraphFault; its code 100 says that it is not there."""
        await self._call("DELETE", f"{self._base}/{media_id}", params={"phone_number_id": self._number})

    async def _call(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        request.setdefault("timeout", TIMEOUT)
        try:
            response = await self._http.request(method, url, headers=self._headers, **request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise GraphUnreachable(details=type(error).__name__) from None
        except httpx.HTTPError as error:
            raise GraphUnsure(details=type(error).__name__) from None
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if response.is_success and isinstance(answer, dict) and "error" not in answer:
            return answer
        raise _refusal(answer, response)


def _refusal(answer: Any, response: httpx.Response) -> GraphFault:
    """What an answer without success means. One that is not Meta's own and may come from behind a proxy's wait leaves the send unsure."""
    error = answer.get("error") if isinstance(answer, dict) else None
    status = response.status_code
    if not isinstance(error, dict):
        unsure = response.is_success or status >= 500 or status == httpx.codes.REQUEST_TIMEOUT
        return (GraphUnsure if unsure else GraphRefused)(status=status, details="no JSON error")
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    return GraphRefused(
        known_code(error.get("code")), status, str(details or error.get("message") or "")[:400], known_code(error.get("error_subcode"))
    )


async def read_capped(response: httpx.Response, cap: int) -> bytes:
    """A streamed body of at most `cap` bytes. Raises MediaTooBig, before a byte is read when its length is announced."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > cap:
        raise MediaTooBig
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > cap:
            raise MediaTooBig
    return bytes(body)
