"""Commands about single cases: into other hands, out of all hands, sent again."""

import argparse

from sqlalchemy import select

from backoffice.cases import holding, ledger
from backoffice.cases.retry import retry_failed
from backoffice.cases.service import CaseService, Request
from backoffice.cli.run import ADMINISTRATOR
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff.models import Staff
from backoffice.staff.service import StaffService
from standard import stages
from standard.facts import load
from standard.registration import is_number


def read_number(given: str) -> str:
    """An application's number. Raises ArgumentTypeError."""
    if not is_number(number := given.strip().upper()):
        raise argparse.ArgumentTypeError(f"the number of an application, such as {load('office')['awalan_permohonan']}-261123-7K4F")
    return number


async def reassign(services: Services, arguments: argparse.Namespace) -> str:
    """Puts a case into the hands of somebody whose work it waits for."""
    now = services.clock()
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(arguments.number)
        to = await session.scalar(select(Staff).where(Staff.username == arguments.username, Staff.active))
        if to is None:
            raise Invalid(field="username")
        actor = await StaffService(session, services.settings, now).actor(to)
        if not (actor.roles & stages.waiting_for(case.stage, frozenset(case.facts))):
            raise Invalid(field="role")
        before = holding.holder(case, now)
        holding.hand_over(case, ADMINISTRATOR, to.id, now, services.settings.take_idle_minutes)
        ledger.record(session, case, "dialihkan", ADMINISTRATOR, now, {"from_staff": before, "to_staff": to.id, "to_name": to.name})
    return f"{arguments.number}: in the hands of {to.name}"


async def release(services: Services, arguments: argparse.Namespace) -> str:
    """Takes a case out of all hands."""
    now = services.clock()
    async with services.database.write() as session:
        case = await CaseService(session, now, services.settings.take_idle_minutes).repository.lock(arguments.number)
        held_by = holding.holder(case, now)
        if held_by is not None:
            holding.release(case)
            ledger.record(session, case, "dilepas", ADMINISTRATOR, now, {"from_staff": held_by})
    return f"{arguments.number}: in nobody's hands"


async def resend(services: Services, arguments: argparse.Namespace) -> str:
    """Tries failed notices of the case once more; where none failed, sends akta and KK again."""
    now = services.clock()
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(arguments.number)
        failed = await retry_failed(session, case, ADMINISTRATOR, now)
        if not failed:
            await service.act(case, ADMINISTRATOR, Request("kirim_ulang"))
    return f"{arguments.number}: {f'{failed} failed notices wait again' if failed else 'akta and KK are sent again'}"
