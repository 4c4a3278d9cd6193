"""When something recurs: rules, their stored form, and what people type for them. Pure; no Discord."""
