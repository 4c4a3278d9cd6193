# The bot in a container: no root, nothing written but /data, /key and /tmp. docs/self-hosting.md says how it is run.
FROM python:3.13-slim AS build
WORKDIR /limber
ARG LOCK=requirements.lock
COPY requirements.lock requirements-postgres.lock ./
RUN python -m pip install --no-cache-dir --require-hashes --target lib --requirement "$LOCK"
COPY bot app/bot
COPY cogs app/cogs
COPY content app/content
ENV PYTHONPATH=/limber/lib:/limber/app
RUN python -m compileall -q lib app && python -m bot check

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin limber \
 && install --directory --owner limber --mode 700 /data /key
COPY --from=build /limber/lib /limber/lib
COPY --from=build /limber/app /limber/app
ENV PYTHONPATH=/limber/lib:/limber/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=1 \
    LIMBER_DATA=/data LIMBER_KEY_FILE=/key/host.key
USER limber
WORKDIR /data
VOLUME ["/data", "/key"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, http.client as http; port = int(os.environ.get('LIMBER_HTTP_PORT') or 8417); port or exit(0); \
bot = http.HTTPConnection(os.environ.get('LIMBER_HTTP_HOST') or '127.0.0.1', port, timeout=5); bot.request('GET', '/healthz'); \
exit(bot.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
