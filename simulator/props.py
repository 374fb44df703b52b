"""Makes the voice note and the stickers that the phone can send, so that no binary file has to be kept."""

import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFont

STICKERS = {"nggih": ("Nggih!", "#1daa61"), "matur-nuwun": ("Matur\nnuwun", "#7a5af8"), "monggo": ("Monggo", "#e8590c")}
VOICE_SECONDS = 3
_SILENT_FRAME = b"\xf8\xff\xfe"
"""20 ms of Opus silence, mono."""


@cache
def sticker(name: str) -> bytes:
    """A 512-pixel WebP sticker. Raises KeyError for an unknown name."""
    words, colour = STICKERS[name]
    picture = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((24, 110, 488, 400), radius=90, fill=colour, outline="white", width=14)
    draw.polygon([(120, 385), (210, 385), (110, 470)], fill=colour)
    draw.multiline_text((256, 252), words, fill="white", anchor="mm", align="center", font=ImageFont.load_default(size=92))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80)
    return out.getvalue()


@cache
def voice_note() -> bytes:
    """A playable Ogg Opus file of three silent seconds."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"none" + struct.pack("<I", 0)
    frames = [_SILENT_FRAME] * (VOICE_SECONDS * 50)
    return _page(0, 2, 0, [head]) + _page(1, 0, 0, [tags]) + _page(2, 4, len(frames) * 960, frames)


def _page(number: int, flags: int, granule: int, packets: list[bytes]) -> bytes:
    """One Ogg page; packets are all shorter than 255 bytes."""
    lacing = bytes(len(packet) for packet in packets)
    header = b"OggS" + struct.pack("<BBqIII", 0, flags, granule, 1, number, 0) + bytes([len(lacing)]) + lacing
    page = bytearray(header + b"".join(packets))
    struct.pack_into("<I", page, 22, _ogg_checksum(bytes(page)))
    return bytes(page)


def _ogg_checksum(data: bytes) -> int:
    """Ogg's CRC-32: zlib's polynomial, but most significant bit first, from zero, not inverted."""
    mirrored = data.translate(_MIRROR)
    return int(f"{zlib.crc32(mirrored, 0xFFFFFFFF) ^ 0xFFFFFFFF:032b}"[::-1], 2)


_MIRROR = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
