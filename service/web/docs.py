"""The API's own documentation page, from packaged files: it calls no outside host."""

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Template

router = APIRouter(include_in_schema=False)

KINDS: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
START: Final = """window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null,
  });
});
"""
PAGE: Final = Template(
    """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}: API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/docs/assets/favicon.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><h1>{{ title }}: API</h1><div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>
""",
    autoescape=True,
)


@router.get("/docs", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE.render(title=request.app.title))


@router.get("/docs/start.js")
def start() -> Response:
    return Response(START, media_type="text/javascript")


@router.get("/docs/assets/{name}")
def asset(name: str) -> Response:
    if name not in KINDS:
        return Response(status_code=404)
    content = files("fastapi_offline").joinpath("static", name).read_bytes()
    return Response(
        content, media_type=KINDS[name], headers={"Cache-Control": "public, max-age=86400"}
    )
