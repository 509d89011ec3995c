"""Believable agreements of other years, made from the real ones, with what is true of them."""
