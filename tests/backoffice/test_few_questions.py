"""Pages ask the database a few times, however many cases they show: what costs at size is asking once for each."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from backoffice.cases.queues import PAGE
from backoffice.web.stream import CALM, SPREAD
from standard import roles
from tests.backoffice import busy_office
from tests.backoffice.office import make_actor


@contextmanager
def heard(services):
    """The statements that reach the database meanwhile."""
    statements = []

    def hear(_connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine = services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    yield statements
    event.remove(engine, "before_cursor_execute", hear)


@pytest.fixture
async def busy(services):
    """An office with a hundred cases of one day, at every stage."""
    for role in roles.roles():
        await make_actor(services, role)
    await busy_office.fill(services.settings.backoffice_database_url, services.clock(), cases=100, days=1)
    return services


async def test_queue_stack_and_case_ask_a_handful_of_times_however_much_they_show(busy, sign_in):
    supervisor = await sign_in("supervisor", username="pengawas")
    with heard(busy) as statements:
        await supervisor.open("/antrean?tab=berjalan")
    assert supervisor.page.count('data-testid="queue-row"') == PAGE and "Berikutnya" in supervisor.page
    assert len(statements) == 4, "who asks, one page, all counts, who holds something"

    head = await sign_in("kepala_dinas", username="kadis")
    with heard(busy) as statements:
        await head.open("/persetujuan")
    assert head.page.count('data-testid="approval-card"') >= 3
    assert len(set(statements)) <= 10, "all cards together, their looks too (which SQLite writes one by one)"
    assert busy.database.is_sqlite or len(statements) <= 10

    case = supervisor.page.split('data-number="')[1].split('"')[0]
    with heard(busy) as statements:
        await supervisor.open(f"/permohonan/{case}")
    assert len(statements) <= 15


def test_a_change_reaches_an_open_page_within_seconds():
    assert SPREAD + CALM <= 2.5
