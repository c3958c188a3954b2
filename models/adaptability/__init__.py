"""What a CV tells of change, as quoted facts: events read from it, demand read from briefs."""
