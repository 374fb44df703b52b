"""Reads the answers to the bundle's questions and stores them in the draft: the columns `read` and `store` of the question table."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from intake.drafts.birth_letters import letter_facts, set_aside
from intake.drafts.learning import note_facts
from intake.drafts.model import Child, Draft
from intake.questions.birth_facts import bare_answers, read_asked, read_facts, says_unknown, unknown_fields
from intake.questions.name_edits import edited_name
from intake.questions.papers import papers_told
from intake.questions.parent_births import births_wanted, read_births, store_births
from intake.questions.question import NOTHING, Nothing, Problem, Reading, Said
from intake.questions.reporter import FEW, read_reporter_said
from intake.reading import (
    Answer,
    Relation,
    is_question,
    near_regency,
    open_place,
    read_birthplace,
    read_choice,
    read_count,
    read_name,
    read_relation,
    read_yes_no,
    unknown_place,
    weighs,
)
from intake.reading.family_card import read_family_card_said
from intake.reading.frame import Frame, Sense, Who, read_frame
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from intake.reading.names import without_patronym
from intake.reading.several_names import read_names
from language.lists import phrases
from language.phrases import plain, words
from standard.birth_form import UNKNOWN, BirthField, birth_fields
from standard.crosscheck import same_name
from standard.names import Severity, judge_name
from standard.requirements import FamilyCard, KtpStatus, Reporter

ChildName: TypeAlias = tuple[str, tuple[str, ...]]
"""A name as the register writes it, and the keys of what an officer will look at."""

MOST_CHILDREN = 5
_CHILDS = frozenset(field.name for field in birth_fields())
_NAMING = r"(?:nama|jeneng|asma|asmo|nami)\w*\b|(?:dijeneng|dinama|diparingi\s+asm)\w*"
_ANNOUNCED, _ANNOUNCED_FIRST = re.compile(_NAMING), re.compile(rf"(?:(?:nggih|inggih|ya|pak|bu)[\s,]+)*+(?:{_NAMING})")
_NO_NAME = re.compile(
    r"(?:(?:di|neng|nang|ning|ing|teng|wonten)\s+)?(?:bu\s+|pak\s+)?"
    r"(?:bidan|dokter|dukun|perawat|puskesmas|polindes|klinik|rsu?d?|rumah\s+sakit|jam|pukul|lahir|lair|anak\s+(?:ke|kaping|no))\b"
)
"""How a fact of the birth begins, and no name does."""
_PATRONYM = re.compile(
    r"(?i)(?:harus\w{0,12}|yang\s+benar|sing\s+bener|mestin\w{0,12}|kudu\w{0,12}|ingkang\s+leres|bukan\s+\S+\s+tapi|jadi|ganti)(?:\s*:)?\s+(.+)"
)


NOTHING_WRONG = re.compile(
    r"\b(?:tidak|tdk|gak|ga|ngga|nggak|ndak|ora|ra|mboten|boten|bukan)(?:\s+(?:ada|ono|ana|wonten|enten|enek))?"
    r"(?:\s+(?:yang|yg|sing|ingkang))?\s+(?:salah|keliru|kliru|kleru|klentu|lepat)\b"
)
"""A double negation that says yes."""


def _picked(said: Said) -> str | None:
    """The id of the choice that was tapped or meant."""
    return said.choice or read_choice(said.text, said.choices)


def _yes_or_no(picked: str | None) -> Reading[bool]:
    return picked == "ya" if picked in ("ya", "tidak") else NOTHING


def read_nothing(said: Said, draft: Draft, child: int) -> Nothing:
    """For questions that only photos answer."""
    return NOTHING


def store_nothing(draft: Draft, child: int, value: Any) -> None:
    """For questions whose answer changes more than the draft: the conversation acts on it."""


def store(name: str) -> Callable[[Draft, int, Any], None]:
    """Stores the answer under that name in the draft."""
    return lambda draft, child, value: setattr(draft, name, value)


def store_condition(name: str) -> Callable[[Draft, int, Any], None]:
    """Stores the answer as one of the conditions."""
    return lambda draft, child, value: setattr(draft.conditions, name, value)


def read_agreement(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes or no; "not yet" is neither. Of a KK from elsewhere nothing is asked here."""
    picked = _picked(said)
    return Problem("kk_luar") if picked == "luar" else _yes_or_no(picked)


def store_agreement(draft: Draft, child: int, value: bool) -> None:
    """Only a yes is kept; what a no leads to is the conversation's."""
    draft.agreed = value


def read_reporter(said: Said, draft: Draft, child: int) -> Reading[tuple[Reporter, str | None]]:
    """`(pelapor, hubungan)`: father, mother, or another with what they are to the child where they said it."""
    relation = None if said.choice else read_reporter_said(said.text)
    if relation is not None:
        is_parent = relation in (Relation.AYAH, Relation.IBU)
        return (Reporter(str(relation)), None) if is_parent else (Reporter.LAIN, str(relation))
    few = len(words(said.text)) <= FEW
    picked = said.choice or (read_choice(said.text, said.choices) if few and read_relation(said.text) is None else None)
    return (Reporter(picked), None) if picked else NOTHING


def surely_reporter(value: Any, said: Said) -> bool:
    """Whether the writer says who they are and asks nothing: it is an answer, whatever else the sentence sounds like."""
    return read_reporter_said(said.text) is not None and not is_question(said.text) and not weighs(said.text)


def store_reporter(draft: Draft, child: int, value: tuple[Reporter, str | None]) -> None:
    """Both halves of the answer."""
    draft.conditions.pelapor, draft.hubungan_pelapor = value


def read_relation_words(said: Said, draft: Draft, child: int) -> Reading[str]:
    """What the reporter is to the child, in a known word or their own few."""
    relation = read_relation(said.text)
    if relation is not None:
        return relation.value
    words = re.sub(r"\s+", " ", said.text).strip(" .,!")
    return words if re.search(r"[^\W\d_]{3}", words) and len(words.split()) <= 6 and "?" not in words else NOTHING


def read_children(said: Said, draft: Draft, child: int) -> Reading[int]:
    """How many children were born."""
    if said.choice is not None:
        return int(said.choice)
    frame = read_frame(said.text, said.today)
    if frame.marks & {"supposed"} or " ? " in frame.line or any(item.field == "kelahiran_ke" for item in frame.items):
        return NOTHING
    if re.search(r"(?<! ibu)(?<! ibuk)(?<! tua)(?<! mama) (?:tunggal|ontang anting) ", frame.line):
        return 1
    if _THIS_ONE.search(frame.line):
        return 1
    if re.search(r" (?:meninggal|mati|seda|sedo|tilar|umur|usia|sekalian|kakak\w*|adik\w*|beda ibu|bedo ibu) ", frame.line):
        return NOTHING
    if _JUST_ONE.search(frame.line):
        return 1
    registered = re.search(r" (?:didaftar\w*|daftar|dilapor\w*|lapor|diurus|ngurus)(?: \w+){0,1} (\d) ", frame.line)
    count = int(registered[1]) if registered else read_count(said.text)
    if count is None:
        picked = read_choice(said.text, said.choices)
        count = int(picked) if picked else None
    return count if count is not None and 1 <= count <= MOST_CHILDREN else NOTHING


_THIS_ONE = re.compile(
    r" (?:yang|yg|sing|ingkang) (?:ini|iki|niki|punika)(?: cuma| mung| namung| hanya| lahir)? (?:biasa|tunggal|1|ora kembar|tidak kembar) "
)
_JUST_ONE = re.compile(
    r"^ (?:cuma|cm|mung|namung|hanya|muk) 1 (?:anak |orang |bayi |lare )?(?:pak|bu|mas|mbak|mawon|saja|wae|thok|tok|,|\.|$)"
)
"""How it is said that there was one child, whatever the family thought or had before."""


def sexes_aside(said: Said, draft: Draft) -> dict[int, str]:
    """The sex of each child where it is told along with how many there are: of the only one, or of all alike."""
    frame = read_frame(said.text, said.today)
    stated = [item for item in frame.items if item.field == "jenis_kelamin" and item.sense is Sense.SAID and item.who is Who.CHILD]
    if len({item.value for item in stated}) != 1 or is_question(said.text):
        return {}
    places = range(len(draft.children)) if "all" in frame.marks or len(draft.children) == 1 else ()
    return {at: stated[0].value for at in places if "jenis_kelamin" not in draft.children[at].fields}


def twins_aside(said: Said, draft: Draft) -> int | None:
    """How many children a message tells of by `kembar`, though something else was asked; not of a brother or sister."""
    frame = read_frame(said.text, said.today)
    line, sexes = frame.line, [item.value for item in frame.items if item.field == "jenis_kelamin"]
    if (
        not (_TWINS.search(line) if len(set(sexes)) > 1 or "all" in frame.marks else _BORN_TWINS.search(line))
        or found_words(line, "denial")
        or found_words(line, "sibling", "persons")
        or is_question(said.text)
    ):
        return None
    count = read_children(said, draft, 0)
    return count if isinstance(count, int) and count > 1 else None


_TWINS = re.compile(r" (?:kembar|kmbar|dampit)\w* ")
_BORN_TWINS = re.compile(
    r" (?:anak|bayi|lahir|lair|lare|putra|putri|yugo)\w*(?: saya| kulo| kula| kami| ku)?(?: itu| niki)? (?:kembar|kmbar|dampit)\w* "
)


def store_children(draft: Draft, child: int, value: int) -> None:
    """Makes a place for each child, and says of each what follows: single birth or twins."""
    draft.conditions.jumlah_anak = value
    draft.children = (draft.children + [Child() for _ in range(value)])[:value]


def read_family_card(said: Said, draft: Draft, child: int) -> Reading[FamilyCard]:
    """How the KK shows the parents."""
    if said.choice is None and (stated := read_family_card_said(said.text)) is not None:
        return FamilyCard(stated)
    exact = said.choice or (read_choice(said.text, said.choices) if len(words(said.text)) <= FEW else None)
    return NOTHING if exact is None else FamilyCard(exact)


def read_ktp_status(said: Said, draft: Draft, child: int) -> Reading[KtpStatus]:
    """What a parent's KTP says; a yes is KAWIN, a no says only that it is not. `Ada buku nikah` speaks of another paper."""
    if said.choice is None:
        return _status_said(said, draft)
    return KtpStatus(said.choice)


@cache
def _status(name: str) -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('statuses', 'says')[name])}(?= )")


def _status_said(said: Said, draft: Draft) -> Reading[KtpStatus]:
    """The status of the parent who is asked about: of the part that names this one's KTP, where both are told."""
    line = spelled_line(said.text)
    if papers_told(said.text) and " ktp " not in line:
        return NOTHING
    asked = "ayah" if draft.known.status_ktp_ayah is None and draft.conditions.pelapor is not Reporter.AYAH else "ibu"
    spoken = _spoken_for(line, draft, asked)
    parts = [part for part in re.split(r" [,.] ", spoken) if _WHOSE[asked].search(f" {part} ")]
    others = [part for part in re.split(r" [,.] ", spoken) if _WHOSE["ibu" if asked == "ayah" else "ayah"].search(f" {part} ")]
    own = f" {parts[0]} " if parts and others and parts[0] not in others else line
    found = _statuses(own)
    on_card = [
        _statuses(f" {part} ")
        for part in re.split(r" (?:[,.]|padahal|pdhl|pdhal|nanging|tapi|tp|ning|mangka) ", own)
        if " ktp" in f" {part} "
    ]
    if len(set(found)) > 1 and len(on_card) == 1 and len(set(on_card[0])) == 1:
        found = on_card[0]  # what the card says, not how it is
    if found:
        return NOTHING if len(set(found)) > 1 or found[0] == "open" else KtpStatus(found[0])
    if found_words(own, "same") and len(words(said.text)) <= FEW and asked == "ibu" and draft.known.status_ktp_ayah is not None:
        return draft.known.status_ktp_ayah
    if says_unknown(said.text):
        return KtpStatus.TIDAK_TAHU
    answer = read_yes_no(said.text) if len(words(said.text)) <= FEW else None
    if answer is not None:
        return KtpStatus.KAWIN if answer is Answer.YES else KtpStatus.BELUM_KAWIN
    picked = read_choice(said.text, said.choices)
    return NOTHING if picked is None else KtpStatus(picked)


def mothers_status_aside(said: Said, draft: Draft) -> KtpStatus | None:
    """What a message that was asked for the father's KTP says of the mother's, too."""
    line = _spoken_for(spelled_line(said.text), draft, "ibu")
    if said.choice is not None or not all(whose.search(line) for whose in _WHOSE.values()):
        return None
    stated = _status_said(said, draft)
    return stated if isinstance(stated, KtpStatus) and stated is not KtpStatus.TIDAK_TAHU else None


def statuses_told(text: str, draft: Draft) -> dict[str, KtpStatus]:
    """What a message says of each parent's KTP in a part of its own, by `ayah` and `ibu`."""
    line = spelled_line(text)
    if not re.search(r" (?:ktp|status)\w* ", line) or " ? " in line:
        return {}
    stated: dict[str, KtpStatus] = {}
    for part in re.split(r" [,.] ", _spoken_for(line, draft, "")):
        whose = [parent for parent, signs in _WHOSE.items() if signs.search(f" {part} ")]
        found = set(_statuses(f" {part} "))
        if len(whose) == 1 and len(found) == 1 and "open" not in found:
            stated[whose[0]] = KtpStatus(found.pop())
    return stated


def _spoken_for(line: str, draft: Draft, asked: str) -> str:
    """The line with `punya saya` and `punya dia` as the parents that they mean."""
    writer = draft.conditions.pelapor
    if writer not in (Reporter.AYAH, Reporter.IBU):
        return line
    other = Reporter.IBU if writer is Reporter.AYAH else Reporter.AYAH
    own = re.sub(r" (?:punya|gadhahan|nggone|duweke|ktp) (?:saya|sy|kulo|kula|aku) ", f" ktp {writer.value} ", line)
    return re.sub(r" (?:punya|gadhahan|nggone|duweke) (?:dia|dheweke|piyambake|piyambakipun|bojoku|semah) ", f" ktp {other.value} ", own)


def _statuses(line: str) -> list[str]:
    """Every status that a line tells and does not deny, by its name in the list."""
    left, found = line, []
    for status in phrases("statuses", "says"):
        for hit in list(_status(status).finditer(left)):
            denied = any(not left[end : hit.start() + 1].strip() and end <= hit.start() + 1 for _, end in found_words(left, "denial"))
            found += [] if denied else [status]
            left = left[: hit.start() + 1] + "_" * (hit.end() - hit.start() - 1) + left[hit.end() :]
    return found


_WHOSE = {
    "ayah": re.compile(r" (?:ayah|bapak|suami|bapake|ayahnya|bojoku lanang)\w* "),
    "ibu": re.compile(r" (?:ibu|istri|mbok|ibune|bojoku wedok)\w* "),
}


def read_child_name(said: Said, draft: Draft, child: int) -> Reading[ChildName]:
    """The name as the register writes it, `(name, keys of what an officer will look at)`; a Problem where the rules forbid it."""
    name = read_name(said.text)
    if name is None or _tells_of_birth(said):
        return NOTHING
    official = without_patronym(name.official)
    findings = judge_name(official)
    stop = next((finding for finding in findings if finding.severity is Severity.STOP), None)
    if stop is not None:
        return Problem(stop.problem.value, {"nama": official, "bagian": stop.detail})
    return official, tuple(finding.problem.value for finding in findings)


def read_children_names(said: Said, draft: Draft, child: int) -> Reading[ChildName | dict[int, ChildName]]:
    """A child's name; of twins the names of both, by their place, where the message tells them apart."""
    several = read_names(said.text, len(draft.children)) if len(draft.children) > 1 and not is_question(said.text) else {}
    named = {at: name.official for at, name in several.items() if draft.children[at].nama is None}
    findings = {at: judge_name(name) for at, name in named.items()}
    if not named or any(finding.severity is Severity.STOP for found in findings.values() for finding in found):
        return read_child_name(said, draft, child)
    return {at: (name, tuple(finding.problem.value for finding in findings[at])) for at, name in named.items()}


def store_children_names(draft: Draft, child: int, value: ChildName | dict[int, ChildName]) -> None:
    """Keeps each, to be confirmed one by one."""
    for at, name in value.items() if isinstance(value, dict) else ((child, value),):
        store_child_name(draft, at, name)


def _tells_of_birth(said: Said) -> bool:
    """Whether it is a fact of the birth that comes before it is asked for (`bidan Yuni`, `3,1 kilo 49 cm`), or "I forgot"; no name."""
    if _ANNOUNCED.search(plain(said.text)) or _begins_with_name(said.text):
        return False
    if says_unknown(said.text) or _NO_NAME.match(plain(said.text)):
        return True
    return any(letter.isdigit() for letter in said.text) and bool(
        read_facts(said.text, [field.name for field in birth_fields()], said.today)
    )


def _begins_with_name(text: str) -> bool:
    """Whether two capitalised words of a name open a message that goes on in small letters (`Berkah Rejeki anak perempuan …`)."""
    found = re.match(r"((?:[A-Z][^\W\d_']*[ ]+){1,12}[A-Z][^\W\d_']*)[ ,.]+[^\W\d_A-Z]", text.strip())
    return found is not None and read_name(found[1]) is not None and not _NO_NAME.match(plain(found[1]))


def surely_name(value: Any, said: Said) -> bool:
    """Whether nothing but a name can have been meant: it is announced (`jenenge …`), or each of its words begins with a capital."""
    if isinstance(value, Problem) or is_question(said.text) or weighs(said.text):
        return False
    typed = said.text.strip(" .,!").split()
    return len(typed) > 1 and (_ANNOUNCED_FIRST.match(plain(said.text)) is not None or all(word[0].isupper() for word in typed))


def store_child_name(draft: Draft, child: int, value: ChildName) -> None:
    """Keeps the name, to be confirmed, and the marks for the officer."""
    if draft.children[child].nama not in (None, value[0]):
        set_aside(draft, child, "nama_anak")
    draft.children[child].nama, remarks = value
    draft.children[child].confirmed = False
    for remark in remarks:
        draft.flag(remark)


def read_name_right(said: Said, draft: Draft, child: int) -> Reading[ChildName | bool | None]:
    """True where the spelling is right; a corrected name where one was given; None where it is wrong without saying how."""
    old = draft.children[child].nama or ""
    others = {word for at, one in enumerate(draft.children) if at != child for word in words(one.nama or "")} - set(words(old))
    if said.choice is None and others & set(words(said.text)):
        return NOTHING  # of another child: its own turn comes
    if said.choice is None:
        if NOTHING_WRONG.search(plain(said.text)[:40]) is not None:
            return True
        stated = read_child_name(said, draft, child) if _ANNOUNCED.search(plain(said.text)) else NOTHING
        if isinstance(stated, tuple) and stated[0] != old:
            return stated
        edited = edited_name(said.text, old)
        if edited is not None and any(
            edited_name(said.text, one.nama or "") is not None for at, one in enumerate(draft.children) if at != child
        ):
            return NOTHING  # it fits the other one's name, too
        if edited is not None:
            return read_child_name(Said(edited, said.today), draft, child)
        first, *rest = re.split(r"[.,;]|\btapi\b|\btp\b", said.text.strip(), maxsplit=1)
        if (
            rest
            and read_yes_no(re.sub(r"(?i)\b(?:nama|jeneng|asma)\w*", "", first)) is Answer.YES
            and not found_words(spelled_line(rest[0]), "wrong")
        ):
            return True
    corrected = _PATRONYM.search(said.text) if said.choice is None else None
    if corrected:
        return read_child_name(Said(corrected[1], said.today), draft, child)
    picked = _picked(said)
    if picked == "ya":
        return True
    name = NOTHING if said.choice else read_child_name(said, draft, child)
    if isinstance(name, tuple) and same_name(name[0], old) and (picked is None or name[0] != old):
        return name if name[0] != old else True
    return NOTHING if picked is None else None


def store_name_right(draft: Draft, child: int, value: ChildName | bool | None) -> None:
    """Confirms, replaces, or clears the name."""
    if isinstance(value, tuple):
        store_child_name(draft, child, value)
    elif value is True:
        draft.children[child].confirmed = True
    elif not letter_facts(draft, child):  # else it is asked which of them is wrong
        draft.children[child].nama = None


def read_birth_facts(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
    """Every fact of the child that is still missing and that the message gives, and where and when a parent was born."""
    births, rest = read_births(said.text, draft, said.today)
    if len(draft.children) > 1:
        return facts_of_children(said, draft, child) or NOTHING
    mine, printed = draft.children[child], letter_facts(draft, child)
    open_to_it = [name for name in _CHILDS if name not in mine.fields or (name in printed and mine.sources.get(name) != "chat")]
    found = read_facts(rest, open_to_it, said.today, asked="data_kelahiran")
    found = {name: fact for name, fact in found.items() if mine.fields.get(name) != fact}
    return {**found, **parents_places(said, draft), **births} or NOTHING


def facts_of_children(said: Said, draft: Draft, asked: int) -> dict[str, Any]:
    """Of twins: the facts of the child that was asked about, those of the others under `OTHERS` by their position.

    What names no child is the asked one's, unless a word names several of them (`nabila` of two), or it is said of all.
    """
    frame = read_frame(said.text, said.today, _names(draft), "data_kelahiran")
    every = [set(words(child.nama or "")) for child in draft.children]
    shared = {word for at, mine in enumerate(every) for other in every[at + 1 :] for word in mine & other}
    unclear = bool(shared & set(words(said.text))) and not any(item.child is not None for item in frame.items)
    whole = bool(frame.marks & {"all"})
    found: dict[int, dict[str, Any]] = {at: {} for at in range(len(draft.children))}
    for item in frame.items:
        value = UNKNOWN if item.sense is Sense.UNKNOWN and item.field in unknown_fields() else item.value
        if item.who is not Who.CHILD or item.sense not in (Sense.SAID, Sense.UNKNOWN) or value is None or item.field not in _CHILDS:
            continue
        if item.child is not None:
            found[item.child][item.field] = value
        elif whole and item.field not in frame.several:
            for mine in found.values():
                mine.setdefault(item.field, value)
        elif not unclear and item.field not in frame.several:
            found[asked].setdefault(item.field, value)
    _in_order(frame, found)
    _apart(frame, found, [child.fields for child in draft.children])
    fresh = {at: {name: v for name, v in mine.items() if name not in draft.children[at].fields} for at, mine in found.items()}
    others = {at: mine for at, mine in fresh.items() if at != asked and mine}
    return {**fresh[asked], **({OTHERS: others} if others else {})}


def _in_order(frame: Frame, found: dict[int, dict[str, Any]]) -> None:
    """`Anak ke 3 dan ke 4` of two: each in the order of their birth."""
    ranks = [item.value for item in frame.items if item.field == "kelahiran_ke" and item.sense is Sense.SAID and item.child is None]
    if len(ranks) == len(found) and ranks == list(range(ranks[0], ranks[0] + len(ranks))):
        for at, rank in enumerate(ranks):
            found[at]["kelahiran_ke"] = rank


_LATER = re.compile(
    r" (?:selisih|let|beda|bedo|jarak|kacek|selang|geseh|kaot)(?:nya|ne|e)?(?: mung| cuma| hanya| namung)? (\d{1,2}) (?:menit|mnt) "
)
_LESS = re.compile(r" (?P<less>kurang|kirang|lebih|luwih|langkung) (?P<by>\d(?:\.\d)?) (?:cm|senti) ")


def _apart(frame: Frame, found: dict[int, dict[str, Any]], known: list[dict[str, Any]]) -> None:
    """The second of twins by how much later it came, or longer it was, than the first (`selisih 5 menit`)."""
    if len(found) != 2:
        return
    later, first = _LATER.search(frame.line), found[0].get("pukul") or known[0].get("pukul")
    hours = {item.value for item in frame.items if item.field == "pukul" and item.sense is Sense.SAID}
    if later and len(hours) == 1 and first is None:
        first = found[0]["pukul"] = next(iter(hours))
    if later and first and len(hours) <= 1:
        found[0].setdefault("pukul", first)
        minutes = (int(first[:2]) * 60 + int(first[3:]) + int(later[1])) % (24 * 60)
        found[1]["pukul"] = f"{minutes // 60:02d}:{minutes % 60:02d}"
    less, length = _LESS.search(frame.line), found[0].get("panjang")
    if less and length is not None and "panjang" not in found[1]:
        found[1]["panjang"] = length - float(less["by"]) if less["less"] in ("kurang", "kirang") else length + float(less["by"])
        if found[1]["panjang"] == int(found[1]["panjang"]):
            found[1]["panjang"] = int(found[1]["panjang"])


def parents_places(said: Said, draft: Draft) -> dict[str, str]:
    """Where a parent was born, said without a day (`bapaknya lahir di Blora, anaknya di Pati`), where that is wanted."""
    frame = read_frame(said.text, said.today)
    whose = {Who.MOTHER: "ibu_tempat_lahir", Who.FATHER: "ayah_tempat_lahir"}
    stated = {
        whose[item.who]: str(item.value)
        for item in frame.items
        if item.field == "tempat_kelahiran" and item.sense is Sense.SAID and item.who in whose and item.value
    }
    wanted = births_wanted(draft)
    return {name: place for name, place in stated.items() if name in wanted and _PARENT_BORN.search(frame.line)}


_PARENT_BORN = re.compile(
    r" (?:ibu|istri|mbok|mama|emak|bapak|ayah|suami|bojo|semah)\w*(?: saya| kulo| kula| e| ne)?"
    r" (?:asli |niku |kuwi )?(?:lahir|lair|miyos|kelahiran)\w* "
)
"""Where a parent is only spoken of (`nderek bapake ten Pati, lair ngriku`), the place is the child's."""


OTHERS = "anak_lain"
"""In facts of one of twins: those of the others, by their position."""


def read_one_fact(field: BirthField) -> Callable[[Said, Draft, int], Reading[dict[str, Any]]]:
    """A reader of one fact, with what else was said beside it; a place that no list has is a Problem until it is said again."""

    def read(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any]]:
        if said.choice:
            return {field.name: _chosen(said.choice)}
        if len(draft.children) > 1 and (several := _of_several(field.name, said, draft, child)):
            return several
        found = read_asked(field.name, said.text, said.today, _names(draft)) | (
            parents_places(said, draft) if field.name == "tempat_kelahiran" else {}
        )
        if field.name not in found and field.name == "tempat_kelahiran":
            place = _place_again(said, draft)
            if isinstance(place, Problem):
                return place
            found |= {} if place is None else {field.name: place}
        bare = not found and len(words(said.text)) <= FEW and not _spoken(field.name, said)
        if bare and said.choices and (picked := read_choice(said.text, said.choices)) is not None:
            return {field.name: _chosen(picked)}
        return found or NOTHING

    return read


def _of_several(field: str, said: Said, draft: Draft, asked: int) -> dict[str, Any]:
    """Of twins: the facts that are told, and bare answers to this question behind a name or for all."""
    stated = facts_of_children(said, draft, asked)
    bare = bare_answers(field, said.text, said.today, _names(draft)) if field not in stated else {}
    fresh = {at: value for at, value in bare.items() if field not in draft.children[at].fields}
    others = {at: {**stated.get(OTHERS, {}).get(at, {}), field: value} for at, value in fresh.items() if at != asked}
    own = {field: fresh[asked]} if asked in fresh else {}
    return {**stated, **own, **({OTHERS: {**stated.get(OTHERS, {}), **others}} if others else {})}


def _spoken(field: str, said: Said) -> bool:
    """Whether the message speaks of the field without a value that is certain."""
    return any(item.field == field for item in read_frame(said.text, said.today).items)


def _place_again(said: Said, draft: Draft) -> str | Problem | None:
    """A place that has to be asked back: `semarang` (kota or kabupaten?), or one that no list has, taken when it is said again."""
    before = draft.asked_back.get("tempat_kelahiran")
    if before is not None and (found := read_birthplace(f"{said.text} {before}")) is not None:
        return found
    near = near_regency(said.text)
    if near is not None:
        return near
    both = open_place(said.text)
    if both is not None:
        return Problem("tempat_kota_atau_kabupaten", {"tempat": both.title(), "tempat_kelahiran": both})
    other = unknown_place(said.text)
    if other is None or other == before:
        return other
    return Problem("tempat_tidak_dikenal", {"tempat": other.title(), "tempat_kelahiran": other})


def _names(draft: Draft) -> list[str]:
    return [child.nama or "" for child in draft.children] if len(draft.children) > 1 else []


def _chosen(choice: str) -> str | int:
    return int(choice) if choice.isdigit() else choice


def store_birth_facts(draft: Draft, child: int, value: dict[str, Any]) -> None:
    """Keeps the facts as said in the chat; what twins share goes to the next child, what is a parent's to the parents."""
    for other, facts in value.get(OTHERS, {}).items():
        note_facts(draft, other, facts, "chat")
    births = {name: fact for name, fact in value.items() if name not in _CHILDS and name != OTHERS}
    store_births(draft, child, births)
    facts = {name: fact for name, fact in value.items() if name in _CHILDS}
    mine = draft.children[child]
    for name, fact in facts.items():
        if name in mine.fields and fact != UNKNOWN:  # said anew beside the answer: it is said back, or asked about beside the letter's
            mine.fields[name], mine.sources[name] = fact, "chat"
    note_facts(draft, child, facts, "chat")


def read_confirmation(said: Said, draft: Draft, child: int) -> Reading[bool]:
    """Yes, or no."""
    return _yes_or_no(_picked(said))
