"""Weights under control: what they were fitted on, the gates of a promotion, the way back."""
