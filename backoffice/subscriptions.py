"""Names who follows what happens to cases: approvals, reports, alarms, the register of breaches, and what applicants are told."""

from functools import partial

from backoffice.applicant.announcing import announce
from backoffice.approvals.service import approve
from backoffice.cases.publishing import Subscribers, subscribe
from backoffice.delivery.recalling import note_breach
from backoffice.escalation.planning import set_alarms
from backoffice.reports.counting import count
from backoffice.reports.photo_decisions import note_decisions


def subscribe_all(mails: bool) -> None:
    """Done once by whatever process acts on cases. `mails`: whether the office sends e-mail (SMTP_URL)."""
    subscribe(Subscribers(before=(approve,), after=(count, note_decisions, set_alarms, partial(announce, mails=mails), note_breach)))
