"""Faults put into clean articles on purpose, to measure how many of them the checks see."""
