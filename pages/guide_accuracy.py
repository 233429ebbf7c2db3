"""指南精准度: what all areas show, then every guide rule by unit, by rule and by item; one unit's list of what to
mend.
"""

from components.areas.page import area_page
from components.elements.context import open_page
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.guides import of_district as guide_views
from components.guides.of_unit import one_unit

here = open_page("guide_accuracy")
view = here.parameter("view")
views = guide_views.navigation(view, here)

if here.unit or view not in ("rules", "cross"):
    area_page(here, views)
    if here.unit:
        one_unit(here.unit, here.day, here)
    else:
        guide_views.whole_district(here.day, here)
else:
    page_header("重点领域 · 指南精准度", guide_views.finding(view, here), here)
    render(views)
    tell_what_was_done()
    if view == "rules":
        guide_views.by_rule(here.district, here)
    else:
        guide_views.against_other_data(here.day, here)
