"""The admin site of the desk."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.functional import lazystr


class Desk(AdminSite):
    site_header = lazystr(f"{settings.SITE_NAME} desk")
    site_title = lazystr(f"{settings.SITE_NAME} desk")
    index_title = "The desk"
    site_url = "/"
    enable_nav_sidebar = False
