"""The one job runner: work that waits in a service's own tables is claimed with a lease, done, noted, and tried again after a pause.

A job is a row of a table that its service fills within the transaction that promises the work. Any number of processes may run the same
jobs over one database. The rule for effects outside the database: a holder that dies between doing and noting has its job done again, so
what is done must bear a name that does not change (an id in the path, a Message-ID), by which the other side knows it again. Work that is
wholly inside the database needs no lease: the lock of its transaction is its claim.
"""

from storage.jobs.backoff import growing, pause
from storage.jobs.queue import Backlog, Leased, Queue
from storage.jobs.runner import Jobs
from storage.jobs.schedule import Scheduled
from storage.jobs.wakeups import WakeUps
from storage.jobs.worker import Worker

__all__ = ["Backlog", "Jobs", "Leased", "Queue", "Scheduled", "WakeUps", "Worker", "growing", "pause"]
