"""Ends who lets a request drip: Sanic's own time limits begin anew with every byte, so one in a while holds a connection for good."""

from time import monotonic
from typing import Any

from sanic.http import Http
from sanic.http.constants import Stage
from sanic.server import HttpProtocol

FIRST_SECONDS = 20.0
"""What a request may take however short it is: a slow line, a lost packet."""
SLOWEST = 4000
"""Bytes a second that a longer one has to come by after that; a phone at the edge of GPRS reaches it."""
SILENT_SECONDS = 10
"""For `REQUEST_TIMEOUT`: how long no byte of a begun request may come. Connections are looked at twice in that time."""
PARTING_SECONDS = 1.0
"""For the answer to get out before the connection is cut."""


class NumberedHttp(Http):
    """Knows one request of a connection from the next."""

    __slots__ = ("number",)

    def __init__(self, protocol: HttpProtocol) -> None:
        self.number = 0
        super().__init__(protocol)  # type: ignore[no-untyped-call]

    def init_for_request(self) -> None:
        self.number += 1
        super().init_for_request()  # type: ignore[no-untyped-call]


class PatientProtocol(HttpProtocol):
    """The protocol of every process of ours: `app.run(protocol=PatientProtocol)`."""

    __slots__ = ("_came", "_number", "_since")
    HTTP_CLASS = NumberedHttp

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._number, self._since, self._came = 0, 0.0, 0

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        super().data_received(data)

    def check_timeouts(self) -> None:
        """As Sanic's, which runs itself again and again; whose request comes too slowly is timed out by it, however lately a byte came.

        Sanic answers and then waits for the rest of the body, without a limit: so the connection is cut.
        """
        if self._dripped():
            self._time = 0.0
            self.loop.call_later(PARTING_SECONDS, self.abort)
        super().check_timeouts()  # type: ignore[no-untyped-call]

    def _dripped(self) -> bool:
        http = self.http
        if http is None or not (http.stage is Stage.REQUEST or getattr(http, "request_body", None)):
            self._number = 0
            return False
        if http.number != self._number:
            self._number, self._since, self._came = http.number, monotonic(), 0
            return False
        return monotonic() - self._since > FIRST_SECONDS + self._came / SLOWEST
