"""What an office can set, from the environment (``DEBAN_…``)."""

from enum import StrEnum
from ipaddress import ip_network
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Side(StrEnum):
    """Which routes a process serves: staff may sit in a closed network, hosts on the internet."""

    ALL = "all"
    STAFF = "staff"
    HOST = "host"


class Metrics(StrEnum):
    """Who may ask for /metrics: whoever reaches it, a machine with a token, or nobody."""

    OPEN = "open"
    TOKEN = "token"  # noqa: S105 - a way in, no token
    OFF = "off"


class SecondFactor(StrEnum):
    """Whether a sign-in asks for more than a password; who has a second factor is always asked."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept to itself; none is for this machine alone."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DEBAN_", extra="ignore")

    database_url: str = Field(
        default="sqlite:///deban.db",
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    key_file: str = Field(
        default="deban.keys",
        description="The keys of what is sealed: kept apart from the database and its backups.",
    )
    side: Side = Field(default=Side.ALL, description="all, or staff and host as two processes.")
    forwarded_allow_ips: str = Field(
        default="127.0.0.1", description="The proxy whose word on the caller's address counts."
    )
    secure_cookies: bool = Field(
        default=True, description="Cookies only over HTTPS (__Host- prefix). Off for a demo."
    )
    session_idle_minutes: int = Field(default=30, ge=1)
    session_hours: int = Field(default=10, ge=1)
    api_docs: bool = Field(default=True, description="Serve /docs and /openapi.json.")
    gallery: bool = Field(
        default=False, description="Serve /gallery, every component: for development only."
    )
    metrics: Metrics = Field(
        default=Metrics.OPEN,
        description="open (a proxy keeps it inside), token (of a machine), or off.",
    )
    second_factor: SecondFactor = Field(
        default=SecondFactor.OFFERED,
        description="off, offered, or required: without one only setting one up is open.",
    )
    origin: str = Field(
        default="",
        description="https://NAME as browsers see this service; without it no passkeys.",
    )
    host_origin: str = Field(
        default="",
        description="The same as hosts see their side, where that has an address of its own.",
    )
    oidc_issuer: str = Field(
        default="", description="A provider whose sign-in counts here too; none without it."
    )
    oidc_client_id: str = Field(default="", description="What the provider calls this service.")
    oidc_client_secret_file: str = Field(default="", description="A file with the client's secret.")
    oidc_claim: str = Field(
        default="preferred_username", description="Which claim is the user name of an account."
    )
    oidc_name: str = Field(default="共通の職員ID", description="What staff call the provider.")
    account_tries: int = Field(
        default=10, ge=1, description="Wrong sign-ins an hour for one user name."
    )
    address_tries: int = Field(
        default=60, ge=1, description="Wrong sign-ins an hour from one address: an office may be."
    )
    keep_answers_hours: int = Field(
        default=24,
        ge=1,
        le=168,
        description="How long a request with the same Idempotency-Key is answered as before.",
    )
    thread_pool: int = Field(default=40, ge=1, description="Threads, and database connections.")
    body_limit_bytes: int = Field(default=2_000_000, ge=1_000)
    retain_case_years: int = Field(
        default=5, ge=1, le=30, description="A case file, after support ended."
    )
    retain_pre_consent_years: int = Field(
        default=2, ge=1, le=30, description="A 支援会議 record without consent, after it closed."
    )
    retain_sign_in_days: int = Field(
        default=90, ge=1, le=3650, description="A sign-in, after it ended."
    )
    retain_draft_days: int = Field(
        default=14, ge=1, le=60, description="A form that somebody has not finished."
    )
    retain_audit_years: int = Field(
        default=10, ge=1, le=100, description="Who saw whom: longer than what was seen."
    )
    figures_least: int = Field(
        default=3, ge=0, le=100, description="Smaller figures about people are masked; 0: none."
    )
    erasures_file: str = Field(
        default="deban.erasures",
        description="Notes of erasures: apart from the database, so that no backup undoes them.",
    )
    office_telephone: str = Field(default="", description="Shown at the same place on every page.")
    office_name: str = Field(default="", description="Who stands on papers, before the telephone.")
    office_hours: str = Field(default="", description="When the telephone is answered, on papers.")
    office_fax: str = Field(default="", description="On papers for hosts without the internet.")
    paper_names: bool = Field(
        default=False, description="Print what people like to be called beside their codes."
    )
    soft_hold_days: int = Field(default=7, ge=1, description="How long an asked place is held.")
    rest_weeks: int = Field(default=6, ge=1, description="How long a resting place is kept.")
    cooling_off_days: int = Field(default=90, ge=0)
    two_person_release: bool = Field(
        default=True, description="What a host is told takes two people: prepare and release."
    )
    host_link_days: int = Field(default=14, ge=1, le=90, description="How long a link opens.")
    answer_days: int = Field(
        default=7, ge=1, le=90, description="How long a question's link opens after its day."
    )
    link_tries: int = Field(
        default=60, ge=1, description="Wrong links of hosts an hour from one address."
    )
    asked_often: int = Field(
        default=4, ge=1, description="A host asked more often within 30 days is asked too often."
    )
    mail_host: str = Field(default="", description="The mail server; without it no mail is sent.")
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: MailSecurity = Field(
        default=MailSecurity.STARTTLS, description="starttls, tls, or none on a machine of ours."
    )
    mail_user: str = Field(default="", description="What the mail server knows us by.")
    mail_password_file: str = Field(default="", description="A file with that user's password.")
    mail_ca_file: str = Field(default="", description="Who signs for an internal mail server.")
    mail_from: str = Field(default="", description="The address that notices come from.")
    mail_domains: str = Field(
        default="", description="Domains that staff may get mail at, with commas; none: any."
    )
    webhook_hosts: str = Field(
        default="", description="Hosts that webhooks may go to, with commas; none: no webhooks."
    )
    webhook_networks: str = Field(
        default="", description="Networks inside the office that such a host may lie in."
    )
    digest_hour: int = Field(default=8, ge=0, le=23, description="When the daily mail is written.")
    deliver_tries: int = Field(default=8, ge=1, le=20)
    deliver_lease_seconds: int = Field(
        default=600, ge=1, description="How long one process has a line to itself."
    )
    feed_tries: int = Field(
        default=60, ge=1, description="Looks at a calendar feed an hour; wrong ones by address."
    )
    suggestion_limit: int = Field(default=5, ge=1, le=50)
    embeddings: str = Field(default="", description="A folder with model2vec's vectors of words.")
    detour: float = Field(default=1.3, ge=1, le=5, description="The way over a straight line.")
    hills: float = Field(
        default=1.0, ge=1, le=5, description="Minutes on foot or wheels over those on level ground."
    )

    @field_validator("origin", "host_origin")
    @classmethod
    def _is_an_origin(cls, said: str) -> str:
        # Passkeys are bound to it, and browsers have none where anybody could read along.
        parts = urlsplit(said.rstrip("/").lower())
        safe = parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "localhost")
        if said and not (safe and parts.hostname and parts.geturl().endswith(f"//{parts.netloc}")):
            raise ValueError("origin is https://NAME or https://NAME:PORT, and nothing behind it")
        if "@" in parts.netloc:
            raise ValueError("origin names nobody")
        return parts.geturl()

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, said: str) -> str:
        if said and (said.count("@") != 1 or not said.isascii() or said.split() != [said]):
            raise ValueError("mail_from is one address, NAME@DOMAIN")
        return said

    @field_validator("webhook_networks")
    @classmethod
    def _are_networks(cls, said: str) -> str:
        for each in filter(None, (part.strip() for part in said.split(","))):
            ip_network(each)
        return said

    @field_validator("figures_least")
    @classmethod
    def _masks_more_than_one_value(cls, least: int) -> int:
        # Below three only a one would be masked, and everybody would know that it is one.
        if least in {1, 2}:
            raise ValueError("figures_least is 0, or 3 and more")
        return least

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.mail_host and not self.mail_from:
            raise ValueError("mail_host needs mail_from, the address that notices come from")
        if self.mail_user and self.mail_security is MailSecurity.NONE:
            raise ValueError("a password is not sent unencrypted: mail_security is starttls or tls")
        return self

    @model_validator(mode="after")
    def _audit_outlives(self) -> Self:
        # Who saw a file has to be known for as long as the file is there.
        if self.retain_audit_years < max(self.retain_case_years, self.retain_pre_consent_years):
            raise ValueError("retain_audit_years has to reach as far as the records themselves")
        return self
