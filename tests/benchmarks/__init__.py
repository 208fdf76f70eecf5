"""Speed as ratios: ours beside a limit or a peer, measured in the same run. `make bench`."""
