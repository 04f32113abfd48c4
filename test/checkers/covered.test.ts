// No template goes by the checkers: what is generated is linted, and held to rules by cfn-guard and checkov.
import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const templates = readdirSync(new URL('../../generated/', import.meta.url))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''))

const covered = suite('the checkers')

covered('read every template: cfn-lint in the Regions it is deployed to, cfn-guard with its rules', () => {
  const linted = [...read('.ci/lint').matchAll(/^ +lint (\S+) [a-z]/gm)].map(([, name = '']) => name)
  const [, guarded = ''] = /for template in ([^;]+); do/.exec(read('.ci/run')) ?? []
  assert.equal(linted.sort(), [...templates].sort())
  assert.equal(guarded.split(' ').sort(), [...templates].sort())
})

covered("see GitHub's roles, which settings may leave out", () => {
  assert.match(read('test/everything.yaml'), /^github:/m)
})

covered.run()
