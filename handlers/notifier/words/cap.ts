// The day's SMS are used up: an alert of its own, since from then on phones stay silent where only SMS reaches them.
import { foreign } from './foreign.ts'
import { languages } from './languages.ts'
import { row } from './lines.ts'
import type { Message } from './message.ts'
import { shortText, subjectText } from './short.ts'
import { templateOf } from './template.ts'
import type { Voice } from './words.ts'

export interface Cap {
  /** The day in the voice's time zone, as 2026-01-01. */
  readonly day: string
  /** How many messages a day may go out. */
  readonly cap: number
  /** The reserve for what is critical, as many again, is used up too. */
  readonly reserve: boolean
  readonly account: string
}

export function capMessage({ day, cap, reserve, account }: Cap, voice: Voice): Message {
  const { cap: words, labels } = languages[voice.locale]
  const [short, sentence] = reserve ? words.none : words.left
  const opening = `[${voice.name}] `
  const title = { before: words.title(reserve ? 2 * cap : cap), name: '', after: '' }
  return {
    short: shortText({
      opening,
      title,
      result: `, ${short}`,
      time: day,
      endings: [[`${labels.account} ${account}`], [account]],
    }),
    subject: subjectText(opening, title),
    lines: [
      [{ text: `🚨 ${opening}${title.before}`, style: 'bold' }],
      [{ text: sentence }],
      [],
      [{ text: `${labels.when}: ${day}` }],
      ...row(labels.account, [foreign(account)]),
      [],
      [{ text: `${labels.todo}: `, style: 'bold' }, { text: words.todo }],
    ],
    template: templateOf({
      title: opening + title.before,
      what: sentence,
      who: '-',
      from: '-',
      when: day,
      account,
      todo: words.todo,
    }),
  }
}
