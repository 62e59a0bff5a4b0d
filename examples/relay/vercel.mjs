// The relay as a function of Vercel's: api/relay.mjs, with relay.mjs beside it in a folder that
// is no function, and in vercel.json
//   { "rewrites": [{ "source": "/relay/(.*)", "destination": "/api/relay" }] }
// Functions share no memory: give the relay a store in one place (README.md).

import { createRelay, fromEnvironment } from './relay.mjs';

const relay = createRelay(fromEnvironment(process.env));

/** Vercel writes the visitor's address itself, over whatever a visitor wrote there. */
const answer = (request) => relay(request, { address: request.headers.get('x-real-ip') ?? undefined });

export { answer as GET, answer as POST };
