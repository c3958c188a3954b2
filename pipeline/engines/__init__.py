"""Where the stages run: a process pool here, or a Dask scheduler and its workers."""
