"""What officers decide of documents stands beside the photo check's word: counted by kind, exported in numbers, used to calibrate."""

import json
from datetime import date

from sqlalchemy import select

from backoffice.reports.models import PhotoDecision
from backoffice.reports.period import Cut, Scope
from backoffice.reports.photo_decisions import learnt_from, photo_figures
from documents.__main__ import main
from documents.calibrate import LEAST, LIMITS, MEASURED_AS
from documents.model import Reason
from standard.reasons import PHOTO_REASONS
from tests.backoffice.office import make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

ALL = Scope(date(2026, 1, 1), date(2026, 12, 31), None, Cut.MONTH)
QUALITY = {"sharp": 0.71, "glare": 0.002, "bright": 201.0, "unsigned_saksi_1": True, "cause": "FULAN SPESIMEN"}


async def decided(api, sign_in, wrong):
    bundle = make_bundle()
    for document in bundle["documents"]:
        document["check"] |= {"quality": QUALITY}
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER, wrong)
    await petugas.act(NUMBER, "kembalikan" if wrong else "lengkap")
    return petugas


async def test_a_document_that_the_check_passed_and_an_officer_could_not_read_is_counted_by_kind(services, api, sign_in):
    await decided(api, sign_in, wrong=("kk",))
    async with services.database.read() as session:
        rows = {row.kind: row for row in await photo_figures(session, ALL)}
        kept = list(await session.scalars(select(PhotoDecision)))
    assert rows["kk"].faults == {"buram": 1} and rows["kk"].share == 1.0
    assert rows["ktp"].decided > 1 and rows["ktp"].wrongly == 0 and rows["ktp"].share == 0.0
    assert kept[0].features == {"sharp": 0.71, "glare": 0.002, "bright": 201.0}, "numbers only: no word and no mark is kept"
    supervisor = await sign_in("supervisor")
    shown = (await supervisor.open("/laporan/foto")).text.split('data-kind="kk"')[1].split("</tr>")[0]
    assert "100,0%" in shown and "Buram" in shown
    assert 'data-testid="photos-link"' in (await supervisor.open("/laporan")).text


async def test_a_later_decision_takes_the_place_of_the_earlier_and_nobody_without_the_right_sees_the_page(services, api, sign_in):
    petugas = await decided(api, sign_in, wrong=())
    async with services.database.read() as session:
        assert {row.right for row in await session.scalars(select(PhotoDecision))} == {True}
    assert (await petugas.client.get("/laporan/foto")).status_code == 403


async def test_what_is_exported_holds_measures_and_codes_alone(services, api, sign_in):
    await decided(api, sign_in, wrong=("kk",))
    async with services.database.read() as session:
        rows = [row async for row in learnt_from(session, ALL)]
    assert {row["reason"] for row in rows} == {None, "BLUR"}
    assert {key for row in rows for key in row} == {"kind", "verdict", "features", "right", "reason"}
    assert "SPESIMEN" not in json.dumps(rows) and NUMBER not in json.dumps(rows)


def test_officers_decisions_propose_limits_and_say_how_many_of_their_faults_those_would_have_caught(tmp_path, capsys):
    sharp = MEASURED_AS["sharp"]
    rows = [
        {"kind": "kk", "verdict": "ok", "features": {sharp: 0.5 + number / 100}, "right": True, "reason": None} for number in range(LEAST)
    ]
    rows += [{"kind": "kk", "verdict": "ok", "features": {sharp: value}, "right": False, "reason": "BLUR"} for value in (0.1, 0.2, 0.9)]
    file = tmp_path / "foto.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["calibrate", str(file)]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("sharp")]
    assert line.endswith("2 of 3") and " 0.501 " in line


def test_every_reason_that_an_officer_may_share_is_one_of_the_check_and_every_limit_is_measured():
    assert set(PHOTO_REASONS) <= {reason.value for reason in Reason}
    assert set(MEASURED_AS) == {limit.name for limit in LIMITS}
