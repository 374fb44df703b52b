"""Names who needs a blob on the bot's side (`storage.kept_blobs`); the intake's owners stand beside them in one table."""

CAPTURES = "capture"


def of_media(media_id: int) -> str:
    """A file that was fetched, until the turn that it came with is answered."""
    return f"media:{media_id}"


def of_capture(digest: str) -> str:
    """A file that is being sent by a link of the capture page, until it is in a queue."""
    return f"{CAPTURES}:{digest}"


def of_sending(sending_id: str) -> str:
    """A file that goes out, until it has long been sent."""
    return f"sending:{sending_id}"
