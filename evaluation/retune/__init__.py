"""Learns the weights of the blend from what became of the past's presentations."""
