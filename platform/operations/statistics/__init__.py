"""All municipalities together: sums, medians and months, groups for comparison, and shares of costs."""
