"""`python -m simulator` says plainly what keeps it from starting."""

import os
import socket
import subprocess
import sys

NEEDED = {
    "WHATSAPP_APP_SECRET": "a",
    "WHATSAPP_ACCESS_TOKEN": "b",
    "WHATSAPP_VERIFY_TOKEN": "c",
    "WHATSAPP_PHONE_NUMBER_ID": "1",
    "SIMULATOR_STATE": "",
}


def run(tmp_path, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("WHATSAPP_", "SIMULATOR_"))}
    python_path = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-m", "simulator"]
    return subprocess.run(
        command,
        env={**clean, "PYTHONPATH": python_path, **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_named_and_ends_with_1(tmp_path):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        ended = run(tmp_path, **NEEDED, SIMULATOR_PORT=str(port))
    assert ended.returncode == 1
    assert f"port {port}" in ended.stderr and "taken" in ended.stderr and "Traceback" not in ended.stderr


def test_each_missing_setting_is_named(tmp_path):
    ended = run(tmp_path)
    assert ended.returncode == 1
    assert all(name in ended.stderr for name in NEEDED if name.startswith("WHATSAPP_"))
