"""The Latin words left in what a page shows or says to a screen reader (engineering_notes.md, “Chinese screen”)."""

import re

from playwright.sync_api import Page

BELONGS = re.compile(
    "|".join(
        (
            # file formats and programs that have no other name
            r"\.?(?i:xlsx|xlsm|xlsb|xls|ods|csv|et|pdf|ics|ofd|heic|heif|png|jpe?g|docx?)\b",
            r"\b(?:SHA|Excel|Word|WPS)\b",
            r"(?:MB|KB)\b",  # sizes of files
            r"[0-9A-Z]{8,}\b",  # codes of items, of credit, numbers of cases
            r"\b[0-9a-f]{8,}…?",  # digests
            r"\b[A-Z]{1,2}\d+\b",  # cells
            r"\b[A-Z]{2}(?= [一-鿿])",  # columns of a sheet
            r"[a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+",  # names that whoever installs the board writes
        )
    )
)
LATIN = re.compile(r"[A-Za-z]{2,}")

WORDS_ON_SCREEN = """() => {
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!element || element.closest("script, style, svg defs, code, [data-as-typed], [data-testid=stIconMaterial]")) continue;
    if (node.nodeType === Node.TEXT_NODE) words.push(node.data);
    else for (const name of ["aria-label", "aria-valuetext", "aria-description", "aria-roledescription", "alt", "title", "placeholder"])
      if (node.getAttribute(name)) words.push(node.getAttribute(name));
  }
  return words;
}"""  # noqa: E501


def latin_left(page: Page) -> set[str]:
    """Return the texts of the page, unseen ones too, in which Latin words are left that do not belong there."""
    on_screen = page.evaluate(WORDS_ON_SCREEN)
    assert len(on_screen) > 20, "the page is empty"
    return {text.strip() for text in on_screen if LATIN.search(BELONGS.sub("", text))}
