"""A person gets the copy of what the office holds of them, and nothing of anybody else (UU 27/2022 Ps 7)."""

import inspect
import json

import pytest

from backoffice.cli.parser import make_parser
from runtime.commandline import NotDone
from storage.subject import given_columns, write_json
from tests.backoffice.office import make_bundle, make_picture, send_bundle
from tests.backoffice.test_api import COMPLAINT

NIK = "3316990101900001"
OWN = {
    "kept_blobs", "blob_uses", "case_terms", "issued_numbers", "bot_upload", "bot_meta_file", "bot_update", "siak_outages",
}  # fmt: skip
"""Tables that hold nothing but ids and hashes of what stands in others."""


async def test_the_copy_holds_cases_papers_and_complaints_and_nothing_of_others(api, services, tmp_path):
    await send_bundle(api)
    other = make_bundle("LM-261123-REMJ") | {"contact": {"id": "contact-2", "phone": "+6281230000099", "name": "LAIN SPESIMEN"}}
    await send_bundle(api, other, draft="d2")
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    secret = COMPLAINT | {"number": "ADU-261123-9X9X", "text": "Rahasia sekali.", "anonymous": True, "restricted": True, "case": None}
    await api.put("/api/complaints/c-2", json=secret | {"contact": {"id": "anon-1", "phone": None, "name": None}})
    folder = tmp_path / "salinan"
    arguments = make_parser().parse_args(["subject", str(folder)])
    with pytest.raises(NotDone, match="python -m bot subject"):
        await arguments.run(services, arguments)
    write_json(folder, "contact.json", {"ids": ["contact-1"]})
    said = await arguments.run(services, arguments)
    text = (folder / "office.json").read_text()
    copy = json.loads(text)
    assert [case["number"] for case in copy["cases"]] == ["LM-261123-7K4F"] and NIK in text and "+6281230000001" in text
    assert [row["text"] for row in copy["complaints"]] == [COMPLAINT["text"]]
    assert not [word for word in ("REMJ", "LAIN SPESIMEN", "Rahasia", "ADU-261123-9X9X", "h1.", "s1.") if word in text]
    files = [file.read_bytes() for file in (folder / "files").iterdir()]
    assert make_picture("kk") in files and f"{len(files)} files" in said
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, folder / "files", folder / "office.json"))


async def test_what_officers_noted_for_each_other_is_in_no_copy(api, sign_in, services, tmp_path):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk = await sign_in("supervisor")
    page = f"/pengaduan/{COMPLAINT['number']}"
    await desk.open(page)
    assert (await desk.post(f"{page}/jawab", text="Kami periksa, Ibu.", key="k1")).status_code == 303
    assert (await desk.post(f"{page}/catatan", catatan="Orangnya sering marah.", key="k2")).status_code == 303
    write_json(tmp_path, "contact.json", {"ids": ["contact-1"]})
    arguments = make_parser().parse_args(["subject", str(tmp_path)])
    await arguments.run(services, arguments)
    text = (tmp_path / "office.json").read_text()
    assert "Kami periksa, Ibu." in text and "sering marah" not in text


def test_every_personal_column_is_in_the_copy_or_the_table_says_why_not():
    from backoffice.cli import subject as office
    from bot.ops import subject as bot
    from intake import subject as intake

    for room, module in (("bot", bot), ("intake", intake), ("backoffice", office)):
        source = inspect.getsource(module)
        given = {table for table, columns in given_columns(room).items() if columns} - OWN
        assert {table for table in given if f'"{table}": ' not in source} == set(), room
