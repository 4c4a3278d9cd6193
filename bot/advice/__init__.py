"""The advice: what hurts, what may be behind it, what helps; written in YAML, checked, frozen. Pure; no Discord."""
