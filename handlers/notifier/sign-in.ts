// What AWS Sign-In's own calls are: `aws login`, an application that is let in, a session that goes on, and the policy that decides
// from where and by whom the console can be signed in to. Source: AWS Sign-In user guide (OAuth for AWS MCP Server, controlling
// console access) and API reference.
import { type Fields, objectAt, text } from './fields.ts'
import { namesRoot } from './root.ts'

/** AWS's own clients (`aws login` on this or another device, the console) are of no Region; a registered one is of one, or a URL. */
const clientOfAws = /^arn:[\w-]+:signin:::(?!external-client)/

/** Records differ in where they say it, and services in how they spell it. */
function said(detail: Fields, ...names: readonly string[]): string {
  const places = [objectAt(detail, 'requestParameters'), objectAt(detail, 'additionalEventData')]
  return places.flatMap((place) => names.map((name) => text(place[name]))).find(Boolean) ?? ''
}

/** A session goes on: nobody signed in. */
export function renewsToken(detail: Fields): boolean {
  return said(detail, 'grant_type', 'grantType').toLowerCase() === 'refresh_token'
}

/** An application gets access, not AWS's CLI or console: it names what it wants access to, or is a client of its own. */
export function letsApplicationIn(detail: Fields): boolean {
  const client = said(detail, 'client_id', 'clientId')
  return said(detail, 'resource') !== '' || (client !== '' && !clientOfAws.test(client))
}

/** Where the application is sent to, and what it gets access to; the client where neither is said. */
export function applicationOf(detail: Fields): string {
  const [to, resource] = [said(detail, 'redirect_uri', 'redirectUri'), said(detail, 'resource')]
  return [to, resource].filter(Boolean).join(' → ') || said(detail, 'client_id', 'clientId')
}

/**
 * Whether a change to the sign-in policy takes something from root. A statement binds everybody but its `excludedPrincipal`, and all
 * of them bind once the configuration is put: of this account, or of the organization (`o-…`) or its root (`r-…`). Deleting
 * takes a restriction away.
 */
export function restrictsRoot(name: string, detail: Fields): boolean {
  const request = objectAt(detail, 'requestParameters')
  const [target, account] = [text(request.targetId), text(detail.recipientAccountId)]
  if (/^PutConsole/i.test(name)) return !/^\d+$/.test(target) || account === '' || target === account
  const excluded = text(request.excludedPrincipal)
  return /^Put/i.test(name) && !(namesRoot(excluded) && excluded.includes(`::${account}:`))
}
