"""Acts and time for a case, by role: from the events, pauses left out."""

from datetime import UTC, datetime, timedelta

from backoffice.reports.effort import Act, per_role
from tests.backoffice.office import send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents

BEGIN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def at(seconds):
    return BEGIN + timedelta(seconds=seconds)


def test_pauses_are_left_out_deputies_count_with_their_role_and_figures_are_of_one_case():
    acts = [
        Act("petugas", 1, at(10), at(0)),
        Act("petugas", 1, at(5000), at(10)),
        Act("plt:petugas", 2, at(20), at(0)),
        Act("operator", 1, at(9), None),
    ]
    petugas, operator = per_role(acts)
    assert (petugas.role, petugas.cases, petugas.acts, petugas.seconds) == ("petugas", 2, 1.5, (310 + 20) / 2)
    assert (operator.role, operator.cases, operator.acts, operator.seconds) == ("operator", 1, 1, 0)


async def test_the_page_counts_what_an_officer_did(api, sign_in, clock):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER)
    clock.pass_by(seconds=30)
    await petugas.act(NUMBER, "lengkap")
    supervisor = await sign_in("supervisor")
    assert 'data-testid="effort-link"' in (await supervisor.open("/laporan")).text
    row = (await supervisor.open("/laporan/tangan")).text.split('data-role="petugas"')[1].split("</tr>")[0]
    assert "<td>1</td>" in row
    assert (await petugas.client.get("/laporan/tangan")).status_code == 403
