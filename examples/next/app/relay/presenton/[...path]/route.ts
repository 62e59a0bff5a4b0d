import { isGood } from '../../../../lib/sign';

const SERVICE = process.env['PRESENTON_URL'] ?? 'https://api.presenton.ai';

/** What the widget calls, and nothing else of the service: its lists have everybody's decks. */
const OPEN = [
  /^POST api\/v1\/ppt\/(presentation\/(generate\/async|export)|files\/upload)$/,
  /^GET api\/v1\/ppt\/(presentation\/status\/[^/]+|template\/all)$/,
  /^GET app_data\/exports\/[^/]+$/,
];

/** What of a call is passed on, and what of its reply. */
const ASKED = ['accept', 'content-type', 'idempotency-key'];
const ANSWERED = ['content-disposition', 'content-type', 'retry-after'];

type Context = { params: Promise<{ path: string[] }> };

/** Passes a call on, with the key that no page may know. */
async function relay(request: Request, { params }: Context): Promise<Response> {
  const path = (await params).path.map(encodeURIComponent).join('/');
  const call = `${request.method} ${path}`;
  if (!OPEN.some((open) => open.test(call))) return problem(404, 'There is nothing here.');
  if (request.method === 'POST' && !isGood(request.headers.get('x-pass') ?? '')) {
    return problem(403, 'Please load the page again.');
  }
  const reply = await fetch(`${SERVICE}/${path}${new URL(request.url).search}`, {
    method: request.method,
    headers: {
      ...picked(request.headers, ASKED),
      authorization: `Bearer ${process.env['PRESENTON_KEY'] ?? ''}`,
    },
    body: request.method === 'POST' ? await request.arrayBuffer() : null,
    cache: 'no-store',
  });
  return new Response(reply.body, { status: reply.status, headers: picked(reply.headers, ANSWERED) });
}

export { relay as GET, relay as POST };

/** The widget shows the title to the visitor. */
function problem(status: number, title: string): Response {
  return Response.json({ title }, { status, headers: { 'content-type': 'application/problem+json' } });
}

function picked(headers: Headers, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  }));
}
