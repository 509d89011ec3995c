"""The agreements and the words that all code shares; imports nothing of ours."""
