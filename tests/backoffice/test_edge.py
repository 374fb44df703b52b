"""Whatever a header, an address or a form holds, the answer is never a fault of ours."""

import inspect
import re
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import backoffice
from backoffice.web.edge import host_of, whole_number
from standard import roles
from tests.backoffice.office import TOKEN, Desk, make_bundle, send_bundle
from tests.backoffice.test_chain import NUMBER
from tests.postgres import POSTGRES_BIN

ODD = (
    "x", "", "9" * 30, "9223372036854775808", "٣", "²", "2026-02-31", "9999-12-31", "0001-01-01", "a\0b", "\ud800", "~~", "é" * 3000,
)  # fmt: skip
"""Values that some page once or some day takes for a number, a day, a place in a list, or text."""

HEADERS = (
    "Authorization", "Cookie", "X-CSRF-Token", "Origin", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port",
    "X-Scheme", "Forwarded", "Accept", "Accept-Language", "HX-Request", "Referer", "If-Modified-Since", "If-None-Match", "Range",
    "Last-Event-ID", "Content-Type", "Content-Disposition",
)  # fmt: skip
FAULT = 500


def names_read():
    """Every query parameter that the code names."""
    code = "".join(path.read_text() for path in Path(backoffice.__file__).parent.rglob("*.py"))
    literal = set(re.findall(r'request\.args\.get\("(\w+)"', code)) | {"tab", "mulai", "sampai", "kecamatan", "per", "siapa", "tindakan"}
    return sorted(literal | {"ciri", "waktu", "pemegang", "tahap", "urut", "hari"})


def read_by(handler):
    """The query parameters that the handler's module names."""
    return re.findall(r'request\.args\.get\("(\w+)"', inspect.getsource(inspect.getmodule(handler)))


def address_with(value):
    """The query that gives every parameter this value, as a browser or a hand would write it."""
    written = "".join(f"%{byte:02x}" for byte in value.encode("utf-8", "surrogatepass"))
    return lambda *names: "&".join(f"{name}={written}" for name in names)


@pytest.fixture
def database_url(request):
    """PostgreSQL where it is there: it refuses text and numbers that SQLite keeps."""
    return request.getfixturevalue("postgres_url" if POSTGRES_BIN else "sqlite_url")


@pytest.fixture
async def everybody(api, sign_in):
    """Somebody who may open every page."""
    await send_bundle(api)
    return Everybody(await sign_in(*(set(roles.roles()) - {"administrator"}), username="semua"), await sign_in("administrator"))


class Everybody:
    """Two browsers, which together may open every page: one for accounts, one for all else."""

    def __init__(self, desk, administrator):
        self.desk, self.administrator = desk, administrator

    def request(self, method, address, **more):
        desk = self.administrator if address.startswith("/staf") else self.desk
        if method == "POST":
            more = {**more, "content": f"csrf={desk.csrf}&{more['content']}"} if isinstance(more.get("content"), str) else more
        return desk.client.request(method, address, **more)


async def test_no_value_of_any_parameter_of_any_page_is_a_fault(app, everybody):
    names, fill = names_read(), {"number": NUMBER, "username": "semua", "submission": make_bundle()["documents"][0]["submission"]}
    assert {"q", "dari", "tampil", "tahun", "n", "jam", "layar", "kecil"} <= set(names)
    opened = 0
    for route in app.router.routes:
        if "GET" not in route.methods or route.path.startswith(("static", "siaran", "api")):
            continue
        path = "/" + re.sub(r"<(\w+)(:[^>]+)?>", lambda part: fill.get(part[1], "0"), route.path)
        for value in ODD:
            query = address_with(value)
            alone = [query(name) for name in read_by(route.handler)] if value == "9" * 30 else []
            for asked in (query(*names), *alone):
                answer = await everybody.request("GET", f"{path}?{asked[:60_000]}")
                assert answer.status_code < FAULT, (path, asked[:200])
                opened += answer.status_code == 200
    assert opened > 150, "the pages were reached"


async def test_no_part_of_an_address_is_a_fault(app, everybody):
    for route in app.router.routes:
        if "<" not in route.path or route.path.startswith("static"):
            continue
        for value in ODD[:-1]:
            written = "".join(f"%{byte:02x}" for byte in value.encode("utf-8", "surrogatepass"))
            path = "/" + re.sub(r"<(\w+)(:[^>]+)?>", written, route.path)
            for method in route.methods & {"GET", "POST"}:
                headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
                answer = await everybody.request(method, path, content="x=x", headers=headers)
                assert answer.status_code < FAULT, (method, path)


async def test_no_field_of_any_form_is_a_fault(app, everybody):
    fill = {"number": NUMBER, "username": "nobody", "submission": make_bundle()["documents"][0]["submission"], "act": "ubah"}
    names = {
        "version", "key", "pilih", "child", "reason", "text", "password", "username", "name", "role", "email", "untuk", "dari", "sampai",
        "plt", "sesi", "code", "sealed", "old", "new", "again", "other", "document", "to", "kategori", "category",
    }  # fmt: skip
    for route in app.router.routes:
        if "POST" not in route.methods or route.path.startswith(("api", "keluar", "akun/sesi")):
            continue
        for act in ("ubah", "plt", "akhiri-plt", "sesi") if "<act" in route.path else ("",):
            path = "/" + re.sub(r"<(\w+)(:[^>]+)?>", lambda part, act=act: {**fill, "act": act}.get(part[1], "lengkap"), route.path)
            for value in ("x", "²", "9" * 30, "a\0b", "\ud800", "-1", "é" * 3000):
                written = address_with(value)(*names - {"csrf"})
                answer = await everybody.request(
                    "POST",
                    path,
                    content=written,
                    headers={"Content-Type": "application/x-www-form-urlencoded"},
                )
                assert answer.status_code < FAULT, (path, value[:20])


async def test_a_part_of_a_form_in_an_unknown_or_treacherous_charset_is_no_fault(everybody):
    for charset in ("nothing-at-all", "raw_unicode_escape", "utf-7", "utf-8"):
        for data in (b"\\ud800", b"\xff\xfe", b"a\0b"):
            part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\nContent-Type: text/plain; charset=%s\r\n\r\n%s\r\n'
            body = part % (b"csrf", b"utf-8", everybody.desk.csrf.encode()) + part % (b"text", charset.encode(), data) + b"--b--\r\n"
            answer = await everybody.desk.client.post(
                f"/permohonan/{NUMBER}/ambil", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"}
            )
            assert answer.status_code < FAULT, (charset, data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(HEADERS), value=st.binary(max_size=60).filter(lambda data: b"\r" not in data and b"\n" not in data))
async def test_no_bytes_of_any_header_are_a_fault(app, name, value):
    await _ask_with(app, {name.encode(): value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", b"Bearer \xff\xfe"),
        ("Authorization", "Bearer kunci-é".encode()),
        ("Cookie", b"lm_sesi=\xff; lm_masuk=\xff"),
        ("Cookie", b'lm_sesi="\\777"'),
        ("X-CSRF-Token", b"\xff"),
        ("Origin", b"http://[::1"),
        ("Origin", b"\xff"),
        ("Origin", b"null"),
        ("User-Agent", b"\xff\0"),
        ("Content-Type", b"multipart/form-data"),
        ("Content-Type", b"multipart/form-data; boundary=\xff"),
    ],
)
async def test_headers_that_were_a_fault_are_refused(app, name, value):
    await _ask_with(app, {name.encode(): value})


async def _ask_with(app, headers):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as client:
        answers = [
            await client.get("/api/cases/LM-1", headers=headers),
            await client.get("/antrean", headers=headers),
            await client.get("/masuk", headers=headers),
            await client.post("/masuk", content=b"csrf=x&username=x&password=x", headers=headers),
            await client.post("/akun/sesi", content=b"csrf=x", headers=headers),
        ]
    assert [answer.status_code for answer in answers if answer.status_code >= FAULT] == [], headers
    assert answers[0].status_code in (400, 401, 404) and answers[3].status_code in (400, 403)  # 404: through a proxy


async def test_a_sign_in_with_odd_bytes_beside_it_is_a_sign_in(sign_in, app):
    await sign_in("petugas")
    headers = [(b"User-Agent", b"Peramban \xff\xfe"), (b"X-Forwarded-For", b"\xff" * 100)]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test", headers=headers) as client:
        desk = Desk(client)
        assert (await desk.sign_in("petugas")).status_code == 303
        assert (await desk.open("/akun")).status_code == 200


@pytest.mark.parametrize(("origin", "host"), [("http://[::1", None), ("null", None), ("", None), ("https://a.test", "a.test")])
def test_an_origin_names_a_host_or_none(origin, host):
    assert host_of(origin) == host


@pytest.mark.parametrize(
    ("given", "number"), [("7", 7), ("2147483647", 2**31 - 1), ("2147483648", 0), ("9" * 5000, 0), ("²", 0), ("٣", 0), ("-1", 0), (None, 0)]
)
def test_a_number_of_a_form_is_ascii_and_fits_a_column(given, number):
    assert whole_number(given) == number
