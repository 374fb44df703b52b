"""WhatsApp's limits on what a message may hold, in UTF-16 units where it is a text (Cloud API, v25.0). Pure."""

TEXT = 4096
CAPTION = 1024
INTERACTIVE_BODY = 1024
LIST_BODY = 4096
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
LIST_BUTTON = 20
ROWS = 10
ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200
FILENAME = 240


def size(text: str) -> int:
    """Length as WhatsApp counts at most: UTF-16 units, in which an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
