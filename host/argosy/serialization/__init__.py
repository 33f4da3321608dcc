"""JSON, MessagePack and Arrow for every domain object."""
