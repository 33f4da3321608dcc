"""The workloads that the project's promises of speed are measured with: ``make bench``."""
