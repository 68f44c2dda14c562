# docker build -t perflint .
# docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" perflint check . -f text -f html=report.html
FROM python:3.12-slim AS build
COPY . /source
RUN python -m venv /perflint && /perflint/bin/pip install --no-cache-dir /source

FROM python:3.12-slim
COPY --from=build /perflint /perflint
RUN useradd --create-home perflint
# Any user may run it, so that reports belong to whoever starts it; the cache then needs a place that anybody may write to.
ENV PATH=/perflint/bin:$PATH PERFLINT_CACHE_DIR=/tmp/perflint
USER perflint
WORKDIR /data
ENTRYPOINT ["perflint"]
CMD ["--help"]
