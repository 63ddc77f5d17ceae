"""Results as text and tables. Returns strings, prints nothing."""
