"""Draws the receipt of an application, as a PDF: its number, what was received, by when, how to ask, that it is free."""

from datetime import datetime
from typing import Any

import segno
from reportlab.lib.colors import Color, white
from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm

from intake.forms.page import BOLD, GREY, ITALIC, REGULAR, Page
from intake.forms.sheets import Receipt
from standard import facts
from standard.clock import write_moment
from standard.deadlines import HonestHour
from standard.numbers import mask

_GREEN = Color(0.05, 0.36, 0.30)
_PALE = Color(0.92, 0.96, 0.94)
_MARGIN = 12 * mm
_LABEL_WIDTH = 40 * mm
_QR_SIDE = 27 * mm


def receipt(sheet: Receipt) -> bytes:
    """The receipt as a PDF of one A5 page. NIK and telephone are masked: pictures of receipts are passed around."""
    words = facts.load("sheets")["receipt"]
    page = Page(f"{words['title']} {sheet.number}", A5, _MARGIN)
    _head(page, words)
    _number(page, words, sheet)
    _facts(page, words, sheet)
    _received(page, words, sheet)
    _promise(page, words, sheet.deadline, sheet.honest)
    _foot(page, words)
    if sheet.specimen:
        page.mark_specimen()
    return page.finish()


def _head(page: Page, words: dict[str, Any]) -> None:
    office = facts.load("office")
    height = 21 * mm
    page.canvas.setFillColor(_GREEN)
    page.canvas.rect(0, page.height - height, page.width, height, stroke=0, fill=1)
    page.text(page.left, page.height - 9 * mm, words["title"], BOLD, 13, white)
    page.text(page.left, page.height - 15 * mm, office["kantor"], REGULAR, 8.5, white, room=page.right - page.left - 30 * mm)
    page.text(page.right, page.height - 9 * mm, office["layanan"], BOLD, 11, white, align="right")
    page.y = page.height - height


def _number(page: Page, words: dict[str, Any], sheet: Receipt) -> None:
    top = page.y - 5 * mm
    height = _QR_SIDE + 4 * mm
    page.canvas.setFillColor(_PALE)
    page.canvas.roundRect(page.left, top - height, page.right - page.left, height, 6, stroke=0, fill=1)
    inner = page.left + 4 * mm
    room = page.right - _QR_SIDE - 6 * mm - inner
    page.text(inner, top - 9 * mm, words["number"], size=9, color=GREY)
    page.text(inner, top - 17 * mm, sheet.number, BOLD, 20, _GREEN, room=room)
    page.y = top - 19 * mm
    page.paragraph(words["service"], size=8.5, x=inner, room=room)
    _qr(page, sheet.number, page.right - _QR_SIDE - 2 * mm, top - 2 * mm - _QR_SIDE)
    page.y = top - height - 7 * mm


def _qr(page: Page, number: str, x: float, y: float) -> None:
    """The number alone as QR, with the quiet zone of four modules that readers need."""
    rows = [list(row) for row in segno.make(number, error="m", micro=False).matrix_iter(border=4)]
    module = _QR_SIDE / len(rows)
    page.canvas.setFillColor(white)
    page.canvas.rect(x, y, _QR_SIDE, _QR_SIDE, stroke=0, fill=1)
    page.canvas.setFillColorRGB(0, 0, 0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                page.canvas.rect(x + across * module, y + _QR_SIDE - (down + 1) * module, module, module, stroke=0, fill=1)


def _facts(page: Page, words: dict[str, Any], sheet: Receipt) -> None:
    rows = [
        (words["submitted"], write_moment(sheet.submitted_at)),
        (words["reporter"], sheet.pelapor.upper()),
        (words["nik"], mask(sheet.nik_pelapor) if sheet.nik_pelapor else None),
        (words["phone"], _masked_phone(sheet.phone) if sheet.phone else None),
        *((words["child"] if len(sheet.anak) == 1 else f"{words['child']} {place}", name) for place, name in enumerate(sheet.anak, 1)),
    ]
    for label, value in rows:
        if value:
            page.text(page.left, page.y, label, size=8.5, color=GREY)
            page.text(page.left + _LABEL_WIDTH, page.y, value, BOLD, 9.5, room=page.right - page.left - _LABEL_WIDTH)
            page.y -= 13.5
    page.y -= 3


def _received(page: Page, words: dict[str, Any], sheet: Receipt) -> None:
    page.rule(0.4)
    page.y -= 13
    page.text(page.left, page.y, words["received"], BOLD, 9.5, _GREEN)
    page.y -= 2
    names = facts.load("sheets")["items"]
    for received in sheet.received:
        page.y -= 12.5
        _tick(page, page.left + 1, page.y)
        page.text(page.left + 12, page.y, names[received.item], size=9)
        if received.note:
            page.text(page.right, page.y, received.note, ITALIC, 7.5, GREY, align="right", room=page.right - page.left - 62 * mm)
    page.y -= 9


def _tick(page: Page, x: float, y: float) -> None:
    page.canvas.setStrokeColor(_GREEN)
    page.canvas.setLineWidth(1.4)
    page.canvas.lines([(x, y + 3, x + 2.4, y + 0.6), (x + 2.4, y + 0.6, x + 7, y + 6.4)])
    page.canvas.setStrokeColorRGB(0, 0, 0)


def _promise(page: Page, words: dict[str, Any], deadline: datetime | None, honest: HonestHour | None) -> None:
    page.rule(0.4)
    page.y -= 13
    page.text(page.left, page.y, words["deadline"], BOLD, 9.5, _GREEN)
    if deadline is not None:
        page.text(page.right, page.y, write_moment(deadline), BOLD, 9.5, align="right")
    page.y -= 1
    page.paragraph(words["deadline_why"] if deadline is not None else words["no_deadline"], size=8, color=GREY)
    if honest is not None:
        why = "earliest_closed_and_busy" if honest.closed and honest.busy else "earliest_closed" if honest.closed else "earliest_busy"
        page.paragraph(words[why].format(waktu=write_moment(honest.ready)), BOLD, size=8.5)
    page.y -= 5
    page.paragraph(words["ask"], size=8.5)
    page.y -= 3
    page.paragraph(words["free"], BOLD, 8.5)


def _foot(page: Page, words: dict[str, Any]) -> None:
    office = facts.load("office")
    reach = f"{office['kantor_alamat']} · Telp. {office['kantor_telepon']} · {office['kantor_web']}"
    page.text(page.width / 2, 10.5 * mm, reach, REGULAR, 7.5, GREY, align="center", room=page.right - page.left)
    page.text(page.width / 2, 6.5 * mm, words["kept"], ITALIC, 7.5, GREY, align="center")


def _masked_phone(phone: str) -> str:
    """`+62 857 **** 123`: enough to know one's own."""
    return f"{phone[:3]} {phone[3:6]} **** {phone[-3:]}" if len(phone) > 9 else "****"
