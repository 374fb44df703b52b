"""Names who follows what happens to cases: approvals, reports, alarms, and what applicants are told."""

from backoffice.applicant.announcing import announce
from backoffice.approvals.service import approve
from backoffice.cases.publishing import Subscribers, subscribe
from backoffice.escalation.planning import set_alarms
from backoffice.reports.counting import count


def subscribe_all() -> None:
    """Done once by whatever process acts on cases."""
    subscribe(Subscribers(before=(approve,), after=(count, set_alarms, announce)))
