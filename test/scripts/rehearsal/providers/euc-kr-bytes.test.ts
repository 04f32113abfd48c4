import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eucKrBytes, eucKrWidth } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'

const bytes = suite('euc-kr bytes')

bytes('knows 8,224 characters besides ASCII, 2,350 of them Hangul', () => {
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const double = all.filter((character) => eucKrWidth(character) === 2)
  assert.is(double.length, 8224)
  assert.is(double.filter((character) => /[가-힣]/.test(character)).length, 2350)
})

bytes('counts one for ASCII and two for the rest, and nothing for what cannot be sent', () => {
  assert.is(eucKrBytes('root 로그인…·→■▶★℃'), 5 + 6 + 14)
  for (const character of '—–•⚠✅🚨€®é\u00a0똠햏') assert.is(eucKrBytes(`x${character}`), undefined)
})
bytes.run()
