// An alert in words: one activity, for every channel.
import type { Activity } from '../activity.ts'
import { networkOf } from './address.ts'
import { detailOrder, detailsOf, type Field, fields } from './details.ts'
import { foreign } from './foreign.ts'
import { languages } from './languages.ts'
import { fitting, phraseLine, type Quote, row } from './lines.ts'
import { type Line, type Message, plainText, type Span } from './message.ts'
import { failedTry, isForeign, markOf, mfaOf, type Phrase, sentenceOf, titleOf } from './phrases.ts'
import { shortText, subjectText } from './short.ts'
import { templateOf } from './template.ts'
import { datedTime, shortTime } from './times.ts'
import { firstSteps, type Voice, type Words } from './words.ts'

/** A pure function: a retry hours later writes the same bytes, which NHN Cloud's guard against duplicates relies on. */
export function alertMessage(activity: Activity, voice: Voice): Message {
  const words = languages[voice.locale]
  const opening = openingOf(activity, voice, words, ' ')
  const icon = markOf(activity, words) === '' ? (activity.severity === 'critical' ? '🚨 ' : '🔔 ') : ''
  return {
    short: shortAlert(activity, voice, words),
    subject: subjectText(opening, titleOf(activity, words)),
    lines: fitting<Field>(fields, (quote) => {
      const details = detailsOf(activity, voice, words, quote)
      return [
        phraseLine(icon + openingOf(activity, voice, words, ' · '), fullTitle(activity, words), 'bold'),
        phraseLine('', sentenceOf(activity, words)),
        ...warnings(activity, words, quote),
        [],
        ...detailOrder.flatMap((name) => row(words.labels[name], details[name])),
        [],
        [{ text: `${words.labels.todo}: `, style: 'bold' }, { text: words.todo[todoOf(activity)] }],
        ...row(words.labels.link, [{ text: linkOf(activity) }]),
      ]
    }),
    template: templateFor(activity, voice, words),
  }
}

function templateFor(activity: Activity, voice: Voice, words: Words): Message['template'] {
  const quote: Quote<Field> = (_, text) => foreign(text)
  const details = detailsOf(activity, voice, words, quote)
  const sentences = [phraseLine('', sentenceOf(activity, words)), ...warnings(activity, words, quote)]
  const plain = (spans: readonly Span[]) => plainText([spans])
  return templateOf({
    title: plain(phraseLine(openingOf(activity, voice, words, ' '), fullTitle(activity, words))),
    what: sentences.map(plain).join(' '),
    who: plain(details.who),
    // Without the user agent: what an attacker wrote, an address perhaps, has no business in a message of this look.
    from: activity.sourceIp,
    when: plain(details.when),
    account: plain(details.account),
    todo: words.todo[todoOf(activity)],
  })
}

/** With MFA, which an SMS may have to leave out. */
function fullTitle(activity: Activity, words: Words): Phrase {
  const title = titleOf(activity, words)
  return { ...title, after: title.after + mfaOf(activity, words) }
}

/** What every message begins with: what it is if it is no alarm, and whose guard speaks. */
function openingOf(activity: Activity, { name }: Voice, words: Words, gap: string): string {
  const mark = markOf(activity, words)
  return `${mark === '' ? '' : mark + gap}[${name}] `
}

function shortAlert(activity: Activity, voice: Voice, words: Words): string {
  const { account, sourceIp } = activity
  const labelled = account === '' ? '' : `${words.labels.account} ${account}`
  return shortText({
    opening: openingOf(activity, voice, words, ' '),
    title: titleOf(activity, words),
    result: mfaOf(activity, words),
    time: whenInShort(activity, voice, words),
    endings: endingsOf(labelled, account, sourceIp),
  })
}

/**
 * Fullest first. Twelve digits are known for an account without its label, when that makes room for the address. An address gives way
 * before the account; the network of an IPv6 address does not, since nearly no message would have room for both.
 */
function endingsOf(labelled: string, account: string, address: string): readonly (readonly string[])[] {
  const network = networkOf(address)
  const bare = network.replace('/48', '')
  const ofNetwork = network === '' ? [] : [[labelled, network], [account, network], [account, bare], [network], [bare]]
  return [[labelled, address], [account, address], ...ofNetwork, [labelled], [account]]
}

/** An event without a time is told apart by its id. */
function whenInShort({ id, time, late }: Activity, { timeZone }: Voice, words: Words): string {
  if (time === undefined) return `#${id.slice(-12)}`
  return late === undefined ? shortTime(time, timeZone) : `${datedTime(time, timeZone)} ${words.late[0]}`
}

/** Why a message is not what it seems: the record is old, or not one of AWS's. */
function warnings(activity: Activity, words: Words, quote: Quote<Field>): readonly Line[] {
  const { late, drill, source } = activity
  const told: Line[] = []
  if (late !== undefined) {
    const known = Object.hasOwn(words.lateReasons, late.reason) ? words.lateReasons[late.reason] : undefined
    const reason = known === undefined ? quote('reason', late.reason || words.unknown) : { text: known }
    told.push(around(words.late[1], reason))
  }
  if (!drill && isForeign(activity)) told.push(around(words.forged, quote('source', source)))
  return told
}

function around(sentence: string, said: Span): Line {
  const [before = '', after = ''] = sentence.split('{}')
  const own = (text: string): Line => (text === '' ? [] : [{ text, style: 'bold' }])
  return [...own(before), said, ...own(after)]
}

function todoOf(activity: Activity) {
  if (activity.drill) return 'drill'
  if (isForeign(activity)) return 'forged'
  if (activity.kind === 'console-login-failed' && activity.severity === 'critical') return 'password-known'
  return failedTry(activity) ? 'tried' : firstSteps[activity.kind]
}

/** The record in CloudTrail's console; '' where there is none, or where the event's words do not look like an address. */
function linkOf({ recorded, region, id }: Activity): string {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  if (!recorded || !uuid.test(id) || !/^[a-z]{2}(-[a-z]{4,12}){1,2}-\d$/.test(region)) return ''
  return `https://${region}.console.aws.amazon.com/cloudtrailv2/home?region=${region}#/events/${encodeURIComponent(id)}`
}
