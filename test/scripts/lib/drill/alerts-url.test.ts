import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { servedAt } from '../../../../scripts/lib/drill/alerts-url.ts'

const test = suite('the address of the API')
const OUTPUT = 'https://abc123.execute-api.us-east-1.amazonaws.com/live/alerts'

test('is what the stack says', () => {
  assert.is(servedAt(OUTPUT, undefined), OUTPUT)
  assert.is(servedAt(OUTPUT, ''), OUTPUT)
})

test("is below the emulator's own where AWS is one: nothing goes to AWS then", () => {
  assert.is(servedAt(OUTPUT, 'http://127.0.0.1:4566/'), 'http://127.0.0.1:4566/_aws/execute-api/abc123/live/alerts')
})

test.run()
