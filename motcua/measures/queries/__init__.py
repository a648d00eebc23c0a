"""Questions about figures; they never write."""
