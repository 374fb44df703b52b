"""Takes the few sentences that the bot says without the dialogue from the texts of the chat (`data/responses/`)."""

from pathlib import Path

from runtime.responses import ResponsesWrong, read_responses
from standard.facts import filled, office_facts
from standard.place import office_folder

OUT_OF_ORDER = "utter_gangguan"
"""Said when the dialogue failed at a turn again and again."""


STILL_FETCHING = "utter_berkas_diambil"
"""Said once of a file that WhatsApp has not given out for a minute."""


CHECKING = ("utter_sedang_diperiksa_satu", "utter_sedang_diperiksa")
"""Said once while one photo, or several, are looked at for long."""


class SentenceMissing(Exception):
    """The texts hold no such sentence."""


def read_sentence(folder: Path, key: str) -> str:
    """The first variation of a text. Raises SentenceMissing."""
    try:
        return str(filled(read_responses(folder, office_folder())[key][0]["text"], office_facts())).strip()
    except (ResponsesWrong, KeyError) as error:
        raise SentenceMissing(f"{folder} has no response {key}") from error
