from django.apps import AppConfig


class LitvinovConfig(AppConfig):
    name = "litvinov"
