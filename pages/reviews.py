"""好差评: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import area_context
from components.areas.sections.reviews import sections
from components.elements.context import open_page

here = open_page("reviews")
area_page(here)
sections(area_context(here))
