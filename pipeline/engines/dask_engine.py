"""Runs the stages on many machines through Dask; the files lie where every machine finds them."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import InputError
from pipeline.engines.engine import DIED, FileStage, Outcome, Pair, finish

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True, kw_only=True)
class DaskEngine:
    """The workers of a Dask scheduler, or without one `workers` processes of this machine.

    Workers need this package and the same paths to the inbox and to the runs folder. Addresses,
    certificates and patience are Dask's own settings (docs/scale.md).
    """

    scheduler: str | None = None  # such as tls://host:8786
    workers: int = 2

    def run(self, stage: FileStage, pairs: Sequence[Pair]) -> Iterator[Outcome]:
        """As `Engine.run`. A file that killed several workers is given up, the others go on.

        Raises:
            InputError: Dask is not installed, or the scheduler does not answer.
        """
        if not pairs:
            return
        with closing(self._client()) as client:
            from distributed import KilledWorker

            killers = []
            for pair, error in _submit(client, stage, pairs):
                if isinstance(error, KilledWorker):  # it, or a neighbour, killed the workers
                    killers.append(pair)
                else:
                    yield pair, error
            for pair in killers:
                for _, error in _submit(client, stage, [pair]):
                    died = isinstance(error, KilledWorker)
                    yield pair, RuntimeError(DIED) if died else error

    def _client(self) -> "Client":
        try:
            from distributed import Client
        except ImportError as error:
            raise InputError(
                "The engine `dask` needs Dask, which is not installed: "
                "`pip install 'briefmatch[dask]'`, or leave `--engine` out."
            ) from error
        if self.scheduler is None:
            return Client(n_workers=self.workers, threads_per_worker=1, dashboard_address=None)
        try:
            return Client(self.scheduler)
        except (OSError, ValueError, TypeError) as error:  # TypeError: TLS without certificates
            raise InputError(
                f"A Dask scheduler must answer at {self.scheduler}, but none does ({error}): "
                "start one with `dask scheduler`, or correct the address or the certificates."
            ) from error


def _submit(client: "Client", stage: FileStage, pairs: Sequence[Pair]) -> Iterator[Outcome]:
    from distributed import as_completed

    # Tasks of one group wait at the scheduler, so that a dying worker takes few with it.
    group = f"finish-{uuid.uuid4().hex}"
    futures = {
        client.submit(finish, stage, *pair, key=(group, number), pure=False): pair
        for number, pair in enumerate(pairs)
    }
    for future in as_completed(list(futures), raise_errors=False):
        error = future.exception() if future.status == "error" else None
        if future.status == "cancelled":
            error = RuntimeError("Dask lost its scheduler; run again to go on with what is left")
        yield futures[future], error
