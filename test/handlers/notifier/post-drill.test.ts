// `POST /alerts/{id}`: who may post a drill must not be able to post anything else.
import * as assert from 'uvu/assert'
import { guardSuite, happens, idOf, lines, posted, type Request, signIn, told } from './guard.ts'

const test = guardSuite('POST /alerts/{id}')

const drill = (): Request => posted({ ...JSON.parse(signIn().body), source: 'root-guard.drill' })
const at = (id: string, request: Request) => ({ ...request, httpMethod: 'POST', pathParameters: { id } })

test('takes a drill', async ({ providers, start }) => {
  const request = drill()
  assert.is((await start()(at(`root-guard.drill~${idOf(request)}`, request))).statusCode, 202)
  assert.is(told(providers).telegram, 1)
})

test('takes no real alert, and no drill of another id', async ({ providers, start }) => {
  const notify = start()
  const real = signIn()
  for (const request of [at(idOf(real), real), at('other', drill())]) {
    const { statusCode, body } = await notify(request)
    assert.is(statusCode, 400)
    assert.match(body, 'only a drill, with its own id in the path')
  }
  assert.equal(told(providers), {})
})

test('counts none as one from Seoul, whatever Region the body names: it came through no relay', async ({
  log,
  start,
}) => {
  const relayed = happens('drill-in-seoul')
  const direct = happens('drill-in-seoul')
  assert.is(JSON.parse(direct.body).region, 'ap-northeast-2')
  const notify = start()
  await notify(relayed)
  await notify(at(`root-guard.drill~${idOf(direct)}`, direct))
  const passed = lines(log).filter(({ Drills }) => Drills === 1)
  assert.equal(
    passed.map(({ Region }) => Region),
    ['ap-northeast-2', undefined],
    'the first came by the relay',
  )
})

test.run()
