"""Writes the copy of what the office holds of one person: cases, papers, complaints, and what they were told and sent."""

import argparse
from pathlib import Path

from sqlalchemy import select

from backoffice.audit.service import Audit
from backoffice.cases.documents import CaseDocument
from backoffice.cases.models import Case
from backoffice.cases.products import Product
from backoffice.complaints.models import NOTE, Complaint, ComplaintMessage
from backoffice.metadata import METADATA
from backoffice.notices.models import Notice
from backoffice.services import Services
from runtime.commandline import NotDone
from storage.subject import blobs_in, read_contact_ids, rows_of, write_files, write_json


async def write_copy(services: Services, arguments: argparse.Namespace) -> str:
    """Writes it beside the bot's, of whom that named. A case is the copy of who registered; complaints without a name are in no copy.

    Who acted on a case is not in it, nor what officers noted for each other: they act for the office. Raises NotDone.
    """
    folder: Path = arguments.folder
    try:
        ids = read_contact_ids(folder)
    except (OSError, ValueError, KeyError) as fault:
        raise NotDone(f"Not done: {folder} holds no contact.json; first: python -m bot subject NUMBER {folder}") from fault
    cases = select(Case.id).where(Case.contact.in_(ids))
    named = Complaint.contact_id.in_(ids) & Complaint.anonymous.is_(False)
    messages = METADATA.tables["case_messages"]
    chosen = {
        "cases": Case.contact.in_(ids),
        "case_documents": CaseDocument.case_id.in_(cases),
        "case_messages": messages.c.case_id.in_(cases),
        "mail_addresses": METADATA.tables["mail_addresses"].c.case_id.in_(cases),
        "products": Product.case_id.in_(cases),
        "notices": Notice.contact.in_(ids),
        "complaints": named,
        "complaint_messages": ComplaintMessage.complaint_id.in_(select(Complaint.id).where(named)) & (ComplaintMessage.direction != NOTE),
    }
    async with services.database.read() as session:
        rows = await rows_of(session, "backoffice", METADATA, chosen)
    write_json(folder, "office.json", rows)
    files = await write_files(folder, services.blobs, blobs_in(rows))
    async with services.database.write() as session:
        await Audit(session, services.clock()).note("data_subjek_disalin", None, ids[0], {"rows": sum(map(len, rows.values()))})
    return f"{sum(map(len, rows.values()))} rows and {files} files in {folder}. Give it to the person only, then delete it."
