"""Names who needs a blob of the back office (`storage.kept_blobs`)."""

import uuid

ARRIVED = "datang"
"""The kind of owner of what was just put and belongs to nothing yet: a transfer whose bundle follows, an upload being taken in."""


def of_case(case_id: int) -> str:
    """The pictures of a case's documents."""
    return f"permohonan:{case_id}"


def of_message(message_id: str) -> str:
    """What came with a message to the complaints desk, or about a case."""
    return f"aduan:{message_id}"


def of_product(product_id: str) -> str:
    """A draft or final PDF."""
    return f"produk:{product_id}"


def new_arrival() -> str:
    """An owner for one arrival more."""
    return f"{ARRIVED}:{uuid.uuid4()}"
