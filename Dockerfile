# Deban as a service. Nothing is loaded at run time; the image holds no address of a registry.
FROM node:22-slim AS tokens
WORKDIR /tokens
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund

FROM python:3.12-slim-bookworm AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# The dependencies change seldom and the code often, so they are two layers.
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/deban \
  && /opt/deban/bin/pip install --no-deps --require-hashes -r requirements/run.txt
COPY requirements/build.txt requirements/build.txt
# What builds our wheel stays out of what runs it.
RUN python -m venv /opt/builder \
  && /opt/builder/bin/pip install --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md ./
COPY catalogue catalogue
COPY matching matching
COPY service service
COPY migrations migrations
COPY --from=tokens /tokens/node_modules/@digital-go-jp/design-tokens/dist/tokens.css service/web/static/
RUN /opt/builder/bin/python -m hatchling build -t wheel -d /dist \
  && /opt/deban/bin/pip install --no-deps --no-index /dist/*.whl

FROM python:3.12-slim-bookworm
# Pango draws the PDFs of sheets, with a font that has Japanese in it; which build is the
# distribution's own choice of the day.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
  && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --home-dir /var/lib/deban --uid 10001 --shell /usr/sbin/nologin deban
COPY --from=build /opt/deban /opt/deban
ENV PATH=/opt/deban/bin:$PATH \
  PYTHONUNBUFFERED=1 \
  DEBAN_DATABASE_URL=sqlite:////var/lib/deban/deban.db
USER 10001
WORKDIR /var/lib/deban
VOLUME /var/lib/deban
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["deban", "serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2"]
