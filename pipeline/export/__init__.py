"""What the recruiter opens: shortlists as CSV, XLSX and HTML, an index and the night's report."""
