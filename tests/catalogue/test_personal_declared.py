"""Whatever a heading says is a person's is declared so, and masked from that one declaration."""

import re

import pytest

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from models.definitions import Field, Kind, PersonalData

FIELDS = [
    pytest.param(dataset.code, field, id=f"{dataset.code}-{field.label}")
    for dataset in (DATASETS | BUREAU_DATASETS).values()
    for part in dataset.parts
    for field in part.fields
]
PERSONS = re.compile(r"姓名|联系人|联系电话|手机|身份证|证件号|申请人$|诉求人|来电人|帮办员|责任人|责任领导|^服务对象$")
PUBLISHED = {"guides"}
"""What a guide says is published for everyone."""


@pytest.mark.parametrize(("dataset", "field"), FIELDS)
def test_every_field_whose_heading_names_or_reaches_a_person_is_declared_personal(dataset: str, field: Field) -> None:
    if dataset in PUBLISHED or field.kind is Kind.YES_NO:
        assert field.personal is None
    elif PERSONS.search(field.label):
        assert field.personal in {PersonalData.NAME, PersonalData.PHONE, PersonalData.IDENTITY}


@pytest.mark.parametrize(("dataset", "field"), FIELDS)
def test_free_texts_about_cases_are_masked_by_pattern(dataset: str, field: Field) -> None:
    if dataset not in PUBLISHED and re.search(r"内容$|情况$|存在问题|措施|整改说明|整改结果|问题描述", field.label):
        assert field.personal is PersonalData.FREE_TEXT


@pytest.mark.parametrize(("dataset", "field"), FIELDS)
def test_what_is_personal_is_text(dataset: str, field: Field) -> None:
    assert field.personal is None or field.kind is Kind.TEXT
