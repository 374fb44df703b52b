"""One look for all pages: one stylesheet with one set of tokens, light and dark, icons that are there, no more than a page may weigh."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from backoffice.web import look
from backoffice.web.pages import STATIC, VENDOR

TEMPLATES = sorted((STATIC.parent / "templates").glob("*.html"))
PARTS = [part for part in sorted(look.FOLDER.glob("*.css")) if part.stem != "tokens"]
MOST = 100_000
"""Bytes of CSS and JS, gzipped, that a case's page may load (the issue's limit for one design system)."""


def weight(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_every_part_of_the_stylesheet_is_served_once():
    assert sorted(look.PARTS) == sorted(part.stem for part in look.FOLDER.glob("*.css"))


def test_the_page_of_a_case_stays_under_the_limit():
    base = (STATIC.parent / "templates/base.html").read_text()
    scripts = re.findall(r"static\('(\w+\.js)'\)", base)
    loaded = weight(VENDOR["pico"], VENDOR["htmx"], VENDOR["sse"], *scripts, "viewer.js") + len(gzip.compress(look.stylesheet(), 9))
    assert scripts and loaded <= MOST


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_colours_stand_in_the_tokens_alone(part: Path):
    own = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\s*[{,>:.])", part.read_text())) - {"#fff"}
    assert own <= {"#a3201c"}, "light and dark need a pair: name the colour in tokens.css"


def test_every_token_that_is_used_is_one():
    style = look.stylesheet().decode()
    named = set(re.findall(r"(--[a-z][\w-]*)\s*:", style))
    used = {name for name in re.findall(r"var\((--[a-z][\w-]*)", style) if not name.startswith("--pico-")}
    assert used <= named, used - named


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_no_template_styles_an_element_by_itself_and_every_icon_is_there(template: Path):
    text = template.read_text()
    assert not re.search(r"<[a-z][^>]*\sstyle=|<style|\son\w+=|<script>", text), "the Content-Security-Policy refuses it"
    sprite = (STATIC / VENDOR["icons"]).read_text()
    assert {name for name in re.findall(r'icon\("([\w-]+)"\)', text) if f'id="{name}"' not in sprite} == set()


def test_what_others_wrote_is_as_they_published_it():
    listed = dict(line.split("  ")[::-1] for line in (STATIC / "vendor/SHA256SUMS").read_text().splitlines())
    files = [each for each in (STATIC / "vendor").rglob("*") if each.suffix in (".js", ".css", ".svg")]
    assert {str(each.relative_to(STATIC / "vendor")): hashlib.sha256(each.read_bytes()).hexdigest() for each in files} == listed


async def test_light_or_dark_is_chosen_on_a_machine_and_else_follows_it(app, sign_in):
    staff = await sign_in("petugas")
    assert "data-theme=" not in (await staff.open("/antrean")).text
    staff.client.cookies.set("tampilan", "gelap")
    assert '<html lang="id" data-theme="dark">' in (await staff.open("/antrean")).text
    staff.client.cookies.set("tampilan", '"><script>')
    assert "data-theme=" not in (await staff.open("/antrean")).text


async def test_the_stylesheet_is_kept_by_browsers_until_it_changes(app, sign_in):
    staff = await sign_in("petugas")
    answer = await staff.client.get(look.stylesheet_url())
    assert answer.headers["content-type"].startswith("text/css") and "immutable" in answer.headers["cache-control"]
    assert answer.content == look.stylesheet() and look.stylesheet_url() in (await staff.open("/antrean")).text
