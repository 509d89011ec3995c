"""Measures the assistant on golden questions; never steers it."""
