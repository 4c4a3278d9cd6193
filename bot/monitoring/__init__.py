"""How a host watches a running bot: its state, its metrics, where they are asked for. Nobody's health is in them."""
