"""Measurements of the product on real data and on made work; nothing here runs in a night."""
