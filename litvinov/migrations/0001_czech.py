"""What PostgreSQL needs for Czech; SQLite gets the same from litvinov.db.sqlite3."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateCollation("czech", provider="icu", locale="cs"),
    ]
