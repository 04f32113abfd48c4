// Sends a test alert by the way a real one takes, and says who got it.
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { CommandError, main } from './lib/command.ts'
import { findAlertsUrl } from './lib/drill/alerts-url.ts'
import { drillEvent } from './lib/drill/event.ts'
import { follow } from './lib/drill/follow.ts'
import { lookup } from './lib/drill/lookup.ts'
import { putDrill } from './lib/drill/put.ts'
import { drillReport } from './lib/drill/report.ts'
import { verdict } from './lib/drill/verdict.ts'
import { settingsFile } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'

await main({
  usage: 'npm run drill',
  purpose: 'Sends a message marked as a test to everybody who would be told, by the way a real alert takes.',
  details: `Puts one event on the default bus of ${alarmRegion} and follows its records: rule, API, function, providers, and the
carriers where a provider can be asked. E-mail goes out as well, and is not followed. events:PutEvents is needed on the
default bus of ${alarmRegion}, execute-api:Invoke on GET /alerts/* of the notifier's API, and cloudformation not with --url.
example: npm run drill -- --send --wait 60
exit code: 0 everybody was reached, 1 not everybody was, 2 used or configured wrongly`,
  permissions: permissions.drill,
  options: {
    send: { type: 'boolean', help: 'send for real; required' },
    wait: { type: 'string', help: 'how many seconds to follow it at most (30)' },
    url: { type: 'string', help: "where the notifier's API is; otherwise the deployed stack is asked" },
  },
  run: async ({ send, wait, url }, { note }) => {
    const settings = loadSettings(settingsFile)
    const seconds = secondsOf(wait)
    if (!send) {
      throw new CommandError(
        'a drill sends a message, marked as a test, to every recipient of every route, and an e-mail',
        'to send them, add --send: npm run drill -- --send',
        2,
      )
    }
    await rightAccount(settings)
    const alertsUrl = typeof url === 'string' ? url.replace(/\/$/, '') : await findAlertsUrl(settings)
    const event = drillEvent(settings.account, alarmRegion, new Date())
    await putDrill(event)
    note(`put ${event.alertId} on the default bus of ${alarmRegion}`)

    const routes = Object.keys(settings.routes)
    const look = lookup(alertsUrl, new EventBridgeClient({ region: alarmRegion }).config.credentials)
    const until = Date.now() + seconds * 1000
    const { last } = await follow({ alertId: event.alertId, routes, look, until, note })
    return drillReport(event.alertId, last, verdict(last, routes, seconds))
  },
})

function secondsOf(wait: string | boolean | undefined): number {
  const seconds = Number(wait ?? 30)
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 3600) return seconds
  throw new CommandError(`--wait ${wait} is not a number of seconds`, 'a whole number from 1 to 3600, as --wait 60', 2)
}
