// The page of `npm start`, used as people use it: by a real browser.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orEnd } from '../or-end.ts'
import { type Browser, needChromium, startBrowser } from './browser.ts'
import { type Rehearsal, startRehearsal } from './rehearsal.ts'

const test = suite('the page of the rehearsal')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let rehearsal: Rehearsal
let browser: Browser
let page: Page
const complaints: string[] = []

await orEnd(needChromium)
test.before(async () => {
  rehearsal = await startRehearsal()
  const { page: drawn, rang } = rehearsal.ms
  process.stdout.write(`from npm start to a page: ${drawn} ms; until what was fired on it had rung: ${rang} ms\n`)
  browser = await startBrowser({ viewport: { width: 1440, height: 900 } })
  page = await browser.context.newPage()
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
})

test.after(async () => {
  await browser?.close()
  await rehearsal?.stop()
})

test.before.each(async () => {
  await page.goto(`${rehearsal.url}/?lang=en`)
  for (const off of await page.locator('.switches .off select').all()) {
    await turn(String(await off.getAttribute('id')).replace('switch-', ''), 'ok')
  }
  await page.click('#clear')
  await says(/Nothing has happened yet/)
})

const signIn = 'root-console-login-without-mfa'

test('a root sign-in rings two phones and sends an e-mail', async () => {
  await fire(signIn)
  await says(/✓ told.*Telegram, NHN SMS rang/)
  assert.match(await phone('nhn-sms'), /루트 콘솔 로그인.*\d+ of 90 bytes|\d+ of 90 bytes.*루트 콘솔 로그인/s)
  assert.match(await phone('telegram'), /루트 콘솔 로그인/)
  assert.match(await phone('email'), /The root user, the account or this guard was used or changed/)
  assert.match(await page.innerText('#way'), /root-guard-root-activity matched/)
})

test('when NHN Cloud refuses, SOLAPI rings', async () => {
  await turn('nhn-sms', 'refuses')
  await fire(signIn)
  await says(/▲ told, with trouble.*Telegram, SOLAPI SMS rang.*Not accepted by: NHN SMS/)
  assert.match(await phone('solapi-sms'), /루트 콘솔 로그인/)
  assert.match(await page.innerText('#way'), /NHN SMS: 200 \(and says no in its body\)/)
})

test('when DynamoDB is down the phones ring all the same, and the page says that nothing was recorded', async () => {
  await turn('dynamodb', 'broken')
  await fire(signIn)
  await says(/▲ told, with trouble.*Telegram, NHN SMS rang.*Records could not be kept, so some may be told twice/)
  assert.match(await page.innerText('#way'), /not kept/)
})

test('when DynamoDB does not even answer the phones ring all the same', async () => {
  await turn('dynamodb', 'hangs')
  await fire(signIn)
  await says(/Telegram, NHN SMS rang/)
  assert.match(await page.innerText('#way'), /API and function\s+try 1: 202[\s\S]*not kept/)
})

test('when SSM is down no secret can be read: the phones are given up after retries, and the e-mail goes out', async () => {
  await turn('ssm', 'broken')
  await fire(signIn)
  await says(/✕ no phone.*No phone rang\. One e-mail went out\. Given up, into the dead letters: API and function\./)
  assert.match(
    await page.innerText('#way'),
    /API and function\s+try 1: 503[\s\S]*and 3 more, the same: \d+, \d+, \d+ ms/,
  )
  assert.match(await page.innerText('#way'), /EventBridge tries again for 24 hours; here that day is four tries/)
  assert.not.match(await page.innerText('#way'), /0 tries/)
  assert.match(await page.innerText('#way'), /Dead letters\s+API and function → root-guard-dead-letters/)
  assert.match(await page.innerText('#way'), /telegram\s+Telegram\s+worth another try/)
})

test('when the API hangs and comes back, EventBridge comes again, and nothing is lost', async () => {
  await turn('execute-api', 'hangs')
  await fire(signIn)
  await until(async () => /try 1: no answer in 5 s/.test(await page.innerText('#way')))
  await turn('execute-api', 'ok')
  await says(/Telegram, NHN SMS rang/)
  assert.match(await page.innerText('#way'), /Dead letters\s+none/)
})

test('when the API is down the function is never asked, the event is a dead letter, and the e-mail goes out', async () => {
  await turn('execute-api', 'broken')
  await fire(signIn)
  await says(/No phone rang\. One e-mail went out\. Given up/)
  const way = await page.innerText('#way')
  assert.match(way, /try 1: 500[\s\S]*and 3 more, the same/)
  assert.not.match(way, /The providers answered/)
  assert.match(way, /Dead letters\s+API and function → root-guard-dead-letters/)
})

test('when SNS is down the phones ring, and the e-mail is a dead letter', async () => {
  await turn('sns', 'broken')
  await fire(signIn)
  await says(/Telegram, NHN SMS rang.*Given up, into the dead letters: E-mail/)
})

// What a provider does, who then rings, what the provider answered, and what the function made of it. What is slow takes
// half of the time that a route has: where the machine is slow as well, the function does not wait for it, and SOLAPI rings,
// too.
const TROUBLES = [
  ['busy', 'SOLAPI SMS', /NHN SMS: 429/, /SOLAPI SMS\s+accepted/],
  ['broken', 'SOLAPI SMS', /NHN SMS: 500/, /SOLAPI SMS\s+accepted/],
  ['accepts-but-fails', 'SOLAPI SMS', /NHN SMS: 200 \(and says no in its body\)/, /SOLAPI SMS\s+accepted/],
  ['hangs', 'SOLAPI SMS', /NHN SMS: nothing/, /SOLAPI SMS\s+accepted/],
  ['slow', 'NHN SMS', /NHN SMS: 200, \d{4,} ms/, /(NHN|SOLAPI) SMS\s+(accepted|may have arrived)/],
] as const

for (const [state, rings, answered, became] of TROUBLES) {
  test(`when NHN Cloud is ${state}, ${rings} rings`, async () => {
    await turn('nhn-sms', state)
    await fire(signIn)
    await says(new RegExp(`Telegram, ${rings}.* rang`))
    const way = await page.innerText('#way')
    assert.match(way, answered)
    assert.match(way, became)
  })
}

test('a channel that never answers may have sent it: it is asked again, then left at that, while the other rang at once', async () => {
  await turn('telegram', 'hangs')
  await fire(signIn)
  await says(/NHN SMS rang.*No answer from: Telegram; it may have arrived/, 60_000)
  const way = await page.innerText('#way')
  assert.match(way, /try 1: 503[\s\S]*Telegram\s+may have arrived[\s\S]*try 3: 202/)
  assert.match(way, /accepted earlier, not sent again/)
  assert.match(way, /Dead letters\s+none/)
})

test('a drill that only checks asks the providers and rings nobody, and is no failure', async () => {
  await fire('drill-check')
  await says(/✓ checked .*a drill that only checks/)
  assert.not.match(await page.innerText('#way'), /says no in its body/)
})

test('a change of the guard’s API is told, though every stage has an API of its own', async () => {
  await fire('guard-delete-api')
  await says(/✓ told.*Telegram, NHN SMS rang/)
})

test('an IAM user’s sign-in is silent, and the page says because of which field', async () => {
  await fire('iam-user-console-login')
  await says(/^○ not told An IAM user signs in to the console — silent: userIdentity\.type is IAMUser, not Root$/)
  assert.match(
    await page.innerText('#way'),
    /root-guard-root-activity not matched: .*detail\.userIdentity\.type is "IAMUser"/,
  )
  assert.match(await phone('nhn-sms'), /silent/)
})

test('in Korean it is silent for the same reason, in Korean', async () => {
  await page.goto(`${rehearsal.url}/?lang=ko`)
  await fire('iam-user-console-login')
  await says(/조용함: userIdentity\.type 값이 IAMUser\(규칙이 찾는 값: Root\)$/)
  assert.match(await page.innerText('#way'), /root-guard-drill 불일치: source 값이 "aws\.signin"/)
  for (const part of ['#strip', '#way'])
    assert.not.match(await page.innerText(part), / is missing|, not "| because /, part)
  await paste('{"a": 1,\n  oops}')
  await says(/JSON이 아닙니다\. 2행 3열에 올 수 없는 것: «oops»/)
  await paste('{"source": "aws.signin"}')
  await says(/이벤트에 없는 필드: detail-type, account, region, detail/)
})

test('what is pasted and is no event is refused in words, and nothing of it runs', async () => {
  await paste('<img src=x onerror="document.title=1">')
  await says(/Nothing was fired: that is not JSON; «<» cannot stand at line 1, column 1/)
  await paste('[1, 2]')
  await says(/Nothing was fired: an event is a JSON object/)
  await paste('{"source": "aws.signin"}')
  await says(/the event lacks detail-type, account, region, detail/)
})

test('what is pasted is told as text, whatever it says', async () => {
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  const userIdentity = { type: 'Root', arn: evil, accountId: '111122223333' }
  const detail = { userIdentity, eventName: evil, eventSource: 'iam.amazonaws.com', eventID: evil, awsRegion: evil }
  const event = { source: `aws.${evil}`, 'detail-type': evil, account: '111122223333', region: evil, detail }
  await paste(JSON.stringify(event))
  await says(/What you pasted.*rang/)
  assert.is(await page.title(), 'Root Guard, rehearsed')
  assert.is(await page.locator('main img, main script').count(), 0)
})

test('a CloudTrail record as the console shows it is taken for the event it makes', async () => {
  await page.goto(`${rehearsal.url}/?lang=en`)
  const identity = { type: 'Root', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' }
  const record = { eventName: 'ListBuckets', eventSource: 's3.amazonaws.com', eventID: 'a-pasted-one', readOnly: true }
  const where = { awsRegion: 'us-east-1', recipientAccountId: '111122223333', userIdentity: identity }
  await paste(JSON.stringify({ ...record, ...where }))
  await says(/What you pasted.*rang/)
})

test('a sign-in and 500 calls end in three messages, the last of which is a digest', async () => {
  await page.click('#burst')
  await says(/499 counted/, 240_000)
  assert.match(await phone('nhn-sms'), /^NHN SMS 2/)
  await page.click('#close-windows')
  await says(/The windows closed — a digest of 500 activities\. Telegram, NHN SMS rang/, 120_000)
  assert.match(await phone('nhn-sms'), /^NHN SMS 3[\s\S]*요약: 루트 활동 500건/)
  assert.match(await phone('telegram'), /^Telegram 3[\s\S]*요약: 루트 활동 500건/)
})

test('what is watched: what is told of each kind, from which Region by which way', async () => {
  await page.goto(`${rehearsal.url}/watched?lang=en`)
  const cells = async (kind: string) =>
    page.locator('tbody tr', { hasText: kind }).first().locator('th, td').allInnerTexts()
  const [, told, silent, decide, ...ticks] = await cells('Console sign-in')
  assert.match(told ?? '', /^(\d+) of \1$/)
  assert.match(silent ?? '', /^(\d+) of \1$/)
  assert.match(decide ?? '', /^\d+ of \d+$/)
  assert.equal(ticks, ['✓', '✓', '✓', '✓'])
  assert.ok((await cells('Drift found')).length > 0)
  assert.is(await page.locator('td.bad').count(), 0)
  const text = await page.innerText('main')
  assert.match(text, /relayRegions is empty/)
  assert.match(text, /root-guard-sweep.*by the clock/)
  await page.locator('summary', { hasText: 'root-guard-root-activity' }).first().click()
  assert.match(await page.locator('details[open] pre').innerText(), /"userIdentity"/)
})

test('what a deploy creates: every template, and what of it is not played here', async () => {
  await page.goto(`${rehearsal.url}/resources?lang=en`)
  const text = await page.innerText('main')
  for (const part of ['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay'])
    assert.match(text, `generated/${part}.yaml`)
  assert.match(text, /Not on this stage: DeadLettersAlarm.*metric math.*npm run test:aws/)
  assert.match(text, /Not on this stage: all of it.*one Region/)
  assert.match(text, /relay\.yaml\s+Nothing of it is created: relayRegions is empty/)
  assert.match(text, /how long AWS Config keeps[\s\S]*AWSServiceRoleForConfig/)
})

test('the keyboard is enough: search, fire, and turn a switch', async () => {
  await page.focus('#q')
  await page.keyboard.type('iam user signs in')
  await until(async () => (await page.locator('#records li:visible').count()) > 0)
  await tabTo('iam-user-console-login')
  await page.keyboard.press('Enter')
  await says(/silent: userIdentity/)
  await page.focus('#switch-nhn-sms')
  await page.keyboard.type('refuses')
  await until(async () => (await page.locator('.switches .off').count()) === 1)
  assert.is(await page.evaluate('document.activeElement.id'), 'switch-nhn-sms')
})

test('without JavaScript it can be read, searched and used', async () => {
  const plain = await startBrowser({ javaScriptEnabled: false })
  const reader = await plain.context.newPage()
  await reader.goto(`${rehearsal.url}/?lang=ko&q=iam-user-console-login`)
  assert.match(await reader.innerText('#phones'), /조용함/)
  await reader.click('button[value=iam-user-console-login]')
  await until(async () => {
    await reader.goto(`${rehearsal.url}/?lang=ko`)
    return /조용함: userIdentity/.test(await reader.innerText('#strip'))
  })
  await plain.close()
})

for (const path of ['/', '/watched', '/resources', '/cost']) {
  for (const language of ['en', 'ko']) {
    test(`axe finds nothing serious in ${path} in ${language}`, async () => {
      await page.goto(`${rehearsal.url}${path}?lang=${language}`)
      // Evaluated by the browser's debugger, which the page's policy does not bind.
      await page.evaluate(axe)
      const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Violation[]
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      assert.equal(
        serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)]),
        [],
      )
    })
  }
}

test('one screen holds the stage, and each phone is seen', async () => {
  await turn('dynamodb', 'broken')
  await turn('sns', 'hangs')
  const boxes = await Promise.all((await page.locator('.switches').all()).map((one) => one.boundingBox()))
  assert.is(new Set(boxes.map((box) => box?.y)).size, 1, 'the switches stand in one row')
  await turn('sns', 'ok')
  await fire(signIn)
  await says(/NHN SMS rang/)
  assert.is(await page.evaluate('document.documentElement.scrollHeight'), 900)
  for (const part of ['#strip', '#switches', '#event', '[data-phone="telegram"]', '[data-phone="solapi-sms"]'])
    assert.ok(await isOnScreen(part), part)
  assert.ok(await isOnScreen('[data-phone="email"] h3'))
  await page.click('[data-phone="telegram"] summary')
  assert.match(await phone('telegram'), /CloudTrail: https/)
})

test('on a phone what is fired brings the strip to the top, and the phones below it', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.click(`button[value="${signIn}"]`)
  await says(/NHN SMS rang/)
  const tops = await page.evaluate(
    `['#strip', '[data-phone="telegram"]', '#way', '#switches'].map((part) => document.querySelector(part).getBoundingClientRect().top)`,
  )
  const [strip = 0, phones = 0, way = 0, switches = 0] = tops as readonly number[]
  assert.ok(strip >= 0 && strip < 60, String(tops))
  assert.ok(strip < phones && phones < 300 && phones < way && way < switches, String(tops))
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('no page is wider than a phone, with as much to say as when SSM is down', async () => {
  await turn('ssm', 'broken')
  await fire(signIn)
  await says(/No phone rang.*Given up/)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/', '/watched', '/resources', '/cost']) {
    await page.goto(`${rehearsal.url}${path}?lang=ko`)
    assert.is(await page.evaluate('document.documentElement.scrollWidth'), 390, path)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the browser has complained of nothing in all of this', () => {
  assert.equal(complaints, [])
})

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

async function fire(name: string): Promise<void> {
  await page.fill('#q', name)
  await page.click(`button[value="${name}"]`)
}

async function paste(text: string): Promise<void> {
  await page.fill('#event', text)
  await page.click('.paste button')
}

async function turn(name: string, state: string): Promise<void> {
  await page.selectOption(`#switch-${name}`, state)
  await until(async () => (await page.locator(`#switch-${name} option[selected]`).getAttribute('value')) === state)
}

async function isOnScreen(part: string): Promise<boolean> {
  const box = await page.locator(part).boundingBox()
  return box !== null && box.y >= 0 && box.y + box.height <= 900
}

async function tabTo(value: string): Promise<void> {
  await until(async () => {
    await page.keyboard.press('Tab')
    return (await page.evaluate('document.activeElement.value')) === value
  })
}

function phone(name: string): Promise<string> {
  return page.innerText(`[data-phone="${name}"]`)
}

/** The strip says so sooner or later. */
async function says(words: RegExp, patienceMs = 30_000): Promise<void> {
  await until(async () => words.test(await page.innerText('#strip')), patienceMs).catch(async () => {
    assert.match(await page.innerText('#strip'), words)
  })
}

async function until(holds: () => Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const last = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > last) throw new Error(`waited ${patienceMs} ms for nothing`)
    await page.waitForTimeout(50)
  }
}

test.run()
