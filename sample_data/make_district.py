"""The story goes in; the workbooks that units sent from June to August 2023 and manifest.json, in order of time, come out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from sample_data.ledgers import ledger_posts
from sample_data.own_workbooks import own_posts
from sample_data.post import Post
from sample_data.progress_rows import decisions
from sample_data.returned_files import returned_posts

FOLDER = "district"
TARGETS = [{"kind": "target", "indicator": "intermediary_selections", "baseline": 70, "at": "2023-07-06T10:00:00+08:00",
            "reason": "2022年6月至7月中介超市选取70次"}]


def make(folder: Path) -> Path:
    district = folder / FOLDER
    shutil.rmtree(district, ignore_errors=True)
    posts = all_posts()
    for post in posts:
        post.write(district)
    path = district / "manifest.json"
    path.write_text(json.dumps(manifest(posts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def all_posts() -> list[Post]:
    return sorted([*ledger_posts(), *own_posts(), *returned_posts()], key=lambda post: (post.at, post.file))


def manifest(posts: Sequence[Post]) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = [*(dict(post.entry()) for post in posts), *map(dict, decisions()), *TARGETS]
    return sorted(entries, key=lambda entry: str(entry["at"]))


if __name__ == "__main__":
    print(make(Path(__file__).parent))
