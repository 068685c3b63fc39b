"""What one look at a page finds: axe, and what axe does not see."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = Callable[[Page], list[str]]

# Links within a sentence may be as high as its line (WCAG 2.5.8).
SMALL_TARGETS: Final = """() => [...document.querySelectorAll(
  'a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(e => e.offsetParent !== null && !e.closest('p, .skip, dd, .where, .quiet'))
  .map(e => e.closest('label.chip') || e)
  .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
UNLABELLED: Final = """() => [...document.querySelectorAll(
  'input:not([type=hidden]), select, textarea')]
  .filter(e => !e.labels.length && !e.getAttribute('aria-label')
    && !e.getAttribute('aria-labelledby')).map(e => e.name)"""
# Focus every control as the keyboard would: it has to be in sight, in front and outlined.
HIDDEN_FOCUS: Final = """() => {
  const found = [];
  const able = [...document.querySelectorAll('a[href], button, summary, select, textarea, '
    + 'input:not([type=hidden]), [tabindex="0"]')]
    .filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  for (const e of able) {
    e.focus({ focusVisible: true });
    const name = (e.textContent.trim() || e.name || e.tagName).slice(0, 40);
    if (document.activeElement !== e) { found.push(`${name}: takes no focus`); continue; }
    const shown = e.closest('label') || e;
    const box = shown.getClientRects()[0];
    const x = box.left + Math.min(box.width / 2, 40);
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const hit = document.elementFromPoint(x, y);
    if (box.bottom < 1 || box.top > innerHeight - 1) found.push(`${name}: out of sight`);
    else if (!hit || !(shown.contains(hit) || e.contains(hit))) found.push(`${name}: covered`);
    const lined = [e, shown].some(one => getComputedStyle(one).outlineStyle !== 'none');
    if (!lined) found.push(`${name}: not outlined`);
    if (e.tabIndex > 0) found.push(`${name}: out of turn`);
  }
  document.activeElement.blur();
  return found;
}"""
# Without JavaScript a form still has to be sent and a link to be followed.
NEEDS_SCRIPT: Final = """() => [...document.querySelectorAll(
  '[hx-get], [hx-post], [onclick], a:not([href]), button[type=button]')]
  .filter(e => !e.closest('[data-passkey], [data-sample]'))
  .filter(e => !(e.matches('form[method=post][action]')
      && e.getAttribute('action') === e.getAttribute('hx-post')))
  .filter(e => !(e.matches('a[href], form[method=get][action]') && e.hasAttribute('hx-get')))
  .map(e => e.outerHTML.slice(0, 120))"""
FRAME: Final = """() => {
  const count = (what) => document.querySelectorAll(what).length;
  const found = [];
  if (count('h1') !== 1) found.push(`${count('h1')} first headings`);
  if (count('main') !== 1) found.push(`${count('main')} main parts`);
  if (document.documentElement.lang !== 'ja') found.push('no language');
  if (!/.+ - 出番$/.test(document.title)) found.push(`title ${document.title}`);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  return found.concat(twice.map(id => `id ${id} twice`));
}"""
WIDE: Final = "() => document.documentElement.scrollWidth > innerWidth"
NARROWEST: Final = 320
TWICE: Final = (
    "() => { document.documentElement.style.fontSize = '212.5%'; }"  # of the browser's 16
)


def axe(page: Page, **only: list[str]) -> list[str]:
    """Let axe look at everything that it knows (WCAG 2.2 A and AA, and its good practices)."""
    options = {"resultTypes": ["violations"], **only}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def wide_when_narrow(page: Page, width: int = NARROWEST) -> list[str]:
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": width, "height": size["height"]})
    wide = [f"wider than {width}"] if page.evaluate(WIDE) else []
    page.set_viewport_size(size)
    return wide


def wide_when_large(page: Page) -> list[str]:
    """Let the letters be twice as large in twice the narrowest width."""
    page.evaluate(TWICE)
    wide = wide_when_narrow(page, 2 * NARROWEST)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return wide


def _said(script: str) -> Look:
    return lambda page: list(page.evaluate(script))


LOOKS: Final[dict[str, Look]] = {
    "axe": axe,
    "small targets": _said(SMALL_TARGETS),
    "no label": _said(UNLABELLED),
    "focus": _said(HIDDEN_FOCUS),
    "needs a script": _said(NEEDS_SCRIPT),
    "frame": _said(FRAME),
    "narrow": wide_when_narrow,
    "large letters": wide_when_large,
}


# The same page once more, wide and dark: the rules that colours and sizes can change.
AGAIN: Final = LOOKS | {
    "axe": lambda page: axe(page, runOnly=["color-contrast", "target-size", "link-in-text-block"])
}


def look(page: Page, looks: Mapping[str, Look] = LOOKS) -> dict[str, list[str]]:
    """Look at the page once, in every way."""
    return {name: found for name, way in looks.items() if (found := way(page))}
