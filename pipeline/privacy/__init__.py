"""What a candidate may ask of an agency: to be forgotten, and to be told what is kept."""
