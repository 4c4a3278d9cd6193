"""The pain diary: what was logged, what it says over time. No Discord."""
