"""The identity of a family lies sealed in the database, is found by its NIK all the same, and outlives a change of the key."""

import argparse
import base64

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text

from backoffice.cases import finding, values
from backoffice.cases.hashed import hash_plain
from backoffice.cases.models import Case, CaseKey, CaseTerm
from backoffice.cases.repository import CaseRepository
from backoffice.cases.search import understand
from backoffice.cli import upkeep
from backoffice.services import Services
from backoffice.staff import totp
from backoffice.staff.models import Staff
from backoffice.staff.proof import seal_of
from storage.keyring import SealBroken
from storage.sealed import reseal
from tests.backoffice.office import KEY, make_bundle, make_document, make_picture, send_bundle

NIK, MOTHER, KK, PHONE = "3316990101900001", "3316994107900002", "3316990101200003", "81230000001"
WORDS = (NIK, MOTHER, KK, PHONE, "Jalan Contoh", "ibu@contoh.test")
NEW = base64.b64encode(b"n" * 32).decode()


def bundle() -> dict[str, object]:
    made = make_bundle(email="ibu@contoh.test")
    made["answers"]["ibu_nik"] = {"value": MOTHER, "source": "chat"}
    paper = make_document("kk", make_picture("kk"))
    paper["check"]["fields"] = {"no_kk": KK, "anggota": [{"nama": "SITI SPESIMEN", "nik": MOTHER}]}
    made["documents"] = [paper if document["item"] == "kk" else document for document in made["documents"]]
    return made


async def stored(services: Services) -> str:
    """All rows of all tables, as the database holds them."""
    from backoffice.metadata import METADATA

    async with services.database.read() as session:
        rows = [(await session.execute(text(f"SELECT * FROM {table.name}"))).all() for table in METADATA.sorted_tables]
    return str(rows)


async def found(services: Services, typed: str) -> list[int]:
    query = understand(typed)
    assert query is not None
    async with services.database.read() as session:
        return list(await session.scalars(await finding.keys_found(session, query, None)))


async def test_the_database_shows_no_number_and_no_address_and_each_is_found(api, services):
    assert (await send_bundle(api, bundle())).status_code == 201
    held = await stored(services)
    assert not [word for word in WORDS if word in held]
    for typed in (NIK, MOTHER, f"+62{PHONE}", f"0{PHONE}", "bud spes"):
        assert await found(services, typed) == [1], typed
    assert await found(services, "3316990101900009") == [] and await found(services, "0812300000") == []


async def test_what_an_older_program_wrote_is_found_and_soon_hashed_and_sealed(api, services):
    await send_bundle(api, bundle())
    async with services.database.write() as session:
        case = await session.scalar(select(Case))
        await session.execute(text("DELETE FROM case_terms WHERE kind IN ('nik', 'telepon')"))
        session.add_all([CaseTerm(case_id=case.id, kind=kind, term=term) for kind, term in (("nik", NIK), ("telepon", PHONE))])
        await session.execute(text("UPDATE cases SET child_name = 'ANAK A SPESIMEN'"))
    assert await found(services, NIK) == [1] and await found(services, f"0{PHONE}") == [1]
    assert await hash_plain(services) == 2 and await hash_plain(services) == 0
    assert await found(services, NIK) == [1] and await found(services, f"0{PHONE}") == [1]
    from backoffice.metadata import METADATA

    assert await reseal(services.database, METADATA) == (1, 0)
    held = await stored(services)
    assert "ANAK A SPESIMEN" not in held and not [word for word in WORDS if word in held]


async def test_a_key_is_changed_by_a_command_while_the_office_works(api, services, sign_in):
    await send_bundle(api, bundle())
    await sign_in("petugas")
    secret, picture = totp.new_secret(), make_picture("kk")
    blob = await services.blobs.put(picture)
    async with services.database.write() as session:
        case = await CaseRepository(session).get("LM-261123-7K4F")
        digest = await values.CaseValues(session).digest(case, "ibu_nama", "SITI")
        staff = await session.scalar(select(Staff))
        staff.totp_secret, staff_id = seal_of(services.settings).close(secret, staff.id), staff.id

    def with_keys(setting: str) -> Services:
        return Services.open(services.settings.model_copy(update={"blob_key": SecretStr(setting)}))

    both = with_keys(f"{NEW} {KEY}")
    assert await found(both, MOTHER) == [1]
    said = await upkeep.reseal(both, argparse.Namespace())
    assert "none is left" in said and "1 cases" in said and "1 second factors" in said
    await both.database.close()

    new = with_keys(NEW)
    for typed in (NIK, MOTHER, f"0{PHONE}", "bud spes"):
        assert await found(new, typed) == [1], typed
    assert await new.blobs.get(blob) == picture and seal_of(new.settings).open((await _staff(new)).totp_secret, staff_id) == secret
    new.blobs.require_key()
    async with new.database.read() as session:
        case = await CaseRepository(session).get("LM-261123-7K4F")
        assert case.bundle["answers"]["ibu_nik"]["value"] == MOTHER
        assert await values.CaseValues(session).digest(case, "ibu_nama", "SITI") == digest
        assert (await session.get(CaseKey, case.id)) is not None
    await new.database.close()

    former = with_keys(KEY)
    with pytest.raises(SealBroken, match="BLOB_KEY"):
        async with former.database.read() as session:
            await session.scalar(select(Case))
    assert not await former.blobs.exists(blob)
    await former.database.close()


async def _staff(services: Services) -> Staff:
    async with services.database.read() as session:
        return await session.scalar(select(Staff))
