"""Bugs of the harness itself, and the tests that find them."""
