"""`python -m pipeline` is the same as `briefmatch`."""

from pipeline.cli import main

main()
