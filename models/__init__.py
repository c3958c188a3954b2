"""Text and tables in, numbers out."""
