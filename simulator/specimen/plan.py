"""How one photograph is taken: every fault and its strength, drawn by seed from what parents' photos look like."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from simulator.specimen.camera import Stand
from simulator.specimen.sheet import Sheet
from simulator.specimen.surfaces import SURFACES

MOODS = ("good", "usual", "hard", "broken")
"""good: a careful parent. usual: one mild fault. hard: two or three. broken: one that spoils it."""


@dataclass(frozen=True)
class Plan:
    frame: tuple[int, int]
    surface: str
    stand: Stand
    slope: float = 0.2
    warmth: float = 0.0
    vignette: float = 0.15
    gain: float = 1.0
    shadow: float = 0.0
    glare: tuple[tuple[str, float, float], ...] = ()
    """(where, radius as a share of the sheet's width, strength); where is `field` or `sheet`."""
    fingers: tuple[str, ...] = ()
    """`edge`: holds the sheet at its rim. `field`: lies over what is needed."""
    blur: float = 0.0
    """Gaussian sigma as a share of the smallest needed letter's height."""
    shake: float = 0.0
    """Stroke length as a share of the same."""
    drift: float = 0.0
    """Further blur, in the same measure, that grows towards one side: the phone was held at an angle."""
    noise: float = 0.0
    smooth: float = 0.0
    sharpen: float = 0.3
    moire: float = 0.0
    strewn: bool = False
    """Things of the household lie about."""
    wear: tuple[tuple[str, float], ...] = ()
    """What time did to the sheet itself: (name in `wear.WEAR`, strength)."""
    long_side: int = 1600
    quality: int = 72
    passes: int = 1
    exif: int = 1

    def faults(self) -> dict[str, float]:
        """Named strengths of what was done, for the table of reason against cause."""
        named = {
            "blur": max(self.blur, self.drift),
            "shake": self.shake,
            "noise": self.noise,
            "moire": self.moire,
            "shadow": self.shadow,
            "gain": self.gain,
            "quality": float(self.quality),
            "long_side": float(self.long_side),
            "turn": float(self.stand.turn * 90),
            "skew": self.stand.skew,
            "tilt": max(abs(t) for t in self.stand.tilt),
            "cover": self.stand.cover,
            "glare": max((s for _, _, s in self.glare), default=0.0),
            "fingers": float(len(self.fingers)),
            "curl": self.stand.curl,
        }
        return {name: round(value, 3) for name, value in named.items()} | {f"wear.{name}": round(value, 2) for name, value in self.wear}


def sample(rng: random.Random, sheet: Sheet, mood: str) -> Plan:
    """A plan in the given mood. What a person can still read of it is measured afterwards, not decided here."""
    rough = {"good": 0.0, "usual": 0.35, "hard": 1.0, "broken": 0.4}[mood]
    plan = _base(rng, sheet, rough)
    if mood == "good":
        return plan
    if mood == "broken":
        return rng.choice(BROKEN)(rng, plan)
    for spoil in rng.sample(MILD, 1 if mood == "usual" else rng.choice((2, 2, 3))):
        plan = spoil(rng, plan, rough)
    return plan


def _base(rng: random.Random, sheet: Sheet, rough: float) -> Plan:
    card = sheet.size[0] < 2000 and sheet.corner_mm > 0
    wide = sheet.size[0] > sheet.size[1]
    turn = rng.choices((0, 1, 2, 3), (70, 12, 6, 12))[0]
    lies_wide = wide if turn % 2 == 0 else not wide
    landscape = lies_wide if rng.random() < (0.88 if card else 0.85 + 0.15 * (rough == 0)) else not lies_wide
    long, short = rng.choice(((1600, 1200), (1600, 1200), (1600, 900), (1600, 1200), (1600, 739)))
    cover = rng.uniform(0.62, 0.93) if card else rng.uniform(0.84, 0.97)
    tilt = 9 + 12 * rough
    stand = Stand(
        cover=cover - 0.08 * rough * rng.random(),
        turn=turn,
        skew=rng.gauss(0, 2.2 + 5 * rough),
        tilt=(rng.uniform(-tilt, tilt), rng.uniform(-tilt, tilt)),
        shift=(rng.uniform(-1, 1) * (1 - cover) * 0.3, rng.uniform(-1, 1) * (1 - cover) * 0.3),
        curl=0.0 if card or rng.random() < 0.5 else rng.uniform(0.001, 0.008 + 0.012 * rough),
    )
    glare: tuple[tuple[str, float, float], ...] = ()
    if sheet.laminated and rng.random() < 0.25:
        glare = (("sheet", rng.uniform(0.03, 0.10), rng.uniform(0.1, 0.35)),)
    whatsapp = rng.choices((1600, 1280, 1200, 1040), (70, 16, 10, 4 if card else 0))[0]
    return Plan(
        frame=(long, short) if landscape else (short, long),
        surface=rng.choice(tuple(SURFACES)),
        stand=stand,
        slope=rng.uniform(0, 0.3 + 0.3 * rough),
        warmth=rng.gauss(0.02, 0.05),
        vignette=rng.uniform(0, 0.25),
        gain=rng.uniform(0.82, 1.06),
        shadow=rng.uniform(0.1, 0.35) if rng.random() < 0.25 else 0.0,
        glare=glare,
        fingers=("edge",) * rng.choice((1, 1, 2)) if rng.random() < 0.15 else (),
        blur=rng.uniform(0, 0.05 if card else 0.06),
        noise=rng.uniform(0, 4),
        sharpen=rng.uniform(0, 0.7),
        wear=(
            (
                rng.choice(("scratch", "dirt", "hologram", "sleeve", "hologram") if card else ("fold", "fold", "stain", "dirt")),
                rng.uniform(0.1, 0.5),
            ),
        )
        if rng.random() < 0.25
        else (),
        long_side=whatsapp,
        quality=rng.randint(58, 84),
        passes=rng.choice((1, 1, 1, 2)),
        strewn=rng.random() < 0.3,
        exif=rng.choice((1, 1, 1, 1, 1, 1, 3, 6, 8)),
    )


def _placed(plan: Plan, **changes: object) -> Plan:
    return replace(plan, stand=replace(plan.stand, **changes))  # type: ignore[arg-type]


def _glare(
    rng: random.Random, where: str, size: tuple[float, float], strength: tuple[float, float], count: int = 1
) -> tuple[tuple[str, float, float], ...]:
    return tuple((where, rng.uniform(*size), rng.uniform(*strength)) for _ in range(count))


_WORN = ("fold", "scratch", "stain", "dirt", "fade", "bubbles", "watermark", "sleeve", "hologram")
MILD: tuple[Callable[[random.Random, Plan, float], Plan], ...] = (
    lambda rng, p, r: replace(p, drift=rng.uniform(0.1, 0.25 + 0.3 * r)),
    lambda rng, p, r: replace(p, blur=rng.uniform(0.05, 0.14 + 0.06 * r)),
    lambda rng, p, r: replace(p, shake=rng.uniform(0.1, 0.3 + 0.25 * r)),
    lambda rng, p, r: replace(p, gain=rng.uniform(0.3, 0.6), noise=rng.uniform(3, 10), smooth=rng.random()),
    lambda rng, p, r: replace(p, gain=rng.uniform(1.25, 1.55)),
    lambda rng, p, r: replace(p, shadow=rng.uniform(0.3, 0.7)),
    lambda rng, p, r: replace(p, glare=_glare(rng, "sheet", (0.04, 0.14), (0.3, 1.1), rng.choice((1, 2)))),
    lambda rng, p, r: replace(p, fingers=("edge",) * rng.choice((1, 2, 3))),
    lambda rng, p, r: replace(p, noise=rng.uniform(6, 16), smooth=rng.random()),
    lambda rng, p, r: replace(p, quality=rng.randint(22, 45), passes=2),
    lambda rng, p, r: replace(p, long_side=rng.choice((1280, 1040, 960, 800))),
    lambda rng, p, r: _placed(p, skew=rng.uniform(-30, 30), cover=rng.uniform(0.6, 0.85)),
    lambda rng, p, r: _placed(p, tilt=(rng.uniform(-32, 32), rng.uniform(-32, 32))),
    lambda rng, p, r: _placed(p, cover=rng.uniform(0.32, 0.6)),
    lambda rng, p, r: replace(
        p,
        wear=tuple((n, rng.uniform(0.4, 1.0)) for n in rng.sample(_WORN, 2)),
    ),
    lambda rng, p, r: replace(p, wear=(("watermark", rng.uniform(0.4, 0.9)),)),
    lambda rng, p, r: replace(p, wear=(("copy", rng.uniform(0.2, 0.8)),)),
    lambda rng, p, r: replace(p, moire=rng.uniform(0.5, 1.6)),
    lambda rng, p, r: replace(p, warmth=rng.choice((-1, 1)) * rng.uniform(0.15, 0.3)),
)
BROKEN: tuple[Callable[[random.Random, Plan], Plan], ...] = (
    lambda rng, p: replace(p, blur=rng.uniform(0.28, 0.9)),
    lambda rng, p: replace(p, blur=rng.uniform(0.28, 0.6), noise=rng.uniform(2, 9)),
    lambda rng, p: replace(p, shake=rng.uniform(0.8, 2.4)),
    lambda rng, p: replace(p, gain=rng.uniform(0.03, 0.12), noise=rng.uniform(2, 7), smooth=rng.random()),
    lambda rng, p: replace(p, glare=_glare(rng, "field", (0.06, 0.2), (1.0, 2.2), rng.choice((1, 1, 2)))),
    lambda rng, p: replace(p, glare=_glare(rng, "field", (0.04, 0.1), (1.2, 2.4), 1)),
    lambda rng, p: replace(p, fingers=("field",) * rng.choice((1, 1, 2, 3))),
    lambda rng, p: _placed(
        p,
        cover=rng.uniform(0.95, 1.2),
        shift=rng.choice(((rng.uniform(0.2, 0.45) * rng.choice((-1, 1)), 0.0), (0.0, rng.uniform(0.2, 0.45) * rng.choice((-1, 1))))),
    ),
    lambda rng, p: _placed(p, cover=rng.uniform(1.15, 1.9), shift=(rng.uniform(-0.25, 0.25), rng.uniform(-0.25, 0.25))),
    lambda rng, p: replace(_placed(p, cover=rng.uniform(0.08, 0.24)), long_side=rng.choice((1600, 1280, 800))),
    lambda rng, p: replace(p, long_side=rng.choice((320, 400, 480, 640)), quality=rng.randint(35, 70)),
    lambda rng, p: replace(p, gain=rng.uniform(2.4, 4.5), vignette=0.05),
    lambda rng, p: replace(p, gain=rng.uniform(0.12, 0.25), noise=rng.uniform(22, 40), smooth=1.0),
    lambda rng, p: replace(
        p, blur=rng.uniform(0.18, 0.4), shake=rng.uniform(0.4, 1.2), gain=rng.uniform(0.25, 0.6), noise=rng.uniform(3, 10)
    ),
)
