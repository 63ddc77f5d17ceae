"""The tables of the pages are those that the code gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import PAGES
from tests.docs.tables import MARKED, TABLES, rewritten

WITH_TABLES = [page for page in PAGES if MARKED.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", WITH_TABLES, ids=lambda page: page.stem)
def test_a_page_has_the_tables_of_the_code(page: Path, pytestconfig: pytest.Config) -> None:
    text = page.read_text(encoding="utf-8")
    if pytestconfig.getoption("--rewrite-golden"):
        page.write_text(rewritten(text), encoding="utf-8", newline="\n")
    else:
        assert rewritten(text) == text


def test_every_table_stands_on_some_page() -> None:
    shown = [found[2] for page in WITH_TABLES for found in MARKED.finditer(page.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(TABLES)
