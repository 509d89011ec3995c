#!/bin/sh
# Ask with curl: ask.sh "Hvor stort er teknologibidraget?"   (AFTALER_URL, AFTALER_TOKEN)
# The question is put into JSON by Python, so that no quote in it can break it.
set -eu
url="${AFTALER_URL:-http://localhost:8000}"
body=$(python3 -c 'import json, sys; print(json.dumps({"question": sys.argv[1]}))' "$1")
curl --silent --show-error --fail-with-body --max-time 60 "$url/api/v1/ask" \
  --header "Content-Type: application/json" \
  ${AFTALER_TOKEN:+--header "Authorization: Bearer $AFTALER_TOKEN"} \
  --data "$body"
