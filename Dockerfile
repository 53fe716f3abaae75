# The hub without a database: it takes the one of DATABASE_URL. compose.yaml puts both together.

FROM node:26-bookworm-slim AS packages
WORKDIR /lading
COPY package.json package-lock.json ./
# The embedded PostgreSQL is an optional package, and of no use beside a database of its own.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund && npm cache clean --force

# The pages, built as ./lading builds them. A build that failed would only be told of, so what it leaves is asked for.
FROM node:26-bookworm-slim AS console
WORKDIR /lading
COPY src/cli/console-build.ts ./src/cli/
COPY console ./console
RUN node --eval "import('./src/cli/console-build.ts').then(({ ensureConsole }) => ensureConsole({ rootDir: process.cwd(), tell: console.error }))" \
  && test -e console/dist/.built-from

FROM node:26-bookworm-slim
ENV NODE_ENV=production LADING_DATA=/var/lib/lading LADING_PORT=8080 LADING_HOST=0.0.0.0
WORKDIR /lading
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/lading
COPY --from=packages /lading/node_modules ./node_modules
COPY --from=console /lading/console/dist ./console/dist
COPY package.json LICENSE ./
COPY src ./src
COPY examples ./examples
USER node
VOLUME /var/lib/lading
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.LADING_PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and hears SIGTERM itself; the hub then stops in order.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-semi-space-size=8", "src/cli/main.ts"]
CMD ["up"]
