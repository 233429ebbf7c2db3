"""工程审批: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.engineering_approvals import STORY
from components.elements.context import open_page

here = open_page("engineering_approvals")
area_page(here, STORY)
