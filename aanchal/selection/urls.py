"""Addresses of the selection of districts and blocks."""

app_name = "selection"
urlpatterns = []
