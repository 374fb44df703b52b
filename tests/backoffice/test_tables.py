"""Tables for spreadsheets are read as numbers in Indonesia."""

import io

import openpyxl
import pytest

from backoffice.web.tables import csv_line, make_xlsx


def test_a_csv_line_has_semicolons_and_decimal_commas():
    assert csv_line(["Jepon", 12, 98.5, None]) == "Jepon;12;98,5;\r\n"


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "\n=1+1", "＝1+1", "＠SUM(1)", "-2"])
def test_no_text_is_calculated_by_a_spreadsheet(cell):
    (row,) = openpyxl.load_workbook(io.BytesIO(make_xlsx({"Lembar": [[cell]]}))).active.iter_rows(values_only=True)
    assert str(row[0]).startswith("'")
    assert csv_line([cell]).lstrip('"').startswith("'")


def test_a_control_character_in_a_name_costs_nobody_the_file():
    (row,) = openpyxl.load_workbook(io.BytesIO(make_xlsx({"Lembar": [["SITI\x00\x0bSPESIMEN"]]}))).active.iter_rows(values_only=True)
    assert row[0] == "SITI\ufffd\ufffdSPESIMEN"
