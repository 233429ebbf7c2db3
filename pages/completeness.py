"""渠道完备度: its finding, measures and pictures, and every table of it."""

from components.areas.page import area_page
from components.areas.stories.completeness import STORY
from components.elements.context import open_page

here = open_page("completeness")
area_page(here, STORY)
