# How the test says what it has seen. Sourced by ./run.

passed=0

section() { printf '\n%s\n' "$1"; }

# check SENTENCE COMMAND…: ends the test with the logs when the command fails
check() {
  "${@:2}" >"$scratch/output" 2>&1 || fails "$1"
  passed=$((passed + 1))
  printf '  ok    %s\n' "$1"
}

# check_soon SENTENCE COMMAND…: the same, for what becomes true within five minutes
check_soon() {
  local end=$((SECONDS + 300))
  until "${@:2}" >"$scratch/output" 2>&1; do
    ((SECONDS < end)) || fails "$1"
    sleep 1
  done
  check "$@"
}

# check_refused SENTENCE TEXT COMMAND…: the command must fail, and say the text
check_refused() {
  check "$1" refused "${@:2}"
}
refused() {
  local output
  ! output=$("${@:2}" 2>&1) || { echo 'It was not refused.'; return 1; }
  has "$output" "$1"
}

fails() {
  printf '  FAIL  %s\n' "$1"
  cat "$scratch/output"
  compose logs --tail 20 2>&1 | grep -v '^Attaching' || true
  printf '\n%d passed, 1 failed\n' "$passed"
  exit 1
}

is() { [[ $1 == "$2" ]] || { printf '%s instead of %s\n' "$1" "$2"; return 1; }; }
has() { [[ $1 == *"$2"* ]] || { printf '%s is not in %s\n' "$2" "$1"; return 1; }; }
lacks() { [[ $1 && $1 != *"$2"* ]] || { printf '%s is in %s\n' "$2" "$1"; return 1; }; }
has_no_secret() { [[ $1 ]] && ! grep --fixed-strings --file "$scratch/secrets" <<<"$1"; }
