"""Finds the text of a picture and sets it level: which way is up, how far it leans, how much of the picture holds text."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels
from documents.ocr.engine import Engine, Quad, Reading, ordered
from documents.ocr.lines import READ_MARGIN, Line, cut, grown
from documents.ocr.outline import Outline, outline

CARD_SIDE = 640
SHEET_SIDE = 960
"""Long sides at which the detector looks (`photos.md`): a card's lines are found at 640 pixels, a sheet's at 960."""
LEAN = 4.0
"""Degrees of lean beyond which the picture is turned before the lines are looked for again."""
LONGEST_SAY = 8.0
"""Heights of a line up to which its length counts in the lean: a watermark across the page is long, and askew."""
TIGHT = 0.72
"""Share of the picture's long side below which the text's part of it is looked at by itself."""
MARGIN = 0.16
"""What is looked at around the text, as a share of its extent: faint lines at its rim may not have been found yet."""
FINE_PRINT = 11.0
"""Median line height (pixels of the 640 px picture) below which the page is looked at again, larger."""
MANY_LINES = 34
FEW_FOR_A_CARD = 17
"""A KTP has some thirty lines; where far fewer were found, the small ones may have been missed."""
FINEST_SIDE, FINEST_PRINT = 1280, 13.5
"""Where a sheet's lines are lower than this at 960 pixels they are looked for at 1280."""
FINER = 1.4
"""How much larger than at a card's scale a picture must be to show more at a finer one."""
SAMPLE = 2
"""Lines read both ways to tell up from down."""
TOO_ASKEW = 12.0
"""Degrees by which lines seen closer may still lean: small text at a slant is first taken for columns."""
SMALL_PICTURE = 820
"""Long side of a picture in which no document's text can be read."""
MORE_SAMPLES = 7
"""The same where the first ones make no sense either way."""
SENSELESS = 0.65
"""Mean sense up to which lines are read as if they were no Latin print at all."""
MUCH_MORE = 1.3
"""How many times more sense lines make in a mirror where the picture is mirrored."""
PLAIN = 0.87
"""Sense that two lines make only the right way up: then they need not be read upside down."""
FEW = 8
"""Lines under which a sheet's outline is looked for."""
FAR = 0.2
"""Share of the picture below which a sheet is looked at by itself."""
STRONGER = 1.5
"""How much of a soft picture's edges is added to it where its lines are looked for again."""

BAND_AREA, OVERLAP = 400_000, 60
"""Most pixels that the detector sees at once (it takes 250 bytes for each), and by how many the bands overlap."""

Affine = npt.NDArray[np.float64]
"""2 × 3: from levelled pixels to the page's pixels."""


@dataclass(frozen=True)
class Scene:
    """A levelled picture and its unread lines. `turn` counts the quarter turns (anticlockwise) that set the page upright."""

    pixels: Pixels
    lines: tuple[Line, ...]
    turn: int
    to_page: Affine
    size: tuple[int, int] = (0, 0)
    """Width and height of the upright page."""
    small: bool = False
    """Whether what was found is a small thing in the picture, or the picture itself is small."""
    coarse: bool = False
    """Whether the lines were looked for at a card's scale only."""
    outline: Outline | None = None
    """The sheet's outline, looked for only where hardly any lines were found."""
    mirrored: bool = False
    """Whether the page came mirrored; all else is as of the page turned round."""

    def frame(self) -> npt.NDArray[np.float64]:
        """Corners (4 × 2) of the page on the levelled picture, whose corners beyond them are made up."""
        back = cv2.invertAffineTransform(self.to_page)
        wide, high = self.size
        return np.asarray(np.array([[0, 0], [wide, 0], [wide, high], [0, high]]) @ back[:, :2].T + back[:, 2], np.float64)


def find(engine: Engine, page: Pixels) -> Scene:
    """The scene of a page, upright and level. A picture without text gives a scene without lines."""
    scene = find_near(engine, page)
    if scene.mirrored:
        return replace(find_near(engine, np.ascontiguousarray(page[:, ::-1])), mirrored=True)
    if len(scene.lines) >= FEW:
        return scene
    sheet = outline(page)
    if sheet is not None and sheet.share < FAR:
        far = _far(engine, page, sheet.box)
        scene = far if len(far.lines) > len(scene.lines) + 2 else scene
    return replace(scene, outline=sheet)


def find_near(engine: Engine, page: Pixels, known: tuple[int, float] | None = None) -> Scene:
    """The same, for a document that fills a good part of the page. `known`: quarter turns and lean, where they are."""
    quads = _glance(engine, page)
    if known is None and len(quads) < FEW:  # soft print that runs down the picture is not seen as lines
        turned = _sensible(engine.detect(np.ascontiguousarray(np.rot90(page)), CARD_SIDE))
        known = (1, 0.0) if len(turned) > len(quads) + 2 else None
    turn, lean = known or _lean(quads)
    upright = np.ascontiguousarray(np.rot90(page, turn))
    identity = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    if turn or abs(lean) > LEAN:
        level, to_page = _levelled(upright, lean)
        moved = len(quads) > FEW_FOR_A_CARD
        quads = [_moved(quad, page, turn, to_page) for quad in quads] if moved else _glance(engine, level)
    else:
        level, to_page, moved = upright, identity, False
    scene = Scene(level, tuple(Line(quad) for quad in quads), turn, to_page)
    scene = _close(engine, scene, moved=moved)
    if known is None and len(scene.lines) >= FEW:
        further, still = _lean([line.quad for line in scene.lines])
        if further or abs(still) > TOO_ASKEW:
            return find_near(engine, page, ((turn + further) % 4, still if further else lean + still))
    scene = _right_way_up(engine, scene, page)
    size = (page.shape[1], page.shape[0]) if scene.turn % 2 == 0 else (page.shape[0], page.shape[1])
    return replace(scene, size=size, small=max(page.shape) < SMALL_PICTURE)


def _far(engine: Engine, page: Pixels, region: tuple[int, int, int, int]) -> Scene:
    """The scene of a document that fills a small part of the page, looked at by itself."""
    left, top, right, bottom = region
    scene = find_near(engine, np.ascontiguousarray(page[top:bottom, left:right]))
    placed = scene.to_page.copy()
    placed[:, 2] += _corner(page, region, scene.turn)
    size = (page.shape[1], page.shape[0]) if scene.turn % 2 == 0 else (page.shape[0], page.shape[1])
    return replace(scene, to_page=placed, size=size, small=True)


def _corner(page: Pixels, region: tuple[int, int, int, int], turn: int) -> tuple[float, float]:
    """Where a region's upright corner lies on the upright page, after `turn` quarter turns of both."""
    left, top, right, bottom = region
    height, width = page.shape[:2]
    return ((left, top), (top, width - right), (width - right, height - bottom), (height - bottom, left))[turn]


def _glance(engine: Engine, pixels: Pixels) -> list[Quad]:
    """The lines at a card's scale, or at the finest where there are hardly any: a whole sheet's text is too small at the first."""
    quads = _sensible(engine.detect(pixels, CARD_SIDE))
    if len(quads) >= FEW or max(pixels.shape) < FINER * CARD_SIDE:
        return quads
    finer = _sensible(detect_in_bands(engine, pixels, min(FINEST_SIDE, max(pixels.shape))))
    return finer if len(finer) >= FEW else quads


def detect_in_bands(engine: Engine, pixels: Pixels, side: int) -> list[Quad]:
    """The lines at a scale at which the whole picture would take too much memory: in bands across it that overlap by a line or two."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    bands = max(1, -(-round(height * scale) * round(width * scale) // BAND_AREA))
    found = []
    for band in range(bands):
        top, bottom = height * band // bands, height * (band + 1) // bands
        above, below = max(0, top - OVERLAP), min(height, bottom + OVERLAP)
        part = np.ascontiguousarray(pixels[above:below])
        offset = np.array([0, above], np.float32)
        quads = engine.detect(part, round(max(part.shape[:2]) * scale))
        found += [quad + offset for quad in quads if top <= quad[:, 1].mean() + above < bottom]
    return found


def _sensible(quads: list[Quad]) -> list[Quad]:
    return [quad for quad in quads if min(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])) > 3]


def _lean(quads: list[Quad]) -> tuple[int, float]:
    """Quarter turns to make the long lines run across, and the degrees by which they still lean (positive: falling to the right)."""
    angles, weights = [], []
    for quad in quads:
        along, down = quad[1] - quad[0], quad[3] - quad[0]
        length, height = float(np.linalg.norm(along)), float(np.linalg.norm(down))
        if height > length:
            along, length, height = down, height, length
        if length > 2.2 * height:
            angles.append(float(np.degrees(np.arctan2(along[1], along[0]))))
            weights.append(min(length, LONGEST_SAY * height))
    if not angles:
        return 0, 0.0
    doubled = np.exp(2j * np.radians(angles)) * weights
    mean = float(np.degrees(np.angle(doubled.sum())) / 2)
    away = np.abs((np.array(angles) - mean + 90) % 180 - 90)
    order = np.argsort(away)
    core = [index for index in order if away[index] < 20] or [int(order[0])]
    turned = np.sort((np.array(angles)[core] - mean + 90) % 180 - 90)
    mean = (mean + float(np.median(turned)) + 90) % 180 - 90
    if abs(mean) <= 45:
        return 0, mean
    return 1, mean - 90 if mean > 0 else mean + 90


def _levelled(upright: Pixels, lean: float) -> tuple[Pixels, Affine]:
    """The picture turned by its lean on a larger canvas, and the way back."""
    if abs(lean) <= LEAN:
        return upright, np.array([[1.0, 0, 0], [0, 1.0, 0]])
    height, width = upright.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sine + width * cosine), int(height * cosine + width * sine)
    matrix[0, 2] += (wide - width) / 2
    matrix[1, 2] += (high - height) / 2
    level = cv2.warpAffine(upright, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, np.uint8), np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def _moved(quad: Quad, page: Pixels, turn: int, to_page: Affine) -> Quad:
    """A line of the page on the levelled picture: good enough to know where the text is, not to be read."""
    height, width = page.shape[:2]
    for _ in range(turn):
        quad = np.stack([quad[:, 1], width - quad[:, 0]], axis=1)
        height, width = width, height
    back = cv2.invertAffineTransform(to_page)
    return ordered(quad @ back[:, :2].T + back[:, 2])


def finer(engine: Engine, scene: Scene) -> Scene:
    """The same scene with its lines looked for at a sheet's scale and their edges drawn over, where a field was not found at first."""
    return _close(engine, scene, sheet=True)


def _close(engine: Engine, scene: Scene, *, sheet: bool = False, moved: bool = False) -> Scene:
    """Looks again, closer, where the text fills a small part of the picture, is finely printed, or is known to be a `sheet`'s.

    `moved`: the lines were found before the picture was levelled, so they are looked for again in any case.
    """
    if not scene.lines:
        return scene
    height, width = scene.pixels.shape[:2]
    left, top, right, bottom = hull(scene.lines, 0.0)
    long = max(height, width)
    part = max(right - left, bottom - top) / long
    print_height = float(np.median([line.height for line in scene.lines])) * CARD_SIDE / long
    fine = sheet or print_height / max(part, TIGHT) < FINE_PRINT or not FEW_FOR_A_CARD < len(scene.lines) < MANY_LINES
    if part > TIGHT and not fine and not moved:
        return replace(scene, coarse=True)
    margin = MARGIN * max(right - left, bottom - top)
    x0, y0 = max(0, int(left - margin)), max(0, int(top - margin))
    x1, y1 = min(width, int(right + margin)), min(height, int(bottom + margin))
    if part > TIGHT:
        x0, y0, x1, y1 = 0, 0, width, height
    region = np.ascontiguousarray(scene.pixels[y0:y1, x0:x1])
    quads = _sensible(engine.detect(_drawn_over(region) if sheet else region, SHEET_SIDE if fine else CARD_SIDE))
    if fine and len(quads) > MANY_LINES:
        shown = float(np.median([np.linalg.norm(quad[3] - quad[0]) for quad in quads])) * SHEET_SIDE / max(region.shape)
        quads = _sensible(detect_in_bands(engine, region, FINEST_SIDE)) if shown < FINEST_PRINT else quads
    if len(quads) < 0.5 * len(scene.lines):
        return replace(scene, lines=tuple(Line(quad) for quad in _glance(engine, scene.pixels))) if moved else scene
    offset = np.array([x0, y0], np.float32)
    return replace(scene, lines=tuple(Line(quad + offset) for quad in quads), coarse=not fine)


def _drawn_over(pixels: Pixels) -> Pixels:
    """The picture with its edges strengthened: of soft print in poor light the detector sees half as much again."""
    return np.asarray(cv2.addWeighted(pixels, 1 + STRONGER, cv2.GaussianBlur(pixels, (0, 0), 2.0), -STRONGER, 0), np.uint8)


def hull(lines: tuple[Line, ...] | list[Line], stray: float = 2.5) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the lines together, `stray` per cent on each side left out."""
    corners = np.concatenate([line.quad for line in lines])
    low, high = np.percentile(corners, stray, axis=0), np.percentile(corners, 100 - stray, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _right_way_up(engine: Engine, scene: Scene, page: Pixels) -> Scene:
    """Turns the scene over where its longest lines read better upside down. What was read of them stays with the lines.

    Where the first ones make no sense either way (Arabic over a marriage's entries, a mirrored picture), more are asked, and a mirror.
    """
    ranked = sorted((line for line in scene.lines if line.width > 3 * line.height), key=_prominence, reverse=True)
    sample = ranked[:SAMPLE]
    if not sample:
        return scene
    crops, up = _upright(engine, scene, sample)
    if _sense(up) > PLAIN * len(sample):
        return _with_readings(scene, sample, up)
    down = engine.recognise([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops])
    if max(_sense(up), _sense(down)) < SENSELESS * len(sample) and len(ranked) > SAMPLE:
        more = ranked[SAMPLE:MORE_SAMPLES]
        further, more_up = _upright(engine, scene, more)
        down += engine.recognise([np.ascontiguousarray(crop[::-1, ::-1]) for crop in further])
        sample, crops, up = sample + more, crops + further, up + more_up
        best = max(_sense(up), _sense(down))
        if best < SENSELESS * len(sample) and _mirrored(engine, crops, best):
            return replace(_with_readings(scene, sample, up), mirrored=True)
    if _sense(down) <= _sense(up) * 1.05:
        return _with_readings(scene, sample, up)
    scene = _with_readings(scene, sample, down)
    height, width = scene.pixels.shape[:2]
    over = np.array([[-1.0, 0, width], [0, -1.0, height], [0, 0, 1.0]])
    page_height, page_width = (page.shape[0], page.shape[1]) if scene.turn % 2 == 0 else (page.shape[1], page.shape[0])
    back = np.array([[-1.0, 0, page_width], [0, -1.0, page_height], [0, 0, 1.0]])
    to_page = (back @ np.vstack([scene.to_page, [0, 0, 1.0]]) @ over)[:2]
    lines = tuple(replace(line, quad=(np.array([width, height], np.float32) - line.quad)[[2, 3, 0, 1]]) for line in scene.lines)
    pixels = np.ascontiguousarray(scene.pixels[::-1, ::-1])
    return replace(scene, pixels=pixels, lines=lines, turn=(scene.turn + 2) % 4, to_page=to_page)


def _upright(engine: Engine, scene: Scene, sample: list[Line]) -> tuple[list[Pixels], list[Reading]]:
    crops = [cut(scene.pixels, grown(line.quad, *READ_MARGIN)) for line in sample]
    return crops, engine.recognise(crops)


def _mirrored(engine: Engine, crops: list[Pixels], best: float) -> bool:
    """Whether lines that make no sense either way do in a mirror: a phone's front camera turns pictures round."""
    in_mirror = max(
        _sense(engine.recognise([np.ascontiguousarray(crop[:, ::-1]) for crop in crops])),
        _sense(engine.recognise([np.ascontiguousarray(crop[::-1]) for crop in crops])),
    )
    return in_mirror > SENSELESS * len(crops) and in_mirror > MUCH_MORE * best


def _with_readings(scene: Scene, sample: list[Line], readings: list[Reading]) -> Scene:
    read = dict(zip(sample, readings, strict=True))
    return replace(scene, lines=tuple(replace(line, reading=read[line]) if line in read else line for line in scene.lines))


def _sense(readings: list[Reading]) -> float:
    """How much sense readings make: their chances, squared so that a sure one outweighs two guesses; weak letters count against them."""
    return float(sum(reading.confidence**2 * min(reading.chances, default=0.0) ** 0.25 for reading in readings if len(reading.text) > 3))


def _prominence(line: Line) -> float:
    return min(line.width, 14 * line.height) * line.height
