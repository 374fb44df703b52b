"""From every state that a case can come to each wrong value, file and approval is put right by staff alone, and the chain stays whole."""

import random
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from backoffice.actor import THE_SYSTEM
from backoffice.cases import ledger
from backoffice.cases.corrections import put_right, read_correction
from backoffice.cases.models import Case
from backoffice.cases.service import CaseService, Request
from backoffice.cases.state import replay
from backoffice.cases.values import CaseValues
from backoffice.delivery.service import UPLOADS, Looked, Place, put_in_place
from standard import stages
from tests.backoffice import ways
from tests.backoffice.office import make_actor, make_bundle, make_document, make_picture, send_bundle
from tests.backoffice.test_every_transition import FORMS

STATES = ways.reachable()
WALKS, STEPS = 10, 14
VALUE = {"field": "anak.0.nama", "value": "ANAK Z SPESIMEN"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: what SQL may do differently is tried in the other modules."""
    return sqlite_url


def test_the_walk_comes_to_every_stage_and_by_every_transition():
    assert {spot.stage for spot in STATES} == set(stages.stages())
    taken = {move.row.id for spot in STATES for move, _ in ways.moves(spot)}
    alone = {row.id for row in stages.transitions().values() if row.gives | row.clears <= ways.UNIMPORTANT and row.gives | row.clears}
    assert set(stages.transitions()) - taken <= alone | {"berkas_dilengkapi"}


@pytest.mark.parametrize("wrong", ways.WRONGS, ids=[wrong.name for wrong in ways.WRONGS])
def test_there_is_a_way_by_staff_from_every_state(wrong):
    assert any(wrong.where(spot) for spot in STATES)
    assert not ways.stuck(STATES, wrong)


class Office:
    """One case that goes where the model goes, by the real service, each act by somebody who has done no other."""

    def __init__(self, api, services, number):
        self.api, self.services, self.number = api, services, number
        self.spot = ways.Spot(stages.first_stage())

    async def go(self, move):
        row, now = move.row, self.services.clock()
        sent_again = row.id == "berkas_dilengkapi"
        after = ways.taken(replace(self.spot, documents="baru") if sent_again else self.spot, move)
        assert after is not None, f"{row.id} at {self.spot.stage}"
        if sent_again:
            document = make_document("kk", make_picture("kk"))
            assert (await self.api.put(f"/api/cases/{self.number}/documents/{document['submission']}", json=document)).is_success
            self.spot = after
            return await self.agrees()
        by_staff = await make_actor(self.services, min(row.roles), username=str(uuid.uuid4())[:20]) if row.roles else None
        actor = by_staff or THE_SYSTEM
        async with self.services.database.write() as session:
            service = CaseService(session, now, 30)
            case = await service.repository.lock(self.number)
            if by_staff:
                case.taken_by, case.taken_until = actor.id, now.replace(year=2027)
            form = {"seen": "ya", "nik_0": "3316990111260001", **FORMS.get(row.id, {})}
            document = (await service.repository.documents(case))[0] if row.about == "document" else None
            wanted = Request(row.id, case.version, str(uuid.uuid4()), form, document)
            if row.about == "product":
                kind, phase = UPLOADS[row.id]
                looked = Looked(1, ["number_missing"] if move.marked else [])
                await put_in_place(session, service, case, actor, wanted, Place(kind, 0, phase), "0" * 64, looked, now)
            else:
                if row.about == "data":
                    await put_right(session, case, read_correction(VALUE, case.bundle))
                await service.act(case, actor, wanted)
        self.spot = after
        await self.agrees()

    async def agrees(self):
        """The case stands where the model does, its chain is whole, and its row follows from its events."""
        async with self.services.database.read() as session:
            service = CaseService(session, self.services.clock(), 30)
            case = await session.scalar(select(Case).where(Case.number == self.number))
            assert (case.stage, frozenset(case.facts) - ways.UNIMPORTANT) == (self.spot.stage, self.spot.facts)
            held = {f"{row.phase} {row.kind}" for row in await service.repository.products(case)}
            assert held == self.spot.papers
            events = await service.repository.events(case)
            assert ledger.first_broken(case, events) is None
            assert replay(events, await CaseValues(session).private(case)) == ledger.state_of(case)


@pytest.mark.parametrize("seed", range(WALKS))
async def test_a_case_of_the_real_office_goes_astray_and_comes_back(api, services, seed):
    """Towards a far state by its shortest way, some steps at random, then everything that can be wrong there is put right."""
    chance, number = random.Random(seed), "LM-261123-7K4F"
    await send_bundle(api, make_bundle(number, documents=[make_document("kk", make_picture("kk"))]))
    office = Office(api, services, number)
    for move in _road(chance.choice([spot for spot in STATES if spot.stage in _stages_of(seed) and not spot.ktp])):
        await office.go(move)
    for _ in range(chance.randrange(STEPS)):
        may = [move for move, _ in ways.moves(office.spot, staff_only=True) if move.row.id != "tolak"]
        if not may:
            break
        await office.go(chance.choice(may))
    for wrong in chance.sample(ways.WRONGS, 4):
        if wrong.where(office.spot):
            found = ways.way(office.spot, wrong)
            assert found is not None, wrong.name
            for move in found:
                await office.go(move)


def _stages_of(seed):
    """The walks share the stages out, so that each is begun from."""
    every = [stage for stage in stages.stages() if stage != "dikembalikan"]
    return {every[at] for at in range(len(every)) if at % WALKS == seed % len(every)}


def _road(spot):
    """The moves from the beginning to there."""
    moves = []
    while (step := STATES[spot]) is not None:
        spot, move = step
        moves.append(move)
    return moves[::-1]
