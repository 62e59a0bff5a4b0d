#!/bin/sh
# What a relay carries: status polls by wrk over loopback, against the simulator; run in the
# repository's root, with wrk, nginx, Node and curl. The limits per visitor are lifted, since
# one machine stands for all of them.
set -eu

seconds=${1:-10}
folder=$(mktemp -d)
# Where nginx is started by root, its workers are somebody else.
chmod 755 "$folder"
here=examples/relay
base=/sim/presenton,contract=cloud,duration=600000
polled=/relay/presenton/api/v1/ppt/presentation
started=

finish() {
    for process in $started; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

up() {
    until curl -so "$folder/page" "$1"; do
        kill -0 "$2"
    done
}

job() {
    curl -s -D "$folder/head" -H "Origin: $1" -H 'X-Slidewright: 1' -H 'Content-Type: application/json' \
        -H "Idempotency-Key: $(date +%s%N)-of-a-bench" -d '{"content":"Bees","n_slides":3}' \
        "$1$2/generate/async" | sed 's/.*"id":"\([^"]*\)".*/\1/'
}

measure() {
    echo "== $1"
    wrk --threads 1 --connections 64 --duration "${seconds}s" --latency \
        -H 'X-Slidewright: 1' -H "Cookie: ${3:-none=1}" "$2" | grep -E 'Requests/sec|50%|99%|Non-2xx' || true
}

cargo build --quiet --release --package slidewright-simulator --features server
target/release/slidewright-simulator --port 8951 > "$folder/simulator.log" &
started="$started $!"
up http://127.0.0.1:8951/ $!
export PRESENTON_URL="http://127.0.0.1:8951$base" PRESENTON_KEY=sk-of-a-bench
export RELAY_SECRET=thirty-two-characters-for-a-bench
export RELAY_OPTIONS='{"rate":{"callsPerMinute":1e9}}'
PORT=8952 node "$here/node.mjs" > "$folder/node.log" &
started="$started $!"
up http://127.0.0.1:8952/ $!

mkdir "$folder/site"
sed -e 's|rate=240r/m|rate=100000r/s|' -e 's|burst=60|burst=100000|' "$here/nginx.conf" > "$folder/nginx.conf"
cat > "$folder/nginx-service.conf" <<END
upstream presenton { server 127.0.0.1:8951; keepalive 64; }
map "" \$presenton_root { default http://presenton$base; }
map "" \$presenton_host { default 127.0.0.1:8951; }
map "" \$presenton_key { default "Bearer sk-of-a-bench"; }
END
cat > "$folder/nginx-site.conf" <<END
listen 127.0.0.1:8953;
root site;
location = /session { internal; client_max_body_size 0; return 204; }
END
nginx -p "$folder" -c nginx.conf -e stderr -g 'daemon off;' &
started="$started $!"
up http://127.0.0.1:8953/ $!

direct=http://127.0.0.1:8951$base/api/v1/ppt/presentation
measure 'the simulator by itself' "$direct/status/$(job http://127.0.0.1:8951 "$base/api/v1/ppt/presentation")"

id=$(job http://127.0.0.1:8952 $polled)
cookie=$(sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' "$folder/head")
measure 'relay.mjs on Node, one process' "http://127.0.0.1:8952$polled/status/$id" "$cookie"

measure 'nginx' "http://127.0.0.1:8953$polled/status/$(job http://127.0.0.1:8953 $polled)"
