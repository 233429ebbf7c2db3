"""What axe-core has against a page, apart from what is Streamlit's own."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Every rule, and the one for targets of 24 px, which axe leaves out unless it is asked for."""

OF_STREAMLIT = {
    # Streamlit's menu is a list whose items stand in a group each, with the heading of the group between them: the
    # list is its component, and offers nothing to say it otherwise.
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems]",
    # The place where a file is dropped is named and at the same time said to be decoration; the button in it is named.
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",
}
"""Rule → where Streamlit breaks it in a way that the board cannot mend, and why."""

VIOLATIONS = """async ([options, ofStreamlit]) => {
  const results = await axe.run(document, options);
  const isStreamlits = (rule, target) => rule in ofStreamlit && document.querySelector(target)?.closest(ofStreamlit[rule]);
  return results.violations.flatMap(rule => rule.nodes
    .filter(node => !isStreamlits(rule.id, node.target.at(-1)))
    .map(node => `${rule.id}: ${node.html.slice(0, 200)} ${[...node.any, ...node.all, ...node.none].map(check => check.message)}`));
}"""  # noqa: E501


def violations(page: Page) -> list[str]:
    """Return a line for each thing that breaks a rule: the rule, the element, what is wrong."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    lines: list[str] = page.evaluate(VIOLATIONS, [OPTIONS, OF_STREAMLIT])
    return lines
