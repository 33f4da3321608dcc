"""One module a workload; see `tests.bench.workload.Workload`."""
