// `npm run screenshots`: the page as docs/ show it, narrow and wide, in both languages, after NHN Cloud refused a sign-in's SMS.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startBrowser } from './browser.ts'
import { startRehearsal } from './rehearsal.ts'

const folder = fileURLToPath(new URL('../../docs/page/', import.meta.url))
// Narrow is longer than a phone, so that all phones are in the picture.
const screens = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 1750 } }

mkdirSync(folder, { recursive: true })
const rehearsal = await startRehearsal()
const browser = await startBrowser({ colorScheme: 'light' })
try {
  const page = await browser.context.newPage()
  await page.goto(`${rehearsal.url}/?lang=en`)
  // What was fired to see whether the stage stands.
  await page.click('#clear')
  await page.selectOption('#switch-nhn-sms', 'refuses')
  await page.click('button[value=root-console-login-without-mfa]')
  await page.locator('#strip', { hasText: /SOLAPI SMS rang within/ }).waitFor()
  for (const [name, viewport] of Object.entries(screens)) {
    await page.setViewportSize(viewport)
    for (const language of ['en', 'ko']) {
      await page.goto(`${rehearsal.url}/?lang=${language}`)
      await page.screenshot({ path: `${folder}${name}-${language}.png` })
    }
  }
} finally {
  await browser.close()
  await rehearsal.stop()
}
