"""A phone without a screen: the simulator's control API, for tests of outages, where timing matters and looks do not."""

import time
from typing import Any

import httpx


class Citizen:
    """A new phone in the simulator."""

    def __init__(self, simulator: str, name: str, number: str | None = None) -> None:
        self._http = httpx.Client(base_url=simulator, timeout=30)
        self._phone = str(
            self._http.post("/control/phones/", json={"name": name, "number": number or f"+628{time.time_ns() % 10**10:010d}"}).json()["id"]
        )

    def send(self, text: str) -> None:
        """Sends a text and does not wait."""
        self._http.post(f"/control/phones/{self._phone}/send", json={"type": "text", "text": text}).raise_for_status()

    def tap(self, option: str) -> None:
        """Taps a button or row by its title."""
        self._http.post(f"/control/phones/{self._phone}/send", json={"type": "tap", "option": option}).raise_for_status()

    def send_specimen(self, *items: str) -> None:
        """Sends documents of the drawer, several as an album."""
        self._http.post(f"/control/phones/{self._phone}/specimen", json={"items": list(items), "as": "photo"}).raise_for_status()

    def incoming(self) -> list[dict[str, Any]]:
        """All messages that have come from the office, in order."""
        answer = self._http.get(f"/control/phones/{self._phone}/messages", params={"direction": "in"})
        return list(answer.json()["messages"])

    def texts(self) -> list[str]:
        """Their texts."""
        return [message["text"] or "" for message in self.incoming()]

    def wait(self, count: int, within: float = 60) -> list[str]:
        """Waits until at least that many messages have come, and returns their texts. Raises AssertionError after `within` seconds."""
        deadline = time.monotonic() + within
        while len(texts := self.texts()) < count:
            assert time.monotonic() < deadline, f"{len(texts)} of {count} messages after {within} s: {texts[-2:]}"
            time.sleep(0.3)
        return texts

    def ask(self, text: str, within: float = 60) -> str:
        """Sends a text and returns the text of the first answer to it."""
        before = len(self.incoming())
        self.send(text)
        return self.wait(before + 1, within)[before]

    def answer_to_tap(self, option: str, within: float = 60) -> str:
        """Taps and returns the text of the first answer."""
        before = len(self.incoming())
        self.tap(option)
        return self.wait(before + 1, within)[before]
