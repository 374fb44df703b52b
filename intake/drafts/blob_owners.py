"""Names who needs a blob on the intake's side (`storage.kept_blobs`); the bot's `media:` and `sending:` stand beside them in one table."""

TURN = "turn"


def of_turn(turn: str) -> str:
    """What a turn puts while it is answered, and the files of its answer for as long as that is kept."""
    return f"{TURN}:{turn}"


def of_document(submission: str) -> str:
    """The pages of a document in a draft, until the office has them."""
    return f"document:{submission}"


def of_dispatch(key: str) -> str:
    """What goes with a write to the back office, until it arrived."""
    return f"dispatch:{key}"


def of_conversation(contact: str) -> str:
    """What was sent along with a complaint that is still being written, and papers that are held back."""
    return f"conversation:{contact}"
