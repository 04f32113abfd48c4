import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandError } from '../../../scripts/lib/command.ts'
import { givenMiniStack } from '../../../scripts/rehearsal/given.ts'

const test = suite('an emulator that was there before')

async function served(said: string, body: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer((_, outgoing) => outgoing.writeHead(said === '' ? 404 : 200).end(said)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

async function refusal(given: string): Promise<string> {
  try {
    await givenMiniStack(given)
    return ''
  } catch (error) {
    assert.instance(error, CommandError)
    const { message, hint, exitCode } = error as CommandError
    assert.is(exitCode, 2)
    assert.match(hint, 'unset AWS_ENDPOINT_URL')
    return message
  }
}

test('is used where it is, with a slash at its end or without', async () => {
  await served('{"services": {}}', async (endpoint) => {
    for (const given of [endpoint, `${endpoint}/`]) assert.is((await givenMiniStack(given)).endpoint, endpoint)
  })
})

test('is not taken for MiniStack when it is another, whatever that answers', async () => {
  for (const said of ['', '{}', '<html></html>']) {
    await served(said, async (endpoint) => assert.match(await refusal(endpoint), 'what answers there is no MiniStack'))
  }
})

test('is missed where nothing answers', async () => {
  let gone = ''
  await served('', async (endpoint) => {
    gone = endpoint
  })
  assert.match(await refusal(gone), 'nothing answers there')
})

for (const [given, words] of [
  ['nonsense', 'which is no address'],
  ['file:///etc/passwd', 'which is no address'],
  ['https://sts.us-east-1.amazonaws.com', 'does not speak to'],
  ['https://lambda.us-east-1.api.aws', 'does not speak to'],
] as const) {
  test(`is not at ${given}`, async () => {
    assert.match(await refusal(given), words)
  })
}

test.run()
