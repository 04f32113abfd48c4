// Which characters a Korean carrier takes, how many bytes they are, and where a text is cut.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cutToBytes, eucKrBytes, sendable } from '../../../../handlers/notifier/words/euc-kr.ts'
import { eucKrBytes as carrierBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'

const characters = suite('sendable characters')

characters('keep what EUC-KR has', () => {
  const text = 'root 0-9 ~ 루트 콘솔 로그인…·→■▶★℃'
  assert.is(sendable(text), text)
})

for (const [character, instead] of [
  ['—', '-'],
  ['–', '-'],
  ['•', '·'],
  ['⚠', '!'],
  ['✅', 'O'],
  ['🚨', '!'],
  ['€', '?'],
  ['®', '?'],
  ['é', '?'],
  ['\u00a0', ' '],
  ['똠', '?'],
  ['햏', '?'],
  ['\u{1f600}', '?'],
  ['\ud83d', '?'],
  ['\ude00', '?'],
  ['\ue000', '?'],
  ['\ufffd', '?'],
] as const) {
  const code = character.codePointAt(0)?.toString(16)
  characters(`say «${instead}» for U+${code}, which EUC-KR lacks`, () => {
    assert.is(carrierBytes(character), undefined)
    assert.is(sendable(`a${character}나`), `a${instead}나`)
  })
}

characters('are 8,224 besides ASCII, 2,350 of them Hangul, and none of the private use area', () => {
  const kept: string[] = []
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    if (sendable(character) === character) kept.push(character)
  }
  assert.is(kept.length, 8224)
  assert.is(kept.filter((character) => character >= '가' && character <= '힣').length, 2350)
  assert.equal(
    kept.filter((character) => /\p{Private_Use}/u.test(character)),
    [],
  )
})

characters('are what is left of any text at all', () => {
  for (let from = 0; from <= 0x10ffff; from += 0x400) {
    const text = String.fromCodePoint(...Array.from({ length: 0x400 }, (_, index) => from + index))
    assert.type(carrierBytes(sendable(text)), 'number', `from U+${from.toString(16)}`)
  }
})
characters.run()

const bytes = suite('bytes')

bytes('are one for ASCII and two for the rest, as the carrier counts', () => {
  for (const [text, expected] of [
    ['', 0],
    ['root', 4],
    ['루트', 4],
    ['\u007f', 1],
    ['[root-guard] 루트 콘솔 로그인…', 31],
  ] as const) {
    assert.is(eucKrBytes(text), expected, text)
    assert.is(carrierBytes(text), expected, text)
  }
})

for (const [text, limit, expected] of [
  ['루트', 4, '루트'],
  ['루트', 3, '루'],
  ['루트', 1, ''],
  ['a루b', 3, 'a루'],
  ['a루b', 2, 'a'],
  ['root', 0, ''],
  ['', 90, ''],
] as const) {
  bytes(`cut «${text}» to «${expected}» where ${limit} fit`, () => {
    assert.is(cutToBytes(text, limit), expected)
  })
}
bytes.run()
