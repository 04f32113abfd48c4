// Says whether the account would alert: root's own credentials, what alerts stand on, and whether every channel would
// take a message. Sends nothing, changes nothing.
import { loadSettings } from '../templates-src/config/load.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { attempt, refusalsOf } from './lib/attempt.ts'
import { main } from './lib/command.ts'
import { alarmDiagnoses } from './lib/doctor/alarms.ts'
import { channelDiagnoses } from './lib/doctor/channels.ts'
import { clockDiagnosis } from './lib/doctor/clock.ts'
import { examined, unexamined } from './lib/doctor/diagnosis.ts'
import { githubDiagnoses } from './lib/doctor/github.ts'
import { postureDiagnoses } from './lib/doctor/posture.ts'
import { rootDiagnoses } from './lib/doctor/root.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { settingsFile, stackSetTemplates } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { accountSummary } from './lib/preflight/quotas.ts'
import { doctorOutcome } from './lib/report/doctor.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'

await main({
  usage: 'npm run doctor',
  purpose: 'Says whether the account would alert, without sending anything; each finding says how to mend it.',
  details: `Asks Telegram to show «typing…» in the chat, SOLAPI its balance and senders, NHN Cloud its senders, Discord the webhook.
exit code: 0 nothing to mend, 1 something is, 2 used or configured wrongly`,
  permissions: permissions.doctor,
  run: async () => {
    const written = loadSettings(settingsFile)
    await rightAccount(written)
    const enabled = await attempt('relayRegions: all-enabled', () => withEnabledRegions(written))
    const settings = 'result' in enabled ? enabled.result : written
    const templates = await stackSetTemplates(settings)
    const client = stackSetClient(settings.homeRegion)
    const parts = await Promise.all([
      examined('root', async () => rootDiagnoses(await accountSummary(settings.homeRegion))),
      examined('clock', async () => [await clockDiagnosis(settings.homeRegion)]),
      examined('channels', () => channelDiagnoses(settings)),
      examined('posture', () => postureDiagnoses(settings, templates, client)),
      examined('alarms', () => alarmDiagnoses(templates)),
      examined('github', () => githubDiagnoses(settings)),
    ])
    const relays = refusalsOf([enabled]).map((refusal) => unexamined('posture', refusal))
    return doctorOutcome([...parts.flat(), ...relays], process.env)
  },
})
