"""What must not be read at the office of Wanakerta: names of the office that the program was first made for."""

import re

import pypdfium2

BLORA = re.compile(
    r"blora|landa mewa|dindukcapil|dukcapil\.blor|warung pakdhe|jawa tengah|jateng|\bWIB\b|33\.16|0296|\bLM-|\bADU-", re.IGNORECASE
)


def of_blora(text: str) -> list[str]:
    """The words of Blora in a text, each with what stands around it."""
    return [text[max(0, hit.start() - 40) : hit.end() + 40] for hit in BLORA.finditer(text)]


def words_of(pdf: bytes) -> str:
    """The text of a PDF and what it says of itself."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = " ".join(page.get_textpage().get_text_range() for page in document)
        return pages + " " + " ".join(f"{key} {value}" for key, value in document.get_metadata_dict().items())
    finally:
        document.close()
