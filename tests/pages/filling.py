"""Forms of a page filled in as people do: by the words on screen."""

from streamlit.testing.v1 import AppTest


def field(app: AppTest, label: str):
    """The one field of which the label begins so, the last where several forms have it."""
    return [
        element
        for kind in ("text_input", "number_input", "date_input", "selectbox", "radio", "checkbox")
        for element in app.get(kind)
        if element.label.startswith(label)
    ][-1]


def fill(app: AppTest, **typed: object) -> AppTest:
    for label, value in typed.items():
        field(app, label).set_value(value)
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Presses the button, and confirms where the page asks once more."""
    [button for button in app.button if button.label == label][-1].click().run()
    for question in [button for button in app.button if (button.key or "").startswith("yes ")]:
        question.click().run()
    assert not app.exception
    return app


def warnings(app: AppTest) -> str:
    return "\n".join(warning.value for warning in app.warning)
