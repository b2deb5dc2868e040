from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keystore", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("case", models.UUIDField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
            ],
        ),
    ]
