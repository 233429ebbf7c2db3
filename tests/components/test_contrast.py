"""screens.md, “Encoding”: a text stands out from its ground by 4.5 : 1, a shape by 3 : 1; no neutral is like 缺报."""

import re
import tomllib
from pathlib import Path

import pytest

from components.areas.pictures import EDGE, GREY_RAMP, GREYS, LATE_RAMP, Ramp
from components.elements.charts import FILL, INK, QUIET
from components.elements.lamp import COUNTED
from frame.appearance import sign_in_styles, styles, wall_styles
from models.lamps import FACES, Lamp

TEXT, SHAPE = 4.5, 3.0
WHITE = "#ffffff"
THEME = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
SHEETS = {"board": styles(), "signing in": sign_in_styles(), "wall": wall_styles()}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    dark, light = sorted((luminance(colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def whole(colour: str) -> str:
    """#fff → #ffffff."""
    return colour.lower() if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:].lower())


def without_forced_colours_and_lamps(sheet: str) -> str:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S).partition("@media (forced-colors")[0]
    return re.sub(r"^\.lamp-[a-z-]+\{.*\}$", "", sheet, flags=re.M)


def colours(sheet: str, name: str) -> set[str]:
    """The colours that a property of the sheet takes, variables put in; a lamp's are looked at on their own."""
    sheet = without_forced_colours_and_lamps(sheet)
    variables = dict(re.findall(r"(--[a-z-]+):\s*(#[0-9a-fA-F]{3,6})\b", sheet))
    values = re.findall(rf"(?<![-a-z]){name}:\s*(#[0-9a-fA-F]{{3,6}}|var\(--[a-z-]+\))", sheet)
    return {
        whole(variables.get(value[4:-1], "") if value.startswith("var") else value)
        for value in values
        if not value.startswith("var") or value[4:-1] in variables
    }


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_dark_text_can_be_read_on_every_light_ground_of_its_sheet_and_every_light_one_on_every_dark(sheet):
    texts = colours(SHEETS[sheet], "color") | {THEME["textColor"].lower()}
    grounds = {ground for ground in colours(SHEETS[sheet], "background") if not 0.06 < luminance(ground) < 0.75} | {
        WHITE,
        THEME["primaryColor"].lower(),
        THEME["secondaryBackgroundColor"].lower(),
    }
    poor = {
        (text, ground): round(contrast(text, ground), 2)
        for text in texts
        for ground in grounds
        if (luminance(text) < 0.4) is (luminance(ground) > 0.4) and contrast(text, ground) < TEXT
    }
    assert len(texts) >= 2 and len(grounds) >= 3 and poor == {}


@pytest.mark.parametrize("lamp", list(Lamp))
def test_a_lamp_can_be_read_on_white_on_the_quiet_ground_on_its_tint_and_in_a_bar(lamp):
    face = FACES[lamp]
    pairs = ((face.colour, WHITE), (face.colour, "#F4F6F8"), (face.colour, face.tint), (face.on_fill, face.fill))
    assert [pair for pair in pairs if contrast(*pair) < TEXT] == []


def test_white_on_the_green_of_what_is_done_can_be_read():
    done = FACES[Lamp.DONE]
    assert (done.on_fill, done.fill) == ("#FFFFFF", "#2A8162") and contrast(done.on_fill, done.fill) >= TEXT


@pytest.mark.parametrize("lamp", COUNTED)
def test_a_bar_s_segment_has_an_edge_that_stands_out_from_the_page(lamp):
    assert "box-shadow: inset 0 0 0 1px var(--lamp)" in SHEETS["board"]
    assert contrast(FACES[lamp].colour, WHITE) >= SHAPE


@pytest.mark.parametrize("shape", [FILL, EDGE, INK, QUIET, GREYS[-1], *colours(SHEETS["board"], "--shape")])
def test_a_neutral_shape_stands_out_from_the_page_and_from_the_quiet_ground(shape):
    assert contrast(shape, WHITE) >= SHAPE and contrast(shape, "#f4f6f8") >= SHAPE


def test_words_in_a_bar_of_a_picture_can_be_read():
    assert contrast(INK, FILL) >= TEXT


@pytest.mark.parametrize("ramp", [GREY_RAMP, LATE_RAMP])
def test_words_on_every_depth_of_a_table_of_colours_can_be_read(ramp: Ramp):
    def at(depth: float) -> str:
        channels = ((int(ramp.light[i : i + 2], 16), int(ramp.dark[i : i + 2], 16)) for i in (1, 3, 5))
        return "#" + "".join(f"{round(light + depth * (dark - light)):02x}" for light, dark in channels)

    depths = [step / 200 for step in range(201)]
    poor = [depth for depth in depths if contrast(WHITE if depth > ramp.turn else "#000000", at(depth)) < TEXT - 0.05]
    assert poor == []


def test_no_neutral_is_the_colour_of_what_was_not_reported():
    missing = FACES[Lamp.NOT_REPORTED]
    neutrals = {FILL, EDGE, *GREYS} | {
        colour
        for sheet in SHEETS.values()
        for colour in re.findall(r"#[0-9a-fA-F]{6}\b", without_forced_colours_and_lamps(sheet))
    }
    same = {colour for colour in neutrals if colour.lower() in (missing.fill.lower(), missing.colour.lower())}
    alike = {colour for colour in (FILL, EDGE, *GREYS) if contrast(colour, missing.fill) < 1.25}
    assert same == set() and alike == set()
