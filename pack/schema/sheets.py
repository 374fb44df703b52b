"""The wording of the sheets that applicants get (`sheets.yml`)."""

from typing import Annotated

from pydantic import AfterValidator, create_model

from pack.schema.base import Label, Row, Text, wrong
from standard.kinds import Item


def _lines(count: int) -> AfterValidator:
    def check(value: list[str]) -> list[str]:
        if len(value) != count:
            raise wrong(f"There are {len(value)} texts here.", f"Allowed: {count}.")
        return value

    return AfterValidator(check)


Two = Annotated[list[Label], _lines(2)]


class BirthStatement(Row):
    law: Label
    title: Two
    maker: Label
    child: Label
    mother: Label
    helper: Label
    oath: Text


class CoupleStatement(Row):
    law: Label
    title: Two
    maker: Label
    husband: Label
    wife: Label
    card: Label
    oath: Text


class Labels(Row):
    nama: Label
    nik: Label
    lahir: Label
    jenis_kelamin: Label
    pekerjaan: Label
    alamat: Label
    hubungan: Label
    witness: Two
    signer: Label


class Sexes(Row):
    L: Label
    P: Label


class Guide(Row):
    title: Label
    steps: Annotated[list[Annotated[list[Text], _lines(2)]], _lines(4)]
    good: Label
    good_why: Label
    bad: Annotated[list[Label], _lines(3)]
    free: Label


class ReceiptWords(Row):
    title: Label
    service: Label
    number: Label
    submitted: Label
    reporter: Label
    nik: Label
    phone: Label
    child: Label
    received: Label
    deadline: Label
    deadline_why: Text
    earliest_closed: Text
    earliest_busy: Text
    earliest_closed_and_busy: Text
    no_deadline: Text
    ask: Text
    free: Text
    kept: Text


ItemNames = create_model("ItemNames", __base__=Row, **{item.value: (Label, ...) for item in Item})  # type: ignore[call-overload]


class SheetsFile(Row):
    """`sheets.yml`."""

    sptjm_kelahiran: BirthStatement
    sptjm_pasutri: CoupleStatement
    labels: Labels
    sex: Sexes
    hand: Text
    guide: Guide
    receipt: ReceiptWords
    items: ItemNames
