"""Chats outlive a restart."""

from simulator.model import Message, State
from simulator.settings import Settings
from simulator.world import World


def settings(path):
    secrets = {"app_secret": "a", "access_token": "b", "verify_token": "c", "phone_number_id": "1"}
    return Settings(_env_file=None, state=path, **secrets)


async def test_phones_messages_and_media_are_there_after_a_restart(tmp_path):
    first = World(settings(tmp_path / "chat.db"))
    first.add_phone("Tanpa Nomor SPESIMEN", None, "tanpa")
    media = first.add_media(b"abc", "application/pdf", "a.pdf", "received")
    message = first.add_message(Message("wamid.1", "1", "out", "text", first.now(), {"body": "halo"}, State.SENT))
    first.raise_state(message, State.READ)
    await first.close()

    second = World(settings(tmp_path / "chat.db"))
    assert [phone.name for phone in second.phones.values()] == ["Siti SPESIMEN", "Joko SPESIMEN", "Tanpa Nomor SPESIMEN"]
    assert second.messages["wamid.1"].state is State.READ
    assert second.store.media_bytes(media.id) == b"abc"
    assert second.window_open(second.phones["1"])
    await second.close()
