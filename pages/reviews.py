"""好差评: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.reviews import STORY
from components.elements.context import open_page

here = open_page("reviews")
area_page(here, STORY)
