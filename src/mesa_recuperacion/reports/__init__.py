"""What goes out: tables for spreadsheets and the report for people who would rather look than read (rule F8)."""
