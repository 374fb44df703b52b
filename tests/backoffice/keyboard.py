"""Walks over a page by the Tab key alone: every control is reached in the order in which it stands, and its focus is seen."""

from playwright.sync_api import Page

WATCH = """() => {
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const shown = (each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0;
  window.controls = [...document.querySelectorAll(stops)].filter(shown).filter((each) => each.type !== 'radio' || each.checked);
  document.body.addEventListener('htmx:beforeRequest', (event) => event.preventDefault());  // no row is replaced during the walk
  window.reached = []; window.unseen = [];
  document.addEventListener('focusin', ({ target }) => {
    const place = window.controls.indexOf(target);
    if (place < 0) return;
    window.reached.push(place);
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    const inSight = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!ring || !inSight) window.unseen.push(target.outerHTML.slice(0, 160));
  });
  document.activeElement?.blur(); window.scrollTo(0, 0);
  return window.controls.length + 3 + 7 * window.controls.filter((each) => (each.type || '').startsWith('date')).length;
}"""
FOUND = """() => ({ reached: window.reached, unseen: window.unseen,
  missed: window.controls.filter((_, place) => !window.reached.includes(place)).map((each) => each.outerHTML.slice(0, 160)) })"""


def require_keyboard(page: Page, path: str) -> None:
    """Fails where a control can't be reached, is reached out of order, or has the focus without showing it."""
    page.emulate_media(reduced_motion="reduce")
    for _ in range(page.evaluate(WATCH)):
        page.keyboard.press("Tab")
    found = page.evaluate(FOUND)
    assert found["missed"] == [], f"{path}: the Tab key does not reach {found['missed'][:3]}"
    assert found["unseen"] == [], f"{path}: the focus is not seen on {found['unseen'][:3]}"
    once = list(dict.fromkeys(found["reached"]))
    assert once == sorted(once), f"{path}: the Tab key goes another way than the eye"


def require_skip_link(page: Page, path: str) -> None:
    """Fails unless the first Tab offers to go past the menu, and Enter does."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", f"{path}: the first stop is no way past the menu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi", f"{path}: the way past the menu leads nowhere"


def require_help(page: Page, path: str) -> None:
    """Fails unless `?` opens the help, and closing it gives the focus back to where it was."""
    before = "document.activeElement.id || document.activeElement.outerHTML.slice(0, 80)"
    page.locator(".brand").focus()
    held = page.evaluate(before)
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('#bantuan').open"), f"{path}: no help"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('#bantuan').open") and page.evaluate(before) == held, (
        f"{path}: the focus is lost after the help"
    )
