// Who may speak to the page: a browser on this machine that was sent here by its user, and no other page of it. Without
// this any web page that the user visits could press the buttons, by its own form or by a name that points here.
import type { IncomingHttpHeaders } from 'node:http'

/** Why not, or undefined. */
export function refused(method: string, headers: IncomingHttpHeaders, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin, 'sec-fetch-site': site } = headers
  if (!hosts.includes(host)) return `this server answers to ${hosts[0]}, and not to another name`
  if (method === 'GET' || method === 'HEAD') return undefined
  if (method !== 'POST') return `there is no ${method} here`
  if (origin !== undefined && origin !== `http://${host}`) return 'a page of another origin may not press buttons here'
  if (site !== undefined && site !== 'same-origin') return 'a page of another site may not press buttons here'
  if (origin === undefined && site === undefined) return 'a POST must say where it comes from (Origin)'
  if (!/^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? '')) return 'a POST must be a form'
  return undefined
}

/** Nothing but this server's own files is loaded or run, and no other page can frame this one. */
export const safeHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const
