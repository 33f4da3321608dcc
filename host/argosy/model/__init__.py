"""What is traded and what happens to it: values, data, instruments, orders, positions, accounts."""
