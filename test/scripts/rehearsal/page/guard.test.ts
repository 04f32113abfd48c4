import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refused, safeHeaders } from '../../../../scripts/rehearsal/page/guard.ts'

const test = suite('who may speak to the page')

const host = '127.0.0.1:4400'
const form = { host, 'content-type': 'application/x-www-form-urlencoded' }

test('a browser of this machine may read, by either name of it', () => {
  assert.is(refused('GET', { host }, 4400), undefined)
  assert.is(refused('GET', { host: 'localhost:4400' }, 4400), undefined)
})

test('a name that somebody else made point here may not even read', () => {
  for (const other of ['evil.example', 'evil.example:4400', '127.0.0.1:4401', '127.0.0.1', '', '0.0.0.0:4400']) {
    assert.match(refused('GET', { host: other }, 4400) ?? '', /answers to 127\.0\.0\.1:4400/, other)
  }
})

test('the page’s own forms and script may press buttons', () => {
  assert.is(refused('POST', { ...form, origin: `http://${host}` }, 4400), undefined)
  assert.is(refused('POST', { ...form, 'sec-fetch-site': 'same-origin' }, 4400), undefined)
})

test('another page may not, nor one that hides where it comes from', () => {
  const others = [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:4400' },
    { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    {},
  ]
  for (const other of others) assert.type(refused('POST', { ...form, ...other }, 4400), 'string', JSON.stringify(other))
})

test('a POST is a form and nothing else, and there are no other methods', () => {
  const json = { host, origin: `http://${host}`, 'content-type': 'application/json' }
  assert.match(refused('POST', json, 4400) ?? '', /form/)
  for (const method of ['PUT', 'DELETE', 'OPTIONS'])
    assert.match(refused(method, { host }, 4400) ?? '', new RegExp(method))
})

test('nobody’s script but the page’s own runs, and nobody is invited across origins', () => {
  const policy = safeHeaders['content-security-policy']
  assert.match(policy, /default-src 'none'; script-src 'self';/)
  assert.not.match(policy, /unsafe|https?:|\*/)
  assert.not.ok(Object.keys(safeHeaders).some((name) => name.startsWith('access-control-')))
})

test.run()
