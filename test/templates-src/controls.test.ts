import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import { controls, controlsPage, frameworks } from '../../templates-src/controls.ts'
import { operations } from '../../templates-src/operations.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { everything, settings } from './references.ts'

const test = suite('the controls that are answered')

const templates = [usEast1(everything, ''), operations(everything), apNortheast2(everything), relayTemplate(everything)]

test('every part that is said to answer one is in a template', () => {
  const ids = templates.flatMap(({ Resources = {} }) => Object.keys(Resources))
  assert.equal(
    controls.flatMap(({ parts }) => parts).filter((part) => !ids.includes(part)),
    [],
  )
})

test("each template's metadata names them by its own resources", () => {
  const named = (template: ReturnType<typeof usEast1>) => template.Metadata?.Controls as Record<string, string>
  assert.match(named(usEast1(settings, '')).RootActivityRule ?? '', 'CIS v3 1.7 4.3')
  assert.is(
    named(apNortheast2(settings)).RootAccessKeyRule,
    'CIS v3 1.4, CIS v5 1.3, CIS v6 2.3, Security Hub IAM.4, ISMS-P 2.5.1 2.5.5 2.7.2',
  )
  assert.is(named(apNortheast2({ ...settings, trail: 'reuse' })).Trail, undefined)
  assert.is(operations(settings).Metadata, undefined)
})

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
