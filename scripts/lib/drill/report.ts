// A drill as people and programs read it: one row a delivery, and what it came to.
import type { Outcome } from '../command.ts'
import type { Looked, NotSeen, SeenDelivery } from './lookup.ts'
import { type Mail, notLookedAt } from './mail.ts'
import type { Verdict } from './verdict.ts'

const titles = {
  check: { well: 'everything is ready', ill: 'not everything is ready' },
  send: { well: 'everybody was reached', ill: 'not everybody was reached' },
} as const
const ofMailUnknown = 'every route was reached, and whether the mail was is unknown'

export function drillReport(
  { mode, alertId }: { readonly mode: 'check' | 'send'; readonly alertId: string },
  last: Looked | NotSeen,
  { ok: routesOk, sentences: ofRoutes }: Verdict,
  mail: Mail = notLookedAt,
): Outcome {
  const ok = routesOk && mail.state !== 'failed' && mail.state !== 'unreadable'
  const sentences = [...ofRoutes, ...mail.sentences]
  const isMailUnknown = mail.state === 'unknown' || mail.state === 'unreadable'
  const title = routesOk && isMailUnknown ? ofMailUnknown : titles[mode][ok ? 'well' : 'ill']
  const { deliveries, failedOver } = 'deliveries' in last ? whatWasSeen(last) : { deliveries: [], failedOver: [] }
  const rows = [heading, ...byRoute([...failedOver, ...deliveries]).map(row)]
  const table = rows.length === 1 ? [] : [...aligned(rows), '']
  return {
    ok,
    text: ['', ...table, ...sentences].join('\n'),
    json: { alert: alertId, mode, ok, sentences, deliveries, failedOver, mail },
    markdown: [
      `### Drill: ${title}`,
      '',
      ...sentences.map((sentence) => `- ${sentence}`),
      '',
      ...(rows.length === 1 ? [] : markdownTable(rows)),
    ].join('\n'),
  }
}

const heading = ['route', 'channel', 'recipient', 'outcome', 'ms', 'when', 'carrier'] as const

function row(delivery: SeenDelivery): readonly string[] {
  const { route, channel, recipient, outcome, code, ms, at } = delivery
  const said = outcome === 'accepted' || outcome === 'ready' ? outcome : `${outcome} (${code})`
  return [route, channel, shown(channel, recipient), said, String(ms), at, carrier(delivery)]
}

/** A webhook's recipient is the webhook, whose masked name would say less than nothing. */
function shown(channel: string, recipient: string): string {
  return channel === 'slack' || channel === 'discord' ? 'its webhook' : recipient || '—'
}

function carrier({ outcome, receipt }: SeenDelivery): string {
  if (outcome !== 'accepted' || receipt === undefined) return ''
  if (receipt.code === 'not-asked') return 'not to be asked'
  if (receipt.receipt === 'delivered') return 'delivered'
  if (receipt.receipt === 'pending') return 'not yet delivered'
  return `${receipt.receipt === 'failed' ? 'not delivered' : 'unknown'}: ${receipt.reason || receipt.code}`
}

/** Each delivery once: what got no clear answer is on record, and among what failed as well. */
function whatWasSeen(last: Looked) {
  const isNew = (one: SeenDelivery) =>
    !last.deliveries.some(
      ({ route, channel, recipient }) => route === one.route && channel === one.channel && recipient === one.recipient,
    )
  return {
    deliveries: [...last.deliveries, ...last.unreached.filter(isNew)],
    failedOver: last.failedOver.filter(isNew),
  }
}

/** Routes as they came first, and in each its deliveries as they came. */
function byRoute(deliveries: readonly SeenDelivery[]): readonly SeenDelivery[] {
  const routes = [...new Set(deliveries.map(({ route }) => route))]
  return routes.flatMap((route) => deliveries.filter((one) => one.route === route))
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line), '']
}
