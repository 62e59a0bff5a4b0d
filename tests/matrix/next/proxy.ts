import { type NextRequest, NextResponse } from 'next/server';

/** A policy with a nonce, where the test asks for one. */
export function proxy(request: NextRequest) {
  if (!process.env['NONCE_CSP']) return NextResponse.next();
  const nonce = btoa(crypto.randomUUID());
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    // The service of the tests is on another port.
    "connect-src 'self' http://127.0.0.1:*",
  ].join('; ');
  const headers = new Headers(request.headers);
  // From here Next takes the nonce for its own scripts.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}
