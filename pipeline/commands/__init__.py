"""The commands, one module a group; `pipeline.cli` lists them."""
