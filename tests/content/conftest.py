from pathlib import Path

import polib
import pytest
import yaml

from content.catalogues import HEADER

HOME = {"type": "home", "title": "Guide", "summary": "What it is.", "lede": "Welcome."}
NEWS_INDEX = {"type": "news_index", "title": "News", "summary": "What is new."}
NEWS = {"type": "news", "title": "A first meeting", "summary": "They met.", "date": "2017-01-10"}


class Tree:
    """A small content folder: `write` makes files, `po` makes catalogues."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, data: dict | str, **fields: object) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, dict):
            data = yaml.safe_dump({"code": path.stem, **data, **fields}, allow_unicode=True, sort_keys=False)
        path.write_text(data)
        return path

    def po(self, name: str, messages: dict[str, str], language: str = "fr", **header: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = polib.POFile()
        catalogue.metadata = {**HEADER, "Language": language, **{k.replace("_", "-"): v for k, v in header.items()}}
        catalogue.extend(polib.POEntry(msgid=text, msgstr=translation) for text, translation in messages.items())
        catalogue.save(str(path))
        return path


@pytest.fixture
def empty_tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


@pytest.fixture
def tree(empty_tree: Tree) -> Tree:
    """A home page, a news index and one news page, in English."""
    empty_tree.write("en/home/home.yaml", HOME)
    empty_tree.write("en/news/news.yaml", NEWS_INDEX)
    empty_tree.write("en/news/first-meeting.yaml", NEWS)
    return empty_tree
