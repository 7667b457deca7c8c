"""Search that understands Dutch: analysis, compounds, the lunr index, and its cut into shards."""
