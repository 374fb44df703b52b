"""Renders pages: the templates, with what every one of them needs."""

import hashlib
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sanic import HTTPResponse, Request, html, redirect

from backoffice.actor import SignedIn
from backoffice.web import formats, look, navigation
from backoffice.web.browsers import name_browser
from backoffice.web.chat_text import write_chat
from backoffice.web.edge import whole_number
from backoffice.web.texts import label, text
from runtime.release import RELEASE
from standard import complaint_flow, complaints, numbers, reasons, roles, sensitive, stages
from standard import registration as numbering
from standard.clock import today, write_day_and_date, write_moment, write_time

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
VENDOR = {
    "htmx": "vendor/htmx.org-2.0.11/htmx.min.js",
    "sse": "vendor/htmx-ext-sse-2.2.4/sse.min.js",
    "pico": "vendor/picocss-pico-2.1.1/pico.min.css",
    "icons": "vendor/tabler-icons-3.52.0/icons.svg",
}


@cache
def environment() -> Environment:
    """The templates' environment: everything is escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        t=text,
        label=label,
        static=static_url,
        look=look.stylesheet_url,
        icon=icon,
        vendor=VENDOR,
        initials="".join(word[0] for word in text("site.name").split()[:2]).upper(),
        release=RELEASE,
        stages=stages.stages,
        transitions=stages.transitions,
        roles=roles.roles,
        reasons=lambda name: reasons.reasons(reasons.ReasonList(name)),
        categories=complaints.categories,
        ladder=complaint_flow.ladder,
        new_key=lambda: str(uuid.uuid4()),
        time_left=formats.time_left,
    )
    made.filters.update(
        short=formats.write_short,
        moment=write_moment,
        day=write_day_and_date,
        today=today,
        time=write_time,
        iso_date=formats.write_iso_date,
        duration=formats.write_length,
        masked_name=formats.mask_name,
        masked_phone=formats.mask_phone,
        masked_number=numbers.mask,
        chat_text=write_chat,
        moments_of=sensitive.moments_of,
        browser_name=name_browser,
        seconds_text=formats.write_seconds,
        short_seconds=formats.write_short_seconds,
    )
    made.tests.update(over_target=formats.over_target)
    return made


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTTPResponse:
    """A rendered page or part of one."""
    signed_in: SignedIn | None = getattr(request.ctx, "signed_in", None)
    now = request.app.ctx.services.clock()
    rendered = environment().get_template(template).render(
        signed_in=signed_in,
        actor=signed_in.actor if signed_in else None,
        csrf=signed_in.csrf if signed_in else "",
        nav=navigation.entries(signed_in.actor) if signed_in else [],
        path=request.path,
        theme=look.theme_of(request),
        message=_message(request),
        undo=number if numbering.is_number(number := request.args.get("urung", "")) else None,
        now=now,
        **values,
    )  # fmt: skip
    return html(rendered, status=status)


def see_other(path: str, message: str | None = None, **values: Any) -> HTTPResponse:
    """Sends the browser on after a form was handled, with a sentence of the catalogue (`done.<message>`) to show there."""
    if message is None:
        return redirect(path, status=303)
    more = "".join(f"&{key}={value}" for key, value in values.items())
    joint = "&" if "?" in path else "?"
    return redirect(f"{path}{joint}pesan={message}{more}", status=303)


@cache
def static_url(name: str) -> str:
    """The address of a static file, which changes with its content: browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def icon(name: str) -> Markup:
    """A picture beside a word that says the same: hidden from who listens."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(static_url(VENDOR["icons"]), name)


def _message(request: Request) -> str | None:
    """The sentence that an address asks to be shown: only sentences of the catalogue, only a count or one of our numbers within."""
    number = request.args.get("number", "")
    try:
        given = {"n": whole_number(request.args.get("n")), "number": number if numbering.is_number(number) else "–"}
        return text(f"done.{request.args.get('pesan', '')}", **given)
    except (KeyError, ValueError):
        return None
