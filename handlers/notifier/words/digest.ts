// A digest in words: what a window counted while its first activity had been told already.
import type { Collected, Digest } from '../digest.ts'
import { type Kind, kinds } from '../kinds.ts'
import { foreign, shortened } from './foreign.ts'
import { languages } from './languages.ts'
import { fitting, row } from './lines.ts'
import type { Line, Message } from './message.ts'
import { shortText, subjectText } from './short.ts'
import { templateOf } from './template.ts'
import { hourOf, longTime, shortTime } from './times.ts'
import { firstSteps, type Voice, type Words } from './words.ts'

/** Calls with a line of their own; the rest are one line, so that the numbers add up to the total. */
const topCalls = 5

type Call = Digest['calls'][number]

export function digestMessage(digest: Digest, voice: Voice): Message {
  const words = languages[voice.locale]
  const mark = digest.official ? '' : `${words.notAws} `
  const opening = `${mark}[${voice.name}] `
  const what = collected(digest.of, words)
  const failed = digest.calls.reduce((sum, call) => sum + call.failed, 0)
  const all = words.digest.count(digest.total)
  const least = digest.more ? words.digest.more(all) : all
  const counts = [least, ...noted(words.digest.failed, failed)].join(', ')
  const title = { before: `${words.digest.title}${what} ${counts}`, name: '', after: '' }
  const account = `${words.labels.account} ${digest.account}`
  const told = noted(words.digest.told, digest.told)
  const todo = words.todo[todoOf(digest)]
  const span = (time: Date) => longTime(time, voice.timeZone)
  const total = [least, ...noted(words.digest.failed, failed), ...told].join(', ')
  const rows = callsOf(digest, words)
  const critical = isKind(digest.of) && kinds[digest.of].severity === 'critical'
  return {
    short: shortText({
      opening,
      title,
      result: '',
      time: `${shortTime(digest.opened, voice.timeZone)}~${hourOf(digest.closed, voice.timeZone)}`,
      endings: [[...told, account], [account], [digest.account]],
    }),
    subject: subjectText(opening, title),
    lines: fitting<'account' | 'record'>(['account', 'record'], (quote) => [
      [{ text: `${critical ? '🚨' : '🔔'} ${opening}${title.before}`, style: 'bold' }],
      [{ text: words.digest.sentence }],
      [],
      [{ text: `${words.labels.span}: ${span(digest.opened)} ~ ${span(digest.closed)}` }],
      [{ text: `${words.labels.total}: ${total}` }],
      ...rows.map(([name, counted]): Line => [{ text: '- ' }, name, { text: ` ${counted}` }]),
      [],
      ...row(words.labels.account, [quote('account', digest.account)]),
      ...row(words.labels.record, [quote('record', digest.id)]),
      [],
      [{ text: `${words.labels.todo}: `, style: 'bold' }, { text: todo }],
    ]),
    template: templateOf({
      title: opening + title.before,
      what: rows.map(([{ text }, counted]) => `${shortened(text, 40)} ${counted}`).join(', '),
      who: words.digest.various,
      from: words.digest.various,
      when: `${shortTime(digest.opened, voice.timeZone)} ~ ${shortTime(digest.closed, voice.timeZone)} ${voice.timeZone}`,
      account: digest.account,
      todo,
    }),
  }
}

function todoOf({ official, of }: Digest) {
  if (!official) return 'forged'
  if (of === 'failures') return firstSteps['guard-touched']
  return of === 'notable' ? 'call' : firstSteps[of]
}

function collected(of: Collected, words: Words): string {
  return isKind(of) ? words.kinds[of][0].replace('{}', '').trim() : words.digest[of]
}

function isKind(of: Collected): of is Kind {
  return of !== 'notable' && of !== 'failures'
}

function callsOf({ calls, total }: Digest, words: Words) {
  const top = calls.slice(0, topCalls)
  const rest = calls.slice(topCalls)
  const counted = sumOf(top, 'count')
  const lines = top.map((call) => [foreign(call.name, 100), countOf(call, words)] as const)
  if (total <= counted) return lines
  const others = { count: total - counted, failed: sumOf(rest, 'failed') }
  return [...lines, [{ text: words.digest.others }, countOf(others, words)] as const]
}

function countOf({ count, failed }: Pick<Call, 'count' | 'failed'>, words: Words): string {
  const note = noted(words.digest.failed, failed)
  return `${words.digest.count(count)}${note.length === 0 ? '' : ` (${note[0]})`}`
}

function sumOf(calls: readonly Call[], what: 'count' | 'failed'): number {
  return calls.reduce((sum, call) => sum + call[what], 0)
}

/** Nothing is said of none. */
function noted(say: (count: number) => string, count: number): readonly string[] {
  return count > 0 ? [say(count)] : []
}
