"""The board begins to be served: what the last stop left is looked at, and told."""

from __future__ import annotations

from data_access.audit import ends_as_it_says
from data_access.database import (
    Fault,
    Unusable,
    close_folder_to_others,
    close_to_others,
    embedded_path,
    hold_for_serving,
    is_initialised,
    is_served,
    is_whole,
    left_in_haste,
    reading,
    refuse_other_version,
)
from data_access.figures import folding_of
from services.figures.refold import FOLDING


def begin_to_serve() -> list[str] | None:
    """Return what whoever starts the server should know, or None where there is no database.

    Raises DatabaseFailure where it cannot be opened, is damaged or of another version of the program.
    """
    in_haste = left_in_haste() and not is_served()
    if not is_initialised():
        return None
    refuse_other_version()
    try:
        hold_for_serving()
        if (path := embedded_path()) is not None:
            close_to_others(path)
            close_folder_to_others()
    except OSError as problem:
        raise Unusable(Fault.READ_ONLY) from problem
    sentences = []
    if in_haste:
        if not is_whole():
            raise Unusable(Fault.DAMAGED)
        sentences.append("上次没有正常停止，已检查：数据库文件完整。")
    with reading() as session:
        if not ends_as_it_says(session):
            sentences.append("审计日志的末尾与记录不符，请运行 manage.py audit verify 查明。")
        if folding_of(session) != FOLDING:
            sentences.append("指标由其他版本计算，请停止看板并运行 manage.py upgrade。")
    return sentences
