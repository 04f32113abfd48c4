import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type AwsFaults, startAwsFaults } from '../../../../scripts/rehearsal/page/aws-faults.ts'

const test = suite('AWS with faults')

const emulator = createServer(async (incoming, outgoing) => {
  let body = ''
  for await (const text of incoming.setEncoding('utf8')) body += text
  outgoing.writeHead(201, { 'x-seen': String(incoming.url) }).end(`${incoming.method} ${body}`)
})
let aws: AwsFaults

test.before(async () => {
  emulator.listen(0, '127.0.0.1')
  await once(emulator, 'listening')
  aws = await startAwsFaults(`http://127.0.0.1:${(emulator.address() as AddressInfo).port}`)
})

test.after(() => {
  aws.close()
  emulator.close()
  emulator.closeAllConnections()
})

test('what is fine is passed on whole, and so is the answer', async () => {
  const answer = await call('dynamodb')
  assert.equal([answer.status, answer.headers.get('x-seen'), await answer.text()], [201, '/path?q=1', 'POST body'])
})

test('a service that is broken answers 500, and the others are not touched', async () => {
  aws.of.ssm = 'broken'
  assert.is((await call('ssm')).status, 500)
  assert.is((await call('dynamodb')).status, 201)
})

test('a service that hangs says nothing', async () => {
  aws.of.dynamodb = 'hangs'
  const patience = AbortSignal.timeout(200)
  assert.is(await call('dynamodb', patience).then(String, ({ name }: Error) => name), 'TimeoutError')
})

function call(service: string, signal?: AbortSignal): Promise<Response> {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`
  return fetch(`${aws.endpoint}/path?q=1`, {
    method: 'POST',
    headers: { authorization },
    body: 'body',
    signal: signal ?? null,
  })
}

test.run()
