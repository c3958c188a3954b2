"""Learns a challenger's weights from an agency's past, and says what it would change."""
