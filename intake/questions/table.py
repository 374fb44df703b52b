"""The table of everything that a bundle needs to be told, in the order in which it is asked: what is open is a function of the draft."""

from collections.abc import Iterator
from typing import Any

from intake.drafts.disagreeing import untold
from intake.drafts.domicile import registered_elsewhere
from intake.drafts.learning import parent_name
from intake.drafts.model import Draft, DraftState
from intake.questions import answers, birth_answers, child_names, parents, statuses
from intake.questions.delivery import read_delivery, store_delivery, surely_delivery
from intake.questions.explaining import read_explanation, store_explanation
from intake.questions.letter_differs import asked_about, read_side, store_side
from intake.questions.letter_name import is_offered, read_offered_name, store_offered_name
from intake.questions.moving import read_moved, store_moved
from intake.questions.papers import read_has, read_papers, store_papers
from intake.questions.parent_births import births_needed, read_needed_births, store_births
from intake.questions.question import Open, Phase, Question
from standard.birth_form import birth_fields
from standard.kinds import Item
from standard.requirements import Reporter, form_of

TOGETHER = 2
"""From as many missing facts of a child on, they are asked in one message."""


def papers(draft: Draft) -> tuple[Item, ...]:
    """What is missing of the papers that the family has."""
    return tuple(item for item in draft.missing() if form_of(item) is None)


def forms(draft: Draft) -> tuple[Item, ...]:
    """What is missing of the office's own forms, which are signed last: by then all that can be filled in is known."""
    return tuple(item for item in draft.missing() if form_of(item) is not None)


def missing_facts(draft: Draft, child: int) -> list[str]:
    """The fields of a child that nobody gave yet; `jenis_kelahiran` follows from the number of children."""
    known = draft.children[child].fields
    return [field.name for field in birth_fields() if field.name not in known]


def parents_unknown(draft: Draft) -> Iterator[str]:
    """Of whom of the parents no document and no answer gave the name."""
    for parent in ("ayah", "ibu"):
        recorded = parent == "ibu" or not draft.known.mother_alone
        if recorded and getattr(draft, f"nama_{parent}") is None and parent_name(draft, parent) is None:
            yield parent


def _always(draft: Draft) -> bool:
    return draft.state is DraftState.OPEN


def _conditions(name: str, when: Any = lambda draft: True) -> Any:
    return lambda draft, _: getattr(draft.known, name) is None and when(draft)


def _asks_couple(draft: Draft) -> bool:
    return draft.known.ada_surat_nikah is False


QUESTIONS: tuple[Question[Any], ...] = (
    Question("setuju", Phase.CONSENT, lambda draft, _: not draft.agreed, answers.read_agreement, answers.store_agreement),
    Question("kk_luar", Phase.CONDITIONS, lambda draft, _: registered_elsewhere(draft), read_moved, store_moved),
    Question(
        "pelapor",
        Phase.CONDITIONS,
        _conditions("pelapor"),
        answers.read_reporter,
        answers.store_reporter,
        of_person=True,
        firm=answers.surely_reporter,
    ),
    Question(
        "hubungan_pelapor",
        Phase.CONDITIONS,
        lambda draft, _: draft.conditions.pelapor is Reporter.LAIN and draft.hubungan_pelapor is None,
        answers.read_relation_words,
        answers.store("hubungan_pelapor"),
        of_person=True,
        free=True,
    ),
    Question("jumlah_anak", Phase.CONDITIONS, _conditions("jumlah_anak"), answers.read_children, answers.store_children),
    Question(
        "surat_ada",
        Phase.CONDITIONS,
        lambda draft, _: draft.known.ada_surat_kelahiran is None and draft.known.ada_surat_nikah is None and not draft.papers_asked_apart,
        read_papers,
        store_papers,
    ),
    Question(
        "ada_surat_kelahiran",
        Phase.CONDITIONS,
        _conditions("ada_surat_kelahiran"),
        read_has(Item.SURAT_KELAHIRAN),
        answers.store_condition("ada_surat_kelahiran"),
    ),
    Question(
        "ada_surat_nikah",
        Phase.CONDITIONS,
        _conditions("ada_surat_nikah"),
        read_has(Item.SURAT_NIKAH),
        answers.store_condition("ada_surat_nikah"),
    ),
    Question(
        "hubungan_kk",
        Phase.CONDITIONS,
        _conditions("hubungan_kk", _asks_couple),
        statuses.read_family_card,
        answers.store_condition("hubungan_kk"),
    ),
    Question(
        "status_ktp_ayah",
        Phase.CONDITIONS,
        _conditions("status_ktp_ayah", lambda draft: draft.conditions.pelapor is not Reporter.AYAH and not draft.known.mother_alone),
        statuses.read_ktp_status,
        answers.store_condition("status_ktp_ayah"),
    ),
    Question(
        "status_ktp_ibu",
        Phase.CONDITIONS,
        _conditions("status_ktp_ibu", lambda draft: draft.conditions.pelapor is not Reporter.IBU),
        statuses.read_ktp_status,
        answers.store_condition("status_ktp_ibu"),
    ),
    Question("berkas", Phase.PAPERS, lambda draft, _: bool(papers(draft)), answers.read_nothing, answers.store_nothing),
    Question("tidak_cocok", Phase.PAPERS, lambda draft, _: bool(untold(draft)), read_explanation, store_explanation, free=True),
    Question(
        "nama_anak_surat",
        Phase.NAMES,
        is_offered,
        read_offered_name,
        store_offered_name,
        of_person=True,
        per_child=True,
        free=True,
        firm=child_names.surely_name,
    ),
    Question(
        "nama_anak",
        Phase.NAMES,
        lambda draft, child: draft.children[child].nama is None,
        child_names.read_children_names,
        child_names.store_children_names,
        of_person=True,
        per_child=True,
        free=True,
        firm=child_names.surely_name,
    ),
    Question(
        "nama_anak_benar",
        Phase.NAMES,
        lambda draft, child: not draft.children[child].confirmed,
        child_names.read_name_right,
        child_names.store_name_right,
        of_person=True,
        per_child=True,
        firm=lambda value, said: isinstance(value, tuple),
    ),
    Question(
        "beda_surat",
        Phase.FACTS,
        lambda draft, child: bool(asked_about(draft, child)),
        read_side,
        store_side,
        per_child=True,
    ),
    Question(
        "data_kelahiran",
        Phase.FACTS,
        lambda draft, child: len(missing_facts(draft, child)) >= TOGETHER,
        birth_answers.read_birth_facts,
        birth_answers.store_birth_facts,
        per_child=True,
        firm=lambda facts, said: len(facts) >= TOGETHER,
    ),
    *(
        Question(
            field.name,
            Phase.FACTS,
            lambda draft, child, name=field.name: name in missing_facts(draft, child),  # type: ignore[misc]
            birth_answers.read_one_fact(field),
            birth_answers.store_birth_facts,
            per_child=True,
        )
        for field in birth_fields()
    ),
    Question(
        "nama_ibu",
        Phase.FACTS,
        lambda draft, _: "ibu" in parents_unknown(draft),
        parents.read_parent("nama_ibu"),
        parents.store_parent,
        free=True,
        firm=child_names.surely_name,
    ),
    Question(
        "nama_ayah",
        Phase.FACTS,
        lambda draft, _: "ayah" in parents_unknown(draft),
        parents.read_parent("nama_ayah"),
        parents.store_parent,
        free=True,
        firm=child_names.surely_name,
    ),
    Question("lahir_orang_tua", Phase.FACTS, lambda draft, _: bool(births_needed(draft)), read_needed_births, store_births),
    Question(
        "alamat_kia",
        Phase.DELIVERY,
        lambda draft, _: draft.alamat_kia is None,
        read_delivery,
        store_delivery,
        free=True,
        firm=surely_delivery,
    ),
    Question("formulir", Phase.FORMS, lambda draft, _: bool(forms(draft)), answers.read_nothing, answers.store_nothing),
    Question("konfirmasi", Phase.SUMMARY, lambda draft, _: True, answers.read_confirmation, answers.store_nothing),
)

BY_ID = {question.id: question for question in QUESTIONS}


def open_question(draft: Draft) -> Open | None:
    """The question that is open: the first that applies, per child where it is about one. Of a case: what the office asked for again."""
    if not _always(draft):
        return Open(BY_ID["berkas"]) if draft.returned else None
    for question in QUESTIONS:
        if not question.per_child:
            if question.open(draft, 0):
                return Open(question)
            continue
        for child in range(len(draft.children)):
            if _reached(draft, question, child) and question.open(draft, child):
                return Open(question, child)
    return None


def _reached(draft: Draft, question: Question[Any], child: int) -> bool:
    """One child after another: a child's turn comes when the one before it is complete."""
    before = range(child)
    if question.phase is Phase.NAMES:
        return all(draft.children[earlier].confirmed for earlier in before)
    return not any(row.open(draft, earlier) for earlier in before for row in QUESTIONS if row.per_child)
