"""The ground every room stands on: values and word knowledge, no files, no heavy libraries."""
