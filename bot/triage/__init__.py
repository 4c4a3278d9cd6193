"""From answers to a disposition and its reasons. Pure: no Discord, no clock, no input or output."""
