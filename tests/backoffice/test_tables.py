"""Tables for spreadsheets are read as numbers in Indonesia."""

from backoffice.web.tables import csv_line


def test_a_csv_line_has_semicolons_and_decimal_commas():
    assert csv_line(["Jepon", 12, 98.5, None]) == "Jepon;12;98,5;\r\n"
