#!/usr/bin/env bash
# Makes the two logins of the database as their URLs name them: the owner, for `migrate`, and that of the apps, which owns
# nothing. It runs when the database is initialised. It can be run again, to give a login another password:
#   docker compose exec postgres bash /docker-entrypoint-initdb.d/logins.sh

# a function in a shell of its own: the image reads this file into its own shell
make_logins() (
  set -euo pipefail
  export OWNER OWNER_PASSWORD APPS APPS_PASSWORD

  # the part of the URL in a secret that the pattern captures, percent-decoded
  part() {
    [[ $(<"/run/secrets/$1") =~ ^postgres(ql)?://$2@ ]] ||
      { echo "secrets/$1 must be postgres://login:password@postgres:5432/sallyport" >&2; return 1; }
    printf '%b' "${BASH_REMATCH[2]//%/\\x}"
  }
  OWNER=$(part migration_database_url '([^:@/]+):[^@/]+')
  OWNER_PASSWORD=$(part migration_database_url '[^:@/]+:([^@/]+)')
  APPS=$(part database_url '([^:@/]+):[^@/]+')
  APPS_PASSWORD=$(part database_url '[^:@/]+:([^@/]+)')

  # no statement with a password gets into the log
  psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" <<'SQL'
SET log_statement = none;
SET log_min_error_statement = panic;
SET log_min_duration_statement = -1;
\getenv owner OWNER
\getenv owner_password OWNER_PASSWORD
\getenv apps APPS
\getenv apps_password APPS_PASSWORD
SELECT format('CREATE ROLE %I', login) FROM unnest(ARRAY[:'owner', :'apps']) login
WHERE login NOT IN (SELECT rolname FROM pg_roles) \gexec
ALTER ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER ROLE :"apps" LOGIN PASSWORD :'apps_password';
SELECT format('ALTER DATABASE %I OWNER TO %I', current_database(), :'owner') \gexec
SQL
)
make_logins
