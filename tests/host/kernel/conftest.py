"""What pure mode leaves out: rules are tested with an engine, whose event log has no plain twin."""

from tests.pure import is_pure

collect_ignore = ["test_rule.py"] if is_pure() else []
