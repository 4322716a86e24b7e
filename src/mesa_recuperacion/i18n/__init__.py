"""What people read: gettext catalogues, and money, dates and durations as each locale writes them."""
