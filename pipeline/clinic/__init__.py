"""The brief clinic: what a brief leaves open, where it contradicts itself, and what it costs."""
