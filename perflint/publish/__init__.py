"""What is made from the program for its readers: tables and pages of docs/, JSON Schemas."""
