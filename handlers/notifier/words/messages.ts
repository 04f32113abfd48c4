// The texts of an alert: the short one for SMS, the long one for messengers. Pure functions of the activity and the
// settings: a retry hours later writes the same bytes, which NHN Cloud's guard against duplicates relies on.
import type { Activity } from '../activity.ts'
import type { NotifierSettings } from '../settings.ts'
import { cutToBytes, eucKrBytes, sendable } from './euc-kr.ts'
import { languages } from './languages.ts'

/** Korean carriers cut an SMS after 90 EUC-KR bytes. */
export const smsLimit = 90

/** Telegram refuses a message of more than 4096 characters; what is longer than this in one field is not news. */
const fieldLimit = 300

type Voice = Pick<NotifierSettings, 'name' | 'locale' | 'timeZone'>

/**
 * At most 90 EUC-KR bytes. Where it does not all fit, the address goes first, then the account, then MFA. The time stays
 * whatever happens: without it a second sign-in would be the same bytes as the first, and NHN Cloud's guard against
 * duplicates would drop it after accepting it.
 */
export function smsText(activity: Activity, voice: Voice): string {
  const words = languages[voice.locale]
  const head = sendable(
    `[${voice.name}] ${activity.drill ? `${words.test} ` : ''}${oneLine(headline(activity, voice))}`,
  )
  const time = activity.time === undefined ? '' : ` ${shortTime(activity.time, voice.timeZone)}`
  const extras = [
    { rank: 1, text: activity.kind === 'console-login' ? words.mfa[activity.mfa] : '', lead: ', ' },
    { rank: 0, text: time },
    { rank: 3, text: activity.sourceIp },
    { rank: 2, text: activity.account === '' ? '' : `${words.labels.account} ${activity.account}` },
  ].map(({ rank, text, lead = ' ' }) => ({ rank, text: text === '' ? '' : lead + sendable(oneLine(text)) }))

  for (let rank = 3; rank >= 0; rank--) {
    const kept = extras.filter((extra) => extra.rank <= rank)
    const whole = head + kept.map(({ text }) => text).join('')
    if (eucKrBytes(whole) <= smsLimit) return whole
  }
  return cutToBytes(head, smsLimit - eucKrBytes(time)) + time
}

/** Every detail, a line each, as plain text without markup: nothing in the event can break it or fake a line of it. */
export function longText(activity: Activity, voice: Voice): string {
  const words = languages[voice.locale]
  const { labels } = words
  const rows: [label: string, value: string][] = [
    [labels.who, activity.actor === 'root' ? words.root : activity.identity || words.unknown],
    [labels.what, `${activity.name} (${activity.service})`],
    ...result(activity, voice),
    [labels.from, [activity.sourceIp || words.unknown, activity.userAgent].filter(Boolean).join(' · ')],
    [labels.when, activity.time === undefined ? words.unknown : longTime(activity.time, voice.timeZone)],
    [labels.account, activity.account || words.unknown],
    [labels.region, activity.region || words.unknown],
    [labels.record, activity.id],
  ]
  const title = `${activity.drill ? `${words.test} · ` : '🚨 '}[${voice.name}] ${shortened(headline(activity, voice))}`
  return [title, '', ...rows.map(([label, value]) => `${label}: ${shortened(value)}`)].join('\n')
}

/** An event that is no call and no sign-in neither succeeds nor fails. */
function result({ kind, failure, mfa }: Activity, { locale }: Voice): [label: string, value: string][] {
  const { labels, succeeded, failed, mfa: mfaWords } = languages[locale]
  if (kind === 'other' && failure === undefined) return []
  const came = failure === undefined ? succeeded : `${failed} (${failure})`
  return [[labels.result, `${came}, ${mfaWords[mfa]}`]]
}

function headline(activity: Activity, voice: Voice): string {
  return languages[voice.locale].headlines[activity.kind](activity)
}

/** User agents and error messages are written by whoever acts: control characters and line breaks become spaces. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** One line of at most so many characters; half a surrogate pair, which Telegram refuses, is never left over. */
function shortened(text: string): string {
  return oneLine(text).slice(0, fieldLimit).toWellFormed()
}

function shortTime(time: Date, timeZone: string): string {
  const { month, day, hour, minute } = clockIn(time, timeZone)
  return `${month}/${day} ${hour}:${minute}`
}

function longTime(time: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second } = clockIn(time, timeZone)
  const local = `${year}-${month}-${day} ${hour}:${minute}:${second} ${timeZone}`
  return `${local} (${time.toISOString().replace(/\.\d+Z$/, 'Z')})`
}

/** Read in parts, since the joined form of a locale differs between versions of Node. */
function clockIn(time: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(time).map((part) => [part.type, part.value]))
  return parts as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>
}
