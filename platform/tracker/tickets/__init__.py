"""What municipalities report: errors, wishes, questions; found, talked about, merged, told about."""
