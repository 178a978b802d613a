#!/bin/sh
# Runs a command against a cloud of its own: starts the cloud with a new database, waits until it can serve, and stops it at the end.
#
#   sh wait.sh http://localhost:5173 npm run test:end-to-end
set -eu

origin=$1
shift
data=$(mktemp -d)
node_modules/.bin/webauthn-result-cloud --origin "$origin" --data "$data" &
cloud=$!
trap 'kill "$cloud" 2>/dev/null || true; wait "$cloud" 2>/dev/null || true; rm -rf "$data"' EXIT

attempts=0
until curl --silent --fail --output /dev/null http://localhost:5190/ready; do
  attempts=$((attempts + 1))
  # It has ended by itself, e.g. because its port is in use, or it took 30 seconds.
  kill -0 "$cloud"
  [ "$attempts" -lt 150 ]
  sleep 0.2
done
# Another server may have responded, because it has the port.
sleep 0.2
kill -0 "$cloud"

"$@"
