"""`make bench`: figures as ratios to a yardstick measured side by side in the same run (contract §7)."""
