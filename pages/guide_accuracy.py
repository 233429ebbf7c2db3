"""指南精准度: its finding, measures and pictures; every guide rule by unit, rule and item; one unit's own list."""

from components.areas.page import area_page, views_in_words
from components.areas.stories.guide_accuracy import story
from components.elements.context import open_page
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.guides import of_district as guide_views
from components.guides.of_unit import one_unit

here = open_page("guide_accuracy")
view = here.parameter("view")

if here.unit or view not in ("rules", "cross"):
    unit = here.unit
    area_page(
        here,
        story(lambda _: one_unit(unit, here.day, here) if unit else guide_views.whole_district(here.day, here)),
        guide_views.VIEWS,
    )
else:
    page_header("重点领域 · 指南精准度", guide_views.finding(view, here), here)
    render(views_in_words(guide_views.VIEWS, here))
    tell_what_was_done()
    if view == "rules":
        guide_views.by_rule(here.district, here)
    else:
        guide_views.against_other_data(here.day, here)
