"""Puts together what works beside the requests: notices and e-mails on their way, housekeeping, and open pages that are woken."""

from datetime import timedelta
from functools import partial

import httpx

from backoffice import backfilling
from backoffice.applicant.attaching import may_hang_on
from backoffice.audit.models import AuditEvent
from backoffice.cases.hashed import hash_plain
from backoffice.cases.models import CaseEvent
from backoffice.cases.retention import purge_ended
from backoffice.complaints.models import ComplaintMessage
from backoffice.complaints.retention import forget_old_complaints
from backoffice.complaints.tending import tend
from backoffice.complaints.unsealing import forget_senders
from backoffice.escalation.telling import tell_superiors
from backoffice.inspection.anchoring import anchor
from backoffice.live import PAGES
from backoffice.notices.sender import NoticeSender
from backoffice.reports.keeping import keep_all
from backoffice.services import Services
from backoffice.survey.inviting import invite
from backoffice.sweeping import sweep
from backoffice.tables import Schedule
from backoffice.web.stream import PageWatch
from storage.jobs import Jobs, Worker

NEWEST = (CaseEvent.id, AuditEvent.id, ComplaintMessage.at)
"""What grows whenever something changes that an open page shows."""

NOTICES_AT_ONCE = 4
MAILS_AT_ONCE = 2
WATCH_SECONDS = 2.0
"""So often a page hears of what another process changed and told nobody of, as on SQLite."""


def make_jobs(services: Services, http: httpx.AsyncClient) -> Jobs:
    """The jobs of one back office; any number of them may run over one database."""
    jobs = Jobs("backoffice", services.database, Schedule, services.clock)
    sender, watch = NoticeSender(services, http, may_hang_on), PageWatch(services, NEWEST)
    jobs.add("notices", sender.to_bot, sender.hand_over, NOTICES_AT_ONCE)
    jobs.add("mails", sender.to_mail, sender.mail, MAILS_AT_ONCE)
    jobs.add_worker(Worker("watch", watch.changed, watch.wake, idle=WATCH_SECONDS))
    jobs.every(timedelta(seconds=20), "escalation", partial(tell_superiors, services))
    jobs.every(timedelta(minutes=1), "complaints", partial(tend, services))
    jobs.every(timedelta(minutes=30), "months", lambda: keep_all(services.database, services.clock()))
    jobs.every(timedelta(hours=1), "anchoring", partial(anchor, services))
    jobs.every(timedelta(seconds=5), "backfills", partial(backfilling.fill, services))
    jobs.every(timedelta(hours=1), "hash_plain", partial(hash_plain, services))
    jobs.every(timedelta(hours=6), "purge", partial(purge_ended, services))
    jobs.every(timedelta(hours=6), "complaints", partial(forget_old_complaints, services))
    jobs.every(timedelta(minutes=5), "survey", partial(invite, services, http))
    jobs.every(timedelta(hours=1), "senders", partial(forget_senders, services, http))
    jobs.every(timedelta(hours=6), "sweep", partial(sweep, services))
    jobs.every(timedelta(days=1), "strays", services.kept.erase_strays)
    jobs.subscribe(PAGES, services.live.wake)
    services.live.wake_all_by(partial(jobs.notify, PAGES, "notices", "mails"))
    return jobs
