"""渠道完备度: what all area pages share, then what only this area has."""

from components.area_page import area_page
from components.area_sections.completeness import sections
from components.area_sections.showing import showing

area_page("completeness")
sections(showing("completeness"))
