"""What a page is follows from its titles and signs; a title named within a sentence makes no document."""

from documents.kinds.guess import decide, weigh
from standard.kinds import Kind


def test_a_document_that_a_sentence_names_is_not_the_page() -> None:
    words = [
        "menyatakan bahwa saya dan suami tersebut di atas adalah suami istri,",
        "sebagaimana tercantum dalam Kartu Keluarga (KK) Nomor : 3316990210190729",
        "Kelurahan/Desa : NGLOBANG",
        "Demikian surat pernyataan ini saya buat dengan sebenarnya",
    ]
    assert decide(weigh(words), len(words)).kind is not Kind.KK


def test_a_title_in_small_letters_with_capitals_is_one() -> None:
    words = ["Surat Keterangan Lahir", "Nama Ibu : SITI", "Berat badan : 3100 gram"]
    assert decide(weigh(words), len(words)).kind is Kind.SURAT_KELAHIRAN
