// Values that a log on GitHub must not show. GitHub itself masks a secret as a whole; what a channel's secret holds (a
// token, a phone number) it does not know, so every value inside is masked as well. Pure but for `mask`.
import { setSecret } from '@actions/core'

/** Masks the values in everything that the job prints from here on. Elsewhere than on GitHub nothing is printed. */
export function mask(values: readonly string[], { GITHUB_ACTIONS }: Environment = process.env): void {
  if (GITHUB_ACTIONS === 'true') for (const value of values) setSecret(value)
}

/**
 * What is secret inside the channels' secrets of the environment, phone numbers in each form a message may have them in. Ids of
 * templates and senders are no secrets, and masking one hides what a log is read for.
 */
export function secretValues(environment: Environment): readonly string[] {
  const values = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(secretPrefix) && value)
    .flatMap(([, value = '']) => valuesIn(value).flatMap(forms))
  return [...new Set(values)].filter((value) => value.length >= shortestMasked)
}

/** Fields of a channel's secret that say which template or sender, and let nobody in. */
const named = ['templateCode', 'templateId', 'pfId', 'senderKey']

/** ROOT_GUARD_TELEGRAM, ROOT_GUARD_NHN_SMS and so on: see docs/set-up.md. */
export const secretPrefix = 'ROOT_GUARD_'

/** Masking `no` or `82` would make every log unreadable and hide nothing. */
const shortestMasked = 6

type Environment = Readonly<Record<string, string | undefined>>

/** Of what is no JSON its long words: GitHub masks each of its lines already, and a brace as a mask hides every log. */
function valuesIn(text: string): readonly string[] {
  const json = parsed(text)
  return json === undefined ? (text.match(/[^\s"'{}[\],]{10,}/g) ?? []) : leaves(json)
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inside]) => (named.includes(field) ? [] : leaves(inside)))
}

function forms(value: string): readonly string[] {
  const digits = value.replaceAll(/[\s()-]/g, '')
  const domestic = digits.replace(/^\+?82/, '0').replace(/^00/, '0')
  if (!/^0\d{8,10}$/.test(domestic)) return [value]
  const [, head = '', middle = '', tail = ''] = /^(02|0\d{2})(\d{3,4})(\d{4})$/.exec(domestic) ?? []
  const international = `82${domestic.slice(1)}`
  const dashed = head === '' ? [] : [`${head}-${middle}-${tail}`, `+82-${head.slice(1)}-${middle}-${tail}`]
  return [value, domestic, international, `+${international}`, ...dashed]
}

/** undefined for what is no JSON; npm run secrets says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
