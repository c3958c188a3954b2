"""What people decide on the candidates of a brief: recorded, read back, shown, learnt from."""
