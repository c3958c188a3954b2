"""What a buyer asks: what is installed, and one folder that answers a questionnaire."""
