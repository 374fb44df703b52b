"""Draws the contact sheet of the docs: two pictures for each reason that the document check gives, from a folder of the specimen corpus."""

import json
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

import documents

TILE, CAPTION, ACROSS, EACH = (236, 190), 18, 6, 2
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def main(folder: Path, out: Path) -> None:
    found: dict[str, list[tuple[Path, str]]] = {}
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        file = folder / truth["file"]
        if file.suffix != ".jpg":
            continue
        check = documents.check(file.read_bytes())
        reason = check.reasons[0].value if check.reasons else "ok"
        if len(found.setdefault(reason, [])) < EACH and (check.verdict == "ok" or reason in truth["expected"]["reasons"]):
            found[reason].append((file, f"{reason} · {check.kind.value}"))
    tiles = [tile for reason in sorted(found) for tile in found[reason]]
    rows = -(-len(tiles) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * TILE[0], rows * (TILE[1] + CAPTION)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(FONT, 12)
    for place, (file, caption) in enumerate(tiles):
        x, y = place % ACROSS * TILE[0], place // ACROSS * (TILE[1] + CAPTION)
        with Image.open(file) as image:
            sheet.paste(
                ImageOps.pad(ImageOps.exif_transpose(image).convert("RGB"), (TILE[0] - 4, TILE[1]), color="white"), (x + 2, y + CAPTION)
            )
        pen.text((x + 4, y + 2), caption, fill="black", font=font)
    sheet.save(out, quality=72)
    print(f"{len(tiles)} pictures, {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
