# The story of an administrator over HTTP. Sourced by ./run.

USERNAME=admin@shop.example
PASSWORD='Image-Test-01!'
POLICIES=mfa-policies
POLICY='{"appliesTo":"customers","requiredFrom":"2099-01-01T00:00:00.000Z","methods":["email"]}'

curl_options=()
session=()

create_administrator() {
  echo "$PASSWORD" | compose run --rm -T cli users create-administrator --username "$USERNAME" \
    --first-name Ines --last-name Roth --password-stdin
}

# call METHOD URL [ATTRIBUTES] [options of curl]: prints the body and, in the last line, the status
call() {
  local body=() type=${2%%\?*}
  [[ -z ${3-} ]] || body=(--data "{\"data\":{\"type\":\"${type##*/}\",\"attributes\":$3}}")
  curl --silent --max-time 20 --write-out '\n%{http_code}\n' "${curl_options[@]}" --request "$1" "$2" \
    --header 'Content-Type: application/vnd.api+json' "${body[@]}" "${@:4}"
}

# member PATH: what the JSON document of standard input has there
member() {
  node --eval 'const [path] = process.argv.slice(1);
    const value = path.split(".").reduce((part, key) => part?.[key], JSON.parse(require("fs").readFileSync(0)));
    console.log(value ?? "");' "$1"
}

# login URL: sets the header of the session
login() {
  local token
  token=$(curl --silent "${curl_options[@]}" "$1/token" --data grant_type=password --data "username=$USERNAME" \
    --data-urlencode "password=$PASSWORD" | member access_token)
  session=(--header "Authorization: Bearer $token")
  [[ -n $token ]]
}

mailed_code() {
  local id
  id=$(curl --silent --get "$mailpit/api/v1/search" --data-urlencode "query=to:\"$USERNAME\"" | member messages.0.ID)
  curl --silent "$mailpit/api/v1/message/$id" | member Text | grep --only-matching --extended-regexp '^[0-9]{6}\r?$' | tr -d '\r'
}

# answers STATUS[ CODE] METHOD URL [ATTRIBUTES] [options of curl]
answers() {
  local answer
  answer=$(call "${@:2}" "${session[@]}")
  case $1 in
  *' '*) [[ $answer == *"\"code\":\"${1#* }\""*$'\n'"${1% *}" ]] ;;
  *) [[ $answer == *$'\n'"$1" ]] ;;
  esac || { printf '%s\n' "$answer" >&2; return 1; }
}

set_up_mfa() {
  answers 204 POST "$1/multi-factor-auth-type-activate" '{"type":"email"}'
  code=$(mailed_code)
  answers 204 POST "$1/multi-factor-auth-type-verify" '{"type":"email"}' --header "X-MFA-Code: $code"
}

ask_for_code() {
  answers 204 POST "$1/multi-factor-auth-trigger" '{"type":"email"}'
  code=$(mailed_code)
}

# The storefront behind the proxy
ask_storefront() {
  curl --silent --fail --max-time 20 --output /dev/null "${curl_options[@]}" "$storefront/.well-known/jwks.json" "$@"
}

requests_are_answered() {
  local n
  for ((n = 10; n < 40; n++)); do
    ask_storefront --header "X-Request-Id: image-test-$n" --header 'X-Forwarded-For: 203.0.113.9' || return
  done
}

# The last entry of each storefront about them
answered() {
  local id
  for id in $(containers storefront); do "$engine" logs "$id" 2>&1 | grep image-test- | tail -n 1; done
}

storefront_stops() {
  "$engine" stop --time 40 "$(containers storefront | head -n 1)" >/dev/null &
  while kill -0 $! 2>/dev/null; do ask_storefront || return; done
  ask_storefront
}
