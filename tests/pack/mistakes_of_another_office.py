"""Mistakes of somebody who adopts the project with nothing but the docs: what is left of the files that came along, and marks of elsewhere.

The office of these is `tests/packs/wanakerta`.
"""

from tests.pack.mistakes import DAILY, DEADLINES, OFFICE, OPENING, PLACES, Mistake

STATUS, PAPERS_ASKED = "responses/status.yml", "responses/questions_papers.yml"

ANOTHERS = [
    # copied, and left as it was
    Mistake(OFFICE, "Jalan Merdeka 12, Wanakerta", "Jalan Raya Blora–Cepu Km. 5, Blora", "kantor_alamat is still that of Kabupaten Blora."),
    Mistake(OFFICE, "(0999) 123456", "(0296) 531078", "kantor_telepon is still that of Kabupaten Blora."),
    Mistake(OFFICE, "0811-0000-0000", "0858-6664-6059", "kantor_hp is still that of Kabupaten Blora."),
    Mistake(OFFICE, "kantor_web: disdukcapil.wanakerta.example.go.id", "kantor_web: dindukcapil.blorakab.go.id", "kantor_web is still"),
    Mistake(OFFICE, "aduan_email: aduan@wanakerta.example.go.id", "aduan_email: dukcapil.blor@gmail.com", "aduan_email is still that"),
    Mistake("standard/papers.yml", "wanakerta.example.go.id]", "blorakab.go.id]", "blorakab.go.id is the host of Kabupaten Blora."),
    # the region
    Mistake(OFFICE, "provinsi: Nusa Harapan", "provinsi: Sulawesi Selatan", "is the province 73, and kode_wilayah says 72."),
    Mistake(OFFICE, "provinsi: Nusa Harapan", "provinsi: NUSA HARAPAN", "provinsi: NUSA HARAPAN is written in capitals."),
    Mistake(OFFICE, "provinsi: Nusa Harapan", "provinsi: Provinsi Nusa Harapan", "Provinsi is no part of the name."),
    Mistake(OFFICE, "layanan: Sahabat Warga", 'layanan: "*Sahabat* Warga"', "a mark in it undoes that."),
    Mistake(PLACES, "MUARA TELUK, SEMARANG", "MUARA TELUK, SEMARANGG", "Did you mean 'SEMARANG'?"),
    Mistake(PLACES, "SEMARANG, SURABAYA", "SEMARANG SURABAYA", "'SEMARANG SURABAYA' is two names."),
    Mistake(PLACES, "SURABAYA, JAKARTA", "KOTA SURABAYA, JAKARTA", "'KOTA SURABAYA' says what it is, too. Write SURABAYA."),
    Mistake(PLACES, "kota jaya, karang baru", "kota jaya, surabaya", "'surabaya' is a kabupaten of the list itself"),
    Mistake(PLACES, "kota jaya, karang baru", "kota jaya, Karang Baru", "Write karang baru."),
    Mistake(PLACES, '"72.79.03": TANJUNG HARAPAN', '"72.79.03": KEC. TANJUNG HARAPAN', "Allowed: the name alone, without KEC."),
    Mistake(DEADLINES, "also_closed: []", 'also_closed: ["2206-12-24"]', "'2206-12-24' is no day of these years."),
    # marks of other languages
    Mistake(OPENING, "*{layanan}*", "*{{layanan}}*", "The braces are doubled.", "- text: >-"),
    Mistake(OPENING, "*{layanan}*", "*${layanan}*", "The $ before a brace would be read as such.", "- text: >-"),
    Mistake(OPENING, "*{layanan}*", "*[layanan]*", "[layanan] would be read as such. Write {layanan}.", "- text: >-"),
    Mistake(OPENING, "*{layanan}*", "**{layanan}**", "Doubled marks would be read as such.", "- text: >-"),
    Mistake(OPENING, "*{layanan}*", "<b>{layanan}</b>", "<b> would be read as such.", "- text: >-"),
    Mistake(
        OPENING, "*{layanan}*", "[{layanan}](https://a.example)", "[{layanan}](https://a.example) would be read as such.", "- text: >-"
    ),
    Mistake(OPENING, 'title: "Daftar anak lain"', 'title: "*Daftar* anak"', "The marks in '*Daftar* anak' would be read as such."),
    Mistake(DAILY, "queue: Antrean", "queue: <b>Antrean</b>", "<b> would be read as such."),
    Mistake("standard/sheets.yml", "{kantor_desa} dapat", "[kantor_desa] dapat", "as such. Write {kantor_desa}."),
    Mistake("responses/survey.yml", "utter_", "uter_", "Allowed: a name that begins with utter_."),
    Mistake("standard/survey.yml", "{grade: B, least: 76.61", "{grade: B, least: 7661", "Allowed: at most 100."),
    # what people wait for
    Mistake(STATUS, "{pin}", "…", "{pin} is missing, and people wait for it.", '  - text: "Bisa juga dilihat'),
    Mistake(PAPERS_ASKED, "{ringkasan}", "…", "{ringkasan} is missing, and people wait for it.", "- text: |-\n      Mohon diperiksa"),
]
"""Thirty that nobody had listed, each passed over in silence or told in a library's words when it was first made."""
