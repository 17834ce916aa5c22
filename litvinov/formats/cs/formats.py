"""Czech dates on the screen, with no-break spaces; Django's own have none."""

DATE_FORMAT = "j.\u00a0n.\u00a0Y"
SHORT_DATE_FORMAT = "j.\u00a0n.\u00a0Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j.\u00a0n.\u00a0Y\u00a0G:i"
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
DATE_INPUT_FORMATS = ["%d. %m. %Y", "%d.%m.%Y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
