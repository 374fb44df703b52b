"""A complaint that ended a year ago is a number, a category and times."""

from sqlalchemy import select

from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.retention import forget_old_complaints
from tests.backoffice.office import put_picture
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_complaints import NUMBER, answer


async def test_a_year_after_its_end_a_complaint_has_no_words_no_pictures_and_no_name(api, sign_in, services, clock):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    blob = await put_picture(api, "kk")
    said = {"text": "SPESIMEN rahasia", "attachments": [{"blob": blob, "mime": "image/jpeg"}], "at": clock().isoformat()}
    assert (await api.put(f"/api/complaints/{NUMBER}/messages/m-1", json=said)).status_code == 200
    desk = await sign_in("petugas_pengaduan")
    await answer(desk, closes="ya")
    clock.pass_by(days=364)
    assert await forget_old_complaints(services) == 0
    clock.pass_by(days=2)
    assert await forget_old_complaints(services) == 1 and await forget_old_complaints(services) == 0
    async with services.database.read() as session:
        complaint = await session.scalar(select(Complaint))
        messages = list(await session.scalars(select(ComplaintMessage)))
    assert (complaint.text, complaint.contact, complaint.number) == ("", {"id": "contact-1"}, NUMBER)
    assert all((message.text, message.attachments) == ("", []) for message in messages) and messages
    assert not await services.blobs.exists(blob)
    desk = await sign_in("kepala_dinas")
    assert (await desk.open(f"/pengaduan/{NUMBER}")).status_code == 200
