"""Links of the portal: where they stand, whether there is something behind them, what the editors do about it."""
