"""A mail server on this machine, in a thread of its own: a browser's test has no loop to spare."""

import asyncio
import threading
from email import message_from_string
from email.message import Message

from tests.backoffice.office import FakeMailServer


class Mailbox:
    """Takes every mail. `url` is what SMTP_URL says."""

    def __init__(self, sender: str) -> None:
        self._server, self._loop = FakeMailServer(), asyncio.new_event_loop()
        self._listening = self._loop.run_until_complete(asyncio.start_server(self._server, "127.0.0.1", 0, limit=2**26))
        port = self._listening.sockets[0].getsockname()[1]
        self.url = f"smtp://127.0.0.1:{port}?from={sender}"
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @property
    def mails(self) -> list[Message]:
        """What came, in order."""
        return [message_from_string(mail) for mail in list(self._server.mails)]

    def close(self) -> None:
        """Stops taking mail."""
        self._loop.call_soon_threadsafe(self._listening.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
