"""Faults on demand: the next N calls of a kind go wrong in a named way."""

from dataclasses import dataclass
from typing import Literal

Place = Literal["messages", "media_upload", "media_info", "media_download"]
Kind = Literal["error", "non_json", "lost_answer", "slow_answer", "failed_status", "corrupt"]


@dataclass
class Fault:
    """One order for trouble.

    `error` answers Meta's error `code`; `non_json` an HTML 500; `lost_answer` does the work, then drops the connection;
    `slow_answer` does it and answers after `delay` seconds; `failed_status` accepts and later reports `failed` with `code`;
    `corrupt` changes a byte of the download.
    """

    kind: Kind
    place: Place = "messages"
    to: str = "*"
    """Number (`+62…`), BSUID or phone id of the recipient; `*` is anyone. Only for messages."""
    count: int = 1
    code: int = 131000
    status: int | None = None
    delay: float = 30.0


class Faults:
    """The open orders, taken in the order in which they were given."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []

    def take(self, place: Place, names: frozenset[str] = frozenset()) -> Fault | None:
        """The fault that hits this call, if any; `names` are what the recipient is called."""
        for order in self.orders:
            if order.place == place and (order.to == "*" or order.to in names):
                order.count -= 1
                if order.count <= 0:
                    self.orders.remove(order)
                return order
        return None
