"""Draws the two SPTJM, F-2.03 and F-2.04, on one A4 page each, filled in with what is known (Perpres 96/2018 Ps 34; domain page, 3)."""

from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

from intake.forms.page import BOLD, GREY, ITALIC, Page, printable
from intake.forms.sheets import Child, Person, SptjmKelahiran, SptjmPasutri, Witness
from standard import facts
from standard.clock import write_date
from standard.kinds import Item
from standard.requirements import form_of

_LINE = 17.0
_LABEL_WIDTH = 58 * mm
_UNKNOWN_DATE = "................................"


def sptjm_kelahiran(sheet: SptjmKelahiran) -> bytes:
    """F-2.03, the SPTJM kebenaran data kelahiran, as a PDF of one page."""
    words = facts.load("sheets")["sptjm_kelahiran"]
    page = _begin(Item.SPTJM_KELAHIRAN, words)
    _statement(page, words["maker"])
    _person(page, sheet.pembuat)
    _statement(page, words["child"])
    _child(page, sheet.anak)
    _statement(page, words["mother"])
    _person(page, sheet.ibu)
    _statement(page, words["helper"])
    _row(page, "nama", sheet.penolong.nama)
    _row(page, "pekerjaan", sheet.penolong.pekerjaan)
    _row(page, "alamat", sheet.penolong.alamat, lines=2 if sheet.penolong.alamat else 1)
    return _end(page, words["oath"], sheet, sheet.pembuat)


def sptjm_pasutri(sheet: SptjmPasutri) -> bytes:
    """F-2.04, the SPTJM kebenaran sebagai pasangan suami istri, as a PDF of one page."""
    words = facts.load("sheets")["sptjm_pasutri"]
    page = _begin(Item.SPTJM_PASUTRI, words)
    _statement(page, words["maker"])
    _person(page, sheet.pembuat)
    _statement(page, words["husband"])
    _person(page, sheet.suami, related=True)
    _statement(page, words["wife"])
    _person(page, sheet.istri, related=True)
    _statement(page, words["card"])
    page.boxes(page.left + _LABEL_WIDTH + 3 * mm, page.y, sheet.no_kk)
    page.y -= _LINE
    return _end(page, words["oath"], sheet, sheet.pembuat)


def _begin(item: Item, words: dict[str, Any]) -> Page:
    code = form_of(item) or ""
    page = Page(f"{code} {words['title'][0]}", margin=18 * mm)
    page.canvas.setLineWidth(0.8)
    page.canvas.rect(page.right - 20 * mm, page.y - 2 * mm, 20 * mm, 7 * mm)
    page.text(page.right - 10 * mm, page.y, code, BOLD, 11, align="center")
    page.text(page.left, page.y, words["law"], size=8, color=GREY)
    page.y -= 15 * mm
    for line in words["title"]:
        page.text(page.width / 2, page.y, line, BOLD, 12.5, align="center")
        page.y -= 16
    page.y -= 4
    return page


def _statement(page: Page, text: str) -> None:
    page.y -= 5
    page.text(page.left, page.y, text)
    page.y -= 18


def _person(page: Page, person: Person, related: bool = False) -> None:
    _row(page, "nama", person.nama)
    _number(page, person.nik)
    _row(page, "lahir", _birth(person.tempat_lahir, person.tanggal_lahir))
    _row(page, "pekerjaan", person.pekerjaan)
    _row(page, "alamat", person.alamat, lines=2)
    if related:
        _row(page, "hubungan", person.hubungan)


def _child(page: Page, child: Child) -> None:
    _row(page, "nama", child.nama)
    _row(page, "jenis_kelamin", facts.load("sheets")["sex"].get(child.jenis_kelamin))
    _row(page, "lahir", _birth(child.tempat_lahir, child.tanggal_lahir))
    _row(page, "alamat", child.alamat, lines=2)


def _row(page: Page, label: str, value: str | None, lines: int = 1) -> None:
    """A label and what stands behind it, upper case as the register writes."""
    start = page.left + _LABEL_WIDTH
    page.text(page.left + 5 * mm, page.y, facts.load("sheets")["labels"][label], size=10)
    page.text(start, page.y, ":", size=10)
    page.value(start + 3 * mm, value.upper() if value else None, lines if value is None else max(1, lines), line_height=_LINE)


def _number(page: Page, nik: str | None) -> None:
    page.text(page.left + 5 * mm, page.y, facts.load("sheets")["labels"]["nik"], size=10)
    page.text(page.left + _LABEL_WIDTH, page.y, ":", size=10)
    page.boxes(page.left + _LABEL_WIDTH + 3 * mm, page.y, nik)
    page.y -= _LINE + 1


def _birth(place: str | None, day: date | None) -> str | None:
    if place is None and day is None:
        return None
    return f"{place or _UNKNOWN_DATE}, {write_date(day) if day else _UNKNOWN_DATE}"


def _end(page: Page, oath: str, sheet: SptjmKelahiran | SptjmPasutri, maker: Person) -> bytes:
    page.y += 4
    page.paragraph(oath, justify=True)
    _signatures(page, sheet, maker)
    page.y = 12 * mm
    page.paragraph(facts.load("sheets")["hand"], ITALIC, 7.5, color=GREY)
    if sheet.specimen:
        page.mark_specimen()
    return page.finish()


def _signatures(page: Page, sheet: SptjmKelahiran | SptjmPasutri, maker: Person) -> None:
    """Two witnesses and the maker side by side, each with room to sign, name and NIK."""
    labels = facts.load("sheets")["labels"]
    column = (page.right - page.left) / 3
    day = write_date(sheet.tanggal) if sheet.tanggal else "......................... 20....."
    page.y -= 26
    page.text(page.right - column / 2, page.y, f"{sheet.tempat or '.....................'}, {day}", align="center", room=column)
    page.y -= 14
    signers = [*zip(labels["witness"], sheet.saksi, strict=True), (labels["signer"], Witness(maker.nama, maker.nik))]
    for place, (label, signer) in enumerate(signers):
        centre = page.left + (place + 0.5) * column
        page.text(centre, page.y, f"{label},", align="center")
        _signed(page, centre, page.y - 64, signer, column - 6 * mm)


def _signed(page: Page, centre: float, y: float, signer: Witness, room: float) -> None:
    start, end = centre - room / 2, centre + room / 2
    if signer.nama:
        lines = simpleSplit(printable(signer.nama.upper()), BOLD, 9, room)
        for above, line in enumerate(reversed(lines[:3])):
            page.text(centre, y + above * 10.5, line, BOLD, 9, align="center", room=room)
        page.canvas.setLineWidth(0.5)
        page.canvas.line(start, y - 3, end, y - 3)
    else:
        page.text(start, y, "(")
        page.dots(start + 5, y, end - 5)
        page.text(end, y, ")", align="right")
    page.text(start, y - 14, "NIK", size=8.5)
    if signer.nik:
        page.text(start + 20, y - 14, signer.nik, size=9)
    else:
        page.dots(start + 20, y - 14, end)
