"""The queue is narrowed and sorted as chosen: every count is that of its list, pages lose and repeat nothing, the address keeps it all."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select, update

from backoffice.cases import queues
from backoffice.cases.features import FEATURES, features_of
from backoffice.cases.filters import CLOCKS, HOLDERS, MEANT, SORTS, Filter, read_filter
from backoffice.cases.models import Case, CaseTask, CaseTerm
from backoffice.cases.queues import Queues
from contracts.bundle import Bundle
from standard import roles
from standard.clock import today
from tests.backoffice import busy_office
from tests.backoffice.office import MONDAY, make_actor, make_bundle, send_bundle

DAY, BEFORE = today(MONDAY).isoformat(), (today(MONDAY) - timedelta(days=2)).isoformat()
CHOICES = [
    {"kecamatan": "JATI"}, {"ciri": "kembar"}, {"tahap": "verifikasi"}, {"mulai": DAY}, {"sampai": BEFORE}, {"kirim_mulai": DAY},
    {"kirim_sampai": BEFORE}, *[{"waktu": clock} for clock in CLOCKS], *[{"pemegang": holder} for holder in HOLDERS],
    {"kecamatan": "JATI", "ciri": "kembar", "waktu": "lewat", "pemegang": "bebas", "mulai": "2026-11-01", "kirim_mulai": "2026-11-01"},
]  # fmt: skip

ORDER = {
    "masuk": lambda case: case.submitted_at, "kecamatan": lambda case: case.kecamatan, "lama": lambda case: case.stage_since,
    "sisa": lambda case: case.deadline, "pertama": lambda case: case.delivered_at,
}  # fmt: skip
DOWNWARDS = {"terbaru": ORDER["masuk"], "terakhir": ORDER["pertama"]}


@pytest.fixture
async def busy(services, clock):
    """Some days of work; the supervisor, who works at every stage, holds some cases, a colleague some others."""
    people = {role: await make_actor(services, role) for role in roles.roles()}
    await busy_office.fill(services.settings.backoffice_database_url, clock(), cases=70, days=4)
    boss = await make_actor(services, *(role for role in roles.roles() if role != "administrator"), username="semua")
    async with services.database.write() as session:
        for place, case in enumerate(await session.scalars(select(Case).order_by(Case.id))):
            if place % 3 == 0:
                session.add(CaseTerm(case_id=case.id, kind="ciri", term="kembar"))
            if place % 4 == 0 and case.stage != "selesai":
                case.taken_by, case.taken_until = (boss, people["petugas"])[place % 8 == 0].id, clock() + timedelta(minutes=20)
            if place % 2 and case.stage in ("diterima", "lengkap", "draf"):
                case.stage, case.deadline = "dikembalikan", None
            elif case.deadline:
                case.deadline = clock() + timedelta(hours=place % 7 - 2)
                await session.execute(update(CaseTask).where(CaseTask.case_id == case.id).values(due_at=case.deadline))
    return boss


async def whole(found: Queues, tab: str, wanted: Filter) -> list[int]:
    """All ids of a tab, page by page."""
    ids, cursor = [], None
    while True:
        listing = await found.page(tab, cursor, wanted)
        ids += [case.id for case in listing.cases]
        if (cursor := listing.next) is None:
            return ids


async def test_every_count_is_the_length_of_its_list_and_every_list_in_its_order(services, clock, busy, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 7)
    async with services.database.read() as session:
        found, seen = Queues(session, busy, clock()), {}
        for chosen in ({}, *CHOICES):
            counts = await found.counts(Filter(chosen))
            for tab, count in counts.items():
                here = Filter(chosen).of(tab)
                for sort in SORTS[tab] if not here.chosen or len(chosen) > 1 else SORTS[tab][:1]:
                    ids = await whole(found, tab, Filter(chosen, sort))
                    assert len(ids) == len(set(ids)) == count, (tab, chosen, sort)
                    seen.setdefault(tab, set()).add(tuple(ids))
        monkeypatch.setattr(queues, "PAGE", 100)
        for tab, sort in [("berjalan", sort) for sort in SORTS["berjalan"]] + [("selesai", sort) for sort in SORTS["selesai"]]:
            keys = [(ORDER | DOWNWARDS)[sort](case) for case in (await found.page(tab, None, Filter({}, sort))).cases]
            shown = [key for key in keys if key is not None]
            assert shown == sorted(shown, reverse=sort in DOWNWARDS) and len(set(shown)) > 2, sort
    assert min(map(len, seen.values())) > 1, "the choices tell cases apart in every tab"
    assert set().union(*MEANT.values()) == {name for chosen in CHOICES for name in chosen}, "every filter is tried"


async def test_the_page_keeps_what_was_chosen_in_every_address_and_lets_it_go_one_by_one(api, sign_in, services, clock):
    for place in ("CEPU", "JATI"):
        bundle = make_bundle(f"LM-261123-{place}", children=2 if place == "CEPU" else 1)
        bundle["answers"]["kecamatan"] = {"value": place, "source": "chat"}
        await send_bundle(api, bundle, f"draft-{place}")
    petugas = await sign_in("petugas")
    await petugas.open("/antrean?tab=tugas&kecamatan=CEPU&ciri=kembar&mulai=2026-11-23&urut=masuk&tahap=tidak_ada&waktu=apa")
    assert "LM-261123-CEPU" in petugas.page and "LM-261123-JATI" not in petugas.page
    assert 'data-testid="count-tugas">1<' in petugas.page
    addresses = unescape(petugas.page)
    kept = "tab=tugas&kecamatan=CEPU&ciri=kembar&mulai=2026-11-23&urut=masuk"
    assert f"/antrean/isi?{kept}" in addresses, "live rows keep the filter"
    assert "/antrean?tab=selesai&kecamatan=CEPU&ciri=kembar" in addresses, "another tab keeps what means something there"
    chips = re.findall(r'data-testid="chip" href="([^"]+)"', addresses)
    assert len(chips) == 3 and chips[0] == "/antrean?tab=tugas&ciri=kembar&mulai=2026-11-23&urut=masuk"
    assert (await petugas.open("/antrean?tab=tugas&kecamatan=JAPAH")).text.count("tidak ada permohonan yang cocok".capitalize()) == 1
    assert "LM-261123-JATI" in (await petugas.open("/antrean/isi?tab=tugas&kecamatan=JATI")).text
    await petugas.take("LM-261123-JATI")
    assert re.search(r'<option value="[^"]{8,}" >Petugas SPESIMEN</option>', (await petugas.open("/antrean")).text)


def test_what_an_address_chooses_and_there_is_not_is_left_out():
    assert read_filter({"kecamatan": "SOLO", "ciri": "x", "waktu": "", "mulai": "2026-02-30", "sampai": "0001-01-01", "urut": "x"}) == (
        Filter({}, "x")
    )
    assert Filter({}, "x").address("tugas") == {"tab": "tugas"}
    assert read_filter({"mulai": "2026-02-28"}).chosen == {"mulai": "2026-02-28"}


def test_a_cursor_that_is_none_is_the_first_page():
    for text in ("", "x", "5", "2026-11-23~5", "2026-11-23T02:00:00Z~x", "2026-11-23T02:00:00Z~99999999999999999999", "a~b~c"):
        assert queues.read_cursor(text) is None, text
    assert queues.read_cursor("9999-12-31T23:59:59-14:00~5") is None
    assert queues.read_cursor(queues.write_cursor(MONDAY, 5)) == (MONDAY, 5)
    assert queues.read_cursor(queues.write_cursor("CEPU", MONDAY, 5), str, queues.read_moment) == ("CEPU", MONDAY, 5)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"warnings": [{"code": "nama_ibu_berbeda", "items": ["kk"]}]}, {"surat_nikah", "perlu_cek_petugas", "peringatan"}),
        ({"flags": ["anak_seorang_ibu", "peka:lahir_mati"], "warnings": []}, {"surat_nikah", "anak_seorang_ibu", "peka"}),
        ({"flags": ["lewat_60_hari"], "warnings": [], "children": 2}, {"surat_nikah", "lewat_60_hari", "kembar"}),
    ],
)
def test_the_features_of_a_bundle_are_read_off_what_came(more, expected):
    features = set(features_of(Bundle.model_validate(make_bundle(**more))))
    assert features == expected and features <= set(FEATURES)
