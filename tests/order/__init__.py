"""What happened before what."""
