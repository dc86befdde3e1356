# One image for the storefront (the default), the backend, the migrations and the command line: the command decides.
#   storefront     node dist/apps/storefront/src/main.js
#   backend        node dist/apps/backend/src/main.js
#   migrations     node dist/apps/cli/src/migrate.js
#   command line   node dist/apps/cli/src/cli.js …

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3000 3001
# one of the two apps runs in a container, and it answers
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s CMD ["node", "-e", "const { STOREFRONT_PORT = 3000, BACKEND_PORT = 3001 } = process.env; const ready = (port) => fetch(`http://127.0.0.1:${port}/health/ready`).then(({ ok }) => ok || Promise.reject()); Promise.any([STOREFRONT_PORT, BACKEND_PORT].map(ready)).catch(() => process.exit(1))"]
CMD ["node", "dist/apps/storefront/src/main.js"]
