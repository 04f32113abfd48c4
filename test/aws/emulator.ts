// An emulator to deploy to, without an account: what the tests of test/aws start, kept up until Ctrl-C.
import { once } from 'node:events'
import { CommandError, main } from '../../scripts/lib/command.ts'
import { settingsFile } from '../../scripts/lib/generated.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { openFakecloud } from './fakecloud.ts'

await main({
  usage: 'npm run emulator',
  purpose: 'Starts fakecloud, an AWS emulator with StackSets, and keeps it up: an account to deploy to that is none.',
  details: `It is at http://127.0.0.1:4566, or at PORT, and is of the account in root-guard.yaml. What it leaves out of what AWS does (a trail
that logs, a recorder that records, the StackSet roles) is put in. Ctrl-C ends it, and what was deployed to it is gone.
fakecloud is looked for on the PATH, or at FAKECLOUD: cargo install fakecloud --version 0.51.0 --locked (half an hour).
exit code: 0 it was ended, 1 it did not start, 2 used or configured wrongly`,
  run: async (_options, { note }) => {
    const { account } = loadSettings(settingsFile)
    const { environment, stop } = await openFakecloud(account, { port: wantedPort(process.env.PORT) })
    note(`account ${account} is ready (Ctrl-C ends it). In another terminal:`)
    note(
      `  export ${Object.entries(environment)
        .map((pair) => pair.join('='))
        .join(' ')}`,
    )
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    stop()
    return { ok: true, text: '', json: {} }
  },
})

function wantedPort(given = '4566'): number {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given)
  throw new CommandError(`PORT is ${JSON.stringify(given)}`, 'it must be a port from 0 (any) to 65535', 2)
}
