"""The wire desk: posts as they come in, one opened beside the list, picked ones into a draft."""
