"""What surrounds a night: its lock, gates and manifest, publishing, verifying, the way back."""
