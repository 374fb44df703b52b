"""The action server's figures say what waits for the office, what it refused, how old the last back-up is, and what photos came to."""

import re
from datetime import timedelta

from sqlalchemy import update

from actions.app import figures
from documents import Pool
from documents.sandbox.pool import NoAnswerError
from intake.drafts.tables import DispatchRow
from intake.handover.dispatches import BLOB_LOST, Dispatch, add_dispatch
from storage.points import note_backup
from tests.actions.conftest import Office


async def of(office: Office) -> dict[str, float]:
    told = (await figures(office.intake)).decode()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in told.splitlines() if not line.startswith("#")}


async def test_hand_overs_that_wait_and_that_were_refused(office: Office) -> None:
    intake = office.intake
    now = intake.clock()
    async with intake.database.write() as session:
        for place in range(4):
            path = f"/api/bundles/{place}"
            await add_dispatch(session, Dispatch(f"k{place}", f"s{place}", path, {}), now - timedelta(minutes=10 + place))
        await session.execute(update(DispatchRow).where(DispatchRow.key == "k2").values(refused="409 other_bundle"))
        await session.execute(update(DispatchRow).where(DispatchRow.key == "k3").values(refused=BLOB_LOST))
    told = await of(office)
    assert (told['intake_dispatches{state="waiting"}'], told['intake_dispatches{state="refused"}'], told["intake_lost_pages"]) == (2, 1, 1)
    assert told["intake_oldest_dispatch_seconds"] == 11 * 60
    assert told['intake_jobs_due{jobs="hand_over"}'] == 2


async def test_the_last_backup(office: Office) -> None:
    assert (await of(office))["intake_last_backup_timestamp_seconds"] == 0
    at = office.intake.clock() - timedelta(hours=3)
    await note_backup(office.intake.database, at)
    assert (await of(office))["intake_last_backup_timestamp_seconds"] == at.timestamp()


async def test_photos_by_verdict_and_workers_that_were_lost(office: Office) -> None:
    before = await of(office)
    pool = Pool(1, unconfined=True)

    async def answers(*_: object) -> object:
        raise NoAnswerError("died", None)

    pool._open, pool._on = True, answers  # type: ignore[method-assign, assignment]
    pool._shares.take = lambda share: _soon()  # type: ignore[method-assign, assignment, return-value]
    check = await pool.check(b"x")
    told = await of(office)
    verdict = f'documents_checks_total{{round="first",verdict="{check.verdict}"}}'
    assert told[verdict] == before.get(verdict, 0) + 1
    lost = 'documents_workers_lost_total{cause="died"}'
    assert told[lost] == before.get(lost, 0) + 1
    assert re.search("documents_check_seconds_bucket", " ".join(told))


async def _soon() -> None:
    return None
