"""Links between the API's operations: where the id of what was made can be used next."""

from typing import Any, Final

Schema = dict[str, Any]

# Which operation makes what a parameter names; its answer holds the id.
MADE_BY: Final[dict[str, str]] = {
    "person_id": "/api/v1/people",
    "host_id": "/api/v1/hosts",
    "activity_id": "/api/v1/activities",
    "slot_id": "/api/v1/slots",
    "placement_id": "/api/v1/placements",
    "webhook_id": "/api/v1/webhooks",
    "visit_id": "/api/v1/visits",
    "contact_id": "/api/v1/contacts",
    "concern_id": "/api/v1/concerns",
    "wish_id": "/api/v1/wishes",
    "aid_id": "/api/v1/aids",
    "closure_id": "/api/v1/follow-up-settings/closures",
    "passkey_id": "/api/v1/me/factors/passkeys",
    "machine_token_id": "/api/v1/machine-tokens",
    "inquiry_id": "/api/v1/inquiries",
    "assessment_id": "/api/v1/people/{person_id}/assessments",
    "consent_id": "/api/v1/people/{person_id}/consents",
}
ID: Final = "$response.body#/id"


def linked(schema: Schema) -> Schema:
    """Add OpenAPI links from each operation that makes something to those that ask for its id."""
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            for parameter in _asked(path, operation):
                source = schema["paths"].get(MADE_BY.get(parameter, ""), {}).get("post")
                if source is not None:
                    link = _link(parameter, MADE_BY[parameter], path, operation)
                    name = f"{method}_{operation['operationId']}"
                    source["responses"]["201"].setdefault("links", {})[name] = link
    return schema


def _asked(path: str, operation: Schema) -> list[str]:
    """Return the last of the path's ids: those before it belong to what it lies in."""
    named = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"]
    return sorted(named, key=lambda name: path.find(f"{{{name}}}"))[-1:]


def _link(parameter: str, maker: str, path: str, operation: Schema) -> Schema:
    carried = {
        name: f"$request.path.{name}"
        for name in MADE_BY
        if f"{{{name}}}" in maker and f"{{{name}}}" in path
    }
    return {"operationId": operation["operationId"], "parameters": {**carried, parameter: ID}}
