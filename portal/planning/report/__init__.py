"""Reports: chosen pages and saved views of the evaluation as one accessible PDF in the municipality's look.

A report is a paper (`portal.printing`): made by a job, kept as a private file, forgotten after half a year. It may be
made and told by mail every month, quarter or year. Mails hold a link, never the file: who may read it shows by
signing in, and somebody who lost the role gets none.
"""
