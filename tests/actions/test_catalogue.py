"""The catalogue of texts is whole: nothing that can be said has no words, nothing in it breaks WhatsApp's limits or goes unused."""

import re
from typing import Any

import pytest
import yaml

from actions import asking
from actions.catalogue import PREFIX, Catalogue, Option
from actions.routes import TOPICS
from actions.sensitive import moments, question_of
from actions.topics.facts import ANSWERS
from actions.topics.notices import HANDLERS as NOTICES
from actions.topics.other_messages import KINDS as OTHERS
from actions.topics.side_answers import SIDES
from documents import Kind, Reason
from intake.drafts import disagreeing
from intake.questions.table import BY_ID
from language.lists import phrases
from standard.birth_flow import flow_json
from standard.birth_form import birth_fields
from standard.complaint_flow import acts
from standard.complaints import categories
from standard.f201 import form
from standard.kinds import Item
from standard.names import NameProblem
from standard.requirements import FamilyCard, KtpStatus
from tests.actions.conftest import RESPONSES, ROOT

CATALOGUE = Catalogue(RESPONSES)
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
CAPTURE_PAGE = ROOT / "bot" / "capture" / "page" / "page.html"
ACTION_SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").rglob("*.py"))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for folder in ("actions", "intake", "bot") for path in (ROOT / folder).rglob("*.py"))
VALUES = ("jenis_kelamin", "tempat_dilahirkan", "penolong")
LONGEST_ANSWER = 600

OTHER_PAPERS = ("sim", "bpjs", "akta_kelahiran", "akta_lain", "kia", "ikd", "stnk", "passport", "npwp", "pindah", "pengganti_ktp")
"""Papers of `data/documents/kinds.yml` that are none of ours and are called by name."""


def families() -> set[str]:
    """Every key that is put together from a value: of each value there has to be one."""
    keys = {f"q_{name}{form}" for name in BY_ID for form in ("", "_singkat", "_contoh")}
    keys |= {f"berkas_{item}" for item in Item} | {f"pilih_{item}" for item in Item} | {f"jenis_{kind.value}" for kind in Kind}
    keys |= {f"ulang_{reason.value}" for reason in Reason} | {f"masalah_{code}" for code in ("TOO_BIG", "GONE", "WRONG_TYPE", "LOST")}
    keys |= {f"berkas_{Item.KTP_PELAPOR}_{who}" for who in ("ayah", "ibu")}
    keys |= {"ulang_UMUM", "ulang_PDF_LOCKED", "ulang_BELUM_DIISI", "ulang_TTD_PEMBUAT", "ulang_TTD_SAKSI_1", "ulang_TTD_SAKSI_2"} | {
        f"isian_{field.name}" for field in birth_fields()
    }
    keys |= {f"{text}_{parent}" for text in ("isian_lahir", "siapa") for parent in ("ibu", "ayah")} | {"nilai_tempat_lahir"}
    keys |= {f"nilai_{field.name}" for field in birth_fields() if field.name not in (*VALUES, "tanggal_lahir")}
    keys |= {f"nilai_{field.id}_{box.id}" for field in form().fields if field.id in VALUES for box in field.choices}
    keys |= {f"berkas_{outcome}" for outcome in ("replaced", "flagged", "same", "worse", "wrong", "not_asked", "kept")}
    keys |= {f"notis_{kind}" for kind in NOTICES if kind not in ("pengingat", "cerita_usai", "tahap_aduan", "survei", "kia_diterima")} | {
        f"peka_{name}" for name in moments()
    }
    keys |= {f"notis_aduan_{act.to}" for act in acts().values() if act.tells} | {"notis_aduan_digabung"}
    keys |= {question_of(moment) for moment in moments().values()} | {
        "peka_orang_tua_meninggal",
        "peka_keliru",
        "peka_keliru_ayah",
        "peka_keliru_ibu",
    }
    keys |= {f"tanya_peka_{parent}_meninggal" for parent in ("ayah", "ibu")}
    keys |= {
        f"lain_{kind}"
        for kind in ("audio", "video", "sticker", "contacts", "call", "order", "unsupported", "location", "reaction", "revoke")
    }
    keys |= {"sudah_diterima", "masih_ditunggu", "terlambat_sendiri", "belum_terlambat_sendiri"}
    keys |= {problem.value for problem in NameProblem} - {"nama_tanda_baca", "nama_singkatan"}
    keys |= {f"{problem}_catatan" for problem in ("nama_huruf_asing", "nama_tanda_baca", "nama_singkatan")}
    keys |= {f"ringkas_{line}" for line in ("anak", "orang_tua", "pelapor", "saksi", "kk", "berkas", "alamat", "email")}
    keys |= {f"nilai_hubungan_kk_{value}" for value in FamilyCard} | {"nilai_jumlah_anak"}
    keys |= {f"nilai_status_ktp_{value}" for value in KtpStatus if value is not KtpStatus.TIDAK_TAHU}
    keys |= {f"tidak_cocok_{code}" for code in disagreeing.TOLD}
    keys |= {f"kertas_{paper}" for paper in OTHER_PAPERS}
    keys |= {f"salam_balas_{name}" for name in phrases("greetings", "greetings")} | {"q_setuju" + asking.BRIEF}
    questions = yaml.safe_load((ROOT / "data/questions/phrases.yml").read_text(encoding="utf-8"))
    return keys | set(ANSWERS) | {f"jawab_{question}" for question in questions} | form_texts()


def form_texts() -> set[str]:
    """What the form within WhatsApp shows."""
    named: set[str] = set()

    class Noting:
        def text(self, key: str, /, **values: Any) -> str:
            named.add(key)
            return CATALOGUE.text(key, **values)

        def options(self, key: str, /) -> tuple[Option, ...]:
            return CATALOGUE.options(key)

    flow_json(Noting())
    return named


def test_everything_that_can_be_said_has_words() -> None:
    assert {key for key in families() if not CATALOGUE.has(key)} == set()
    named = set(re.findall(r"""(?:say|say_once|text|fresh|options|offer)\(\s*"([a-z_]+)\"""", ACTION_SOURCES))
    assert {key for key in named if not CATALOGUE.has(key)} <= {"menu"}


def test_no_text_goes_unused() -> None:
    optional = re.compile(r"(syarat_|hubungan_|ubah_|tanpa_|pilih_tanya_|pilih_|status_kia_|status_aduan_|sisi_)\w+")
    unused = {key.removeprefix(PREFIX) for key in RESPONSES} - families()
    unused -= {f"aduan_{category}" for category in categories()}
    unused -= {f"laman_foto_{key}" for key in re.findall(r"\{\{ (\w+) \}\}", CAPTURE_PAGE.read_text())}
    assert {
        key for key in unused if f'"{key}"' not in SOURCES and f'"{PREFIX}{key}"' not in SOURCES and not optional.fullmatch(key)
    } == set()


def test_every_side_question_has_an_answer_and_words() -> None:
    for side in SIDES:
        assert CATALOGUE.has(f"sisi_{side}") or side in ("ganti_berkas", "nama_orang_tua", "saat_peka")


@pytest.mark.parametrize("key", sorted(RESPONSES))
def test_choices_fit_into_whatsapp(key: str) -> None:
    buttons = RESPONSES[key][0].get("buttons") or []
    longest = 20 if len(buttons) <= 3 else 24
    assert len(buttons) <= 10
    assert all(0 < len(button["title"]) <= longest for button in buttons), buttons
    assert all(len(button.get("description", "")) <= 72 for button in buttons)
    assert len({button["title"] for button in buttons}) == len(buttons) == len({button["payload"] for button in buttons})


def test_answers_to_questions_are_short() -> None:
    for question in (*ANSWERS, *(key for key in families() if key.startswith("jawab_"))):
        text = CATALOGUE.text(question, syarat="")
        assert len(text) <= LONGEST_ANSWER, (question, len(text))


def test_no_text_calls_a_marriage_unlawful_or_promises_a_result() -> None:
    texts = " ".join(row["text"].lower() for rows in RESPONSES.values() for row in rows)
    for word in ("nikah siri", "anak luar nikah", "tidak sah", "pasti jadi", "kamu", "dijamin"):
        assert word not in texts, word


def test_complaint_choices_are_categories_of_the_desk() -> None:
    assert {option.id for option in CATALOGUE.options("sisi_aduan_jenis")} <= set(categories())


def test_menus_lead_to_topics() -> None:
    for rows in RESPONSES.values():
        for button in rows[0].get("buttons") or []:
            if button["payload"].startswith("tanya_"):
                assert button["payload"] in TOPICS
    assert {option.id for option in CATALOGUE.options("menu")} <= set(TOPICS)


def test_every_intent_of_the_domain_leads_to_the_one_action_and_to_a_handler() -> None:
    (rule,) = yaml.safe_load((ROOT / "data/rules/routing.yml").read_text(encoding="utf-8"))["rules"]
    assert [*(step["intent"] for step in rule["steps"][0]["or"])] == [*DOMAIN["intents"], "nlu_fallback"]
    assert [rule["steps"][1]["action"]] == DOMAIN["actions"]
    assert set(DOMAIN["intents"]) - set(TOPICS) == {"kirim_berkas", "kirim_lain", "pemberitahuan"}


def test_the_facts_in_the_texts_are_those_of_the_office() -> None:
    from standard import facts

    assert "24 jam" in CATALOGUE.text("tanya_waktu") and facts.load("deadlines")["service"]["hours"] == 24
    assert "30 hari" in CATALOGUE.text("tanya_pengiriman") and facts.load("deadlines")["kia"]["days"] == 30
    assert "60 hari" in CATALOGUE.text("tanya_terlambat") and facts.load("requirements")["settings"]["late_days"] == 60
    assert "30 hari" in CATALOGUE.text("tanya_keamanan_data") and facts.load("requirements")["settings"]["draft_days"] == 30


def test_other_messages_have_handlers_or_words() -> None:
    assert set(OTHERS) == {"location", "reaction", "edit", "form"}
