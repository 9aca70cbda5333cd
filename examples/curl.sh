#!/usr/bin/env bash
# One session by hand, against `npm run dev` or EDGEWISE_URL.
set -euo pipefail
url="${EDGEWISE_URL:-http://localhost:8787}"
auth="Authorization: Bearer ${EDGEWISE_KEY:-anonymous}"
jar="$(mktemp)"
trap 'rm -f "$jar"' EXIT
edgewise() { curl --silent --show-error --fail-with-body --cookie "$jar" --cookie-jar "$jar" --header "$auth" "$@"; echo; }

session="$(edgewise -X POST "$url/sessions" | sed -E 's/.*"id":"([^"]+)".*/\1/')"
echo "Session $session"
edgewise --json '{"content":"Add a task to buy milk"}' "$url/sessions/$session/messages"
echo 'As it is made:'
edgewise --no-buffer -H 'Accept: text/plain' --json '{"content":"List my tasks"}' "$url/sessions/$session/messages"
echo 'The same turn again, for another client:'
edgewise --no-buffer "$url/sessions/$session/stream?format=openai"
echo "With OpenAI's API, in the same session:"
edgewise --json "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}],\"metadata\":{\"session_id\":\"$session\"}}" "$url/v1/chat/completions"
