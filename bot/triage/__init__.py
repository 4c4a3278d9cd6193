"""The symptom check: from answers to how soon somebody should be seen, and why. Pure: no Discord, no clock, no I/O."""
