// The variables of a KakaoTalk template. Kakao takes 1,000 characters in all, the template's own text included.
import { shortened } from './foreign.ts'
import type { TemplateVariable } from './message.ts'

const limits = {
  title: 80,
  what: 150,
  who: 100,
  from: 80,
  when: 90,
  account: 40,
  todo: 200,
} as const satisfies Record<TemplateVariable, number>

/** One line each and never empty: Kakao refuses a message whose variable is. */
export function templateOf(values: Record<TemplateVariable, string>): Record<TemplateVariable, string> {
  const entries = Object.entries(values) as [TemplateVariable, string][]
  return Object.fromEntries(entries.map(([name, value]) => [name, shortened(value, limits[name]) || '-'])) as Record<
    TemplateVariable,
    string
  >
}
