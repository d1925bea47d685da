"""landing: the files of the inbox, kept as they came."""

import dagster as dg

from orchestration.defs.metadata import Materialized, archive_metadata
from orchestration.defs.resources import SettingsResource
from orchestration.landing.archive import archive


@dg.asset(key_prefix="landing", group_name="landing", kinds={"python"})
def originals(settings: SettingsResource) -> Materialized:
    """Every file of the inbox, by the hash of its bytes, with the path it came under."""
    return dg.MaterializeResult(metadata=archive_metadata(archive(settings.read())))
