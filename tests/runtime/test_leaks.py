"""The search for personal words in logs finds them: a test that could not fail would prove nothing."""

from tests.e2e.privacy import leaks, secrets_of

FAMILY = {
    "people": {"ibu": {"nama": "RETNO WULANDARI", "nik": "3316996102040002", "alamat": "DK. NGLEBAK", "agama": "ISLAM"}},
    "no_kk": "3316992510211412",
}


def test_names_numbers_addresses_and_words_are_looked_for_and_nothing_else():
    assert secrets_of(FAMILY, "halo bu guru", "ya") == {
        "RETNO WULANDARI", "RETNO", "WULANDARI", "3316996102040002", "DK. NGLEBAK", "3316992510211412", "halo bu guru",
    }  # fmt: skip


def test_they_are_found_in_whatever_case_but_not_within_another_word():
    secrets = secrets_of(FAMILY, "halo bu guru")
    assert leaks('{"event": "x", "name": "Retno"}', secrets) == ["RETNO"]
    assert leaks("Halo Bu Guru 3316996102040002", secrets) != []
    assert leaks('{"event": "turn.answered", "kind": "text", "messages": 1}', secrets) == []
    assert leaks("retnosari", secrets) == []
