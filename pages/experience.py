"""用户体验: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.experience import STORY
from components.elements.context import open_page

here = open_page("experience")
area_page(here, STORY)
