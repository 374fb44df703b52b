"""Gives the templates the words of every area: what a case's codes, its form and the lines of the audit mean."""

from backoffice.cases import wording as of_cases
from backoffice.cases.form_sheet import sheet, write_siak_of
from backoffice.cases.parcels import address_of
from backoffice.inspection import wording as of_acts
from backoffice.web.pages import environment


def add_words() -> None:
    """Done once, before the first page is made."""
    made = environment()
    made.filters.update(
        form_sheet=sheet,
        siak_value=lambda value, key: write_siak_of(key, value),
        kia_address=address_of,
        flag_text=of_cases.flag_text,
        warning_text=of_cases.warning_text,
        condition_text=of_cases.condition_text,
        event_text=of_cases.event_text,
        reason_text=of_cases.reason_text,
        role_text=of_cases.role_text,
        deputy_text=of_cases.deputy_text,
        act_text=of_acts.act_text,
        detail_text=of_acts.detail_text,
    )
    made.tests.update(contains_item=of_cases.contains_item, match_flag=of_cases.match_flag)
