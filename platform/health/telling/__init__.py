"""Who is told of alerts, and whether it arrives: operators by mail, programs by webhook."""
