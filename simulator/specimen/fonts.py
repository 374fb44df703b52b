"""Finds the fonts that look like the documents' own among Debian's packages, and says plainly when one is missing."""

import sys
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path("/usr/share/fonts")
FALLBACK = "truetype/dejavu/DejaVuSans.ttf"

SANS = (
    "truetype/liberation2/LiberationSans",
    "truetype/croscore/Arimo",
    "truetype/liberation/LiberationSans",
    "opentype/urw-base35/NimbusSans",
)
OFFICE = (
    "truetype/crosextra/Carlito",
    "truetype/open-sans/OpenSans",
    "truetype/roboto/unhinted/RobotoTTF/Roboto",
    "truetype/croscore/Arimo",
    "truetype/liberation2/LiberationSans",
)
SERIF = (
    "truetype/liberation2/LiberationSerif",
    "truetype/croscore/Tinos",
    "opentype/urw-base35/NimbusRoman",
    "truetype/crosextra/Caladea",
    "opentype/urw-base35/C059",
)
MONO = (
    "truetype/liberation2/LiberationMono",
    "truetype/croscore/Cousine",
    "opentype/courier-prime/Courier Prime",
    "opentype/urw-base35/NimbusMonoPS",
    "truetype/gnutypewriter/GNUTypewriter",
)
NARROW = ("truetype/liberation/LiberationSansNarrow", "opentype/urw-base35/NimbusSansNarrow")
OCR = ("truetype/ocr-a/OCRA",)
THIN_HAND = (
    "truetype/breip/Breip.ttf",
    "truetype/klee/KleeOne-Regular.ttf",
    "truetype/sjfonts/Delphine.ttf",
    "truetype/sjfonts/SteveHand.ttf",
)
"""Hands of a fine pen, thickened a little when they write."""
HAND = (
    *THIN_HAND,
    "truetype/fifthhorseman/dkg.ttf",
    "truetype/humor-sans/Humor-Sans.ttf",
    "opentype/comic-neue/ComicNeue-Regular.otf",
    "opentype/bwht/BecauseWeConnect-Regular.otf",
    "opentype/bwht/BecauseWeCreate-Regular.otf",
    "opentype/bwht/BecauseWeLearn-Regular.otf",
    "opentype/bwht/BecauseWeMentor-Regular.otf",
    "opentype/bwht/BecauseWeOrganize-Regular.otf",
    "truetype/rufscript/Rufscript010.ttf",
)
SIGNATURE = ("opentype/urw-base35/Z003-MediumItalic.otf", "truetype/fifthhorseman/dkgBI.ttf", "truetype/kristi/Kristi.ttf")

_REGULAR = ("-Regular", "", "-Roman")
_BOLD = ("-Bold", "Bold", " Bold", "")
_SUFFIX = (".ttf", ".otf")
_complained: set[str] = set()


@lru_cache(maxsize=256)
def path(family: str, bold: bool = False) -> str:
    """File of a family (one of the names above). Falls back to DejaVu with one line on stderr when its package is absent."""
    if not (ROOT / family).parent.exists():
        family = family.replace("/liberation2/", "/liberation/")  # where Debian 13 has them
    if family.endswith(_SUFFIX):
        if (ROOT / family).exists():
            return str(ROOT / family)
    else:
        for weight in (*_BOLD, *_REGULAR) if bold else _REGULAR:
            for suffix in _SUFFIX:
                if (file := ROOT / f"{family}{weight}{suffix}").exists():
                    return str(file)
    if family not in _complained:
        _complained.add(family)
        sys.stderr.write(f"font missing: {family} (see scripts/apt-packages-demo.txt); DejaVu Sans stands in\n")
    return str(ROOT / FALLBACK)


@lru_cache(maxsize=1024)
def font(family: str, size_px: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path(family, bold), max(4, size_px), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)
def cap_height(family: str, size_px: int, bold: bool = False) -> int:
    """Height in pixels of an upper-case letter or digit, by which legibility is judged."""
    _, top, _, bottom = font(family, size_px, bold).getbbox("H0")
    return int(bottom - top)
