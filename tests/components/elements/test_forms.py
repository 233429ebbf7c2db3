"""One way to hand in a form: acted once, told once, refused in place, asked once more before it is for good."""

from streamlit.testing.v1 import AppTest

from components.elements.rendering import render


def page_with_forms() -> None:
    import streamlit as st

    from components.elements.forms import ask_once_more, draw_question, entry_form, submit, tell_what_was_done
    from services.access.refusal import RefusedRequest

    def note(word: str) -> str:
        st.session_state.setdefault("notes", []).append(word)
        return f"已登记：{word}<b>"

    def refuse() -> str:
        raise RefusedRequest("理由未填写，请填写。")

    tell_what_was_done()
    with entry_form("plain"):
        word = st.text_input("词")
        if st.form_submit_button("登记"):
            submit(lambda: note(word))
        if st.form_submit_button("必被拒"):
            submit(refuse)
    with entry_form("for good"):
        reason = st.text_input("理由")
        if st.form_submit_button("退回"):
            ask_once_more("return", f"将退回：{reason}", lambda: note(reason))
    draw_question("return")


def opened() -> AppTest:
    return AppTest.from_function(page_with_forms).run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def notes(app: AppTest) -> list[str]:
    return app.session_state["notes"] if "notes" in app.session_state else []  # noqa: SIM401 it has no get


def test_what_was_done_is_said_once_and_escaped():
    app = opened()
    app.text_input[0].set_value("甲")
    assert "已登记：甲&lt;b&gt;" in html(press(app, "登记")) and notes(app) == ["甲"]
    assert "已登记" not in html(app.run())


def test_a_refusal_stands_where_the_form_stands_and_nothing_is_done():
    app = press(opened(), "必被拒")
    assert [warning.value for warning in app.warning] == ["理由未填写，请填写。"] and notes(app) == []


def test_what_is_for_good_is_done_only_after_a_second_word_that_tells_what_changes():
    app = opened()
    app.text_input[1].set_value("缺材料")
    press(app, "退回")
    assert "将退回：缺材料" in html(app) and notes(app) == []
    press(app, "确认")
    assert notes(app) == ["缺材料"] and "将退回" not in html(app)
    assert notes(app.run()) == ["缺材料"]


def test_who_goes_back_has_done_nothing_and_still_has_what_was_typed():
    app = opened()
    app.text_input[1].set_value("缺材料")
    press(press(app, "退回"), "返回修改")
    assert notes(app) == [] and "将退回" not in html(app) and app.text_input[1].value == "缺材料"


def test_every_form_of_ours_ignores_enter():
    assert render  # the forms of the product are held by tests/browser/test_enter.py
    forms = [block.proto.form for block in opened().main.children.values() if block.proto.HasField("form")]
    assert len(forms) == 2 and not any(form.enter_to_submit for form in forms)
