"""Known faults of the packages of both environments, each with why it does not reach us: `make audit`.

The advisories come from a folder (a checkout of github.com/pypa/advisory-database, or the unpacked `all.zip` of PyPI from osv.dev), which
a machine without a network can have, or by `pip-audit` from pypi.org. What `requirements/advisories.yml` does not explain fails.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"ours": ROOT / "requirements" / "run.lock", "dialogue": ROOT / "dialogue" / "requirements.lock"}
EXPLAINED = ROOT / "requirements" / "advisories.yml"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PIP_AUDIT = ["uv", "tool", "run", "pip-audit==2.10.1", "--strict", "--disable-pip", "--require-hashes", "--format", "json"]


class AuditNotDone(Exception):
    """Nothing can be said about the packages; the message says what to do."""


@dataclass(frozen=True)
class Found:
    """One advisory that holds for one pinned package."""

    environment: str
    package: str
    version: str
    id: str
    aliases: tuple[str, ...]
    fixed: str
    summary: str

    @property
    def names(self) -> tuple[str, ...]:
        """All ids under which it may be explained."""
        return (self.id, *self.aliases)


def pinned(lock: Path) -> dict[str, str]:
    """The version of each package of a lock file, by its canonical name."""
    return {canonicalize_name(name): version for name, version in PINNED.findall(lock.read_text(encoding="utf-8"))}


def advisories(folder: Path) -> Iterator[dict[str, Any]]:
    """Every advisory of the folder in OSV's form. Raises AuditNotDone where there is none."""
    files = sorted([*folder.rglob("*.yaml"), *folder.rglob("*.json")])
    if not files:
        raise AuditNotDone(f"There is no advisory under {folder}. Get one: git clone --depth 1 https://github.com/pypa/advisory-database")
    for file in files:
        text = file.read_text(encoding="utf-8")
        told = json.loads(text) if file.suffix == ".json" else yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one
        if isinstance(told, dict) and "affected" in told and not told.get("withdrawn"):
            yield told


def holds_for(affected: dict[str, Any], version: str) -> str | None:
    """None where the version is not affected; else the version that mends it, or "" where none is named."""
    ranges = [entry for entry in affected.get("ranges", ()) if entry.get("type") == "ECOSYSTEM"]
    listed = version in affected.get("versions", ())
    for entry in ranges:
        inside, mended = False, ""
        for event in entry.get("events", ()):
            if "introduced" in event and not _before(version, event["introduced"]):
                inside, mended = True, ""
            if "fixed" in event and inside:
                inside, mended = _before(version, event["fixed"]), str(event["fixed"])
                if inside:
                    return mended
            if "last_affected" in event and inside:
                inside = not _before(event["last_affected"], version)
        if inside:
            return mended
    return "" if listed and not ranges else None


def _before(one: object, other: object) -> bool:
    try:
        return Version(str(one)) < Version(str(other))
    except InvalidVersion:
        return False


def found_in(folder: Path, packages: dict[str, dict[str, str]]) -> list[Found]:
    """What the folder's advisories say of the packages of each environment."""
    found = []
    for told in advisories(folder):
        for affected in told["affected"]:
            package = affected.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            for environment, versions in packages.items():
                if package.get("ecosystem") != "PyPI" or name not in versions:
                    continue
                if (fixed := holds_for(affected, versions[name])) is not None:
                    summary = str(told.get("summary") or told.get("details") or "").strip().partition("\n")[0][:120]
                    found.append(Found(environment, name, versions[name], str(told["id"]), tuple(told.get("aliases", ())), fixed, summary))
    return found


def found_online() -> list[Found]:
    """The same, asked of pypi.org. Raises AuditNotDone where a package could not be looked up: that is no pass."""
    found = []
    for environment, lock in LOCKS.items():
        done = subprocess.run([*PIP_AUDIT, "-r", str(lock)], capture_output=True, text=True, check=False)
        if not done.stdout.strip():
            raise AuditNotDone(f"pypi.org told nothing ({done.stderr.strip()[-200:]}). Without it: make audit DATABASE=<folder>.")
        for package in json.loads(done.stdout)["dependencies"]:
            for told in package.get("vulns", ()):
                fixed = ", ".join(told.get("fix_versions", ()))
                summary = str(told.get("description", "")).partition("\n")[0][:120]
                found.append(
                    Found(environment, package["name"], package["version"], told["id"], tuple(told.get("aliases", ())), fixed, summary)
                )
    return found


def explanations(file: Path = EXPLAINED) -> dict[str, str]:
    """Why an advisory does not reach us, by each of its ids."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {str(id): " ".join(str(row["why"]).split()) for row in rows for id in row["ids"]}


def report(found: Iterable[Found], explained: dict[str, str]) -> tuple[list[str], list[str]]:
    """The lines of what is open and explained, and of what nobody has explained."""
    known: list[str] = []
    unknown: list[str] = []
    for entry in sorted(set(found), key=lambda entry: (entry.environment, entry.package, entry.id)):
        why = next((explained[name] for name in entry.names if name in explained), None)
        line = f"{entry.environment}: {entry.package} {entry.version}: {entry.id} {' '.join(entry.aliases)} (mended: {entry.fixed or '-'})"
        (known if why else unknown).append(f"{line}\n    {why or entry.summary}")
    return known, unknown


def main() -> int:
    """0 when every open advisory is explained."""
    parser = argparse.ArgumentParser(description="Known faults of the packages of both environments.")
    parser.add_argument("--database", type=Path, help="a folder of advisories in OSV's form, in place of pypi.org")
    folder = parser.parse_args().database
    packages = {name: pinned(lock) for name, lock in LOCKS.items()}
    try:
        found = found_in(folder, packages) if folder else found_online()
    except AuditNotDone as fault:
        print(fault, file=sys.stderr)
        return 2
    known, unknown = report(found, explanations())
    print("\n".join([*known, *(f"NOT EXPLAINED {line}" for line in unknown)]))
    print(f"{sum(map(len, packages.values()))} packages, {len(known)} advisories open and explained, {len(unknown)} not explained")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
