"""What belongs to one office: its name and region, its places, its hours and clocks, its papers."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from pack.plain import TITLE
from pack.schema.base import ClockTime, Day, Distinct, Label, Number, Phrases, Row, Text, Whole, among, between, matching, wrong
from standard.facts import SHORT_ZONES

Prefix = Annotated[str, matching(r"[A-Z]{2,4}", "beginning of a number", "Allowed: two to four capital letters.")]
Host = Annotated[str, matching(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", "host", "Allowed: a host without https:// and path, blorakab.go.id.")]
RegionCode = Annotated[str, matching(r"\d{2}\.\d{2}", "code of a kabupaten or kota", 'Allowed: province and kabupaten in quotes, "33.16".')]


TAKEN = frozenset({"NIK", "KTP", "KIA", "KK", "RT", "RW", "HP"})


class OfficeFile(Row):
    """`office.yml`."""

    jenis_wilayah: Annotated[str, among(("Kabupaten", "Kota"))]
    wilayah: Label
    provinsi: Label
    provinsi_singkat: Label
    kode_wilayah: RegionCode
    zona_waktu: Annotated[str, among(SHORT_ZONES)]
    awalan_permohonan: Prefix
    awalan_pengaduan: Prefix
    kantor: Label
    kantor_singkat: Label
    layanan: Label
    templat_pemberitahuan: Annotated[str, matching(r"[a-z0-9_]{1,512}", "name of a template", "Allowed: small letters, figures, _.")]
    templat_pengaduan: Annotated[str, matching(r"[a-z0-9_]{1,512}", "name of a template", "Allowed: small letters, figures, _.")]
    kantor_alamat: Text
    kantor_telepon: Annotated[str, matching(r"[+(]?[\d() -]{5,30}", "telephone number", "Allowed: figures, blanks, brackets and -.")]
    kantor_hp: Annotated[str, matching(r"[+(]?[\d() -]{5,30}", "telephone number", "Allowed: figures, blanks, brackets and -.")]
    kantor_web: Host
    kantor_desa: Label
    aduan_email: Annotated[str, matching(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "e-mail address", "Allowed: name@host.")]
    aduan_twitter: Label
    aduan_facebook: Label
    aduan_lapor: Host

    @model_validator(mode="after")
    def _prefixes_differ(self) -> "OfficeFile":
        first, second = self.awalan_permohonan, self.awalan_pengaduan
        if first.startswith(second) or second.startswith(first):
            same = min(first, second, key=len)
            raise wrong(f"Applications and complaints both begin with {same}.", "Give each its own letters.", "awalan_permohonan")
        for name, prefix in (("awalan_permohonan", first), ("awalan_pengaduan", second)):
            if prefix in TAKEN:
                raise wrong(f"{prefix} means another number to people.", "Give it letters of its own.", name)
        return self

    @model_validator(mode="after")
    def _names_fit(self) -> "OfficeFile":
        if self.templat_pemberitahuan == self.templat_pengaduan:
            said = "News of applications and of complaints has the same template."
            raise wrong(said, "Give each its own, as Meta approved them.", "templat_pengaduan")
        if self.wilayah.isupper():
            raise wrong(f"wilayah: {self.wilayah} is written in capitals.", f"Write {self.wilayah.title()}.", "wilayah")
        if self.wilayah.split()[0] in ("Kabupaten", "Kota"):
            said = f"{self.wilayah.split()[0]} stands in jenis_wilayah already."
            raise wrong(said, "Write the name alone.", "wilayah")
        if self.provinsi.isupper():
            raise wrong(f"provinsi: {self.provinsi} is written in capitals.", f"Write {self.provinsi.title()}.", "provinsi")
        if self.provinsi.split()[0] in ("Provinsi", "Propinsi"):
            raise wrong(f"{self.provinsi.split()[0]} is no part of the name.", "Write the name alone.", "provinsi")
        for name in ("wilayah", "provinsi", "provinsi_singkat", "kantor", "kantor_singkat", "layanan", "kantor_alamat", "kantor_desa"):
            if TITLE.search(getattr(self, name)):
                raise wrong(
                    f"{name}: the texts put this name in bold themselves; a mark in it undoes that.", "Write it without * ~ `.", name
                )
        return self


class Service(Row):
    hours: Annotated[Whole, between(1, 24 * 30)]
    count: Annotated[str, among(("clock", "office"))]
    warn_hours_before: Annotated[Whole, between(0, 24 * 30)]

    @model_validator(mode="after")
    def _warned_within(self) -> "Service":
        if self.warn_hours_before >= self.hours:
            raise wrong(f"warn_hours_before is {self.warn_hours_before}, and the whole time {self.hours}.", "Allowed: less than hours.")
        return self


class Delivery(Row):
    days: Annotated[Whole, between(1, 365)]
    warn_days_before: Annotated[Whole, between(0, 365)]

    @model_validator(mode="after")
    def _warned_within(self) -> "Delivery":
        if self.warn_days_before >= self.days:
            raise wrong(f"warn_days_before is {self.warn_days_before}, and the whole time {self.days}.", "Allowed: less than days.")
        return self


class Correction(Row):
    days: Annotated[Whole, between(1, 366)]


class Escalation(Row):
    stage_near: Annotated[Number, between(0.05, 10)]
    stage_late: Annotated[Number, between(0.05, 10)]
    digest_minutes: Annotated[Whole, between(1, 7 * 24 * 60)]

    @model_validator(mode="after")
    def _near_before_late(self) -> "Escalation":
        if self.stage_near > self.stage_late:
            raise wrong(f"stage_near is {self.stage_near}, and stage_late {self.stage_late}.", "Allowed: near before late.")
        return self


def _opens_and_closes(value: list[str]) -> list[str]:
    if len(value) != 2:
        raise wrong(f"There are {len(value)} times.", 'Allowed: two, when it opens and closes, ["07:30", "16:00"].')
    if value[0] >= value[1]:
        raise wrong(f"It opens at {value[0]} and closes at {value[1]}.", "Allowed: first the opening, then the closing of the same day.")
    return value


Weekday = Annotated[Whole, between(0, 6)]


class OfficeHours(Row):
    hours: dict[Weekday, Annotated[list[ClockTime], AfterValidator(_opens_and_closes)]]
    breaks: dict[Weekday, Annotated[list[ClockTime], AfterValidator(_opens_and_closes)]] = Field(default_factory=dict)
    also_closed: Annotated[list[Day], Distinct]
    also_open: Annotated[list[Day], Distinct]

    @model_validator(mode="after")
    def _open_at_all(self) -> "OfficeHours":
        if not self.hours:
            raise wrong("The office is never open.", "Allowed: at least one day, 0 (Monday) to 6 (Sunday).")
        if both := set(self.also_closed) & set(self.also_open):
            raise wrong(f"{min(both)} is both also_closed and also_open.", "Leave one of them.")
        for day, (pauses, goes_on) in self.breaks.items():
            opens, closes = self.hours.get(day, ["", ""])
            if not opens < pauses < goes_on < closes:
                raise wrong(
                    f"The break of day {day} lasts from {pauses} to {goes_on}.",
                    "Allowed: a time within the hours of that day.",
                    at="breaks",
                )
        return self


class ComplaintDays(Row):
    first_reply: Annotated[Whole, between(1, 90)]
    information: Annotated[Whole, between(1, 180)]
    no_field_check: Annotated[Whole, between(1, 180)]
    field_check: Annotated[Whole, between(1, 180)]
    reopen: Annotated[Whole, between(0, 180)]
    officer_minutes: Annotated[Whole, between(1, 8 * 60)]

    @model_validator(mode="after")
    def _reply_before_answer(self) -> "ComplaintDays":
        if not self.information <= self.no_field_check <= self.field_check:
            raise wrong(
                f"information is {self.information}, no_field_check {self.no_field_check}, field_check {self.field_check}.",
                "Allowed: each as long as the one before, or longer.",
                at="no_field_check" if self.information > self.no_field_check else "field_check",
            )
        shortest = self.information
        if self.first_reply > shortest:
            raise wrong(
                f"first_reply is {self.first_reply} days, and an answer is due after {shortest}.", "Allowed: the reply before the answer."
            )
        return self


class DeadlinesFile(Row):
    """`deadlines.yml`."""

    service: Service
    kia: Delivery
    correction: Correction
    escalation: Escalation
    office: OfficeHours
    complaints: ComplaintDays


class PapersFile(Row):
    """`papers.yml`."""

    qr_hosts: Annotated[list[Host], Distinct]
    tte_verification: Annotated[str, matching(r"https://[a-z0-9.-]+(?:/[\w./-]*)?", "address", "Allowed: https:// with host and path.")]

    @model_validator(mode="after")
    def _some(self) -> "PapersFile":
        if not self.qr_hosts:
            raise wrong("There is no host, so every QR code would be asked about.", "Name at least one.")
        for host in self.qr_hosts:
            if re.fullmatch(r"[a-z]+\.id", host) and len(host.split(".")[0]) <= 4:
                raise wrong(f"Below {host} lie the addresses of strangers, too.", "Allowed: an office's own host, blorakab.go.id.")
        return self


DistrictCode = Annotated[
    str, matching(r"\d{2}\.\d{2}\.\d{2}", "code of a kecamatan", 'Allowed: province, kabupaten, kecamatan in quotes, "33.16.09".')
]
PlaceName = Annotated[str, matching(r"[A-Z][A-Z .'-]*", "name as the register writes it", "Allowed: capital letters.")]
District = Annotated[
    PlaceName, matching(r"(?!KEC\b|KECAMATAN\b|DISTRIK\b).*", "name as the register writes it", "Allowed: the name alone, without KEC.")
]


def _place_names(value: str) -> str:
    names = [name.strip() for name in value.split(",") if name.strip()]
    for name in names:
        if name != name.upper():
            raise wrong(f"'{name}' is not written as the register does.", "Allowed: capital letters.")
        if names.count(name) > 1:
            raise wrong(f"'{name}' stands in the list twice.", "Leave one of them.")
    return value


class PlacesFile(Row):
    """`places.yml`."""

    kecamatan: dict[DistrictCode, District]
    kabupaten: Annotated[Phrases, AfterValidator(_place_names)]
    towns: dict[PlaceName, Phrases]

    @model_validator(mode="before")
    @classmethod
    def _codes_are_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("kecamatan"), dict):
            for code in data["kecamatan"]:
                if not isinstance(code, str):
                    raise wrong(f"Without quotes YAML reads the code {code} as a number.", 'Write "33.16.09".')
        return data

    @model_validator(mode="after")
    def _each_once(self) -> "PlacesFile":
        names = list(self.kecamatan.values())
        if not names:
            raise wrong("There is no kecamatan.")
        for name in names:
            if names.count(name) > 1:
                raise wrong(f"The kecamatan {name} has two codes.", "Leave one of them.")
        return self
