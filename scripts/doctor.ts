// Says whether the account would alert: root's own credentials, what alerts stand on, and whether every channel would
// take a message. Sends nothing, changes nothing.
import { loadSettings } from '../templates-src/config/load.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main } from './lib/command.ts'
import { channelDiagnoses } from './lib/doctor/channels.ts'
import { clockDiagnosis } from './lib/doctor/clock.ts'
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
  details: `Asks Telegram getMe and getChat, SOLAPI its balance and senders, NHN Cloud its sender numbers.
exit code: 0 nothing to mend, 1 something is, 2 used or configured wrongly`,
  permissions: permissions.doctor,
  run: async () => {
    const written = loadSettings(settingsFile)
    await rightAccount(written)
    const settings = await withEnabledRegions(written)
    const templates = await stackSetTemplates(settings)
    const [root, clock, channels, posture, github] = await Promise.all([
      accountSummary(settings.homeRegion).then(rootDiagnoses),
      clockDiagnosis(settings.homeRegion),
      channelDiagnoses(settings),
      postureDiagnoses(settings, templates, stackSetClient(settings.homeRegion)),
      githubDiagnoses(settings),
    ])
    return doctorOutcome([...root, clock, ...channels, ...posture, ...github], process.env)
  },
})
