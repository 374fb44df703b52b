"""What all papers share: the record of one drawn paper, and the small drawings on it (portrait, stamp, signature, meterai, QR, watermark)."""
# ruff: noqa: E501 (a piece of markup stays on one line)

from __future__ import annotations

import random
from dataclasses import dataclass

INK = ["#16329a", "#1d1d1d", "#0b2a6b", "#24248c"]
HAND = ["DkgHandwriting", "Rufscript", "Klee One", "Delphine", "Breip"]
SANS = ["Arimo", "Carlito", "Open Sans", "Roboto", "Lato"]
SERIF = ["Tinos", "C059", "Caladea", "DejaVu Serif", "P052"]
TYPED = ["Courier Prime", "Cousine", "GNUTypewriter", "Nimbus Mono PS"]


@dataclass(frozen=True)
class Paper:
    """One paper: its kind as the contract names it, which layout, the HTML (element #paper), CSS size in pixels and what stands on it."""

    kind: str
    layout: str
    html: str
    size: tuple[int, int]
    fields: dict[str, object]
    handwritten: bool = False


def sheet(
    body: str, *, font: str = "Arimo", size: int = 17, wide: bool = False, ground: str = "#fff", pad: str = "60px 70px", extra: str = ""
) -> tuple[str, tuple[int, int]]:
    """An A4 sheet with a faint SPESIMEN across it."""
    w, h = (1123, 794) if wide else (794, 1123)
    return (
        f'<div id="paper" style="position:relative;width:{w}px;height:{h}px;background:{ground};font-family:\'{font}\';font-size:{size}px;color:#15151a;'
        f'padding:{pad};box-sizing:border-box;overflow:hidden;line-height:1.42;{extra}">{body}{spesimen(w, h, 0.07)}</div>'
    ), (w, h)


def spesimen(w: int, h: int, strength: float) -> str:
    return (
        f'<div style="position:absolute;left:0;top:0;width:{w}px;height:{h}px;display:flex;align-items:center;justify-content:center;pointer-events:none">'
        f'<span style="font-family:Arimo;font-weight:700;font-size:{w // 7}px;letter-spacing:6px;color:rgba(150,20,20,{strength});transform:rotate(-24deg)">SPESIMEN</span></div>'
    )


def portrait(rng: random.Random, w: int, h: int, ground: str, woman: bool) -> str:
    skin, hair = rng.choice(["#c68a5b", "#d9a57a", "#9a6540"]), rng.choice(["#1c1512", "#2a211d", "#40506a"])
    veil = (
        f'<ellipse cx="50" cy="62" rx="34" ry="44" fill="{hair}"/>'
        if woman
        else f'<ellipse cx="50" cy="42" rx="27" ry="24" fill="{hair}"/>'
    )
    return (
        f'<svg width="{w}" height="{h}" viewBox="0 0 100 130" preserveAspectRatio="none"><rect width="100" height="130" fill="{ground}"/>'
        f'<path d="M6 130 Q10 92 50 90 Q90 92 94 130Z" fill="{rng.choice(["#e8e8ee", "#33415c", "#6b2d2d"])}"/>{veil}<ellipse cx="50" cy="56" rx="22" ry="29" fill="{skin}"/>'
        '<circle cx="42" cy="52" r="2.4"/><circle cx="58" cy="52" r="2.4"/><path d="M43 70 Q50 75 57 70" stroke="#6b2b22" stroke-width="2" fill="none"/></svg>'
    )


def signature(rng: random.Random, name: str, ink: str = "#1d2a80", w: int = 190) -> str:
    points = " ".join(f"{'C' if i % 3 == 0 else ''}{rng.randrange(8, w - 8)},{rng.randrange(4, 62)}" for i in range(9))
    return f'<svg width="{w}" height="66"><path d="M10,44 {points}" fill="none" stroke="{ink}" stroke-width="{rng.uniform(1.4, 2.6):.1f}"/></svg>'


def stamp(rng: random.Random, words: str, left: int, top: int, colour: str | None = None) -> str:
    colour = colour or rng.choice(["#4a35a8", "#2743b0", "#7a2f9a", "#b02a3a"])
    return (
        f'<svg style="position:absolute;left:{left}px;top:{top}px;opacity:{rng.uniform(0.5, 0.8):.2f};transform:rotate({rng.randrange(-25, 25)}deg)" width="150" height="150" viewBox="0 0 150 150">'
        f'<circle cx="75" cy="75" r="68" fill="none" stroke="{colour}" stroke-width="4"/><circle cx="75" cy="75" r="46" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<path id="ring" d="M75 75 m-56 0 a56 56 0 1 1 112 0" fill="none"/><text font-size="14" fill="{colour}" font-family="Arimo"><textPath href="#ring">{words}</textPath></text>'
        f'<text x="75" y="80" font-size="17" text-anchor="middle" fill="{colour}" font-family="Arimo">SPESIMEN</text></svg>'
    )


def meterai(rng: random.Random, left: int, top: int) -> str:
    return (
        f'<div style="position:absolute;left:{left}px;top:{top}px;width:150px;height:86px;background:linear-gradient(120deg,#e59aa9,#d9c2dd 60%,#c9788a);border:2px dashed #fff;'
        f'font:700 12px Arimo;color:#7a1030;text-align:center;padding-top:8px;box-sizing:border-box;transform:rotate({rng.randrange(-4, 5)}deg)">METERAI TEMPEL<br>'
        f'<span style="font-size:24px">10000</span><br>SPESIMEN {rng.randrange(10**6):06d}</div>'
    )


def qr(rng: random.Random, size: int) -> str:
    """Something that looks like a QR code and says nothing."""
    cells = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1"/>'
        for x in range(25)
        for y in range(25)
        if rng.random() < 0.48 and not ((x < 8 or x > 16) and y < 8) and not (x < 8 and y > 16)
    )
    eyes = "".join(
        f'<rect x="{x}" y="{y}" width="7" height="7"/><rect x="{x + 1}" y="{y + 1}" width="5" height="5" fill="#fff"/><rect x="{x + 2}" y="{y + 2}" width="3" height="3"/>'
        for x, y in ((0, 0), (18, 0), (0, 18))
    )
    return f'<svg width="{size}" height="{size}" viewBox="0 0 25 25" style="background:#fff">{cells}{eyes}</svg>'


def rows(
    pairs: list[tuple[str, str]], *, width: int = 210, gap: str = "3px", mark: str = ":", start: int = 0, value_style: str = ""
) -> str:
    """Label and value pairs as a table without borders; numbered from `start` when that is not 0."""
    lines = ""
    for number, (label, value) in enumerate(pairs, start or 0):
        lead = f'<td style="width:26px;vertical-align:top">{number}.</td>' if start else ""
        lines += f'<tr>{lead}<td style="width:{width}px;vertical-align:top;padding:{gap} 0">{label}</td><td style="width:14px;vertical-align:top;padding:{gap} 0">{mark}</td><td style="padding:{gap} 0;{value_style}">{value}</td></tr>'
    return f'<table style="border-collapse:collapse;width:100%">{lines}</table>'
