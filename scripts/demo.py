"""Makes what the demo has of the office that `OFFICE` names: papers of its region, its name, templates and Flow at Meta.

`python -m scripts.demo --specimen <folder> --office <file>`.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from pack.flows import REGISTRATION, flow_json
from scripts.environment import DEMO_FLOW
from simulator.specimen import drawer
from simulator.specimen.region import Region, draw_for
from simulator.templates import APPROVED
from standard import facts
from standard.issued import office_code
from standard.place import office_folder


def region() -> Region:
    """The office's own, as its papers name it."""
    office = facts.office_facts()
    kecamatan = tuple(facts.load("places")["kecamatan"].values())
    return Region(office["jenis_wilayah"].upper(), office["WILAYAH"], office["PROVINSI"], office_code(), kecamatan)


def templates() -> list[dict[str, Any]]:
    """The templates that come along, under the names and in the name of this office."""
    office = facts.office_facts()
    names = {"pemberitahuan_permohonan": office["templat_pemberitahuan"], "pemberitahuan_pengaduan": office["templat_pengaduan"]}
    rows: list[dict[str, Any]] = json.loads(APPROVED.read_text(encoding="utf-8"))
    for row in rows:
        row["name"] = names.get(row["name"], row["name"])
        row["body"] = row["body"].replace("Dindukcapil Kabupaten Blora", office["kantor_singkat"])
    return rows


def main() -> int:
    """0 when both are there."""
    parser = argparse.ArgumentParser(prog="python -m scripts.demo", description=__doc__)
    parser.add_argument("--specimen", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--office", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    started = time.perf_counter()
    draw_for(region())
    fresh = drawer.write(arguments.specimen)
    flows = {DEMO_FLOW: flow_json(REGISTRATION, office_folder())}
    told = {"name": facts.office_facts()["layanan"], "templates": templates(), "flows": flows}
    arguments.office.parent.mkdir(parents=True, exist_ok=True)
    arguments.office.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{arguments.specimen}: {'written' if fresh else 'there already'}, {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
