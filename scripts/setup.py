"""Sets a fresh Debian machine up for the project: Debian packages, uv, both Python environments from their lock files.

Standard library only, because nothing else is there yet. Each step says what it does, skips what is done, and when it can't
go on says which thing is missing and how to mend it.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN_ENV = ROOT / ".venv"
DIALOGUE_ENV = ROOT / "dialogue" / ".venv"


PYTHON_VERSIONS = ">=3.11,<3.14"
"""Ours: Debian 12's own 3.11, Debian 13's own 3.13. Rasa needs 3.10, which uv finds or downloads."""

PACKAGES = {
    "serve": ["apt-packages.txt"],
    "run": ["apt-packages.txt", "apt-packages-demo.txt"],
    "test": ["apt-packages.txt", "apt-packages-demo.txt", "apt-packages-test.txt"],
}
"""The lists of Debian packages for each purpose: an office needs no fonts for specimens, no browser and no database server of ours."""


class SetupFault(Exception):
    """Something the set-up can't do by itself; the text says what and how to mend it."""


def say(text: str) -> None:
    """One line of progress, at once."""
    print(f"[setup] {text}", flush=True)


def run(command: list[str], mend: str, **kwargs: object) -> None:
    """Runs a command with its output shown. Raises SetupFault with the mending sentence when it fails."""
    try:
        subprocess.run(command, check=True, **kwargs)  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupFault(f"'{' '.join(map(str, command[:4]))} …' failed ({error}).\n        {mend}") from error


def missing_packages(names: list[str]) -> list[str]:
    """Those of the Debian packages that are not installed."""
    query = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *names], capture_output=True, text=True, check=False
    )
    there = {line.split()[0] for line in query.stdout.splitlines() if line.split()[1:2] == ["ii"]}
    return [name for name in names if name not in there]


def debian_packages(lists: list[str]) -> None:
    """Installs what the package lists name and the machine lacks, as root or with sudo."""
    names = [line.split("#")[0].strip() for name in lists for line in (ROOT / "scripts" / name).read_text().splitlines()]
    if not shutil.which("dpkg-query"):
        raise SetupFault(f"This is not a Debian machine. Install these by its own means: {' '.join(filter(None, names))}")
    lacking = missing_packages([name for name in names if name])
    if not lacking:
        return say("Debian packages: all there")
    say(f"Debian packages: installing {' '.join(lacking)}")
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    mend = f"As root: apt-get update && apt-get install -y {' '.join(lacking)}"
    run([*prefix, "apt-get", "update", "-qq"], mend, env=environment)
    run([*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *lacking], mend, env=environment)


def find_uv() -> str:
    """The path of uv, installed from PyPI into an environment of its own when the machine has none."""
    binaries = Path("/usr/local/bin") if os.access("/usr/local/bin", os.W_OK) else Path.home() / ".local" / "bin"
    found = shutil.which("uv") or shutil.which("uv", path=str(binaries))
    if found:
        return found
    home = Path("/opt/uv") if os.access("/opt", os.W_OK) else Path.home() / ".local" / "share" / "uv-environment"
    say(f"uv: installing from PyPI into {home}")
    run([sys.executable, "-m", "venv", str(home)], "Install Debian's python3-venv, then try again.")
    run([str(home / "bin" / "pip"), "install", "-q", "uv"], "Is PyPI reached from here? Try: pip download uv")
    binaries.mkdir(parents=True, exist_ok=True)
    link = binaries / "uv"
    link.unlink(missing_ok=True)
    link.symlink_to(home / "bin" / "uv")
    return str(link)


def without_python(uv: str, version: str) -> str:
    """What to do where CPython of that version is neither on the machine nor to be downloaded: which file, and where it goes."""
    listed = subprocess.run(
        [uv, "python", "list", f"cpython-{version}", "--only-downloads", "--output-format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [each["url"] for each in json.loads(listed.stdout or "[]") if each.get("url")]
    archive = found[0] if found else "an install_only.tar.gz of github.com/astral-sh/python-build-standalone/releases"
    return (
        f"CPython {version} is neither here nor to be downloaded. On a machine that reaches it, fetch\n"
        f"          {archive}\n"
        f"        and bring it here. Then, as root:\n"
        f"          mkdir -p /opt/python{version} && tar -xzf FILE -C /opt/python{version} --strip-components=1\n"
        f"          ln -s /opt/python{version}/bin/python{version} /usr/local/bin/\n"
        f"        Any other CPython {version} on the PATH will do as well. A second try goes on where this one stopped."
    )


def environment(uv: str, where: Path, python: str, lock: Path) -> None:
    """Makes one Python environment hold exactly what its lock file names. Skips when the lock has not changed since."""
    stamp, digest = where / ".lock-sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    label = where.relative_to(ROOT)
    if stamp.exists() and stamp.read_text() == digest and (where / "bin" / "python").exists():
        return say(f"{label}: up to date")
    if not (where / "bin" / "python").exists():
        say(f"{label}: making it with CPython {python} (found on the machine or downloaded)")
        mend = (
            without_python(uv, python) if python[0].isdigit() else f"No CPython {python} is here: install Debian's python3, then try again."
        )
        # A pyenv machine's `python3` pins its own version for all it starts, which would hide the other one from uv.
        found_freely = {name: value for name, value in os.environ.items() if name != "PYENV_VERSION"}
        run([uv, "venv", "-q", "--clear", "--python", python, str(where)], mend, cwd=where.parent, env=found_freely)
    say(f"{label}: installing {lock.read_text().count('==')} packages from {lock.relative_to(ROOT)}")
    mend = "Is PyPI reached from here? A second try goes on where this one stopped."
    run([uv, "pip", "sync", "--require-hashes", "--python", str(where / "bin" / "python"), str(lock)], mend)
    stamp.write_text(digest)


def main() -> int:
    """Does the steps for `serve`, with the specimens' fonts on top for `run`, and with what tests and lint need on top for `test`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["serve", "run", "test"])
    purpose = parser.parse_args().purpose
    began = time.monotonic()
    try:
        debian_packages(PACKAGES[purpose])
        uv = find_uv()
        dev_installed = (MAIN_ENV / "bin" / "pytest").exists()
        environment(
            uv, MAIN_ENV, PYTHON_VERSIONS, ROOT / "requirements" / ("dev.lock" if purpose == "test" or dev_installed else "run.lock")
        )
        environment(uv, DIALOGUE_ENV, "3.10", ROOT / "dialogue" / "requirements.lock")
    except SetupFault as fault:
        print(f"\n[setup] It can't go on: {fault}\n", file=sys.stderr)
        return 1
    say(f"done in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
