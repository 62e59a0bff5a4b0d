import { createHmac, timingSafeEqual } from 'node:crypto';

/** The server's own mark on a text. */
export function sign(text: string): string {
  const secret = process.env['PASS_SECRET'];
  if (!secret) throw new Error('PASS_SECRET is not set');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Whether a pass is one of ours, and not over. */
export function isGood(pass: string): boolean {
  const [until = '', mark = ''] = pass.split('.');
  const right = Buffer.from(sign(until));
  const given = Buffer.from(mark);
  return given.length === right.length && timingSafeEqual(given, right) && Number(until) > Date.now();
}
