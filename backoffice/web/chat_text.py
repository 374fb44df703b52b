"""Shows a message as the phone shows it: WhatsApp's marks for bold, italic and struck text become the look that they stand for. Pure."""

import re

from markupsafe import Markup, escape

MARKS = {"*": "strong", "_": "em", "~": "s"}
MARKED = re.compile(r"(?<![\w*_~])([*_~])([^\s*_~](?:[^*_~\n]*[^\s*_~])?)\1(?![\w*_~])")
"""A pair of marks around words of one line, with no letter outside next to them: 5*3*2 is arithmetic."""


def write_chat(text: str) -> Markup:
    """The text, escaped, with WhatsApp's marks as elements; line breaks are the style sheet's."""
    return Markup(MARKED.sub(_element, str(escape(text))))  # noqa: S704 (escaped in this line)


def _element(found: re.Match[str]) -> str:
    name = MARKS[found[1]]
    return f"<{name}>{found[2]}</{name}>"
