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

FLOW_BUTTON = 30
FLOW_SCREEN_CHILDREN = 50
FLOW_HEADING = 80
FLOW_LABEL = 30
FLOW_OPTION = 30
FLOW_OPTIONS = 20
FLOW_FOOTER = 35
"""A Flow's form: components of a screen, and texts of its headings, groups of radio buttons, options, and the button that ends it."""
FLOW_LINE = 20
FLOW_HELPER = 80
FLOW_DAY = 40
"""Labels of its lines of text, the help below a line, and labels of its calendars."""
FLOW_TOKEN = 200


def size(text: str) -> int:
    """Length as WhatsApp counts at most: UTF-16 units, in which an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
