"""The documented views of the release, and how they get into its database."""

from __future__ import annotations

import duckdb

from orchestration.publication.joins import JOINS
from orchestration.publication.questions import QUESTIONS
from orchestration.publication.tables import View, quoted

VIEWS: tuple[View, ...] = (*JOINS, *QUESTIONS)


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every view with its comments; a column that a table also has takes that table's comment."""
    known = {
        str(name): str(comment)
        for name, comment in connection.execute(
            "select column_name, min(comment) from duckdb_columns()"
            " where database_name = current_database() and comment is not null group by column_name"
        ).fetchall()
    }
    for view in VIEWS:
        connection.execute(f"create view {view.name} as {view.query}")
        connection.execute(f"comment on view {view.name} is {quoted(f'{view.zh} {view.en}')}")
        names = connection.execute(f"select column_name from (describe {view.name})").fetchall()
        for (name,) in names:
            words = " ".join(view.columns[name]) if name in view.columns else known.get(name)
            if words:
                connection.execute(f'comment on column {view.name}."{name}" is {quoted(words)}')
