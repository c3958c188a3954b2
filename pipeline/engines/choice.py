"""The engine that the settings name."""

from pipeline.engines.dask_engine import DaskEngine
from pipeline.engines.engine import Engine, LocalEngine
from pipeline.settings import NightSettings


def open_engine(settings: NightSettings) -> Engine:
    """Who reads and embeds in a night with these settings."""
    if settings.engine == "dask":
        return DaskEngine(scheduler=settings.scheduler, workers=settings.workers)
    return LocalEngine(workers=settings.workers)
