"""Reads short answers in the light of the open question. Pure: text in, value or None out, never an exception."""

from intake.reading.addresses import Address, read_address, read_village
from intake.reading.answers import Answer, Choice, read_both, read_choice, read_yes_no
from intake.reading.asking import is_question, names_another_child, weighs
from intake.reading.case_numbers import read_complaint_number, read_registration_number
from intake.reading.contact import read_email, read_phone
from intake.reading.dates import read_date, read_rough_date, read_weton
from intake.reading.documents import Vague, read_item, read_items
from intake.reading.names import Name, read_name
from intake.reading.numbers import read_count, read_length_cm, read_ordinal, read_position, read_weight_gram
from intake.reading.people import Helper, Relation, Sex, read_helper, read_relation, read_sex
from intake.reading.places import PlaceKind, names_regency, near_regency, open_place, read_birthplace, read_place_kind, unknown_place
from intake.reading.times import read_time

__all__ = [
    "Address",
    "Answer",
    "Choice",
    "Helper",
    "Name",
    "PlaceKind",
    "Relation",
    "Sex",
    "Vague",
    "is_question",
    "names_another_child",
    "names_regency",
    "near_regency",
    "open_place",
    "read_address",
    "read_birthplace",
    "read_both",
    "read_choice",
    "read_complaint_number",
    "read_count",
    "read_date",
    "read_email",
    "read_helper",
    "read_item",
    "read_items",
    "read_length_cm",
    "read_name",
    "read_ordinal",
    "read_phone",
    "read_place_kind",
    "read_position",
    "read_registration_number",
    "read_relation",
    "read_rough_date",
    "read_sex",
    "read_time",
    "read_village",
    "read_weight_gram",
    "read_weton",
    "read_yes_no",
    "unknown_place",
    "weighs",
]  # fmt: skip
