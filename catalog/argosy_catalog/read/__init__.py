"""Reading: streams for replay, SQL for people, and snapshots that stay while somebody reads."""
