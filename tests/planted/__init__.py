"""Every planted bug does what it says: each is played out, step by step."""
