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
# TypeScript is an optional peer of two packages that production needs: npm keeps it as long as development packages are named
RUN npm run build && npm pkg delete devDependencies && npm prune --omit=peer

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY docker/healthcheck.mjs ./
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s CMD ["node", "healthcheck.mjs"]
CMD ["node", "dist/apps/storefront/src/main.js"]
