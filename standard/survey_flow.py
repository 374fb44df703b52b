"""The survey as a Flow, the form within WhatsApp that is published at Meta: `python -m pack flow`. Pure."""

from standard.flow_parts import Part, body, choice, complete, flow, footer, navigate, screen, subheading
from standard.survey import HIGHEST, LOWEST, About, respondent, unsur

SCREEN, ABOUT = "PENILAIAN", "RESPONDEN"
VALUES = {4: "Sangat baik", 3: "Baik", 2: "Kurang baik", 1: "Tidak baik"}
assert set(VALUES) == set(range(LOWEST, HIGHEST + 1))


def flow_json() -> Part:
    """Two screens: the nine unsur, then who answers; nothing has to be filled in. It needs no endpoint of ours."""
    rated = [f"unsur_{row.id}" for row in unsur()]
    asked = [row.id for row in respondent()]
    questions = [part for row in unsur() for part in _question(row.question, f"unsur_{row.id}")]
    handed = {name: f"${{form.{name}}}" for name in rated}
    kept = {name: f"${{data.{name}}}" for name in rated} | {name: f"${{form.{name}}}" for name in asked}
    data = {name: {"type": "string", "__example__": "4"} for name in rated}
    about = [body(NOTHING_NEEDED), *map(_about, respondent()), footer("Kirim", complete(kept))]
    return flow(
        [
            screen(SCREEN, "Penilaian layanan", [*questions, footer("Lanjut", navigate(ABOUT, handed))]),
            screen(ABOUT, "Tentang Bapak/Ibu", about, data, terminal=True),
        ]
    )


NOTHING_NEEDED = "Boleh dikosongkan. Nama dan nomor Bapak/Ibu tidak dicatat pada penilaian."


def _question(text: str, name: str) -> list[Part]:
    return [subheading(text), choice(name, "Penilaian", [(str(value), title) for value, title in VALUES.items()])]


def _about(row: About) -> Part:
    return choice(row.id, row.label, row.choices.items())
