"""12345 热线: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.hotline import STORY
from components.elements.context import open_page

here = open_page("hotline")
area_page(here, STORY)
