"""数据报送."""

from pathlib import Path

from tests.pages.visiting import text_of

ROOT = Path(__file__).resolve().parents[2]


def upload(app, path: Path):
    app.file_uploader[0].upload(path.name, path.read_bytes(), "application/octet-stream").run()
    assert not app.exception
    return app


def test_a_workbook_with_wrong_cells_shows_them_in_place_and_cannot_be_confirmed(visit):
    app = upload(visit("upload"), ROOT / "sample_data" / "district" / "退回" / "区城管局6月好差评明细.xlsx")
    shown = text_of(app)
    assert "读到的内容" in shown and 'class="wrong lamp-' in shown
    assert "确认报送" not in {button.label for button in app.button}


def test_a_file_that_is_no_workbook_gets_one_sentence(visit, tmp_path):
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"%PDF-1.7 not a workbook")
    assert "文件未能读取" in text_of(upload(visit("upload"), path))


def test_the_dataset_in_the_address_is_chosen_and_its_template_offered(visit):
    shown = text_of(visit("upload", dataset="reviews"))
    assert "/templates/reviews" in shown and "/templates/guides" not in shown
