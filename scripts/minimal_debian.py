"""A minimal Debian made from nothing with `mmdebstrap`, and commands run in it with `systemd-nspawn`, as on a machine of its own.

Needs root and Debian's `mmdebstrap` and `systemd-container`. The machine shares the network of the one that it runs on.
"""

import os
import shutil
import subprocess
import uuid
from pathlib import Path

MIRROR = "http://deb.debian.org/debian"
NEEDED = {"mmdebstrap": "mmdebstrap", "systemd-nspawn": "systemd-container"}
"""Programs, and the Debian packages that they are in."""
AUTHORITIES = "/opt/authorities.pem"
"""Where the certificates that this machine trusts lie in the new one, where its network answers with certificates of its own."""
OF_PYTHON = ("libbz2-1.0", "libffi8", "liblzma5", "libncursesw6", "libreadline8", "libsqlite3-0", "libssl3", "libuuid1", "zlib1g")
"""What a CPython that was built elsewhere is linked against."""


class NotPossible(Exception):
    """Why no machine can be made here, with how to mend it."""


def require_tools() -> None:
    """Raises NotPossible where root or a program is missing."""
    if os.geteuid() != 0:
        raise NotPossible("Only root can make a machine. Try it with sudo.")
    if lacking := [package for program, package in NEEDED.items() if shutil.which(program) is None]:
        raise NotPossible(f"Missing here: apt-get install {' '.join(lacking)}")


class Machine:
    """One Debian below a folder, removed by `remove`."""

    def __init__(self, folder: Path, suite: str, packages: list[str]) -> None:
        require_tools()
        self.folder, self.name = folder, f"landa-{uuid.uuid4().hex[:8]}"
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(packages)}", suite, str(folder), MIRROR], check=True
        )
        self.settings = {"HOME": "/root", "LANG": "C.UTF-8"}
        self.binds: list[str] = []
        if given := os.environ.get("SSL_CERT_FILE"):
            shutil.copyfile(given, self.folder / AUTHORITIES.lstrip("/"))
            self.settings |= {"SSL_CERT_FILE": AUTHORITIES, "PIP_CERT": AUTHORITIES}

    def clone(self, repository: Path, where: str) -> None:
        """The committed state of a repository, as a clone of its own."""
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(repository), str(self.folder / where.lstrip("/"))], check=True)

    def give_python(self, prefix: Path) -> None:
        """Shows the CPython that lies at `prefix` on this machine to the new one, as `/usr/local/bin/python3.N`."""
        self.run(
            f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {' '.join(OF_PYTHON)}", DEBIAN_FRONTEND="noninteractive"
        )
        program = next(file for file in sorted((prefix / "bin").glob("python3.*")) if file.suffix[1:].isdigit())
        self.binds.append(f"--bind-ro={prefix}")
        (self.folder / "usr/local/bin" / program.name).symlink_to(program)

    def command(self, script: str, **settings: str) -> list[str]:
        """The command line that runs a shell script in the machine."""
        named = [f"--setenv={name}={value}" for name, value in {**self.settings, **settings}.items()]
        return [*self._nspawn(), "--as-pid2", *named, "/bin/sh", "-c", script]

    def boot_command(self) -> list[str]:
        """The command line that starts the machine's own systemd. It ends with SIGTERM."""
        # Debian 13's systemd starts over cgroups of version 1 only where it is told that it may.
        return [*self._nspawn(), "--boot", "systemd.unit=multi-user.target", "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"]

    def run(self, script: str, **settings: str) -> None:
        """Runs a shell script in it. Raises CalledProcessError."""
        subprocess.run(self.command(script, **settings), check=True, stdin=subprocess.DEVNULL)

    def remove(self) -> None:
        """Deletes all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _nspawn(self) -> list[str]:
        # All capabilities, as root has them on a machine of its own: the workers that open strangers' files drop them by themselves.
        return [
            "systemd-nspawn", "--quiet", f"--directory={self.folder}", f"--machine={self.name}", "--register=no", "--keep-unit",
            "--console=pipe", "--resolv-conf=replace-host", "--capability=all", "--link-journal=no", *self.binds,
        ]  # fmt: skip
