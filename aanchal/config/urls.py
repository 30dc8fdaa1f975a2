"""Every address of the site."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path
from django.views.i18n import set_language

from aanchal.portal.views import set_theme

confirmed = reauthentication_required(app="allauth.mfa")

accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/enter/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/end/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", confirmed(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", confirmed(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("", include("aanchal.portal.urls")),
    path("", include("aanchal.field.urls")),
    path("registers/", include("aanchal.registers.urls")),
    path("villages/", include("aanchal.villages.urls")),
    path("families/", include("aanchal.risk.urls")),
    path("index/", include("aanchal.risk.index_urls")),
    path("entitlements/", include("aanchal.benefits.urls")),
    path("funds/", include("aanchal.benefits.fund_urls")),
    path("schemes/", include("aanchal.benefits.scheme_urls")),
    path("finding/", include("aanchal.matching.urls")),
    path("posters/", include("aanchal.posters.urls")),
    path("doubles/", include("aanchal.doubles.urls")),
    path("touch/", include("aanchal.tracking.urls")),
    path("rescue/", include("aanchal.rescue.urls")),
    path("cases/", include("aanchal.cases.urls")),
    path("network/", include("aanchal.network.urls")),
    path("notices/", include("aanchal.notices.urls")),
    path("", include("aanchal.rehab.urls")),
    path("selection/", include("aanchal.selection.urls")),
    path("money/", include("aanchal.money.urls")),
    path("insight/", include("aanchal.insight.urls")),
    path("activities/", include("aanchal.activities.urls")),
    path("nodal/", include("aanchal.nodal.urls")),
    path("pilots/", include("aanchal.pilots.urls")),
    path("library/", include("aanchal.library.urls")),
    path("advisories/", include("aanchal.advisories.urls")),
    path("awards/", include("aanchal.awards.urls")),
    path("accounts/", include(accounts)),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="theme"),
]
