"""The settings as a Dagster resource, and the dbt project; both are read when a run asks for them."""

from datetime import date

import dagster as dg
from dagster_dbt import DbtCliResource

from orchestration.defs.manifest import DBT_COMMAND, DBT_PROJECT
from orchestration.settings import Settings


class SettingsResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where a run finds its files. The data root comes from OGI_DATA_ROOT; the rest may be set for one run."""

    inbox: str | None = None
    as_of: str | None = None

    def read(self) -> Settings:
        """The settings of this run, with what it does not set from the environment."""
        return Settings.read(inbox=self.inbox, as_of=date.fromisoformat(self.as_of) if self.as_of else None)


RESOURCES = {
    "settings": SettingsResource(),
    "dbt": DbtCliResource(project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT), dbt_executable=DBT_COMMAND),
}
