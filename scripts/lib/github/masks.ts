// Values that a log on GitHub must not show. GitHub itself masks a secret as a whole; what a channel's secret holds (a
// token, a phone number) it does not know, so every value inside is masked as well. Pure but for `mask`.
import { setSecret } from '@actions/core'

/** Masks the values in everything that the job prints from here on. Elsewhere than on GitHub nothing is printed. */
export function mask(values: readonly string[], { GITHUB_ACTIONS }: Environment = process.env): void {
  if (GITHUB_ACTIONS === 'true') for (const value of values) setSecret(value)
}

/** Every value inside the channels' secrets of the environment, phone numbers in each form a message may have them in. */
export function secretValues(environment: Environment): readonly string[] {
  const values = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(secretPrefix) && value)
    .flatMap(([, value = '']) => leaves(parsed(value)).flatMap(forms))
  return [...new Set(values)].filter((value) => value.length >= shortestMasked)
}

/** ROOT_GUARD_TELEGRAM, ROOT_GUARD_NHN_SMS and so on: see docs/set-up.md. */
export const secretPrefix = 'ROOT_GUARD_'

/** Masking `no` or `82` would make every log unreadable and hide nothing. */
const shortestMasked = 6

type Environment = Readonly<Record<string, string | undefined>>

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not the JSON it should be; npm run secrets says so. It is secret all the same.
    return text
  }
}
