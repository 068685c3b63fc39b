"""What the office and the hosts are served: the routers of every chapter, in one list."""

from typing import Final

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from service.accounts.account_pages import router as account_pages
from service.accounts.account_routes import router as account_routes
from service.accounts.factor_pages import router as factor_pages
from service.accounts.factor_routes import router as factor_routes
from service.accounts.machine_pages import router as machine_pages
from service.accounts.machine_routes import router as machine_routes
from service.accounts.oidc_pages import router as oidc_pages
from service.accounts.pages import router as accounts_pages
from service.accounts.passkey_routes import router as passkey_routes
from service.accounts.routes import router as accounts_routes
from service.accounts.security_pages import router as security_pages
from service.audit.pages import router as audit_pages
from service.audit.routes import router as audit_routes
from service.booklet.pages import router as booklet_pages
from service.closings.pages import router as closing_pages
from service.closings.routes import router as closing_routes
from service.companions.pages import router as companions_pages
from service.companions.routes import router as companions_routes
from service.conferences.moving_pages import router as moving_pages
from service.conferences.pages import router as conferences_pages
from service.conferences.paper_pages import router as agenda_pages
from service.conferences.record_pages import router as conference_record_pages
from service.conferences.routes import router as conferences_routes
from service.contacts.concern_pages import router as concern_pages
from service.contacts.concern_routes import router as concerns_routes
from service.contacts.correction_pages import router as contact_correction_pages
from service.contacts.pages import router as contacts_pages
from service.contacts.routes import router as contacts_routes
from service.contacts.step_routes import router as step_routes
from service.disclosures.host_routes import pages as shown_pages
from service.disclosures.host_routes import router as shown_routes
from service.disclosures.pages import router as disclosures_pages
from service.disclosures.paper_pages import router as host_paper_pages
from service.disclosures.routes import router as disclosures_routes
from service.drafts.pages import router as drafts_pages
from service.followup.claim_routes import router as claim_routes
from service.followup.export_routes import router as followup_export
from service.followup.pages import router as followup_pages
from service.followup.routes import router as followup_routes
from service.followup.setting_pages import router as rhythm_pages
from service.followup.setting_routes import router as rhythm_routes
from service.hosting.deciding_pages import router as deciding_pages
from service.hosting.host_doing import router as host_doing
from service.hosting.host_form import router as host_form
from service.hosting.host_page import router as host_page
from service.hosting.host_pages import pages as registering_pages
from service.hosting.inviting_pages import router as inviting_pages
from service.hosting.pages import router as registration_pages
from service.hosting.slot_pages import router as slot_pages
from service.hosting.telephone_pages import router as telephone_pages
from service.hosts.pages import router as hosts_pages
from service.hosts.published_routes import router as published_routes
from service.hosts.routes import router as hosts_routes
from service.notices.feed_pages import router as feed_pages
from service.notices.pages import router as notices_pages
from service.notices.routes import router as notices_routes
from service.outbox.pages import router as outbox_pages
from service.outbox.routes import router as outbox_routes
from service.paper.english_pages import router as english_pages
from service.paper.leaflet_pages import router as leaflet_pages
from service.paper.pages import router as paper_pages
from service.paper.pdf_pages import router as pdf_pages
from service.paper.photo_pages import router as photo_pages
from service.paper.preparing_pages import router as preparing_pages
from service.paper.reading_pages import router as reading_pages
from service.persons.access_log_pages import router as access_log_pages
from service.persons.consent_pages import router as consent_pages
from service.persons.emergencies.notice_pages import router as notice_pages
from service.persons.emergencies.pages import router as emergency_pages
from service.persons.emergencies.routes import router as emergency_routes
from service.persons.hearing_pages import router as hearing_pages
from service.persons.names.pages import router as name_pages
from service.persons.pages import router as persons_pages
from service.persons.routes import router as persons_routes
from service.placements.agreeing import router as agreeing_pages
from service.placements.apart_pages import router as apart_pages
from service.placements.apart_routes import router as apart_routes
from service.placements.correction_pages import router as move_correction_pages
from service.placements.entering import router as entering_pages
from service.placements.handing_pages import all_at_once as handing_all_pages
from service.placements.handing_pages import router as handing_pages
from service.placements.handing_routes import all_at_once
from service.placements.handing_routes import router as handing_routes
from service.placements.pages import router as placements_pages
from service.placements.routes import router as placements_routes
from service.replies.health.pages import router as health_pages
from service.replies.health.routes import router as health_routes
from service.replies.host_routes import pages as answer_pages
from service.replies.host_routes import router as answer_routes
from service.replies.pages import router as replies_pages
from service.replies.routes import router as replies_routes
from service.reports.export_routes import router as report_files
from service.reports.pages import router as reports_pages
from service.reports.routes import router as reports_routes
from service.retention.pages import router as retention_pages
from service.retention.person_pages import router as ends_pages
from service.retention.routes import router as retention_routes
from service.settings import Side
from service.suggestions.assignment_routes import router as assignment_routes
from service.suggestions.candidate_routes import router as candidate_routes
from service.suggestions.choosing_pages import router as choosing_pages
from service.suggestions.pages import router as suggestions_pages
from service.suggestions.routes import router as suggestions_routes
from service.suggestions.showing_pages import router as showing_pages
from service.visits.correction_pages import router as visit_correction_pages
from service.visits.month.pages import router as month_pages
from service.visits.pages import router as visits_pages
from service.visits.routes import router as visits_routes
from service.web import language, probes
from service.wishes.idea_pages import router as idea_pages
from service.wishes.pages import router as wishes_pages
from service.wishes.routes import router as wishes_routes

ROUTERS: Final[tuple[APIRouter, ...]] = (
    accounts_routes,
    factor_routes,
    passkey_routes,
    account_routes,
    machine_routes,
    notices_routes,
    outbox_routes,
    audit_routes,
    hosts_routes,
    published_routes,
    persons_routes,
    emergency_routes,
    suggestions_routes,
    candidate_routes,
    assignment_routes,
    wishes_routes,
    companions_routes,
    placements_routes,
    handing_routes,
    all_at_once,
    apart_routes,
    visits_routes,
    contacts_routes,
    step_routes,
    concerns_routes,
    replies_routes,
    health_routes,
    followup_routes,
    followup_export,
    rhythm_routes,
    claim_routes,
    retention_routes,
    reports_routes,
    report_files,
    conferences_routes,
    disclosures_routes,
    closing_routes,
)
# What people and probes ask for; programs find the rest in openapi.json.
PAGES: Final[tuple[APIRouter, ...]] = (
    probes.router,
    language.router,
    accounts_pages,
    security_pages,
    factor_pages,
    oidc_pages,
    account_pages,
    machine_pages,
    notices_pages,
    feed_pages,
    outbox_pages,
    audit_pages,
    hosts_pages,
    paper_pages,
    pdf_pages,
    booklet_pages,
    preparing_pages,
    photo_pages,
    reading_pages,
    english_pages,
    persons_pages,
    hearing_pages,
    access_log_pages,
    consent_pages,
    name_pages,
    notice_pages,
    emergency_pages,
    suggestions_pages,
    choosing_pages,
    showing_pages,
    entering_pages,
    wishes_pages,
    idea_pages,
    companions_pages,
    agreeing_pages,
    placements_pages,
    move_correction_pages,
    handing_pages,
    handing_all_pages,
    apart_pages,
    visits_pages,
    visit_correction_pages,
    month_pages,
    contacts_pages,
    contact_correction_pages,
    concern_pages,
    replies_pages,
    health_pages,
    telephone_pages,  # before those of one registration, whose paths begin alike
    registration_pages,
    deciding_pages,
    inviting_pages,
    slot_pages,
    host_form,
    host_doing,
    host_page,  # behind the list of how hosts fare, whose path begins alike
    rhythm_pages,  # before the queue's, whose paths begin alike
    followup_pages,
    conferences_pages,
    agenda_pages,
    conference_record_pages,
    moving_pages,
    disclosures_pages,
    host_paper_pages,
    drafts_pages,
    closing_pages,
    reports_pages,
    retention_pages,
    ends_pages,
)

# What hosts open by their links: all that the host side serves, beside the probes.
HOST_ROUTERS: Final[tuple[APIRouter, ...]] = (shown_routes, answer_routes)
HOST_PAGES: Final[tuple[APIRouter, ...]] = (
    shown_pages,
    answer_pages,
    registering_pages,
    leaflet_pages,
)
# The first word of their addresses: there a failure is told as to somebody without an account.
HOST_PATHS: Final = frozenset(
    str(route.path).split("/")[1]
    for router in HOST_PAGES
    for route in iter_route_contexts(router.routes)
)
SIDES: Final[dict[Side, tuple[tuple[APIRouter, ...], tuple[APIRouter, ...]]]] = {
    Side.ALL: ((*ROUTERS, *HOST_ROUTERS), (*PAGES, *HOST_PAGES)),
    Side.STAFF: (ROUTERS, PAGES),
    Side.HOST: (HOST_ROUTERS, (probes.router, language.router, *HOST_PAGES)),
}
