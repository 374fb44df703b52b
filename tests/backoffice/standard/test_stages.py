"""The stage table: every row is sound, and a case gets through it from the first stage to the last."""

import pytest

from standard import roles, stages
from standard.reasons import ReasonList, reasons
from standard.stages import AlreadyDone, NotReady, WrongRole, WrongStage, take

WHOLE_WAY = [
    ("lengkap", "petugas", {"semua_benar"}, "lengkap"),
    ("siak_diinput", "operator", set(), "draf"),
    ("ajukan_verifikasi", "operator", {"draf_lengkap"}, "verifikasi"),
    ("paraf_kk", "kasi_identitas", set(), "verifikasi"),
    ("paraf_akta", "kasi_kelahiran", set(), "persetujuan_kabid"),
    ("setuju_akta", "kabid_yancapil", set(), "persetujuan_kabid"),
    ("setuju_kk", "kabid_yandafduk", set(), "persetujuan_kadis"),
    ("setuju_kadis", "kepala_dinas", set(), "penerbitan"),
    ("kirim_dokumen", "operator", {"final_lengkap", "final_sesuai"}, "kia_cetak"),
    ("kia_dicetak", "operator_kia", {"nik_lengkap"}, "kia_kirim"),
    ("kia_dikirim", "operator_kia", {"alamat_kia"}, "kia_antar"),
    ("kia_diterima", "operator_kia", {"ktp_selesai", "pdf_di_tangan"}, "selesai"),
]


def test_a_case_gets_from_the_first_stage_to_the_last():
    stage, facts = stages.first_stage(), frozenset()
    for transition, role, computed, expected in WHOLE_WAY:
        assert role in stages.waiting_for(stage, facts), f"{role} is not waited for at {stage}"
        step = take(transition, stage, facts | computed, [role])
        stage, facts = step.stage, step.facts - frozenset(computed)
        assert stage == expected
    assert stages.waiting_for(stage, facts) == frozenset()


def test_a_case_with_a_new_ktp_ends_when_both_cards_have_been_handed_over():
    step = take("kia_diterima", "kia_antar", frozenset({"kia_dikirim", "ktp_dicetak", "pdf_di_tangan"}), ["operator_kia"])
    assert step.stage == "kia_antar" and stages.waiting_for(step.stage, step.facts) == {"operator_kia"}
    assert take("ktp_diserahkan", step.stage, step.facts, ["operator_kia"]).stage == "selesai"


@pytest.mark.parametrize("transition", stages.transitions().values(), ids=lambda t: t.id)
def test_each_transition_names_what_exists_and_has_its_sentences(transition):
    assert transition.label and transition.past
    assert transition.roles <= set(roles.roles())
    assert transition.at and transition.at <= set(stages.stages())
    assert transition.to is None or transition.to in stages.stages()
    assert transition.reason is None or reasons(ReasonList(transition.reason))
    assert transition.notice in {
        None, "berkas_diterima", "berkas_dikembalikan", "dokumen_terbit", "kia_dikirim", "kia_diterima", "permohonan_ditolak",
        "pesan_petugas",
    }  # fmt: skip


@pytest.mark.parametrize("stage", stages.stages().values(), ids=lambda s: s.id)
def test_each_stage_has_a_label_and_a_sentence_for_the_applicant_and_a_way_on(stage):
    assert stage.label and stage.status.endswith(".")
    assert stage.next is None or stage.next in stages.stages()
    if stage.id not in {"selesai", "ditolak"}:
        assert any(stage.id in transition.at for transition in stages.transitions().values())


INTERNAL = set(ReasonList) - {ReasonList.BERKAS, ReasonList.TUTUP}
"""Reasons that stay in the office: what is told of them is one sentence for all."""


@pytest.mark.parametrize("reason", [(of, r) for of in ReasonList for r in reasons(of).values()], ids=lambda p: f"{p[0]}-{p[1].code}")
def test_each_reason_that_reaches_an_applicant_has_a_sentence(reason):
    of, row = reason
    assert row.label
    assert of in INTERNAL or (row.sentence and row.sentence.endswith("."))


def test_another_role_is_refused_before_anything_else_is_told():
    with pytest.raises(WrongRole) as refused:
        take("setuju_kadis", "diterima", frozenset(), ["petugas"])
    assert refused.value.status == 403


def test_the_right_role_at_another_stage_is_in_conflict():
    with pytest.raises(WrongStage) as refused:
        take("setuju_kadis", "verifikasi", frozenset(), ["kepala_dinas"])
    assert refused.value.status == 409


def test_what_was_done_is_not_done_again():
    with pytest.raises(AlreadyDone):
        take("paraf_kk", "verifikasi", frozenset({"paraf_kk"}), ["kasi_identitas"])


def test_what_is_missing_is_named():
    with pytest.raises(NotReady) as refused:
        take("lengkap", "diterima", frozenset(), ["petugas"])
    assert refused.value.missing == {"semua_benar"}


def test_a_corrected_kk_needs_only_the_approvals_of_the_kk_again():
    approved = frozenset({"siak_diinput", "draf_lengkap", "paraf_kk", "paraf_akta", "setuju_kk", "setuju_akta"})
    step = take("unggah_draf_kk", "persetujuan_kadis", approved, ["operator"])
    assert step.stage == "draf" and {"paraf_akta", "setuju_akta"} <= step.facts and not {"paraf_kk", "setuju_kk"} & step.facts
    step = take("ajukan_verifikasi", step.stage, step.facts, ["operator"])
    assert stages.waiting_for(step.stage, step.facts) == {"kasi_identitas"}
    step = take("paraf_kk", step.stage, step.facts, ["kasi_identitas"])
    assert stages.waiting_for(step.stage, step.facts) == {"kabid_yandafduk"}


def test_only_the_system_may_say_that_the_applicant_mended_the_bundle():
    with pytest.raises(WrongRole):
        take("berkas_dilengkapi", "dikembalikan", frozenset({"perbaikan_lengkap"}), roles.roles())
    assert take("berkas_dilengkapi", "dikembalikan", frozenset({"perbaikan_lengkap"}), [stages.SYSTEM]).stage == "diterima"
