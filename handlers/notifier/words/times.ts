// Times as people read them: by the clock of their time zone, with UTC beside it in the long form.

/** With seconds: two sign-ins within a minute must not be the same bytes, or NHN's guard against duplicates drops one. */
export function shortTime(time: Date, timeZone: string): string {
  const { month, day, hour, minute, second } = clockIn(time, timeZone)
  return `${month}/${day} ${hour}:${minute}:${second}`
}

/** The short time of what happened long ago. */
export function datedTime(time: Date, timeZone: string): string {
  return `${clockIn(time, timeZone).year}/${shortTime(time, timeZone)}`
}

export function hourOf(time: Date, timeZone: string): string {
  return shortTime(time, timeZone).slice(-8)
}

export function longTime(time: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second } = clockIn(time, timeZone)
  const local = `${year}-${month}-${day} ${hour}:${minute}:${second} ${timeZone}`
  return `${local} (${time.toISOString().replace(/\.\d+Z$/, 'Z')})`
}

/** Read in parts, since the joined form of a locale differs between versions of Node. */
function clockIn(time: Date, timeZone: string) {
  formats[timeZone] ??= new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = Object.fromEntries(formats[timeZone].formatToParts(time).map((part) => [part.type, part.value]))
  return parts as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>
}

/** Making one takes longer than all else in a message. */
const formats: Record<string, Intl.DateTimeFormat> = {}
