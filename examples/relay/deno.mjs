// The relay on Deno: deno run --allow-net --allow-env deno.mjs

import { createRelay, fromEnvironment } from './relay.mjs';

const relay = createRelay(fromEnvironment(Deno.env.toObject()));
const port = Number(Deno.env.get('PORT') ?? 8080);

Deno.serve({ hostname: Deno.env.get('HOST') ?? '127.0.0.1', port }, (request, { remoteAddr }) =>
  relay(request, { address: remoteAddr.hostname }),
);
