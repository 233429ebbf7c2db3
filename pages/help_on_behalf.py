"""帮办代办: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.help_on_behalf import STORY
from components.elements.context import open_page

here = open_page("help_on_behalf")
area_page(here, STORY)
