# What runs the containers: docker, or podman through the socket that it opens for docker's clients. Sourced by ./run.

helpers=()
stand_ins=()

# Ends with the exit code that says: nothing was tried.
cannot_run() {
  printf 'The image cannot be tried here: %s\n' "$*" >&2
  exit 77
}

choose_engine() {
  if docker info >/dev/null 2>&1; then
    engine=docker
  elif podman info >/dev/null 2>&1; then
    engine=podman
    [[ -d /run/systemd/system ]] || without_systemd
    # it builds by itself, and not by docker's BuildKit
    export DOCKER_HOST=unix://$scratch/engine.sock DOCKER_BUILDKIT=0
    podman system service --time 0 "$DOCKER_HOST" >"$scratch/engine.log" 2>&1 &
    helpers+=($!)
  else
    cannot_run 'it takes a running docker, or podman (Debian: podman netavark aardvark-dns docker-compose).'
  fi
  if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
  elif docker-compose version >/dev/null 2>&1; then
    compose=(docker-compose)
  else
    cannot_run "it takes docker compose or docker-compose beside $engine."
  fi
  printf '%s, %s\n' "$("$engine" --version)" "$("${compose[@]}" version | head -n 1)"
}

# Where no systemd is, nobody calls podman's health checks, and it may not raise limits.
without_systemd() {
  cat >"$scratch/containers.conf" <<EOF
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
[network]
network_backend = "netavark"
EOF
  export CONTAINERS_CONF=$scratch/containers.conf DISABLE_HC_SYSTEMD=true
  call_health_checks >/dev/null 2>&1 &
  helpers+=($!)
}

call_health_checks() {
  while true; do
    podman ps --quiet | xargs --no-run-if-empty --max-args 1 podman healthcheck run || true
    sleep 1
  done
}

# Base images come from a registry; where none answers, stand-ins take their places for the time of the test.
fetch_images() {
  local target image
  while read -r target image; do
    "$engine" image inspect "$image" >/dev/null 2>&1 || timeout 60 "$engine" pull --quiet "$image" >"$scratch/pull.log" 2>&1 ||
      stand_ins+=("$target $image")
  done <"$tests/stand-ins/images"
  ((${#stand_ins[@]})) || return 0
  printf 'No registry answers. Stand-ins are built, for the time of the test:\n'
  printf '  %s\n' "${stand_ins[@]#* }"
  [[ $(id -u) == 0 && $(uname -m) == x86_64 ]] && command -v debootstrap >/dev/null ||
    cannot_run 'it takes a registry of images; or root, x64 and debootstrap to build stand-ins.'
  "$tests/stand-ins/build" "$engine"
  for image in "${stand_ins[@]}"; do "$engine" tag "stand-in-${image% *}" "${image#* }"; done
}

clean_up() {
  if [[ -e $scratch/project/.env ]]; then
    COMPOSE_PROFILES=demo,edge,cli compose down --volumes >"$scratch/down.log" 2>&1 || cat "$scratch/down.log"
  fi
  local image
  for image in "${stand_ins[@]}"; do "$engine" rmi "${image#* }" >/dev/null 2>&1 || true; done
  ((${#helpers[@]} == 0)) || kill "${helpers[@]}" 2>/dev/null || true
  rm -rf "$scratch"
}

compose() { "${compose[@]}" "$@"; }
up() { compose up --detach "$@"; }
containers() {
  "$engine" ps --all --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --filter "label=com.docker.compose.service=$1"
}
# inspect SERVICE FORMAT
inspect() { "$engine" inspect --format "$2" $(containers "$1"); }
logs() { for id in $(containers "$1"); do "$engine" logs "$id" 2>&1; done; }
in_image() { "$engine" run --rm "$SALLYPORT_IMAGE" "$@"; }
in_container() { "$engine" exec "$(containers "$1")" "${@:2}"; }
in_database() { in_container postgres psql --username postgres --no-align --tuples-only --quiet --command "$1" sallyport; }

# are HEALTH SERVICE…
are() {
  local service state
  for service in "${@:2}"; do
    for state in $(inspect "$service" '{{.State.Health.Status}}'); do is "$service $state" "$service $1" || return; done
  done
}
