// The relay as a Cloudflare Worker, with a route such as example.com/relay/*. Secrets are set by
// `wrangler secret put`. Workers share no memory: without a store in one place (a Durable
// Object), a repeated submit may meet a copy that knows nothing of the first. Once a visitor has
// left, `waitUntil` keeps a Worker for about thirty seconds: what a slower service answers to a
// submit is then heard by nobody.

import { createRelay, fromEnvironment } from './relay.mjs';

let relay;

export default {
  fetch(request, variables, context) {
    relay ??= createRelay(fromEnvironment(variables));
    return relay(request, {
      address: request.headers.get('cf-connecting-ip') ?? undefined,
      waitUntil: (work) => context.waitUntil(work),
    });
  },
};
