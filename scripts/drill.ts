// Sends a test alert by the way a real one takes, or everything but the sending, and says who got it or would.
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, type Settings } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { CommandError, main, type Notes } from './lib/command.ts'
import { findAlertsUrl } from './lib/drill/alerts-url.ts'
import { drillEvent } from './lib/drill/event.ts'
import { follow } from './lib/drill/follow.ts'
import { type Buried, brokenLegs, buriedBefore, whyAbsent } from './lib/drill/legs.ts'
import { type Looked, lookup, type NotSeen } from './lib/drill/lookup.ts'
import { followMail, notLookedAt } from './lib/drill/mail.ts'
import { postDrill } from './lib/drill/post.ts'
import { drillReport } from './lib/drill/report.ts'
import type { Credentials } from './lib/drill/signed-fetch.ts'
import { callForRecord } from './lib/drill/trail.ts'
import { failed, type Verdict, verdict } from './lib/drill/verdict.ts'
import { type Wish, wishOf } from './lib/drill/wish.ts'
import { settingsFile } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { putEvent } from './lib/put-event.ts'

await main({
  usage: 'npm run drill',
  purpose:
    'Proves that an alert would reach everybody, by the way a real one takes: to the door of each provider, or to the phones.',
  details: `Puts one event on the default bus and follows its records: rule, API, function, and the providers. Without --send it is
a check: each secret is read, each message is made, and Telegram, SOLAPI and NHN Cloud SMS are asked what can be asked
without sending; no e-mail goes out. With --send everybody gets a message marked as a test, and the carriers are asked.
Each failure says which leg broke. After it was sent, the drill waits a minute for CloudWatch's figures of its mail, which
can come five minutes late (--mail-wait 300). What they do not say by then is unknown; where CloudWatch refuses to be
asked, the exit code is 1. With --channel it waits for no mail.
--api goes past bus and rule; --through-cloudtrail begins a leg earlier, as the role NAME-drill alone.
What became of a drill the API tells that role and those in readers of root-guard.yaml, and no other administrator.
examples: npm run drill
          npm run drill -- --send --channel telegram --kind access-key-created --from ap-northeast-2
exit code: 0 everybody was reached or is ready, 1 not everybody, 2 used or configured wrongly`,
  permissions: permissions.drill,
  options: {
    send: { type: 'boolean', help: 'send for real; without it everything but that is done' },
    channel: { type: 'string', value: 'NAME', help: 'by this channel alone' },
    kind: {
      type: 'string',
      value: 'KIND',
      help: 'what root seems to do, as docs/messages.md names it (console-login)',
    },
    from: {
      type: 'string',
      value: 'REGION',
      help: `the Region in which it seems to happen (${alarmRegion}); another one's relay carries it`,
    },
    api: { type: 'boolean', help: 'hand it straight to the API, to tell a broken rule from a broken API' },
    'through-cloudtrail': {
      type: 'boolean',
      help: "call AWS as the drill's role and wait for CloudTrail's record of it",
    },
    wait: {
      type: 'string',
      value: 'SECONDS',
      help: 'how many seconds to follow it at most (30; through CloudTrail 300)',
    },
    'mail-wait': {
      type: 'string',
      value: 'SECONDS',
      help: "how many seconds to wait at most for CloudWatch's figures of the mail (60; 0: does not look)",
    },
    url: { type: 'string', value: 'URL', help: "where the notifier's API is; otherwise the deployed stack is asked" },
  },
  run: async (options, notes) => {
    const settings = loadSettings(settingsFile)
    const wish = wishOf(options, settings)
    const said = saidUrl(options.url)
    await rightAccount(settings)
    const alertsUrl = said ?? (await findAlertsUrl(settings))
    const { credentials } = new EventBridgeClient({ region: alarmRegion }).config
    const buried = await buriedBefore(settings, wish)
    const since = new Date()
    const alertId = await begin(settings, wish, alertsUrl, credentials, notes)

    const { mode, seconds } = wish
    const routes = Object.keys(wish.routes)
    const look = lookup(alertsUrl, credentials)
    const until = Date.now() + seconds * 1000
    const { last } = await follow({ mode, alertId, routes, look, until, note: notes.note })
    const found = verdict(last, { mode, routes: wish.routes, seconds })
    const legs = await withLegs(settings, wish, { last, found, buried })
    const { note } = notes
    // Of an event that nothing has seen there is no mail to wait for, and the sentences say why already.
    const mail = 'absent' in last ? notLookedAt : await followMail(settings, wish, { since, note })
    return drillReport({ mode, alertId }, last, legs, mail)
  },
})

/** What --url says, without a slash at its end; before an event is put, or people would be rung for a slip of the pen. */
function saidUrl(url: string | boolean | undefined): string | undefined {
  if (typeof url !== 'string') return undefined
  if (URL.canParse(url) && /^https?:/.test(url)) return url.replace(/\/$/, '')
  throw new CommandError(
    `--url ${url} is no address`,
    'as https://….execute-api.us-east-1.amazonaws.com/live/alerts',
    2,
  )
}

/** Sets the drill going in the way that is wished, and answers by which id its records are known. */
async function begin(
  settings: Settings,
  wish: Wish,
  alertsUrl: string,
  credentials: () => Promise<Credentials>,
  { note }: Notes,
): Promise<string> {
  if (wish.way === 'cloudtrail') {
    const alertId = await callForRecord(settings, wish.from)
    note(`called DescribeTrails in ${wish.from}, to be recorded as ${alertId}`)
    return alertId
  }
  const event = drillEvent(settings.account, wish, new Date())
  if (wish.way === 'api') {
    await postDrill(alertsUrl, event, credentials)
    note(`handed ${event.alertId} to the API`)
  } else {
    await putEvent(event, wish.from)
    note(`put ${event.alertId} on the default bus of ${wish.from}`)
  }
  return event.alertId
}

interface CameTo {
  readonly last: Looked | NotSeen
  readonly found: Verdict
  readonly buried: Buried
}

/** What reached the phones says nothing of the mail's way, nor a check, which has a rule of its own, of the real one. */
async function withLegs(settings: Settings, wish: Wish, { last, found, buried }: CameTo): Promise<Verdict> {
  const absent = 'absent' in last
  if (wish.way === 'api') return found
  const broken = await brokenLegs(settings, wish)
  if (broken.length > 0) return failed([...(found.ok ? found.beside : found.sentences), ...broken])
  return absent ? failed([...found.sentences, ...(await whyAbsent(settings, wish, buried))]) : found
}
