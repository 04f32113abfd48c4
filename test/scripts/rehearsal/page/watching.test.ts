import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Theatre } from '../../../../scripts/rehearsal/page/theatre.ts'
import { watching } from '../../../../scripts/rehearsal/page/watching.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'
import { loadSettings } from '../../../../templates-src/config/load.ts'

const test = suite('what is watched')

test('is asked of records of the account that is guarded, whichever that is', async () => {
  const settings = { ...loadSettings('test/root-guard.yaml'), account: '444455556666' }
  const accounts = new Set<unknown>()
  const hands = Promise.resolve({
    takes: async (_pattern: string, event: { readonly account?: unknown }) => {
      accounts.add(event.account)
      return true
    },
  })
  const records = corpus().filter(({ name }) => name === 'root-console-login-with-mfa')
  const theatre = { settings, records, hands, generated: Promise.resolve() } as unknown as Theatre
  const { rows } = await watching(theatre)
  assert.equal([...accounts], ['444455556666'])
  assert.ok(rows.some(({ told }) => told.alert.count === 1))
})

test.run()
