import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { controls, controlsPage, frameworks } from '../../templates-src/controls.ts'
import { notifierTemplate } from '../../templates-src/notifier.ts'
import { operations } from '../../templates-src/operations.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { at, everything, settings } from './references.ts'

const test = suite('the controls that are answered')

const templates = {
  notifier: notifierTemplate(everything, ''),
  'us-east-1': usEast1(everything),
  operations: operations(everything),
  'ap-northeast-2': apNortheast2(everything),
  relay: relayTemplate(everything),
}

test('every part that is said to answer one is in that template, whose metadata names it', () => {
  for (const { parts, asks } of controls) {
    for (const { in: name, id } of parts) {
      const { Resources = {}, Metadata } = templates[name]
      assert.ok(id in Resources, `${asks}: ${id} in ${name}`)
      assert.match(String(at(Metadata, `Controls.${id}`)), /\d/)
    }
  }
})

test("each template's metadata names them by its own resources", () => {
  const named = (template: ReturnType<typeof usEast1>) => template.Metadata?.Controls as Record<string, string>
  assert.match(named(usEast1(settings)).RootActivityRule ?? '', 'CIS v3 1.7 4.3')
  assert.is(
    named(apNortheast2(settings)).RootAccessKeyRule,
    'CIS v3 1.4, CIS v5 1.3, CIS v6 2.3, Security Hub IAM.4, ISMS-P 2.5.1 2.5.5 2.7.2',
  )
  assert.is(named(relayTemplate(settings)).RelayRootActivityRule, named(apNortheast2(settings)).RelayRootActivityRule)
  assert.is(operations(settings).Metadata, undefined)
})

const TRAIL = 'CIS v3 3.1 3.2, CIS v5 3.1 3.2, Security Hub CloudTrail.1 CloudTrail.4'
const ACCESS_LOGS = 'CIS v3 3.4, CIS v5 3.4, Security Hub CloudTrail.7'
const ENCRYPTED = 'CIS v3 3.1 3.2 3.5, CIS v5 3.1 3.2 3.5, Security Hub CloudTrail.1 CloudTrail.4 CloudTrail.2'
const ROTATES = 'CIS v3 3.6, CIS v5 3.6'

// biome-ignore format: a row a line
for (const [change, Trail, TrailBucket, EncryptionKey] of [
  [{}, TRAIL, ACCESS_LOGS, undefined],
  [{ buckets: { accessLogs: 'our-logs' } }, TRAIL, ACCESS_LOGS, undefined],
  [{ buckets: { trail: 'our-trail' } }, TRAIL, undefined, undefined],
  [{ trail: 'reuse' }, undefined, undefined, undefined],
  [{ trail: 'reuse', encryption: 'customer-key' }, undefined, undefined, ROTATES],
  [{ encryption: 'customer-key' }, ENCRYPTED, ACCESS_LOGS, ROTATES],
] satisfies readonly (readonly [Partial<Settings>, ...(string | undefined)[]])[]) {
  test(`of the trail, with ${JSON.stringify(change)}, are those that what is there answers`, () => {
    const found = apNortheast2({ ...settings, ...change }).Metadata?.Controls as Record<string, string>
    assert.equal([found.Trail, found.TrailBucket, found.EncryptionKey], [Trail, TrailBucket, EncryptionKey])
    assert.is(found.AccessLogsBucket, undefined)
    // In us-east-1 is no trail, whatever is encrypted there.
    const elsewhere = usEast1({ ...settings, ...change }).Metadata?.Controls as Record<string, string>
    assert.is(elsewhere.EncryptionKey, 'encryption' in change ? ROTATES : undefined)
  })
}

test('the page has them all, and the three of Security Hub on root', () => {
  const page = controlsPage('sample.ts')
  for (const { asks } of controls) assert.match(page, `| ${asks} |`)
  for (const number of ['IAM.4', 'IAM.6', 'IAM.9']) assert.match(page, number)
  const cells = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length)
  assert.equal(new Set(cells).size, 1)
  assert.is(cells[0], frameworks.length + 5)
})

test.run()
