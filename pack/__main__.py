"""`python -m pack check [folder]` says what is wrong with an office pack, `preview` shows what it becomes.

`texts --write` lists the texts that the program names, `flow` prints a form for WhatsApp, to be published at Meta.
"""

import argparse
import json
import sys
from pathlib import Path

from pack import flows, texts
from pack.check import chat_files, faults_of, language_files, staff_files
from pack.faults import PackBroken
from pack.preview import preview
from standard.facts import office_facts
from standard.place import office_folder


def main() -> int:
    """0 where the pack is whole, 1 with a line for each mistake, 2 for a usage error."""
    parser = argparse.ArgumentParser(prog="python -m pack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="every mistake with file, line and what is allowed")
    check.add_argument("folder", nargs="?", type=Path, help="the pack; without it the one that OFFICE names, else the one that comes along")
    listing = commands.add_parser("texts", help="for developers: the list of texts and of what is filled into each")
    listing.add_argument("--write", action="store_true", required=True, help=f"make {texts.LIST.name} anew from data/")
    commands.add_parser("preview", help="what the checklists, the deadlines and the way of a case become")
    flow = commands.add_parser("flow", help="a form as a Flow, to be published at Meta (docs/whatsapp.md says where its id goes)")
    flow.add_argument("form", nargs="?", choices=flows.FORMS, default=flows.SURVEY, help="the survey, or the questions of a registration")
    arguments = parser.parse_args()
    if arguments.command == "texts":
        if found := [fault for file in (*chat_files(None), *staff_files(None), *language_files()) for fault in file.faults]:
            print(PackBroken(found), file=sys.stderr)
            return 1
        texts.LIST.write_text(texts.made(chat_files(None), staff_files(None), language_files(), office_facts()), encoding="utf-8")
        print(f"{texts.LIST} is up to date.")
        return 0
    named = getattr(arguments, "folder", None)
    folder = named.resolve() if named else office_folder()
    if found := faults_of(folder):
        print(PackBroken(found), file=sys.stderr)
        return 1
    if arguments.command == "preview":
        print("\n".join(preview()))
        return 0
    if arguments.command == "flow":
        print(json.dumps(flows.flow_json(arguments.form, folder), ensure_ascii=False, indent=2))
        return 0
    print(f"The office pack is whole: {folder or 'the one that comes along (data/)'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
