"""Tests that the set-up says exactly what to do where it can't get a Python."""

import re
import shutil
from pathlib import Path

import pytest

from scripts import setup

UV = shutil.which("uv")


@pytest.mark.skipif(UV is None, reason="uv is not here")
def test_without_a_python_for_rasa_it_says_which_file_to_fetch_and_where_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"UV_OFFLINE": "1", "UV_PYTHON_INSTALL_DIR": str(tmp_path / "none"), "PATH": "/nonexistent"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    lock = tmp_path / "requirements.lock"
    lock.write_text("")
    with pytest.raises(setup.SetupFault) as fault:
        setup.environment(str(UV), tmp_path / ".venv", "3.10", lock)
    said = str(fault.value)
    assert re.search(r"https://\S+/cpython-3\.10\.\S+-install_only\S*\.tar\.gz\n", said), said
    assert "tar -xzf FILE -C /opt/python3.10" in said and "ln -s /opt/python3.10/bin/python3.10 /usr/local/bin/" in said
