"""From what somebody types about time to a value, or to an error that names the true reason."""
