// Every minute: tells the digest of each window that has closed. One that cannot be told stays owed, and the next sweep
// tries again, for a day.
import type { Digest } from './digest.ts'
import { channelsOf } from './settings.ts'
import { dayIn } from './sms-cap.ts'
import { tell } from './tell.ts'
import { idOf, type Window } from './windows.ts'
import { digestMessage } from './words/messages.ts'
import { providersUntilMs, type World } from './world.ts'

const mostOwedMs = 86_400_000

/** Answers the digests told, and those still owed. Never throws. */
export async function sweep(
  world: World,
): Promise<{ readonly told: readonly string[]; readonly owed: readonly string[] }> {
  const { windows, report, settings, channels, secrets, now } = world
  const deadline = now() + providersUntilMs
  // What is read every minute is there when it is needed, even if SSM is gone by then.
  const names = channelsOf(settings)
  const secretsRead = Promise.all(names.map((name) => secrets.read(channels[name])))
  const told: string[] = []
  const owed: string[] = []
  try {
    const due = oldestOfEach(await windows.due())
    await Promise.all(
      due.map(async (window) => ((await settled(world, window, deadline)) ? told : owed).push(idOf(window))),
    )
  } catch (error) {
    report.metric('RecordsUnavailable', { sweep: (error as Error).message })
  }
  for (const [index, state] of (await secretsRead).entries()) {
    const reason = 'secret' in state ? state.stale : state.reason
    if (reason !== undefined) report.metric('SecretsUnreadable', { channel: names[index], reason })
  }
  return { told, owed }
}

/** After an outage many are owed: one of a name a minute, or the digests would be the storm that windows keep off. */
function oldestOfEach(due: readonly Window[]): readonly Window[] {
  const oldest = new Map<string, Window>()
  for (const window of [...due].sort((one, other) => one.closes - other.closes)) {
    if (!oldest.has(window.name)) oldest.set(window.name, window)
  }
  return [...oldest.values()]
}

async function settled(world: World, window: Window, deadline: number): Promise<boolean> {
  const { windows, claims, report, now } = world
  const id = idOf(window)
  try {
    if (!(await claims.take(id))) return false
    const digest = await windows.digest(window)
    // Only what opened the window, which is carried by itself until somebody has it.
    const alone = digest.total === digest.told
    const status = alone ? 202 : await tellDigest(world, digest, deadline)
    const lost = status !== 202 && now() > window.closes + mostOwedMs
    if (lost) report.line('error', { digest: id, total: digest.total, DigestsLost: 1 })
    if (status === 202 || lost) await windows.close(window)
    await claims.release(id)
    if (!alone) report.line('info', { digest: id, total: digest.total, status })
    return status === 202
  } catch (error) {
    report.metric('RecordsUnavailable', { digest: id, records: (error as Error).message })
    return false
  }
}

async function tellDigest(world: World, digest: Digest, deadline: number): Promise<number> {
  const { records, table, settings, now } = world
  const { id, account } = digest
  const day = dayIn(settings.timeZone, new Date(now()))
  const before = records.among(id, await table.query(id))
  const telling = { before, reserve: false, day, account, deadline, tableAnswers: true }
  return (await tell(world, { id, message: digestMessage(digest, settings) }, telling)).status
}
