# One image per app, each with that app and what it needs at run time:
#   docker build --build-arg APP=property-api -t viewora-property-api .
# The image of a service with a database is also its migration (node dist/migrate.js); property-api's is the import
# command as well (node dist/import.cli.js), the scheduler's puts given-up jobs back (node dist/replay.js mail).

FROM node:24-bookworm-slim AS tools
ENV CI=true npm_config_update_notifier=false
WORKDIR /repo
COPY package.json pnpm-workspace.yaml ./
# The versions are the repository's own, so that an image is built with what the tests ran with.
RUN npm install --global --no-audit --no-fund \
  "$(node -p 'require("./package.json").packageManager')" \
  "turbo@$(sed -n 's/^  "turbo": //p' pnpm-workspace.yaml)"

# The part of the workspace that the app is made of; a change elsewhere leaves every later layer as it is.
FROM tools AS pruned
ARG APP
COPY . .
RUN turbo prune "@viewora/${APP:?is missing: add --build-arg APP=api-gateway, property-api, accounts-api, scheduler, analytics-ingestor or ai-advisor}" --docker --production

FROM tools AS built
COPY --from=pruned /repo/out/json/ ./
RUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install --frozen-lockfile
COPY --from=pruned /repo/out/full/ ./
COPY tsconfig.base.json ./
RUN pnpm --recursive run build
# Sources stay behind, and so do these node_modules, which hold the tools of the build.
RUN find apps packages -mindepth 2 -maxdepth 2 ! -name dist ! -name package.json -exec rm -rf {} +

# The web app for hosts without Vercel (deploy/compose/docker-compose.local.yml): --build-arg APP=web --target web
FROM caddy:2.10.2-alpine AS web
COPY --from=built /repo/apps/web/dist /srv

# Only what the apps depend on in production. The root's development dependency "node" is not among it: Node is the base
# image's.
FROM tools AS production
COPY --from=pruned /repo/out/json/ ./
RUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install --prod --frozen-lockfile

FROM node:24-bookworm-slim
ARG APP
# One port for all: what stands in front of a container need not know which app is inside.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
COPY --from=production /repo /app
COPY --from=built /repo/apps /app/apps
COPY --from=built /repo/packages /app/packages
WORKDIR /app/apps/$APP
USER node
EXPOSE 8080
# Alive, not ready: a container is not restarted because its database is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# No shell in between, so that SIGTERM reaches the app and it finishes what it has begun.
CMD ["node", "dist/main.js"]
